package dev.broot.spec;

/** How a bind may be used. */
public enum Access {
  /** Read-only. */
  RO,
  /** Read and write. */
  RW,
  /** Read, write and device nodes. */
  DEV
}
