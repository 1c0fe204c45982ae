package dev.broot.plan;

/** A question of a plan that a host has no answer to; the message says which. */
public final class UnresolvedException extends Exception {
  private static final long serialVersionUID = 1;

  /** Says which. */
  public UnresolvedException(String message) {
    super(message);
  }
}
