package dev.broot.run;

import dev.broot.plan.Sandbox;
import dev.broot.run.Result.Ended;
import dev.broot.script.LimitScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A program that runs in a root. May be used from any thread. */
public final class Running {
  private static final Pattern NUMBER = Pattern.compile("\"(child-pid|exit-code)\": ([0-9]+)");

  private final int pid;
  private final boolean hasPid1;
  private final Duration grace;
  private final CompletableFuture<Integer> child = new CompletableFuture<>();
  private final CompletableFuture<Result> result = new CompletableFuture<>();
  private volatile List<Heard> heard = List.of();
  private volatile @Nullable Ended ending;

  /** How a failure of bubblewrap is explained, on the thread that waited. */
  interface Explainer {
    /**
     * Explains it.
     *
     * @param lost whether it ended while it waited, before the program
     */
    Result explain(boolean lost, String output);
  }

  private volatile @Nullable Sandbox limited;

  Running(int pid, boolean hasPid1, Duration grace) {
    this.pid = pid;
    this.hasPid1 = hasPid1;
    this.grace = grace;
  }

  /** One that ended before there was a process. */
  static Running ended(Result result) {
    Running running = new Running(0, false, Duration.ZERO);
    running.child.complete(0);
    running.result.complete(result);
    return running;
  }

  /** Starts to wait: threads read the output, where there is any, another waits for the end. */
  void watch(
      InputStream status, List<Heard> streams, Attestation attestation, Explainer explainer) {
    heard = streams;
    streams.forEach(Heard::start);
    Heard.daemon("broot-wait", () -> waitForEnd(status, attestation, explainer));
  }

