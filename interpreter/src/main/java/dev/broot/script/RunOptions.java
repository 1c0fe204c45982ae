package dev.broot.script;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of one run, beside the spec.
 *
 * @param timeout seconds after which the program is told to end, or null for ever
 * @param killAfter seconds after a signal or the timeout after which it is killed, or null for 10
 *     seconds after a timeout and never after a signal
 * @param statusFile where the outcome is written as JSON, or null
 * @param mode what runs
 * @param passed the numbers of the descriptors that the caller passes, by their names in the
 *     language
 * @param bwrap the path of a bubblewrap that is known to have what the plan needs, or null
 * @param explainer the path of a file with the parts that explain a failure, or null where the
 *     script holds them itself
 * @param live whether what the network refuses is said at once
 * @param denied whether it is said at the end which files the program did not get
 * @param plan the digest of the golden plan, for a script that stands by itself, or null where our
 *     launcher runs it
 */
public record RunOptions(
    @Nullable String timeout,
    @Nullable String killAfter,
    @Nullable String statusFile,
    Mode mode,
    Map<String, Integer> passed,
    @Nullable String bwrap,
    @Nullable String explainer,
    boolean live,
    boolean denied,
    @Nullable String plan) {
  /** Copies the numbers. */
  public RunOptions {
    passed = Map.copyOf(passed);
  }

  /** What runs. */
  public enum Mode {
    /** The program that is asked for. */
    PROGRAM,
    /** The same, and a shell in the same root where it fails, on a terminal. */
    SHELL_ON_FAILURE,
    /** A shell, or the program that is asked for, on a terminal of its own. */
    SHELL
  }

  /** Nothing but the plan. */
  public static final RunOptions NONE = new RunOptions(null, null, null);

  /** The program that is asked for. */
  public RunOptions(
      @Nullable String timeout, @Nullable String killAfter, @Nullable String statusFile) {
    this(timeout, killAfter, statusFile, Mode.PROGRAM, Map.of(), null, null);
  }

  /** What the network refuses is said at the end, and no plan is known by its digest. */
  public RunOptions(
      @Nullable String timeout,
      @Nullable String killAfter,
      @Nullable String statusFile,
      Mode mode,
      Map<String, Integer> passed,
      @Nullable String bwrap,
      @Nullable String explainer) {
    this(timeout, killAfter, statusFile, mode, passed, bwrap, explainer, false, false, null);
  }

  /** The same, and what the network refuses is said at once if it is so. */
  public RunOptions saying(boolean atOnce) {
    return new RunOptions(
        timeout, killAfter, statusFile, mode, passed, bwrap, explainer, atOnce, denied, plan);
  }

  /** The same, and which files the program did not get is said at the end if it is so. */
  public RunOptions telling(boolean files) {
    return new RunOptions(
        timeout, killAfter, statusFile, mode, passed, bwrap, explainer, live, files, plan);
  }

  /** The same for a script that stands by itself. */
  public RunOptions of(String digest) {
    return new RunOptions(
        timeout, killAfter, statusFile, mode, passed, bwrap, explainer, live, denied, digest);
  }

  /** The same for a bubblewrap that was asked. */
  public RunOptions knowing(String path) {
    return new RunOptions(
        timeout, killAfter, statusFile, mode, passed, path, explainer, live, denied, plan);
  }

  /** The same with the parts that explain a failure in a file, which the script then relies on. */
  public RunOptions explainedBy(@Nullable String path) {
    return new RunOptions(
        timeout, killAfter, statusFile, mode, passed, bwrap, path, live, denied, plan);
  }
}
