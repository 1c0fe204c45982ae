package dev.broot.diagnostic;

/** How bad a diagnostic is. */
public enum Severity {
  /** The spec is refused. */
  ERROR,
  /** The spec is accepted, and somebody should look. */
  WARNING
}
