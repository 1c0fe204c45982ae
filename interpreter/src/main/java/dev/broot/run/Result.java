package dev.broot.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param status the program's exit status, 128+n where signal n ended it; 124 after a timeout; 125
 *     when the sandbox failed, 126 when the program could not be executed, 127 when it is not there
 * @param ended what ended it
 * @param output what the program wrote on stdout and stderr, as UTF-8, where it was captured or
 *     listened to; else empty. Where the sandbox failed, bubblewrap's own message.
 * @param errors what it wrote on stderr, where {@link Run#separate} keeps that apart; else empty
 * @param isCut whether it wrote more than {@link Run#atMost} keeps
 * @param limits the words of the spec's limits that the sandbox has reached, as {@code memory}
 * @param peakMemory bytes of the whole sandbox, where a limit has them counted, or null
 * @param failure why the sandbox failed, or the program could not be executed; null where neither
 *     is so, or nobody could find out
 */
public record Result(
    int status,
    Ended ended,
    String output,
    String errors,
    boolean isCut,
    List<String> limits,
    @Nullable Long peakMemory,
    @Nullable Failure failure) {
  /** Copies the list. */
  public Result {
    limits = List.copyOf(limits);
  }

  /** A run without limits. */
  public Result(int status, Ended ended, String output) {
    this(status, ended, output, "", false, List.of(), null, null);
  }

  Result because(Failure why) {
    return new Result(status, ended, output, errors, isCut, limits, peakMemory, why);
  }

  Result heard(String onErrors, boolean more) {
    return new Result(status, ended, output, onErrors, more, limits, peakMemory, failure);
  }

  Result limited(List<String> reached, @Nullable Long peak) {
    return new Result(status, ended, output, errors, isCut, reached, peak, failure);
  }

  /** What ended a run. */
  public enum Ended {
    /** The program, by itself. */
    EXITED,
    /** A signal. */
    SIGNALED,
    /** The time that it was given. */
    TIMED_OUT,
    /** {@link Running#cancel}. */
    CANCELLED,
    /** It could not be executed or is not there. */
    NOT_EXECUTED,
    /** The sandbox could not be set up, bubblewrap was killed, or a required provider ended. */
    FAILED
  }
}
