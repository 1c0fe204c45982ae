package dev.broot.translate;

import dev.broot.translate.ArgumentText.Malformed;
import dev.broot.translate.ShellText.Assignment;
import dev.broot.translate.ShellText.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command of bubblewrap in a script, with what the script says before it: variables, arrays,
 * the directory. What else the script does is refused by its line.
 */
public final class ShellScript {
  private static final Set<String> OPENING =
      Set.of("if", "for", "while", "until", "case", "select", "{");
  private static final Set<String> CLOSING = Set.of("fi", "done", "esac", "}");
  private static final Set<String> DECLARING =
      Set.of("export", "readonly", "local", "declare", "typeset");
  private static final Set<String> HARMLESS =
      Set.of(
          ":", "true", "exit", "return", "echo", "printf", "shopt", "umask", "[", "[[", "test",
          "if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case", "esac",
          "{", "}", "(", ")", "!", "time", "command", "which", "type", "hash", "trap");
  // They name bubblewrap, and do not call it.
  private static final Set<String> LOOKING =
      Set.of("which", "type", "hash", "echo", "printf", "[", "[[", "test", "trap", "if", "for");

  private final Launch launch;
  private final ShellLimits limits;
  private final Map<String, Arg> assigned = new LinkedHashMap<>();
  private final Map<String, String> unknown = new LinkedHashMap<>();
  private final Map<String, List<Arg>> arrays = new HashMap<>();
  private final Map<String, Arg> exported = new LinkedHashMap<>();
  private final List<String> refused = new ArrayList<>();
  private @Nullable Command found;
  private @Nullable String directory;
  private int depth;
  private int open;
  // Whether a limit was set by the command before, which goes on with `&&`.
  private boolean limited;
  // By how many the arguments of the script have moved.
  private int shifted;

  private ShellScript(Launch launch, ShellLimits limits) {
    this.launch = launch;
    this.limits = limits;
  }

  /**
   * Reads a script, or a command alone; runs nothing.
   *
   * @param names what is taken for bubblewrap beside what is called so
   * @throws Malformed where it cannot be read, or no command of it is bubblewrap
   */
  public static CommandText read(String text, Set<String> names) throws Malformed {
    ShellScript script = new ShellScript(new Launch(names), new ShellLimits(text));
    List<Command> commands = joined(ShellText.commands(text));
    String before = "\n";
    for (Command command : commands) {
      boolean alone = commands.size() == 1;
      script.command(command, before, alone);
      before = command.end();
    }
    Command found = script.found;
    if (found == null) {
      throw new Malformed("no command in it is bubblewrap; --bwrap NAME says what it is called");
    }
    return new CommandText(
        script.words(found),
        found.inputs(),
        script.assigned,
        script.unknown,
        script.exported,
        script.directory,
        found.noInput(),
        script.limits.lines(),
        script.refused);
  }

  // An option at the start of a line goes on with the command before: logs are broken so.
  private static List<Command> joined(List<Command> commands) {
    List<Command> joined = new ArrayList<>();
    for (Command command : commands) {
      Command last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      boolean option = !command.words().isEmpty() && command.words().get(0).startsWith("-");
      if (last == null || !option || !last.end().equals("\n") || last.words().isEmpty()) {
        joined.add(command);
        continue;
      }
      List<Arg> words = new ArrayList<>(last.words());
      words.addAll(command.words());
      Map<String, Arg> inputs = new LinkedHashMap<>(last.inputs());
      inputs.putAll(command.inputs());
      List<String> redirections = new ArrayList<>(last.redirections());
      redirections.addAll(command.redirections());
      joined.set(
          joined.size() - 1,
          new Command(
              last.line(),
              last.assignments(),
              words,
              inputs,
              redirections,
              last.noInput() || command.noInput(),
              command.end()));
    }
    return joined;
  }

  private void refuse(Command command, String what, String why) {
    refused.add("line " + command.line() + ": `" + what + "`: " + why);
  }

