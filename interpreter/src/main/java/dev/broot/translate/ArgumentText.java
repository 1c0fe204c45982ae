package dev.broot.translate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Command lines as they are found: one argument a line, ended by NULs, or quoted for a shell. */
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

  /**
   * A command of a shell.
   *
   * @param descriptors the files behind {@code N<FILE}, by number
   */
  public record Line(List<String> arguments, Map<String, String> descriptors) {
    /** Copies both. */
    public Line {
      arguments = List.copyOf(arguments);
      descriptors = Map.copyOf(descriptors);
    }
  }

  /**
   * One command of a shell, with its quotes and with files that are opened for it, as in {@code
   * 9<FILE}. Nothing is expanded and nothing opened.
   *
   * @throws Malformed where a quote is open, or where the shell would do more than quote
   */
  public static Line shell(String text) throws Malformed {
    return new Shell(text).line();
  }

  private static final class Shell {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> descriptors = new LinkedHashMap<>();
    private final StringBuilder word = new StringBuilder();
    private @Nullable String redirected;
    private boolean open;
    private boolean bare = true;
    private int at;

    Shell(String text) {
      this.text = text;
    }

    Line line() throws Malformed {
      while (at < text.length()) {
        next(text.charAt(at++));
      }
      end();
      if (redirected != null) {
        throw new Malformed("which file? `" + redirected + "<` stands at the end");
      }
      return new Line(words, descriptors);
    }

    private void end() {
      if (open) {
        if (redirected != null) {
          descriptors.put(redirected, word.toString());
          redirected = null;
        } else {
          words.add(word.toString());
        }
        word.setLength(0);
        open = false;
      }
      bare = true;
    }

    // 9<FILE; the number stands directly before it.
    private boolean redirects() {
      boolean plain = at >= text.length() || "<&(>".indexOf(text.charAt(at)) < 0;
      if (!open || !bare || redirected != null || !plain || !word.toString().matches("[0-9]+")) {
        return false;
      }
      redirected = word.toString();
      word.setLength(0);
      open = false;
      return true;
    }

    private void next(char c) throws Malformed {
      switch (c) {
        case ' ', '\t', '\n' -> end();
        case '\'' -> single();
        case '"' -> quoted();
        case '\\' -> escaped();
        case '$' -> {
          if (at < text.length() && text.charAt(at) == '\'') {
            at++;
            ansi();
          } else {
            throw new Malformed("`$` would be expanded by a shell; write what it stands for");
          }
        }
        case '`', '*', '?', '|', '&', ';', '<', '>', '(', ')' -> {
          if (c != '<' || !redirects()) {
            throw new Malformed(
                "`" + c + "` means something to a shell; quote it, or leave it out");
          }
        }
        default -> {
          word.append(c);
          open = true;
        }
      }
    }

    private char take(String what) throws Malformed {
      if (at >= text.length()) {
        throw new Malformed("the " + what + " is not closed");
      }
      return text.charAt(at++);
    }

    private void single() throws Malformed {
      open = true;
      bare = false;
      for (char c = take("quote '"); c != '\''; c = take("quote '")) {
        word.append(c);
      }
    }

    private void quoted() throws Malformed {
      open = true;
      bare = false;
      for (char c = take("quote \""); c != '"'; c = take("quote \"")) {
        if (c == '$' || c == '`') {
          throw new Malformed("`" + c + "` would be expanded by a shell; write what it stands for");
        }
        if (c == '\\') {
          char d = take("quote \"");
          if ("$`\"\\".indexOf(d) < 0 && d != '\n') {
            word.append(c);
          }
          word.append(d == '\n' ? "" : d);
        } else {
          word.append(c);
        }
      }
    }

    private void escaped() throws Malformed {
      char c = take("backslash");
      if (c != '\n') {
        word.append(c);
        open = true;
        bare = false;
      }
    }

    // As `set -x` and printf %q of bash write it.
    private void ansi() throws Malformed {
      open = true;
      for (char c = take("quote $'"); c != '\''; c = take("quote $'")) {
        if (c != '\\') {
          word.append(c);
          continue;
        }
        char d = take("quote $'");
        switch (d) {
          case 'n' -> word.append('\n');
          case 't' -> word.append('\t');
          case 'r' -> word.append('\r');
          case '\'', '"', '\\' -> word.append(d);
          default -> throw new Malformed("`\\" + d + "` is not known in $'...'");
        }
      }
    }
  }
}
