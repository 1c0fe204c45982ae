package dev.broot.host;

/** What went wrong, in words. */
public final class Failures {
  private Failures() {}

  /** What an exception says, with the reason where Java gives only a path. */
  public static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof java.nio.file.AccessDeniedException) {
      return message + ": Permission denied";
    } else if (e instanceof java.nio.file.NoSuchFileException) {
      return message + ": No such file or directory";
    } else if (e instanceof java.nio.file.FileAlreadyExistsException) {
      return message + ": File exists";
    } else if (e instanceof java.nio.file.DirectoryNotEmptyException) {
      return message + ": Directory not empty";
    }
    return message;
  }
}
