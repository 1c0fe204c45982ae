package dev.broot.spec;

import java.util.List;

/**
 * What is meant below a directory: what matches, at the time of each run.
 *
 * @param except what of that is not meant, with all below it
 */
public record Pattern(Glob glob, List<Glob> except) {
  /** Copies what is left out. */
  public Pattern {
    except = List.copyOf(except);
  }
}
