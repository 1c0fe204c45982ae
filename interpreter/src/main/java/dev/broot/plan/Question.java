package dev.broot.plan;

/** A question to the host, asked at every run, that decides whether a mount is made. */
public record Question(Asked asked, Word path) {
  /** What a question to the host is about. */
  public enum Asked {
    /** Whether it is a directory and not a symlink. */
    DIRECTORY,
    /** Whether it is a directory, not a symlink, with nothing in it. */
    EMPTY_DIRECTORY,
    /** Whether it is a symlink. */
    SYMLINK,
    /** Whether it belongs to the caller. */
    OWNED
  }
}
