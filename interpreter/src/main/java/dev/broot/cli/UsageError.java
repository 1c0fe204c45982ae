package dev.broot.cli;

/** A command line that cannot be followed. */
final class UsageError extends Exception {
  private static final long serialVersionUID = 1;

  UsageError(String message) {
    super(message);
  }
}
