package dev.broot.translate;

import dev.broot.translate.ArgumentText.Malformed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Splits a script into its commands. Nothing is run, expanded or opened. */
final class ShellText {
  /**
   * A variable that is set.
   *
   * @param value its value, or null for an array
   * @param array the words of an array
   * @param append whether it is added to what was there
   */
  record Assignment(String name, @Nullable Arg value, List<Arg> array, boolean append) {
    /** Copies the list. */
    Assignment {
      array = List.copyOf(array);
    }
  }

  /**
   * A command.
   *
   * @param line where it starts, from 1
   * @param inputs the files behind {@code N<FILE}, by number
   * @param redirections what else the shell opens, as it is written
   * @param noInput whether its standard input is {@code /dev/null}
   * @param end what stands behind it: an operator, a line break, or nothing
   */
  record Command(
      int line,
      List<Assignment> assignments,
      List<Arg> words,
      Map<String, Arg> inputs,
      List<String> redirections,
      boolean noInput,
      String end) {
    /** Copies the lists. */
    Command {
      assignments = List.copyOf(assignments);
      words = List.copyOf(words);
      redirections = List.copyOf(redirections);
    }

    /** Its start, for a message. */
    String shown() {
      String all = String.join(" ", words.stream().map(Arg::shown).toList());
      return all.length() > 60 ? all.substring(0, 57) + "..." : all;
    }
  }

  private static final Set<String> KEYWORDS =
      Set.of("if", "then", "elif", "else", "while", "until", "do", "{", "!", "time");

  private final String text;
  private final List<Command> commands = new ArrayList<>();
  private final Deque<String> documents = new ArrayDeque<>();
  private List<Assignment> assignments = new ArrayList<>();
  private List<Arg> words = new ArrayList<>();
  private Map<String, Arg> inputs = new LinkedHashMap<>();
  private List<String> redirections = new ArrayList<>();
  private boolean noInput;
  private int line = 1;
  private int started = 1;
  private int counted;
  private int at;

  private ShellText(String text) {
    this.text = text;
  }

  /**
   * All commands of a text.
   *
   * @throws Malformed where a quote is open
   */
  static List<Command> commands(String text) throws Malformed {
    ShellText shell = new ShellText(text);
    while (shell.at < text.length()) {
      shell.next();
    }
    shell.finish("");
    return shell.commands;
  }

  private boolean looksAt(String what) {
    return text.startsWith(what, at);
  }

  private void next() throws Malformed {
    char c = text.charAt(at);
    if (looksAt("\\\n")) {
      at += 2;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      at++;
    } else if (c == '#') {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    } else if (c == '\n') {
      at++;
      finish("\n");
      documents();
    } else if (looksAt("&>")) {
      redirection("", at);
    } else if (c == ';' || c == '|' || c == '&') {
      boolean twice = at + 1 < text.length() && text.charAt(at + 1) == c;
      at += twice ? 2 : 1;
      finish(String.valueOf(c).repeat(twice ? 2 : 1));
    } else if (c == '(' || c == ')') {
      at++;
      finish(";");
      words.add(Arg.of(String.valueOf(c)));
      finish(";");
    } else if (c == '<' || c == '>') {
      redirection("", at);
    } else {
      word();
    }
  }

  private int line(int offset) {
    for (; counted < offset; counted++) {
      line += text.charAt(counted) == '\n' ? 1 : 0;
    }
    return line;
  }

  private void finish(String end) {
    if (!words.isEmpty() || !assignments.isEmpty() || !redirections.isEmpty()) {
      commands.add(new Command(started, assignments, words, inputs, redirections, noInput, end));
      assignments = new ArrayList<>();
      words = new ArrayList<>();
      inputs = new LinkedHashMap<>();
      redirections = new ArrayList<>();
      noInput = false;
    }
  }

  private void word() throws Malformed {
    if (words.isEmpty() && assignments.isEmpty()) {
      started = line(at);
    }
    int from = at;
    Arg word = read();
    String shown = word.shown();
    char next = at < text.length() ? text.charAt(at) : ' ';
    int equals = shown.indexOf('=');
    String name = equals < 0 ? "" : shown.substring(0, equals).replaceFirst("\\+$", "");
    if ((next == '<' || next == '>') && shown.matches("[0-9]+")) {
      redirection(shown, from);
    } else if (words.isEmpty() && name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      boolean append = shown.charAt(equals - 1) == '+';
      boolean array = next == '(' && equals == shown.length() - 1;
      assignments.add(
          new Assignment(
              name, array ? null : word.behind(equals + 1), array ? array() : List.of(), append));
    } else {
      words.add(word);
      if (words.size() == 1 && KEYWORDS.contains(shown)) {
        finish(";");
      }
    }
  }

  private Arg read() throws Malformed {
    ShellWord word = new ShellWord(text, at);
    Arg read = word.read();
    at = word.end();
    return read;
  }

  private List<Arg> array() throws Malformed {
    List<Arg> array = new ArrayList<>();
    for (at++; at < text.length() && text.charAt(at) != ')'; ) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (looksAt("\\\n")) {
        at += 2;
      } else if (" \t\r\n".indexOf(c) >= 0) {
        at++;
      } else if (";&|(<>".indexOf(c) >= 0) {
        throw new Malformed("line " + line(at) + ": `" + c + "` in an array");
      } else {
        array.add(read());
      }
    }
    if (at >= text.length()) {
      throw new Malformed("the `(` of an array is not closed");
    }
    at++;
    return array;
  }

  // N<FILE is an input; the rest is said as it is written.
  private void redirection(String number, int from) throws Malformed {
    int operator = at;
    while (at < text.length() && "<>&|".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String sign = text.substring(operator, at);
    if (sign.equals("<<") && looksAt("-")) {
      at++;
    }
    while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at >= text.length() || text.charAt(at) == '\n') {
      throw new Malformed("which file? `" + number + sign + "` stands at the end");
    }
    Arg file = substituted();
    if (file == null) {
      file = read();
    }
    if (sign.equals("<<")) {
      documents.add(String.valueOf(file.literal()));
    }
    if (sign.equals("<") && !number.isEmpty() && !number.equals("0")) {
      inputs.put(number, file);
    } else if (sign.equals("<") && file.is("/dev/null")) {
      noInput = true;
    } else {
      redirections.add(text.substring(from, at));
    }
  }

  private @Nullable Arg substituted() throws Malformed {
    if (!looksAt("<(") && !looksAt("(")) {
      return null;
    }
    int from = at;
    ShellWord command = new ShellWord(text, text.indexOf('(', at) + 1);
    command.skipCommand();
    at = command.end();
    return Arg.unknown(text.substring(from, at), "a spec runs no commands; write it to a file");
  }

  // What a here-document holds is no command.
  private void documents() {
    while (!documents.isEmpty()) {
      String end = documents.remove();
      boolean more = true;
      while (more && at < text.length()) {
        int newline = text.indexOf('\n', at);
        int to = newline < 0 ? text.length() : newline;
        more = !text.substring(at, to).strip().equals(end);
        at = Math.min(text.length(), to + 1);
      }
    }
  }
}
