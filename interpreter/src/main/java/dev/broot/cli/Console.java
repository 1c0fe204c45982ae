package dev.broot.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The streams and the environment of one call.
 *
 * @param out the caller's standard output
 * @param err the caller's standard error
 * @param env the caller's environment
 * @param terminal whether standard error is a terminal
 */
record Console(OutputStream out, OutputStream err, Map<String, String> env, boolean terminal) {

  boolean color() {
    String noColor = env.getOrDefault("NO_COLOR", "");
    return terminal && noColor.isEmpty() && !env.getOrDefault("TERM", "").equals("dumb");
  }

  void print(String text) {
    write(out, text);
  }

  void printError(String text) {
    write(err, text);
  }

  /** One line in broot's own name. */
  void fail(String message) {
    printError("broot: " + message + "\n");
  }

  private static void write(OutputStream stream, String text) {
    try {
      stream.write(Bytes.encode(text));
      stream.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
