package dev.broot.plan;

import dev.broot.ir.Provenance;
import dev.broot.ir.Spec;
import dev.broot.ir.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The plan as people read it: one operation a line, quoted as shell words. No time, no hash, no
 * line number, no path of a checkout, so that the golden file changes only when the plan does.
 */
public final class PlanText {
  private final StringBuilder out = new StringBuilder();

  private PlanText() {}

  /** Prints a plan; each line ends in LF. */
  public static String print(Plan plan) {
    return new PlanText().plan(plan, List.of());
  }

  /** Prints a plan with the arguments of its program; without any, {@code ARGV...} stands there. */
  public static String print(Plan plan, List<String> argv) {
    return new PlanText().plan(plan, argv);
  }

  /**
   * Where the spec says what stands in a line of a printed plan; lines that nobody says are not
   * there.
   */
  public static Map<String, Provenance> said(Plan plan) {
    Map<String, Provenance> said = new LinkedHashMap<>();
    plan.setup().forEach(step -> said.putIfAbsent("  " + step(step), step.provenance()));
    for (Plan.Option option : plan.options()) {
      Provenance provenance = option.provenance();
      if (provenance != null) {
        said.putIfAbsent("  " + option(option), provenance);
      }
    }
    for (Spec.Variable variable : plan.env().variables()) {
      List<String> line = environment(new Spec.Env(false, List.of(variable)));
      said.putIfAbsent("  " + line.get(0), variable.provenance());
    }
    return said;
  }

  private String plan(Plan plan, List<String> argv) {
    section("setup", plan.setup().stream().map(PlanText::step).toList());
    section("environment", environment(plan.env()));
    section("stdin", List.of(plan.stdinInherited() ? "inherit" : "null"));
    section("bwrap", plan.options().stream().map(PlanText::option).toList());
    Word entry = plan.entry();
    String arguments =
        argv.isEmpty()
            ? "ARGV..."
            : argv.stream().map(ShellWords::display).collect(Collectors.joining(" "));
    section("command", List.of(entry == null ? arguments : word(entry) + " " + arguments));
    section("teardown", plan.teardown().stream().map(PlanText::undo).toList());
    return out.toString();
  }

  private void section(String name, List<String> lines) {
    if (!lines.isEmpty()) {
      out.append(name).append('\n');
      lines.forEach(line -> out.append("  ").append(line).append('\n'));
    }
  }

  private static List<String> environment(Spec.Env env) {
    if (env.inherit()) {
      return List.of("inherit");
    }
    if (env.variables().isEmpty()) {
      return List.of("empty");
    }
    return env.variables().stream()
        .map(
            variable ->
                variable instanceof Spec.SetVariable set
                    ? set.name() + "=" + word(Word.of(set.value()))
                    : pass((Spec.PassVariable) variable))
        .toList();
  }

  private static String pass(Spec.PassVariable variable) {
    Value otherwise = variable.otherwise();
    return otherwise == null
        ? "pass " + variable.name() + "    (if set)"
        : "pass " + variable.name() + "    (else " + word(Word.of(otherwise)) + ")";
  }

  /** A step as a line. */
  public static String step(Step step) {
    if (step instanceof Step.MakeDirectory directory) {
      return "mkdir " + word(directory.path()) + "    (if missing)";
    } else if (step instanceof Step.MakeTemp temp) {
      Word parent = temp.parent();
      if (parent == null) {
        return "mkdtemp @" + temp.name() + "    (where only the caller can enter)";
      }
      String path = parent.display();
      return "mkdtemp @"
          + temp.name()
          + " "
          + shown(parent, path + (path.endsWith("/") ? "" : "/") + temp.prefix().display())
          + "*";
    } else if (step instanceof Step.MountTmpfs mount) {
      return "mount tmpfs @" + mount.temp() + " nosuid";
    } else if (step instanceof Step.BindDevice device) {
      String name = ShellWords.display(device.name());
      return "bind /dev/"
          + name
          + " @"
          + device.temp()
          + "/"
          + name
          + (device.optional() ? "    (if it exists)" : "");
    } else if (step instanceof Step.MakeInner inner) {
      Integer mode = inner.mode();
      return "mkdir "
          + word(Word.temp(inner.temp(), inner.path()))
          + (mode == null ? "" : " " + Modes.octal(mode));
    } else if (step instanceof Step.WriteText text) {
      return "write " + word(Word.temp(text.temp(), text.path())) + " " + word(text.text());
    } else if (step instanceof Step.StartProvider provider) {
      return "serve @"
          + provider.temp()
          + "/"
          + ShellWords.display(provider.api())
          + provider.command().stream().map(word -> " " + word(word)).collect(Collectors.joining())
          + (provider.required() ? "    (required)" : "");
    }
    Step.MakeNode node = (Step.MakeNode) step;
    return "mknod @"
        + node.temp()
        + "/"
        + ShellWords.display(node.name())
        + " c "
        + node.major()
        + ":"
        + node.minor()
        + " "
        + Modes.octal(node.mode());
  }

  private static String undo(Step.Undo undo) {
    if (undo instanceof Step.Undo.Unmount unmount) {
      return "umount --lazy @" + unmount.temp();
    } else if (undo instanceof Step.Undo.Stop stop) {
      return "stop @" + stop.temp() + "/" + ShellWords.display(stop.api());
    }
    return "remove @" + ((Step.Undo.Remove) undo).temp();
  }

  private static String option(Plan.Option option) {
    String words = option.words().stream().map(PlanText::word).collect(Collectors.joining(" "));
    boolean module =
        option.words().stream()
            .flatMap(word -> word.parts().stream())
            .anyMatch(Word.PythonModule.class::isInstance);
    if (module) {
      words += "    (where python3 keeps its module)";
    }
    Plan.Question question = option.question();
    if (question == null) {
      return words;
    }
    return question.asked() == Plan.Asked.DIRECTORY
        ? words + "    (if a directory)"
        : words + "    (if " + word(question.path()) + " is empty)";
  }

  private static String word(Word word) {
    Word.Input input = word.input();
    if (input != null) {
      return (input.file() ? "<" : "<<") + word(input.content());
    }
    return shown(word, word.display());
  }

  // ${tree} and @dev are shown as they are; a literal that looks like one is quoted.
  private static String shown(Word word, String text) {
    StringBuilder plain = new StringBuilder();
    for (Word.Part part : word.parts()) {
      plain.append(part instanceof Word.Literal literal ? literal.text() : "");
    }
    boolean symbolic = word.literal() == null;
    boolean plainRest = plain.isEmpty() || ShellWords.quote(plain.toString()).contentEquals(plain);
    if (symbolic && plainRest) {
      return text;
    }
    return symbolic
        ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\""
        : text.startsWith("@") ? "'" + text.replace("'", "'\\''") + "'" : ShellWords.display(text);
  }
}
