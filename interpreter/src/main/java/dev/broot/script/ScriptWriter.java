package dev.broot.script;

import dev.broot.ir.Param;
import dev.broot.ir.Spec;
import dev.broot.plan.Plan;
import dev.broot.plan.Plan.Condition;
import dev.broot.plan.ShellWords;
import dev.broot.plan.Step;
import dev.broot.plan.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a plan as a shell script. What the script does in every run is in its parts under {@code
 * resources/dev/broot/script}; what this plan adds stands between them.
 */
public final class ScriptWriter {
  private final Plan plan;
  private final StringBuilder out = new StringBuilder();

  private ScriptWriter(Plan plan) {
    this.plan = plan;
  }

  /**
   * The script; its arguments are the program's.
   *
   * @param version broot's own version
   * @throws IllegalArgumentException when a parameter has no value and no variable to take it from
   */
  public static String write(Plan plan, String version) {
    for (Param param : plan.openParams()) {
      if (param.variable() == null) {
        throw new IllegalArgumentException("open parameter " + param.name());
      }
    }
    return new ScriptWriter(plan).script(version);
  }

  private String script(String version) {
    line("#!/bin/sh");
    line(
        "# The build root "
            + ShellWords.display(plan.name())
            + ", compiled by broot "
            + version
            + ". Its arguments are the program's.");
    part("start");
    if (plan.needsHostSetup()) {
      line("");
      line(
          "broot_reason="
              + quote(plan.setup().get(0).provenance().origin().place() + " sets up the host"));
      part("root");
    }
    if (plan.env().inherit()) {
      part("environment");
    }
    if (plan.needsHostSetup()) {
      part("namespace");
    }
    parameters();
    questions();
    if (plan.needsHostSetup()) {
      setup();
    }
    run();
    return out.toString();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void part(String name) {
    line("");
    out.append(ScriptParts.read(name));
  }

  private static String quote(String text) {
    return ShellWords.quote(text);
  }

  private void parameters() {
    for (Param param : plan.openParams()) {
      String variable = param.variable();
      if (variable != null) {
        line("");
        line("# The parameter " + param.name() + ".");
        line(
            "[ \"${"
                + variable
                + "+set}\" ] || broot_fail 'the parameter "
                + param.name()
                + " is taken from the variable "
                + variable
                + ", which is not set'");
        if (param.type() == Param.Type.PATH) {
          line(
              "case $"
                  + variable
                  + " in /*) ;; *) broot_fail 'the parameter "
                  + param.name()
                  + " is a path, and the variable "
                  + variable
                  + " does not start with /' ;; esac");
        }
      }
    }
  }

  // What is asked of the host, before anything is touched.
  private void questions() {
    int number = 0;
    boolean module = false;
    for (Plan.Option option : plan.options()) {
      if (option.condition() == Condition.IF_DIRECTORY) {
        number++;
        String source = word(option.words().get(1));
        line(
            number == 1
                ? "\n# Directories that are bound where they are, and are no symlinks."
                : "");
        out.setLength(number == 1 ? out.length() : out.length() - 1);
        line("broot_if" + number + "=");
        line(
            "if [ -d "
                + source
                + " ] && [ ! -L "
                + source
                + " ]; then broot_if"
                + number
                + "=yes; fi");
      }
      module |=
          option.words().stream()
              .flatMap(word -> word.parts().stream())
              .anyMatch(Word.PythonModule.class::isInstance);
    }
    if (module) {
      part("module");
    }
  }

  private void setup() {
    part("teardown");
    line("broot_undo() {");
    List<String> removals = new ArrayList<>();
    for (Step.Undo undo : plan.teardown()) {
      if (undo instanceof Step.Undo.Unmount unmount) {
        line(
            "  broot_unmount "
                + temp(unmount.temp())
                + " \"$"
                + variable(unmount.temp())
                + "_mounted\"");
      } else {
        removals.add(temp(((Step.Undo.Remove) undo).temp()));
      }
    }
    line("  broot_remove " + String.join(" ", removals));
    line("}");
    line("");
    line("# Set up.");
    for (Step step : plan.setup()) {
      if (step instanceof Step.MakeTemp temp) {
        line(variable(temp.name()) + "=");
      } else if (step instanceof Step.MountTmpfs mount) {
        line(variable(mount.temp()) + "_mounted=");
      }
    }
    line("trap broot_teardown EXIT");
    plan.setup().forEach(this::step);
  }

  private void step(Step step) {
    if (step instanceof Step.MakeDirectory directory) {
      String path = word(directory.path());
      line("mkdir -p -- " + path + " || broot_fail 'cannot make the directory' " + path);
    } else if (step instanceof Step.MakeTemp temp) {
      line("broot_mkdtemp " + word(temp.parent()) + " " + word(temp.prefix()));
      line(variable(temp.name()) + "=$broot_temp");
    } else if (step instanceof Step.MountTmpfs mount) {
      line(
          "mount -t tmpfs -o nosuid none "
              + temp(mount.temp())
              + " || broot_fail 'cannot mount a tmpfs on' "
              + temp(mount.temp()));
      line(variable(mount.temp()) + "_mounted=yes");
    } else if (step instanceof Step.MakeNode node) {
      String path = temp(node.temp()) + "/" + quote(node.name());
      line(
          String.format(
              Locale.ROOT,
              "broot_mknod %s %d %d %04o",
              path,
              node.major(),
              node.minor(),
              node.mode()));
    }
  }

  private static String variable(String temp) {
    return "broot_tmp_" + temp;
  }

  private static String temp(String name) {
    return "\"$" + variable(name) + "\"";
  }

  private void run() {
    line("");
    line("# Run.");
    boolean supervise = plan.needsHostSetup();
    StringBuilder command = new StringBuilder(supervise ? "" : "exec ");
    if (plan.env().inherit()) {
      line("broot_run() {");
      line("  if [ \"$broot_environment\" ]; then");
      line("    eval \"" + command + "env -i $broot_environment \\\"\\$@\\\"\"");
      line("  else");
      line("    " + command + "\"$@\"");
      line("  fi");
      line("}");
      command = new StringBuilder("broot_run ");
    } else {
      environment(command);
    }
    command.append("\"$broot_bwrap\"");
    int number = 0;
    for (Plan.Option option : plan.options()) {
      StringBuilder words = new StringBuilder();
      for (Word word : option.words()) {
        words.append(words.isEmpty() ? "" : " ").append(word(word));
      }
      if (option.condition() == Condition.IF_DIRECTORY) {
        number++;
        command.append(" \\\n  ${broot_if").append(number).append(":+").append(words).append('}');
      } else {
        command.append(" \\\n  ").append(words);
      }
    }
    Word entry = plan.entry();
    command.append(" \\\n  -- ").append(entry == null ? "" : word(entry) + " ").append("\"$@\"");
    if (!plan.stdinInherited()) {
      command.append(" </dev/null");
    }
    // The program sees descriptors 0, 1 and 2 and no other.
    command.append(" 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-");
    line(command.toString());
  }

  // The environment is made anew: bubblewrap is started with these variables and no other.
  private void environment(StringBuilder command) {
    command.append("env -i ");
    for (Spec.Variable variable : plan.env().variables()) {
      if (variable instanceof Spec.SetVariable set) {
        command.append(set.name()).append('=').append(word(Word.of(set.value()))).append(' ');
      } else if (variable instanceof Spec.PassVariable pass) {
        String name = pass.name();
        command
            .append("${")
            .append(name)
            .append("+\"")
            .append(name)
            .append("=$")
            .append(name)
            .append("\"} ");
      }
    }
  }

  /** One word of the shell. */
  private static String word(Word word) {
    if (word.parts().isEmpty()) {
      return "''";
    }
    StringBuilder text = new StringBuilder();
    for (Word.Part part : word.parts()) {
      if (part instanceof Word.Literal literal) {
        text.append(quote(literal.text()));
      } else if (part instanceof Word.Open open) {
        text.append("\"$").append(open.param().variable()).append('"');
      } else if (part instanceof Word.Temp temp) {
        text.append(temp(temp.name()));
      } else if (part instanceof Word.PythonModule) {
        text.append("\"$broot_module\"");
      }
    }
    return text.toString();
  }
}
