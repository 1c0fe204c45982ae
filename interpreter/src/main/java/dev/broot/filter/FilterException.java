package dev.broot.filter;

/** A filter that cannot be made here; the message says why and what to do. */
public final class FilterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FilterException(String message) {
    super(message);
  }
}
