package dev.broot.translate;

import dev.broot.diagnostic.Visible;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables of a script as parameters of a spec. */
final class Parameters {
  private static final Set<String> TAKEN = Set.of("socket");

  private final CommandText command;
  private final Map<String, Arg.Variable> used = new LinkedHashMap<>();
  private final Map<String, Boolean> paths = new LinkedHashMap<>();

  Parameters(CommandText command) {
    this.command = command;
  }

  /**
   * Notes that a word uses a variable.
   *
   * @param path whether the word is a path
   * @return how its parameter is called
   */
  String use(Arg word, String variable, boolean path) {
    Arg.Variable first = word.first();
    boolean starts = path && first != null && first.name().equals(variable);
    paths.merge(variable, starts, Boolean::logicalOr);
    for (Arg.Part part : word.parts()) {
      if (part instanceof Arg.Variable one && one.name().equals(variable)) {
        used.merge(variable, one, (a, b) -> a.otherwise() == null ? b : a);
      }
    }
    return name(variable);
  }

  /** What a word stands for where the script sets its only variable, or null. */
  @Nullable String known(Arg word) {
    Arg.Variable variable = word.alone();
    Arg value = variable == null ? null : command.assigned().get(variable.name());
    return value == null ? null : value.literal();
  }

  private static String name(String variable) {
    return variable.matches("[0-9].*")
        ? "arg" + variable
        : Spec.REFERABLE.contains(variable) || TAKEN.contains(variable) ? variable + "_" : variable;
  }

  /** The lines that declare what these lines use. */
  List<String> lines(List<String> lines) {
    List<String> text = new ArrayList<>(lines);
    List<String> declared = new ArrayList<>();
    Map<String, Arg.Variable> left = new LinkedHashMap<>(used);
    for (boolean more = true; more; ) {
      more = false;
      for (Arg.Variable variable : List.copyOf(left.values())) {
        if (text.stream().anyMatch(line -> names(line, name(variable.name())))) {
          List<String> said = declaration(variable);
          left.remove(variable.name());
          // What its value needs is noted only now.
          used.forEach((name, other) -> left.putIfAbsent(name, other));
          left.keySet().removeIf(name -> declares(declared, name) || declares(said, name));
          declared.addAll(said);
          text.addAll(said);
          more = true;
        }
      }
    }
    return declared;
  }

  private static boolean declares(List<String> lines, String variable) {
    String start = "param " + name(variable) + ": ";
    return lines.stream().anyMatch(line -> line.startsWith(start));
  }

  // Whether a line refers to a parameter; behind an odd number of backslashes it does not.
  private static boolean names(String line, String name) {
    String reference = "${" + name + "}";
    for (int at = line.indexOf(reference); at >= 0; at = line.indexOf(reference, at + 1)) {
      int from = at;
      while (from > 0 && line.charAt(from - 1) == '\\') {
        from--;
      }
      if ((at - from) % 2 == 0 && !line.startsWith("#")) {
        return true;
      }
    }
    return false;
  }

  private List<String> declaration(Arg.Variable variable) {
    boolean path = Boolean.TRUE.equals(paths.get(variable.name()));
    String start = "param " + name(variable.name()) + ": " + (path ? "path" : "string");
    Arg assigned = command.assigned().get(variable.name());
    String otherwise = variable.otherwise();
    Arg value = assigned != null || otherwise == null ? assigned : Arg.of(otherwise);
    if (value != null) {
      Arg whole = path ? value.in(command.directory()) : value;
      if (whole == null) {
        return List.of(
            "# The script sets "
                + variable.name()
                + " to "
                + Visible.line(value.shown())
                + ", a relative path; `broot import --cwd DIR` says where it starts.",
            start);
      }
      String line = start + " = " + Quoted.word(whole, name -> use(whole, name, path));
      return assigned != null
          ? List.of(line)
          : List.of("# The script takes it from its environment where it is set.", line);
    }
    String why = command.unknown().get(variable.name());
    if (why != null) {
      return List.of(
          "# " + Visible.line(variable.name() + ": " + why + "; give it with --set."), start);
    }
    return List.of(
        variable.name().matches("[0-9].*") ? start : start + " from env " + variable.name());
  }
}
