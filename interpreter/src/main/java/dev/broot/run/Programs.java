package dev.broot.run;

import dev.broot.host.Bytes;
import dev.broot.host.OnPath;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Programs of the host, and the environment that they get. */
final class Programs {
  /** This process's own standard error, for what is not the program's output. */
  static final int STDERR = 2;

  private static final long PAUSE_MILLIS = 5;
  private static final int PATIENCE_SECONDS = 10;

  private Programs() {}

  /**
   * The path of a program on PATH, or where there is no PATH in the directories that execvp(3)
   * takes then.
   */
  static String find(String name) throws IOException {
    String path = System.getenv("PATH");
    String found = OnPath.find(name, path == null ? "/usr/bin:/bin" : path);
    if (found == null) {
      throw new IOException(name + " is not on PATH");
    }
    return found;
  }

  /** The environment that this process was started with. */
  static List<String> environment() throws IOException {
    return variables(Files.readAllBytes(Path.of("/proc/self/environ")));
  }

  /** What the kernel has as an environment, as variables; bytes are kept as {@link Bytes} does. */
  static List<String> variables(byte[] environ) {
    return Stream.of(Bytes.decode(environ).split("\0", -1))
        .filter(variable -> variable.indexOf('=') > 0)
        .toList();
  }

  /** Reads from a pipe, and closes its descriptor. */
  static InputStream read(int descriptor) throws IOException {
    try {
      // JDK 17 seeks in what a bare FileInputStream reads to its end.
      return new BufferedInputStream(new FileInputStream("/proc/self/fd/" + descriptor));
    } finally {
      Kernel.close(descriptor);
    }
  }

  /** How a program is started whose output goes to a descriptor. */
  interface Starter {
    /** Starts it; its number. */
    int start(int output) throws Exception;
  }

  /** What a program says on stdout and stderr; its status does not count. */
  static String output(List<String> argv) throws Exception {
    return output(end -> Kernel.spawn(argv, List.of(), Standard.into(end), List.of()));
  }

  /** As above, with an environment. */
  static String output(List<String> argv, List<String> environment) throws Exception {
    return output(end -> Kernel.spawn(argv, environment, Standard.into(end), List.of()));
  }

  /** As above; what has not ended after 10 seconds is killed. */
  static String output(Starter starter) throws Exception {
    return start(starter).text();
  }

  /** Starts a program, of which somebody will ask what it says. */
  static Started start(Starter starter) throws Exception {
    int[] ends = Kernel.pipe();
    InputStream in = null;
    try {
      in = read(ends[0]);
      return new Started(starter.start(ends[1]), in);
    } catch (Exception e) {
      close(in);
      throw e;
    } finally {
      Kernel.close(ends[1]);
    }
  }

  /** A program whose output is read. */
  record Started(int pid, InputStream in) {
    /** All that it says until it ends; what has not ended 10 seconds from now is killed. */
    String text() throws IOException {
      AtomicBoolean ended = new AtomicBoolean();
      try (InputStream all = in) {
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .execute(
                () -> {
                  if (!ended.get()) {
                    Kernel.kill(-pid, Kernel.KILL);
                  }
                });
        return new String(all.readAllBytes(), StandardCharsets.UTF_8);
      } finally {
        ended.set(true);
        Kernel.waitFor(pid);
      }
    }
  }

  /** Closes what was opened for nothing. */
  static void close(@Nullable InputStream in) {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      // Nothing was written.
    }
  }

  /** Waits a little for something that sends no word. */
  static void pause() {
    java.util.concurrent.locks.LockSupport.parkNanos(PAUSE_MILLIS * 1_000_000);
  }
}
