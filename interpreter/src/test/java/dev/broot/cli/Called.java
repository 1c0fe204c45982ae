package dev.broot.cli;

import dev.broot.support.Run;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A command of broot, called in this JVM with an empty environment. */
public final class Called {
  private Called() {}

  /** Calls it. */
  public static Run.Result broot(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(List.of(args), new Console(out, err, Map.of(), false));
    return new Run.Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
