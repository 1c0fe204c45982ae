package dev.broot.cli;

import dev.broot.diagnostic.Visible;
import dev.broot.host.Bytes;
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

  /** A document as it is, for a file or a program; it has made its own texts harmless. */
  void print(String text) {
    write(out, text);
  }

  /** Whole lines for people. */
  void show(String lines) {
    write(out, Visible.lines(lines));
  }

  void printError(String text) {
    write(err, text);
  }

  /** One line in broot's own name. */
  void fail(String message) {
    note("broot: " + message);
  }

  /** One line on standard error. */
  void note(String message) {
    printError(Visible.lines(Visible.line(message)) + "\n");
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
