package dev.broot.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How git is called: only to read, and without the programs that a repository's own configuration
 * would have it start for that. Whoever unpacks or clones what a stranger made looks at it first.
 */
final class Git {
  private static final List<String> CALL =
      List.of("git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false");
  private static final int LONGEST_ERROR = 65536;

  // By these, whoever starts an editor says which repository another program works on.
  private static final List<String> ELSEWHERE =
      List.of(
          "GIT_DIR",
          "GIT_WORK_TREE",
          "GIT_COMMON_DIR",
          "GIT_INDEX_FILE",
          "GIT_OBJECT_DIRECTORY",
          "GIT_ALTERNATE_OBJECT_DIRECTORIES",
          "GIT_NAMESPACE",
          "GIT_PREFIX",
          "GIT_GRAFT_FILE",
          "GIT_SHALLOW_FILE");

  private final long deadline;
  private final boolean asked;

  private Git(boolean asked, long deadline) {
    this.asked = asked;
    this.deadline = deadline;
  }

  /** For a user who waits for it: the environment may name a repository, and git may fetch. */
  static Git asked() {
    return new Git(true, 0);
  }

  /** For what nobody asked for: git fetches nothing, and all calls together get this time. */
  static Git unasked(Duration limit) {
    return new Git(false, System.nanoTime() + limit.toNanos());
  }

  /** What came of a call; output behind a bound is dropped. */
  static final class Ran {
    private final int status;
    private final byte[] bytes;
    private final String error;

    private Ran(int status, byte[] bytes, String error) {
      this.status = status;
      this.bytes = bytes;
      this.error = error;
    }

    boolean failed() {
      return status != 0;
    }

    byte[] bytes() {
      return bytes;
    }

    /** The first line of what git said, or a text where it said nothing. */
    String error(String none) {
      return error.lines().findFirst().orElse(none);
    }
  }

  /**
   * Calls git with no input.
   *
   * @param directory where, or null for the working directory
   * @param most how many bytes of its output are kept
   * @throws IOException also where the time is over
   */
  Ran run(@Nullable File directory, int most, String... arguments) throws IOException {
    Process git = builder(directory, arguments).start();
    AtomicBoolean late = new AtomicBoolean();
    if (!asked) {
      CompletableFuture<Process> unused =
          git.onExit()
              .orTimeout(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)
              .whenComplete(
                  (ended, problem) -> {
                    if (problem != null) {
                      late.set(true);
                      end(git.toHandle());
                    }
                  });
    }
    git.getOutputStream().close();
    CompletableFuture<byte[]> error =
        CompletableFuture.supplyAsync(() -> start(git.getErrorStream(), LONGEST_ERROR));
    byte[] bytes = start(git.getInputStream(), most);
    try {
      int status = git.waitFor();
      String said = new String(error.join(), StandardCharsets.UTF_8).strip();
      if (late.get()) {
        throw new IOException("git did not answer in time");
      }
      return new Ran(status, bytes, said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** A call for those who talk to it. */
  ProcessBuilder builder(@Nullable File directory, String... arguments) {
    List<String> command = new ArrayList<>(CALL);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
    builder.environment().put("GIT_NO_REPLACE_OBJECTS", "1");
    if (!asked) {
      builder.environment().keySet().removeAll(ELSEWHERE);
      // The one is for newer versions of git, the other for all.
      builder.environment().put("GIT_NO_LAZY_FETCH", "1");
      builder.environment().put("GIT_ALLOW_PROTOCOL", "none");
    }
    return builder;
  }

  private static void end(ProcessHandle process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  // Reads to the end, so that git does not die of a full pipe. A pipe breaks where git is killed.
  private static byte[] start(InputStream stream, int most) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(stream)) {
      out.writeBytes(in.readNBytes(most));
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return out.toByteArray();
    }
    return out.toByteArray();
  }
}
