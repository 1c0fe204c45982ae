package dev.broot.run;

/** The root could not be set up, or the sandbox not started; nothing of it is left. */
public final class SetupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SetupException(String message) {
    super(message);
  }

  SetupException(String message, Throwable cause) {
    super(message, cause);
  }
}
