package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;
import static dev.broot.script.ScriptWords.word;

import dev.broot.bwrap.Argument;
import dev.broot.bwrap.BwrapOption;
import dev.broot.bwrap.CommandLine;
import dev.broot.plan.MaskCalls;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Sandbox;
import dev.broot.plan.ShellWords;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Copied;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The end of a script, which a shell reads only where a run failed: what bubblewrap was asked to
 * do, step by step with the line that asked for it, and the parts that find out which step failed
 * and why. The library asks them too.
 */
public final class ExplainScript {
  /**
   * A step as the parts know it.
   *
   * @param kind what it is
   * @param from a path of the host, the text of a symlink, or the name of a setting
   * @param to a path of the sandbox, or the empty word
   */
  private record Step(String kind, Word from, Word to) {
    static Step at(String kind, Word to) {
      return new Step(kind, Word.of(""), to);
    }
  }

  /** The parts that find out why a run failed, in their order. */
  static final List<String> PARTS = List.of("probe", "explain", "host", "program");

  private final Plan plan;
  private final RunOptions options;
  private final StringBuilder out = new StringBuilder();
  private final Conditions conditions;
  private final Above above;

  private ExplainScript(Plan plan, RunOptions options) {
    this.plan = plan;
    this.options = options;
    conditions = new Conditions(plan.sandbox().operations());
    above = new Above(plan);
  }

  /** What stands behind the run; it ends the script. */
  static String write(Plan plan, RunOptions options) {
    ExplainScript script = new ExplainScript(plan, options);
    script.line("");
    script.line("# The run failed. A shell does not read further otherwise.");
    if (!needsLocks(plan)) {
      script.functions();
    }
    script.explain();
    return script.out.toString();
  }

  /** Whether there are locks, without which the program must not start. */
  public static boolean needsLocks(Plan plan) {
    return plan.sandbox().options().stream()
        .anyMatch(option -> option.kind() == Setting.Kind.LOCK_FILE);
  }

  /** What stands before the run where there are locks; it ends the script without them. */
  static String locks(Plan plan, RunOptions options) {
    ExplainScript script = new ExplainScript(plan, options);
    script.functions();
    script.line("broot_need_locks");
    return script.out.toString();
  }

  /**
   * A script for {@code sh -c} that finds out why a run failed, for who started bubblewrap without
   * a script. Its arguments are the program's; it answers on stdout with the status, the line of
   * the spec, the step in bubblewrap's words, and the cause, each ended by a NUL.
   *
   * @param plan resolved
   * @param temps where the temporary directories are, by name
   * @param start what a command is started with: the way into its network, and its environment
   * @param bwrap the path of bubblewrap
   * @param path the PATH on which bubblewrap looks for the program
   * @param lost whether bubblewrap ended while it waited, before the program
   * @param before whether nothing has run yet, and only the locks are asked for: the status is 0
   *     where it gets them
   */
  public static String alone(
      Plan plan,
      Map<String, String> temps,
      List<String> start,
      String bwrap,
      String path,
      boolean lost,
      boolean before) {
    ExplainScript script = new ExplainScript(plan, RunOptions.NONE);
    script.out.append(ScriptParts.read("explain-report"));
    temps.forEach(
        (name, directory) -> script.line(ScriptWords.variable(name) + "=" + quote(directory)));
    Sandbox.Chdir chdir = plan.sandbox().supervision().chdir();
    script.line("broot_chdir=" + (chdir == null ? "" : word(chdir.path())));
    script.line("broot_bwrap=" + quote(bwrap));
    script.line("broot_path=" + quote(path));
    script.line("broot_verdict=" + (lost ? "gone" : ""));
    script.line("broot_start() {");
    script.line(
        "  exec "
            + start.stream().map(ShellWords::quote).collect(Collectors.joining(" "))
            + " \"$@\"");
    script.line("}");
    script.out.append(RunScript.opening(plan));
    script.functions();
    if (before) {
      script.line("broot_need_locks");
      script.line("broot_cause=");
      script.line("broot_code=0");
      script.line("broot_end");
    } else {
      script.explain();
    }
    return script.out.toString();
  }