  private void waitForEnd(InputStream status, Attestation attestation, Explainer explainer) {
    Integer code = null;
    SetupException refused = null;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(status, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Matcher number = NUMBER.matcher(line);
        if (number.find()) {
          int value = Integer.parseInt(number.group(2));
          if (number.group(1).equals("child-pid")) {
            child.complete(value);
            refused = attestation.attest(value);
          } else {
            code = value;
          }
        }
      }
    } catch (IOException e) {
      // As above.
    }
    attestation.close();
    child.complete(0);
    Kernel.awaitEnd(pid);
    if (code == null) {
      // A bubblewrap that fails while it starts leaves its first process waiting for it for ever.
      Kernel.kill(-pid, Kernel.KILL);
    }
    int own = Kernel.waitFor(pid);
    heard.forEach(Heard::join);
    try {
      Result ended = limits(apart(outcome(code, own, attestation.isLost(), explainer)));
      if (refused == null) {
        result.complete(ended);
      } else {
        result.completeExceptionally(refused);
      }
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  /** Says which limits its shell has set, so that they are looked at and removed behind it. */
  void limited(Sandbox sandbox) {
    limited = sandbox;
  }

  private Result limits(Result ended) {
    Sandbox sandbox = limited;
    if (sandbox == null) {
      return ended;
    }
    try {
      String script = LimitScript.end(sandbox);
      List<String> end = List.of("/bin/sh", "-c", script, "sh", "" + pid, "" + ended.status());
      // What it says to people comes first; its last line is for us.
      List<String> told = Programs.output(end).lines().toList();
      List<String> words = List.of(told.get(told.size() - 1).split(" ", -1));
      return ended.limited(
          words.subList(1, words.size()),
          words.get(0).equals("null") ? null : Long.valueOf(words.get(0)));
    } catch (Exception e) {
      throw new SetupException(
          "the limits of the run could not be taken down: " + e.getMessage(), e);
    }
  }

  private Result apart(Result ended) {
    String errors = heard.size() < 2 ? "" : heard.get(1).text();
    boolean cut = heard.stream().anyMatch(Heard::isCut);
    return ended.heard(errors, cut);
  }

  private Result outcome(@Nullable Integer code, int own, boolean lost, Explainer explainer) {
    String text = heard.isEmpty() ? "" : heard.get(0).text();
    Ended why = ending;
    if (why == Ended.FAILED) {
      return new Result(125, why, text);
    } else if (why == Ended.TIMED_OUT) {
      return new Result(124, why, text);
    } else if (why == Ended.CANCELLED) {
      return new Result(code == null ? 128 + Kernel.TERM : code, why, text);
    } else if (code != null) {
      return new Result(code, code > 128 ? Ended.SIGNALED : Ended.EXITED, text);
    } else if (own > 128 || child.join() == 0) {
      // Killed, or it did not come as far as to start a sandbox.
      return new Result(125, Ended.FAILED, text);
    }
    return explainer.explain(lost, text);
  }

  /**
   * Waits for the end of the run.
   *
   * @throws SetupException when the program was not started, since the kernel had mounted something
   *     else than what was judged
   * @throws InterruptedException when the calling thread is interrupted; the run goes on
   */
  public Result await() throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static SetupException failure(ExecutionException e) {
    return e.getCause() instanceof SetupException known
        ? new SetupException(String.valueOf(known.getMessage()), known.failure(), e)
        : new SetupException(String.valueOf(e.getMessage()), e);
  }

  /**
   * The end of the run, for those who wait for several things. Where {@link #await} throws a {@link
   * SetupException}, that is the cause of its failure. What depends on it is called by a thread of
   * broot's, when the run has ended. To complete or cancel it does nothing to the run.
   */
  public CompletableFuture<Result> result() {
    return result.copy();
  }

  // More than 292 years are no number of them.
  private static long nanos(Duration time) {
    try {
      return time.toNanos();
    } catch (ArithmeticException e) {
      return time.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  /** Ends the run after a time, whoever waits for it. */
  void endAfter(Duration time) {
    Heard.daemon(
        "broot-timeout",
        () -> {
          try {
            result.get(nanos(time), TimeUnit.NANOSECONDS);
          } catch (TimeoutException e) {
            end(Ended.TIMED_OUT);
          } catch (InterruptedException | ExecutionException e) {
            // It has ended.
          }
        });
  }

  /**
   * Sends TERM to the program, and KILL to the whole sandbox 10 seconds later, or when {@link
   * Run#killAfter} says. May be called from any thread, more than once; does not wait.
   */
  public void cancel() {
    end(Ended.CANCELLED);
  }

  /** Ends it as {@link #cancel} does, since something that it needs is gone. */
  void fail() {
    end(Ended.FAILED);
  }

  private void end(Ended why) {
    if (result.isDone() || ending != null) {
      return;
    }
    ending = why;
    Heard.daemon(
        "broot-end",
        () -> {
          tell();
          try {
            result.get(nanos(grace), TimeUnit.NANOSECONDS);
          } catch (TimeoutException e) {
            kill();
          } catch (InterruptedException | ExecutionException e) {
            // It has ended.
          }
        });
  }

  // The program is the first child of the sandbox's pid 1, which itself ignores signals.
  private void tell() {
    int program = child.join();
    if (program > 0 && hasPid1) {
      try {
        String children =
            Files.readString(Path.of("/proc/" + program + "/task/" + program + "/children"));
        program = children.isBlank() ? 0 : Integer.parseInt(children.trim().split(" ", -1)[0]);
      } catch (IOException e) {
        program = 0;
      }
    }
    if (program > 0) {
      Kernel.kill(program, Kernel.TERM);
    } else {
      kill();
    }
  }

  /** Kills the sandbox with all that is in it, since the root is closed. */
  void close() {
    if (ending == null) {
      ending = Ended.CANCELLED;
    }
    kill();
  }

  private void kill() {
    if (!result.isDone()) {
      int first = child.getNow(0);
      Kernel.kill(first > 0 ? first : pid, Kernel.KILL);
    }
  }

  boolean isDone() {
    return result.isDone();
  }

  /** Waits, however often the caller is interrupted. */
  void awaitQuietly() {
    result.handle((value, e) -> value).join();
  }
}
