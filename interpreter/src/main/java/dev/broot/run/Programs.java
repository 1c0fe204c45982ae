package dev.broot.run;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Programs of the host, and the environment that they get. */
final class Programs {
  /** This process's own standard error, for what is not the program's output. */
  static final int STDERR = 2;

  private static final long PAUSE_MILLIS = 5;

  private Programs() {}

  /** The path of a program on PATH. */
  static String find(String name) throws IOException {
    String path = System.getenv("PATH");
    for (String directory : (path == null ? "/usr/bin:/bin" : path).split(":", -1)) {
      Path file = Path.of(directory.isEmpty() ? "." : directory, name);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return file.toString();
      }
    }
    throw new IOException(name + " is not on PATH");
  }

  /** The environment that this process was started with. */
  static List<String> environment() throws IOException {
    String all = Files.readString(Path.of("/proc/self/environ"), StandardCharsets.UTF_8);
    return Stream.of(all.split("\0", -1)).filter(variable -> variable.indexOf('=') > 0).toList();
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

  /** What a program says on stdout and stderr; its status does not count. */
  static String output(List<String> argv) throws IOException {
    int[] ends = Kernel.pipe();
    int pid;
    InputStream in = read(ends[0]);
    try {
      pid = Kernel.spawn(argv, List.of(), "/dev/null", ends[1], List.of());
    } catch (IOException e) {
      close(in);
      throw e;
    } finally {
      Kernel.close(ends[1]);
    }
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      Kernel.waitFor(pid);
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
