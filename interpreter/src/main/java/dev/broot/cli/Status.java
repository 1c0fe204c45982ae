package dev.broot.cli;

/** The exit statuses of broot's own; a program's status is passed through beside them. */
final class Status {
  /** All is well. */
  static final int OK = 0;

  /** A spec that does not compile, or a golden file that differs. */
  static final int REFUSED = 1;

  /** A wrong command line. */
  static final int USAGE = 2;

  /** broot itself failed, or the setup did. */
  static final int FAILED = 125;

  /** Nobody reads on; what a shell says of a program that SIGPIPE has ended. */
  static final int UNREAD = 141;

  private Status() {}
}
