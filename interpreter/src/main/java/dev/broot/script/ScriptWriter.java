package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;
import static dev.broot.script.ScriptWords.temp;
import static dev.broot.script.ScriptWords.variable;
import static dev.broot.script.ScriptWords.word;

import dev.broot.bwrap.Requirement;
import dev.broot.filter.Filter;
import dev.broot.plan.ImageCall;
import dev.broot.plan.MaskCalls;
import dev.broot.plan.MatchCalls;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Question;
import dev.broot.plan.ShellWords;
import dev.broot.plan.Source;
import dev.broot.plan.Step;
import dev.broot.spec.Param;
import dev.broot.spec.Setting;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan as a shell script. What the script does in every run is in its parts under {@code
 * resources/dev/broot/script}; what this plan adds stands between them.
 */
public final class ScriptWriter {
  private final Plan plan;
  private final RunOptions options;
  private final StringBuilder out = new StringBuilder();

  private ScriptWriter(Plan plan, RunOptions options) {
    this.plan = plan;
    this.options = options;
  }

  /**
   * The script; its arguments are the program's.
   *
   * @param version broot's own version
   * @throws IllegalArgumentException when a parameter has no value and no variable to take it from,
   *     or a descriptor of the caller's no number
   */
  public static String write(Plan plan, RunOptions options, String version) {
    for (Param param : plan.openParams()) {
      if (param.variable() == null) {
        throw new IllegalArgumentException("open parameter " + param.name());
      }
    }
    for (String name : plan.sandbox().callersDescriptors()) {
      if (!options.passed().containsKey(name)) {
        throw new IllegalArgumentException("descriptor " + name);
      }
    }
    return new ScriptWriter(plan, options).script(version);
  }

  /** A script that removes what killed runs have left, and says on stdout what it removed. */
  public static String collector() {
    return ScriptParts.read("message")
        + ScriptParts.read("identity")
        + ScriptParts.read("ids")
        + ScriptParts.read("erase")
        + ScriptParts.read("state")
        + ScriptParts.read("cages")
        + ScriptParts.read(ImageCall.PART)
        + ScriptParts.read("gc");
  }

  private String script(String version) {
    line("#!/bin/sh");
    line(
        "# The build root "
            + ShellWords.display(plan.name())
            + ", compiled by broot "
            + version
            + ". Its arguments are the program's.");
    line(
        "# shellcheck disable=SC2015,SC2016,SC2034,SC2317,SC3013  # its parts stand by themselves, traps call functions, hints quote commands");
    line("");
    line(
        "# Descriptors that our caller passes, as NAME=NUMBER, and the one that hears what bubblewrap reports.");
    line("broot_passed=" + quote(passed()));
    boolean relays = plan.sandbox().passed().contains(Setting.Kind.JSON_STATUS);
    line("broot_relay=" + (relays ? options.passed().get(Setting.Kind.JSON_STATUS.word()) : ""));
    part("message");
    out.append(UnitScript.write(plan, options, version));
    part("start");
    arguments();
    version();
    itself();
    int asked = out.length();
    parameters();
    out.append(ImageScript.write(plan));
    questions();
    optional();
    matching();
    line("broot_attest_before=");
    line("broot_attest_behind=");
    out.append(OwnScript.write(plan, options));
    out.append(CautionScript.write(plan.sandbox().operations()));
    out.append(WayScript.write(plan.sandbox().operations()));
    line("");
    line("broot_timeout=" + shell(options.timeout()));
    line("broot_grace=" + shell(options.killAfter()));
    line("broot_status_file=" + shell(options.statusFile()));
    line("broot_status_file=${broot_asked_file:-$broot_status_file}");
    if (options.statusFile() != null) {
      named("start");
      line("broot_started=$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)");
      part("output");
      part("report");
    }
    part("supervise");
    part("signals");
    line("broot_read_group() {");
    out.append(ScriptParts.later(ScriptParts.read("group")));
    line("  broot_find_group \"$1\"");
    line("}");
    if (options.denied()) {
      line("broot_denied_awk=" + quote(ScriptParts.awk("denied")));
      part("denied");
    }
    if (serves()) {
      part("providers");
    }
    if (plan.needsHostSetup() || !plan.sandbox().maps().isEmpty()) {
      part("ids");
    }
    out.append(MapScript.write(plan.sandbox()));
    out.append(LimitScript.write(plan.sandbox()));
    calls();
    out.append(NetScript.write(plan.sandbox(), options.live()));
    boolean caged = LimitScript.hasEnd(plan.sandbox());
    if (plan.needsHostSetup() || caged || options.statusFile() != null) {
      part("teardown");
      undo();
      line("trap broot_teardown EXIT");
    }
    out.append(AttestScript.write(plan));
    out.append(ImageScript.inside(plan));
    out.append(JudgeScript.write(plan));
    if (plan.needsHostSetup()) {
      out.append(SetupScript.write(plan, options));
    }
    out.append(RunScript.write(plan, options));
    if (ExplainScript.needsLocks(plan)) {
      out.append(ExplainScript.locks(plan, options));
    }
    out.append(RunScript.start(plan, options));
    out.append(ExplainScript.write(plan, options));
    if (out.indexOf("$broot_caller_", asked) >= 0) {
      out.insert(asked, "\n" + ScriptParts.read("caller"));
    }
    return out.toString();
  }

