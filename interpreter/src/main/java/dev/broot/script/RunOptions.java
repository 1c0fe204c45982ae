package dev.broot.script;

import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of one run, beside the spec.
 *
 * @param timeout seconds after which the program is told to end, or null for ever
 * @param killAfter seconds after a signal or the timeout after which it is killed, or null for 10
 *     seconds after a timeout and never after a signal
 * @param statusFile where the outcome is written as JSON, or null
 */
public record RunOptions(
    @Nullable String timeout, @Nullable String killAfter, @Nullable String statusFile) {
  /** Nothing. */
  public static final RunOptions NONE = new RunOptions(null, null, null);
}
