package dev.broot.run;

import org.jspecify.annotations.Nullable;

/**
 * Why a root or a run failed; the status file of a script says the same.
 *
 * @param line the place in the spec that asked for what failed, as {@code a.broot:3}, or null where
 *     no line did
 * @param step what was to be done: a step of the set-up, or bubblewrap's own words; null where that
 *     is not known
 * @param cause what is wrong and, where it is known, what to do about it
 */
public record Failure(@Nullable String line, @Nullable String step, String cause) {
  /** The line and the cause. */
  @Override
  public String toString() {
    return line == null ? cause : line + ": " + cause;
  }
}