  // How many there may be is known before anything is done.
  private void arguments() {
    if (plan.entry() == null && options.mode() != RunOptions.Mode.SHELL) {
      line("[ \"$#\" != 0 ] || broot_fail 'which program? The spec has no entry'");
    }
    int own = Requirement.arguments(plan);
    int most = Requirement.MOST_ARGUMENTS - own;
    line(
        "[ \"$#\" -le "
            + most
            + " ] || broot_fail \"bubblewrap takes "
            + Requirement.MOST_ARGUMENTS
            + " arguments, and this spec needs "
            + own
            + " of them: the program may have "
            + most
            + ", and has $#; give it the rest in a file or on standard input\"");
  }

  // Who runs the script, with which environment, in which namespace and shell.
  private void itself() {
    Step root = plan.needsRoot();
    if (plan.needsHostSetup() || plan.image() != null) {
      part("identity");
    }
    if (root != null) {
      line("");
      line("broot_reason=" + quote(root.provenance().origin().place() + " sets up the host"));
      part("root");
    }
    if (plan.env().inherit()) {
      part("environment");
    }
    String bash = UnitScript.wantsBash(plan);
    if (root != null || bash != null) {
      line("");
      line("broot_wants_mounts=" + (root == null ? "" : "yes"));
      line("broot_wants_bash=" + shell(bash));
      part("again");
    }
  }

  private void version() {
    Requirement requirement = Requirement.of(plan);
    if (requirement != null) {
      part("version");
      String known = options.bwrap();
      line(
          (known == null ? "" : "[ \"$broot_bwrap\" = " + quote(known) + " ] || ")
              + "broot_needs "
              + requirement.minor()
              + " "
              + quote(requirement.cause()));
    }
  }

  private String passed() {
    return plan.sandbox().callersDescriptors().stream()
        .map(name -> name + "=" + options.passed().get(name))
        .collect(Collectors.joining(" "));
  }

  private void calls() {
    if (!plan.sandbox().syscalls().isEmpty()) {
      part("syscalls");
      String said = plan.sandbox().syscalls().get(0).provenance().origin().place();
      line("broot_calls_of " + Filter.machine() + " " + quote(said + ": the filter"));
    }
  }

  private void named(String step) {
    String name = SetupScript.named(step, options);
    if (!name.isEmpty()) {
      line(name);
    }
  }

