package dev.broot.translate;

import java.util.ArrayList;
import java.util.List;

/** Command lines as they are found: one argument a line, or ended by NULs. */
public final class ArgumentText {
  /** A text that is no command line. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private ArgumentText() {}

  /** One argument a line. */
  public static List<String> lines(String text) {
    return ended(text, "\n");
  }

  /** Arguments that end in NULs, as in /proc/PID/cmdline. */
  public static List<String> nul(String text) {
    return ended(text, "\0");
  }

  private static List<String> ended(String text, String end) {
    List<String> arguments = new ArrayList<>(List.of(text.split(end, -1)));
    if (arguments.get(arguments.size() - 1).isEmpty()) {
      arguments.remove(arguments.size() - 1);
    }
    return arguments;
  }
}
