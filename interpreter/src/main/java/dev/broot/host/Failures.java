package dev.broot.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong, in words. */
public final class Failures {
  private Failures() {}

  /** The reason alone, where the name of the file is said by who asks. */
  public static String why(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    } else if (e instanceof NoSuchFileException) {
      return "there is no such file";
    } else if (e instanceof FileSystemException other && other.getReason() != null) {
      return other.getReason();
    }
    return String.valueOf(e.getMessage());
  }

  /** What an exception says, with the reason where Java gives only a path. */
  public static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof AccessDeniedException) {
      return message + ": Permission denied";
    } else if (e instanceof NoSuchFileException) {
      return message + ": No such file or directory";
    } else if (e instanceof java.nio.file.FileAlreadyExistsException) {
      return message + ": File exists";
    } else if (e instanceof java.nio.file.DirectoryNotEmptyException) {
      return message + ": Directory not empty";
    }
    return message;
  }
}
