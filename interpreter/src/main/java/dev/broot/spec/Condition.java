package dev.broot.spec;

/** A question to the host that decides whether a mount is made. */
public enum Condition {
  /** Always made. */
  NONE,
  /** Only where the source exists. */
  OPTIONAL,
  /** Only where the source is a directory and not a symlink. */
  IF_DIRECTORY,
  /** Only where the source belongs to the caller. */
  IF_OWNED
}
