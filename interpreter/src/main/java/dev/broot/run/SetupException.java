package dev.broot.run;

import org.jspecify.annotations.Nullable;

/** The root could not be set up, or the sandbox not started; nothing of it is left. */
public final class SetupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Failure failure;

  SetupException(String message) {
    super(message);
    failure = null;
  }

  SetupException(String message, Throwable cause) {
    super(message, cause);
    failure = cause instanceof SetupException known ? known.failure : null;
  }

  SetupException(String message, Failure failure, @Nullable Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  /** What failed, at which line of the spec; without a line where none asked for it. */
  public Failure failure() {
    return failure == null ? new Failure(null, null, String.valueOf(getMessage())) : failure;
  }
}
