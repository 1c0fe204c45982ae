package dev.broot.plan;

/** The answer of a visitor that does something and has nothing to tell. */
public enum Done {
  /** It was done. */
  DONE
}