  /** The shell that can read it: one with names for so many descriptors. */
  public static String shell(Plan plan) {
    return plan.sandbox().inputs().size() > ScriptWords.NAMED ? "bash" : "sh";
  }

  private void functions() {
    String explainer = options.explainer();
    if (explainer == null) {
      PARTS.forEach(part -> out.append(ScriptParts.read(part)));
    } else {
      // A script of the cache is short: each of its bytes is looked at in every run.
      line("[ -r " + quote(explainer) + " ] || broot_fail 'broot is not where it was'");
      line(". " + quote(explainer));
    }
    line("broot_steps() {");
    steps();
    line("  :");
    line("}");
    Sandbox.Chdir chdir = plan.sandbox().supervision().chdir();
    line("broot_chdir_said=" + (chdir == null ? "" : quote(chdir.provenance().origin().place())));
  }

  private void explain() {
    Word entry = options.mode() == RunOptions.Mode.SHELL ? null : plan.entry();
    line("broot_explain " + (entry == null ? "" : word(entry) + " ") + "\"$@\"");
    line("broot_end");
  }

  // The order in which bubblewrap does them: what it does last is said last.
  private void steps() {
    List<Argument> arguments = CommandLine.of(plan);
    List<Operation> operations = plan.sandbox().operations();
    int settings = arguments.size() - operations.size();
    List<Argument> late = new ArrayList<>();
    for (Argument argument : arguments.subList(0, settings)) {
      if (isLate(argument)) {
        late.add(argument);
      } else if (!isLeftOut(argument)) {
        step(argument, setting(argument));
      }
    }
    Kinds kinds = new Kinds();
    List<MaskCalls.Call> calls =
        MaskCalls.needed(operations) ? MaskCalls.of(operations, ScriptWords::word) : List.of();
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      if (operation instanceof Operation.Matching) {
        String place = quote(operation.provenance().origin().place());
        line("  broot_node_steps " + (i + 1) + " " + place);
      } else if (!MaskCalls.isMask(operation)) {
        step(arguments.get(settings + i), operation.accept(kinds));
      }
      if (!calls.isEmpty() && operation instanceof Operation.Bind) {
        guarded(calls.get(i));
      }
    }
    masks();
    late.forEach(argument -> step(argument, setting(argument)));
  }

  // What is tried again changes the host as the run does: nothing that is protected.
  private void guarded(MaskCalls.Call call) {
    String words = "${broot_pins_" + call.number() + "-}${broot_guards_" + call.number() + "-}";
    line(
        "  [ ! \""
            + words
            + "\" ] || eval \"\\\"\\$broot_do\\\" "
            + quote(call.operation().provenance().origin().place())
            + " protect '' '' "
            + words
            + "\"");
  }

  // What they become is known when they fail: a step for all, since it is one list.
  private void masks() {
    for (Operation operation : plan.sandbox().operations()) {
      if (operation instanceof Operation.Hide hide) {
        line(
            "  eval \"\\\"\\$broot_do\\\" "
                + quote(hide.provenance().origin().place())
                + " hide '' '' $broot_covers\"");
        return;
      }
    }
  }

  private static boolean isLate(Argument argument) {
    return argument.has(BwrapOption.LOCK_FILE)
        || argument.has(BwrapOption.SECCOMP)
        || argument.has(BwrapOption.ADD_SECCOMP_FD)
        || argument.has(BwrapOption.EXEC_LABEL);
  }

  // Where it starts is tried by itself, a session is the script's own, and descriptors of the
  // caller's are gone.
  private static boolean isLeftOut(Argument argument) {
    return argument.has(BwrapOption.CHDIR)
        || argument.has(BwrapOption.NEW_SESSION)
        || argument.words().stream()
            .flatMap(word -> word.parts().stream())
            .anyMatch(Word.Passed.class::isInstance);
  }

  private Step setting(Argument argument) {
    List<Argument.Said> said = argument.options();
    BwrapOption option = said.get(said.size() - 1).option();
    List<Word> values = said.get(said.size() - 1).values();
    Word value = values.isEmpty() ? Word.of("") : values.get(0);
    Namespace namespace = namespace(option);
    if (namespace != null) {
      return new Step("namespace", Word.of(namespace.word()), Word.of(""));
    } else if (option == BwrapOption.LOCK_FILE) {
      return Step.at("lock-file", value);
    } else if (option == BwrapOption.SECCOMP || option == BwrapOption.ADD_SECCOMP_FD) {
      Word file = filter(argument.provenance());
      return new Step(
          file == null ? "setting" : "seccomp", file == null ? Word.of("") : file, Word.of(""));
    } else if (option == BwrapOption.EXEC_LABEL || option == BwrapOption.FILE_LABEL) {
      return new Step("label", value, Word.of(""));
    }
    return new Step("setting", Word.of(""), Word.of(""));
  }

  private static @Nullable Namespace namespace(@Nullable BwrapOption option) {
    for (Namespace namespace : Namespace.values()) {
      if (CommandLine.option(namespace) == option) {
        return namespace;
      }
    }
    return null;
  }

  // Null for one that is compiled from names.
  private @Nullable Word filter(@Nullable Provenance said) {
    for (Sandbox.Option option : plan.sandbox().options()) {
      Word file = option.value();
      if (option.kind() == Setting.Kind.SECCOMP
          && option.provenance().equals(said)
          && file != null) {
        return file;
      }
    }
    return null;
  }

  private void step(Argument argument, Step step) {
    StringBuilder text = new StringBuilder("  ");
    text.append(conditions.guard(argument.operation()));
    Provenance said = argument.provenance();
    text.append("\"$broot_do\" ")
        .append(said == null ? "''" : quote(said.origin().place()))
        .append(' ')
        .append(step.kind())
        .append(' ')
        .append(word(step.from()))
        .append(' ')
        .append(word(step.to()));
    text.append(' ').append(above.words(argument));
    line(text.toString());
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /** What each operation is called. */
  private static final class Kinds implements Operation.Visitor<Step> {
    @Override
    public Step bind(Operation.Bind bind) {
      String kind = bind.access() == Access.RO ? "ro" : "rw";
      return new Step(
          bind.optional() ? kind + "-optional" : kind, bind.source().path(), bind.target());
    }

    @Override
    public Step symlink(Operation.Symlink symlink) {
      return new Step("symlink", symlink.text(), symlink.target());
    }

    @Override
    public Step tmpfs(Operation.Tmpfs tmpfs) {
      return Step.at("tmpfs", tmpfs.target());
    }

    @Override
    public Step directory(Operation.Directory directory) {
      return Step.at("dir", directory.target());
    }

    @Override
    public Step proc(Operation.Proc proc) {
      return Step.at("proc", proc.target());
    }

    @Override
    public Step dev(Operation.Dev dev) {
      return Step.at("dev", dev.target());
    }

    @Override
    public Step mqueue(Operation.Mqueue mqueue) {
      return Step.at("mqueue", mqueue.target());
    }

    @Override
    public Step overlay(Operation.Overlay overlay) {
      return Step.at("overlay", overlay.target());
    }

    @Override
    public Step remountReadOnly(Operation.RemountReadOnly remount) {
      return Step.at("remount-ro", remount.target());
    }

    @Override
    public Step chmod(Operation.Chmod chmod) {
      return Step.at("chmod", chmod.target());
    }

    @Override
    public Step data(Operation.Data data) {
      Word from = data.content().file() ? data.content().content() : Word.of("");
      String kind = !data.content().file() ? "text" : data.as() == Copied.FILE ? "file" : "data";
      return new Step(kind, from, data.target());
    }

    @Override
    public Step matching(Operation.Matching matching) {
      return Step.at("rw-optional", matching.path());
    }

    @Override
    public Step hide(Operation.Hide hide) {
      return Step.at("hide", hide.what().path());
    }

    @Override
    public Step protect(Operation.Protect protect) {
      return Step.at("protect", protect.what().path());
    }

    @Override
    public Step raw(Operation.Raw raw) {
      return Step.at("raw", Word.of(""));
    }
  }
}
