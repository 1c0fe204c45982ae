package dev.broot.translate;

import dev.broot.translate.ArgumentText.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one word of a shell: its quotes and its variables. Nothing is expanded. */
final class ShellWord {
  private static final String ENDS = " \t\n;&|()<>";
  private static final int DEEPEST = 100;
  private static final String RUNS =
      "a spec runs no commands; put its output into a variable before";
  private static final String EXPANDS = "the shell expands it to names; name the files";
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z_][A-Za-z0-9_]*|[0-9@*]|\\{([A-Za-z_][A-Za-z0-9_]*(?:\\[@\\])?|[0-9]+|@)\\}");
  private static final Pattern OTHERWISE =
      Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*|[0-9]+)(?::?-([^$`\"'\\\\{}]*)|:?\\?[^{}]*)\\}");

  private final String text;
  private final int from;
  private final List<Arg.Part> parts = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();
  private @Nullable String problem;
  private int depth;
  private int at;

  ShellWord(String text, int from) {
    this.text = text;
    this.from = from;
    at = from;
  }

  /** Where it ended. */
  int end() {
    return at;
  }

  /** Reads to its end. */
  Arg read() throws Malformed {
    while (at < text.length() && ENDS.indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at++);
      switch (c) {
        case '\'' -> single();
        case '"' -> dquoted();
        case '\\' -> escaped();
        case '$' -> dollar(true);
        case '`' -> command('`');
        case '*', '?', '[' -> {
          problem = problem == null ? EXPANDS : problem;
          plain.append(c);
        }
        default -> plain.append(c);
      }
    }
    flush();
    String shown = text.substring(from, at);
    boolean test = shown.equals("[") || shown.equals("[[");
    return new Arg(parts, shown, test ? null : problem);
  }

  private void flush() {
    if (!plain.isEmpty()) {
      parts.add(new Arg.Text(plain.toString()));
      plain.setLength(0);
    }
  }

  private char take(String what) throws Malformed {
    if (at >= text.length()) {
      throw new Malformed("the " + what + " is not closed");
    }
    return text.charAt(at++);
  }

  private void single() throws Malformed {
    for (char c = take("quote '"); c != '\''; c = take("quote '")) {
      plain.append(c);
    }
  }

  private void dquoted() throws Malformed {
    for (char c = take("quote \""); c != '"'; c = take("quote \"")) {
      if (c == '$') {
        dollar(false);
      } else if (c == '`') {
        command('`');
      } else if (c == '\\') {
        char d = take("quote \"");
        if ("$`\"\\".indexOf(d) < 0 && d != '\n') {
          plain.append(c);
        }
        plain.append(d == '\n' ? "" : d);
      } else {
        plain.append(c);
      }
    }
  }

  private void escaped() throws Malformed {
    char c = take("backslash");
    if (c != '\n') {
      plain.append(c);
    }
  }

  private void dollar(boolean bare) throws Malformed {
    char next = at < text.length() ? text.charAt(at) : ' ';
    Matcher name = NAME.matcher(text).region(at, text.length());
    Matcher otherwise = OTHERWISE.matcher(text).region(at, text.length());
    if (next == '\'' && bare) {
      at++;
      ansi();
    } else if (next == '"' && bare) {
      at++;
      dquoted();
    } else if (next == '(') {
      at++;
      command(')');
    } else if (name.lookingAt()) {
      at = name.end();
      variable(name.group(1) == null ? name.group() : name.group(1), null, bare);
    } else if (otherwise.lookingAt()) {
      at = otherwise.end();
      variable(otherwise.group(1), otherwise.group(2), bare);
    } else if (next == '{') {
      at++;
      command('}');
      problem = "a shell makes its value from a variable; set a variable to it before";
    } else if ("#$!-?".indexOf(next) >= 0) {
      at++;
      problem = "it is known only to the shell";
    } else {
      plain.append('$');
    }
  }

  private void variable(String name, @Nullable String otherwise, boolean bare) {
    flush();
    parts.add(new Arg.Variable(name, otherwise, bare));
  }

  // Skips what the shell runs, up to its end.
  private void command(char close) throws Malformed {
    problem = problem == null ? RUNS : problem;
    skip(close);
  }

  private void skip(char close) throws Malformed {
    depth++;
    if (depth > DEEPEST) {
      throw new Malformed("commands in commands, more than " + DEEPEST + " deep");
    }
    char open = close == ')' ? '(' : close == '}' ? '{' : close;
    for (char c = take("`" + close + "`"); c != close; c = take("`" + close + "`")) {
      if (c == '\\') {
        take("backslash");
      } else if (c == '\'' && close != '"') {
        while (take("quote '") != '\'') {}
      } else if (c == '"') {
        skip('"');
      } else if (c == open) {
        skip(close);
      } else if (c == '$' && at < text.length() && text.charAt(at) == '(') {
        at++;
        skip(')');
      }
    }
    depth--;
  }

  /** The rest up to the parenthesis that closes, for {@code <(...)}. */
  void skipCommand() throws Malformed {
    skip(')');
  }

  // As `set -x` and printf %q of bash write it.
  private void ansi() throws Malformed {
    for (char c = take("quote $'"); c != '\''; c = take("quote $'")) {
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char d = take("quote $'");
      switch (d) {
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case 'r' -> plain.append('\r');
        case '\'', '"', '\\' -> plain.append(d);
        default -> throw new Malformed("`\\" + d + "` is not known in $'...'");
      }
    }
  }
}