  private void command(Command written, String before, boolean alone) {
    Command command = shifted == 0 ? written : moved(written);
    List<Arg> words = command.words();
    String first = words.isEmpty() ? "" : String.valueOf(words.get(0).literal());
    boolean certain = depth == 0 && !Set.of("&&", "||", "|").contains(before);
    boolean called = launch.find(words) >= 0 && !LOOKING.contains(first) && !asks(words);
    count(command);
    boolean after = limited && before.equals("&&");
    boolean failed = limited && before.equals("||");
    limited = false;
    if (words.isEmpty()) {
      command.assignments().forEach(assignment -> assign(command, assignment, certain));
      other(command);
    } else if (called || alone || (found == null && first.startsWith("--"))) {
      bubblewrap(command);
      if (failed) {
        refuse(command, "||", "it is called where a limit cannot be set");
      }
    } else if (DECLARING.contains(first)) {
      declare(command, first.equals("export"), certain);
    } else if (first.equals("cd") && words.size() == 2 && certain) {
      change(words.get(1));
    } else if (first.equals("ulimit") && found == null) {
      limit(command, after || !Set.of("&&", "||", "|").contains(before));
    } else if (first.equals("unset")) {
      words.forEach(word -> forget(String.valueOf(word.literal()), "it is unset"));
    } else if (first.equals("shift") && certain && found == null && steps(words) >= 0) {
      shifted += steps(words);
    } else if (first.equals("set") && words.stream().skip(1).allMatch(ShellScript::isOption)) {
      return;
    } else if (!HARMLESS.contains(first) || words.stream().anyMatch(word -> word.is("ulimit"))) {
      refuse(command, command.shown(), "a spec does not do that; run it before");
    }
  }

  // By how many `shift` moves the arguments; below 0 where that is not known.
  private static int steps(List<Arg> words) {
    String steps = words.size() == 1 ? "1" : words.size() == 2 ? words.get(1).literal() : null;
    return steps != null && steps.matches("[0-9]") ? Integer.parseInt(steps) : -1;
  }

  // With the arguments by the numbers that they had when the script started.
  private Command moved(Command command) {
    return new Command(
        command.line(),
        command.assignments().stream()
            .map(
                one ->
                    new Assignment(
                        one.name(),
                        one.value() == null ? null : moved(one.value()),
                        one.array().stream().map(this::moved).toList(),
                        one.append()))
            .toList(),
        command.words().stream().map(this::moved).toList(),
        command.inputs(),
        command.redirections(),
        command.noInput(),
        command.end());
  }

  private Arg moved(Arg word) {
    List<Arg.Part> parts = new ArrayList<>();
    for (Arg.Part part : word.parts()) {
      boolean argument = part instanceof Arg.Variable one && one.name().matches("[1-9][0-9]{0,3}");
      parts.add(
          argument && part instanceof Arg.Variable one
              ? new Arg.Variable(
                  String.valueOf(Integer.parseInt(one.name()) + shifted),
                  one.otherwise(),
                  one.bare())
              : part);
    }
    return new Arg(parts, word.shown(), word.problem());
  }

  // command -v bwrap
  private static boolean asks(List<Arg> words) {
    return words.size() > 1 && words.get(0).is("command") && words.get(1).startsWith("-");
  }

  private static boolean isOption(Arg word) {
    return (word.startsWith("-") && !word.is("--")) || word.startsWith("+") || word.is("pipefail");
  }

  private void limit(Command command, boolean always) {
    String why = always && depth == open ? limits.read(command) : "it depends on a test";
    limited = why == null;
    if (why != null) {
      refuse(command, command.shown(), why);
    }
  }

  private void count(Command command) {
    List<Arg> words = command.words();
    String word = words.isEmpty() ? "" : String.valueOf(words.get(0).literal());
    if (word.equals("(") || word.equals(")")) {
      // One alone ends a pattern of `case`.
      int parentheses = open + (word.equals("(") ? 1 : -1);
      depth += parentheses < 0 ? 0 : parentheses - open;
      if (word.equals("(")) {
        limits.open();
      } else if (found == null && limits.close()) {
        refuse(command, "ulimit", "what it sets ends at this `)`, before bwrap");
      }
      open = Math.max(0, parentheses);
      return;
    }
    depth += OPENING.contains(word) ? 1 : 0;
    depth -= CLOSING.contains(word) && depth > 0 ? 1 : 0;
  }