  private static String shell(@Nullable String value) {
    return value == null ? "" : quote(value);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void part(String name) {
    line("");
    out.append(ScriptParts.read(name));
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

  private String asked(Question question) {
    String path = word(question.path());
    String directory = "[ -d " + path + " ] && [ ! -L " + path + " ]";
    return switch (question.asked()) {
      case DIRECTORY -> directory;
      case EMPTY_DIRECTORY -> directory + " && [ ! \"$(ls -A -- " + path + ")\" ]";
      case SYMLINK -> "[ -L " + path + " ]";
      case OWNED -> "[ -O " + path + " ]";
    };
  }

  // What is asked of the host, before anything is touched.
  private void questions() {
    Conditions conditions = new Conditions(plan.sandbox().operations());
    Set<String> modules = new LinkedHashSet<>();
    for (Operation operation : plan.sandbox().operations()) {
      Question question = operation.question();
      String module =
          operation instanceof Operation.Bind bind
                  && bind.source() instanceof Source.PythonModule python
              ? python.module()
              : null;
      String given = conditions.variable(operation);
      if (question != null) {
        if ("broot_if1".equals(given)) {
          line("");
          line("# What is made only where the host is so.");
        }
        line(given + "=");
        line("if " + asked(question) + "; then " + given + "=yes; fi");
      }
      if (module != null) {
        if (modules.isEmpty()) {
          part("module");
        }
        if (modules.add(module)) {
          line("broot_module_" + module + "=");
        }
        String find =
            "broot_find_module " + module + " && broot_module_" + module + "=$broot_module";
        line(question == null ? find : "if [ \"$" + given + "\" ]; then " + find + "; fi");
      }
    }
  }

  // Whether what is optional is there, where a directory would be made for it.
  private void optional() {
    String asked = new Above(plan).questions();
    if (!asked.isEmpty()) {
      line("");
      line("# What is optional, and needs a directory above it.");
      out.append(asked);
    }
  }

  // Which devices match.
  private void matching() {
    List<Operation> operations = plan.sandbox().operations();
    if (MatchCalls.needed(operations)) {
      MaskCalls.PARTS.forEach(this::part);
      part(MatchCalls.PART);
      MatchCalls.of(operations, ScriptWords::word).forEach(this::line);
    }
  }

  private boolean serves() {
    return plan.setup().stream().anyMatch(Step.StartProvider.class::isInstance);
  }

  private void undo() {
    line("broot_undo() {");
    line(serves() ? "  broot_stop" : "  :");
    if (plan.sandbox().network() != null) {
      line("  broot_net_stop");
    }
    if (LimitScript.hasEnd(plan.sandbox())) {
      line("  broot_uncage");
      line("  broot_tell_limits \"$broot_status\"");
    }
    StringBuilder unmounted = new StringBuilder();
    StringBuilder removed = new StringBuilder();
    for (Step.Undo undo : plan.teardown()) {
      if (undo instanceof Step.Undo.Unmount unmount) {
        unmounted
            .append("    broot_unmount ")
            .append(temp(unmount.temp()))
            .append(" \"$")
            .append(variable(unmount.temp()))
            .append("_mounted\"\n");
      } else if (undo instanceof Step.Undo.Remove remove) {
        removed.append(temp(remove.temp())).append(' ');
      }
    }
    if (!removed.isEmpty()) {
      removed.append("\"$broot_entry\"");
      if (plan.needsRoot() == null) {
        line("  [ ! \"$broot_entry\" ] || broot_remove " + removed);
      } else {
        line("  [ ! \"$broot_entry\" ] || broot_remove_outside " + removed + " || {");
        out.append(unmounted);
        line("    broot_remove " + removed);
        line("  }");
      }
    }
    line("}");
    for (Step step : plan.setup()) {
      if (step instanceof Step.MountTmpfs mount) {
        line(variable(mount.temp()) + "_mounted=");
      } else if (step instanceof Step.MakeTemp temp) {
        line(variable(temp.name()) + "=");
      }
    }
    line("broot_entry=");
  }
}
