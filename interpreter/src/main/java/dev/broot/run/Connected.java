package dev.broot.run;

import dev.broot.plan.Sandbox;
import dev.broot.script.NetScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What connects the runs of a root to some hosts: a shell that does it as the script does. */
final class Connected {
  private static final String GOOD = "in ";

  private final int pid;
  private final List<String> enter;

  private Connected(int pid, List<String> enter) {
    this.pid = pid;
    this.enter = List.copyOf(enter);
  }

  /**
   * Starts it, and waits until a program can be started there.
   *
   * @param directory of its own
   * @throws IOException with what is wrong
   */
  static Connected start(Sandbox sandbox, Path directory) throws IOException {
    List<String> argv =
        List.of(
            Programs.find("setpriv"),
            "--pdeathsig",
            "KILL",
            "--",
            "/bin/sh",
            "-c",
            NetScript.serve(sandbox),
            "broot-net",
            directory.toString());
    int[] ends = Kernel.pipe();
    int pid = -1;
    String said;
    try (InputStream in = Programs.read(ends[0])) {
      try {
        pid = Kernel.spawn(argv, environment(), Standard.into(Programs.STDERR), List.of(ends[1]));
      } finally {
        Kernel.close(ends[1]);
      }
      @Nullable String line =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
      said = line == null ? "the network of `net allow` cannot be made" : line;
    }
    Connected connected = new Connected(pid, words(said));
    if (!said.startsWith(GOOD)) {
      connected.stop();
      throw new IOException(said);
    }
    return connected;
  }

  private static List<String> words(String said) throws IOException {
    if (!said.startsWith(GOOD)) {
      return List.of();
    }
    List<String> words = new ArrayList<>(List.of(said.substring(GOOD.length()).split(" ", -1)));
    words.set(0, Programs.find(words.get(0)));
    return words;
  }

  private static List<String> environment() throws IOException {
    return Programs.environment();
  }

  /** The words before a command that is to run there. */
  List<String> enter() {
    return enter;
  }

  /** Ends it; what was refused is said on this process's standard error. */
  void stop() {
    Kernel.kill(pid, Kernel.TERM);
    Kernel.waitFor(pid);
  }
}