  private void bubblewrap(Command command) {
    if (found != null) {
      refuse(command, command.shown(), "a second command of bubblewrap");
      return;
    }
    found = command;
    for (Assignment assignment : command.assignments()) {
      Arg value = assignment.value();
      if (value == null || assignment.append()) {
        refuse(command, assignment.name() + "=", "no variable of the environment is an array");
      } else {
        exported.put(assignment.name(), value);
      }
    }
    other(command);
    if (Set.of("|", "&", "&&", "||").contains(command.end())) {
      refuse(command, command.end(), "what a shell does with the command is not said in a spec");
    }
  }

  // Redirections.
  private void other(Command command) {
    for (String redirection : command.redirections()) {
      refuse(command, redirection, "this is for the shell; write it behind `broot exec`");
    }
  }

  private void forget(String name, String why) {
    assigned.remove(name);
    arrays.remove(name);
    exported.remove(name);
    unknown.put(name, why);
  }

  private void assign(Command command, Assignment assignment, boolean certain) {
    String name = assignment.name();
    Arg value = assignment.value();
    if (value == null) {
      List<Arg> before = assignment.append() ? arrays.get(name) : List.<Arg>of();
      if (!certain || before == null) {
        refuse(command, assignment.name() + "+=(...)", "whether it is added depends on a test");
        return;
      }
      List<Arg> array = new ArrayList<>(before);
      array.addAll(expanded(assignment.array()));
      arrays.put(name, array);
    } else if (!certain || assignment.append() || unknown.containsKey(name)) {
      forget(name, "the script sets it more than once, or where a test says so");
    } else if (value.problem() != null) {
      forget(name, "the script sets it to " + value.shown());
    } else if (value.parts().stream().anyMatch(part -> refersTo(part, name))) {
      forget(name, "the script sets it to " + value.shown());
    } else {
      assigned.put(name, value);
    }
  }

  private static boolean refersTo(Arg.Part part, String name) {
    return part instanceof Arg.Variable variable
        && (variable.name().equals(name) || variable.otherwise() != null);
  }

  private void declare(Command command, boolean export, boolean certain) {
    for (Arg word : command.words().subList(1, command.words().size())) {
      String shown = word.shown();
      int equals = shown.indexOf('=');
      String name = equals < 0 ? shown : shown.substring(0, equals);
      if (shown.startsWith("-")) {
        continue;
      } else if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        refuse(command, shown, "no variable is called so");
        continue;
      }
      Arg value = equals < 0 ? assigned.get(name) : word.behind(name.length() + 1);
      if (equals >= 0) {
        assign(command, new Assignment(name, value, List.of(), false), certain);
      }
      if (export && value != null) {
        exported.put(name, value);
      }
    }
  }

  // Where it goes is not known, --cwd says it.
  private void change(Arg to) {
    String literal = to.literal();
    boolean absolute = literal != null && literal.startsWith("/");
    directory =
        literal == null || absolute || directory == null ? literal : directory + "/" + literal;
  }

  private List<Arg> words(Command command) {
    return expanded(command.words());
  }

  // "${NAME[@]}" becomes the words of the array.
  private List<Arg> expanded(List<Arg> words) {
    List<Arg> expanded = new ArrayList<>();
    for (Arg word : words) {
      Arg.Variable variable = word.alone();
      List<Arg> array =
          variable == null || variable.bare()
              ? null
              : arrays.get(variable.name().replace("[@]", ""));
      Arg value = variable == null || !variable.bare() ? null : assigned.get(variable.name());
      String literal = value == null ? null : value.literal();
      if (array != null && variable != null && variable.name().endsWith("[@]")) {
        expanded.addAll(array);
      } else if (literal != null && literal.matches(".*[ \t\n].*")) {
        // The shell splits it, whatever quotes are in it.
        List.of(literal.strip().split("[ \t\n]+", -1)).forEach(part -> expanded.add(Arg.of(part)));
      } else {
        expanded.add(word);
      }
    }
    return expanded;
  }
}
