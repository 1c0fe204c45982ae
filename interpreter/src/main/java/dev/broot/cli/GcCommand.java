package dev.broot.cli;

import dev.broot.script.ScriptWriter;
import java.io.IOException;

/** {@code broot gc}. */
final class GcCommand extends Command {
  GcCommand() {
    super("gc", "Remove the remains of killed runs. Live runs are safe.");
  }

  @Override
  void configure(Options options) {}

  @Override
  int run(Arguments arguments, Console console) throws IOException {
    ScriptCache cache = ScriptCache.of(System.getenv());
    int scripts = cache == null ? 0 : cache.clean();
    if (scripts > 0) {
      console.print("removed compiled scripts: " + scripts + "\n");
    }
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", ScriptWriter.collector(), "sh").inheritIO().start();
    try {
      return shell.waitFor();
    } catch (InterruptedException e) {
      shell.destroy();
      Thread.currentThread().interrupt();
      return Status.FAILED;
    }
  }
}
