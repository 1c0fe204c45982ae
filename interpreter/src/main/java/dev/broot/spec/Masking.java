package dev.broot.spec;

/** What is done with a part of what the mounts show. */
public enum Masking {
  /** It cannot be read, listed or changed. */
  HIDE,
  /** It cannot be changed. */
  PROTECT
}
