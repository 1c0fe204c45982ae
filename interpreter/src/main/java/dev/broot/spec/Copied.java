package dev.broot.spec;

/** How the content of a file of the host is given. */
public enum Copied {
  /** {@code --ro-bind-data}. */
  RO,
  /** {@code --bind-data}. */
  RW,
  /** {@code --file}. */
  FILE
}
