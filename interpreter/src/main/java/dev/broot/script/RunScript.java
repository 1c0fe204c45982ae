package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;
import static dev.broot.script.ScriptWords.word;

import dev.broot.filter.Filter;
import dev.broot.plan.Input;
import dev.broot.plan.MaskCalls;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Caller;
import dev.broot.spec.Namespace;
import dev.broot.spec.Spec;

/** The part of a script that starts bubblewrap: with which arguments, environment and input. */
final class RunScript {
  // Bytes that a pipe of Linux takes without a reader, unless the user has used up his share.
  private static final int PIPE = 4096;

  private final Plan plan;
  private final RunOptions options;
  private final StringBuilder out = new StringBuilder();

  private RunScript(Plan plan, RunOptions options) {
    this.plan = plan;
    this.options = options;
  }

  /** What says how bubblewrap is started. */
  static String write(Plan plan, RunOptions options) {
    RunScript script = new RunScript(plan, options);
    script.run();
    return script.out.toString();
  }

  /** What starts it. */
  static String start(Plan plan, RunOptions options) {
    RunScript script = new RunScript(plan, options);
    script.supervise();
    return script.out.toString();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void run() {
    line("");
    line("# Run.");
    String step = SetupScript.named("run", options);
    if (!step.isEmpty()) {
      line(step);
    }
    if (plan.env().inherit()) {
      line("broot_learn_environment");
    }
    jobs();
    line("broot_guarded=" + (plan.sandbox().supervision().diesWithParent() ? "yes" : ""));
    if (plan.sandbox().network() != null) {
      line("broot_net_wait");
    }
    line("broot_pid1=" + (plan.sandbox().hasPid1() ? "yes" : ""));
    Sandbox.Chdir chdir = plan.sandbox().supervision().chdir();
    line("broot_chdir=" + (chdir == null ? "" : word(chdir.path())));
    line("broot_mapped=" + (isMapped() ? "yes" : ""));
    for (Spec.Variable variable : plan.env().variables()) {
      if (variable instanceof Spec.PassVariable pass && pass.otherwise() != null) {
        line("broot_else_" + pass.name() + "=" + word(Word.of(pass.otherwise())));
      }
    }
    line("broot_path=" + path());
    start();
    out.append(opening(plan));
    out.append(CallScript.write(plan, options));
  }

  private void supervise() {
    boolean shell = options.mode() == RunOptions.Mode.SHELL;
    Word entry = shell ? null : plan.entry();
    if (shell) {
      line("[ \"$#\" != 0 ] ||");
      line("  set -- /bin/sh -c 'command -v bash >/dev/null && exec bash -i; exec sh -i'");
    }
    line("broot_watch");
    line("exec 3<" + (plan.stdinInherited() || shell ? "&0" : "/dev/null"));
    line("broot_debug=" + (options.mode() == RunOptions.Mode.SHELL_ON_FAILURE ? "yes" : ""));
    line("broot_supervise " + (entry == null ? "" : word(entry) + " ") + "\"$@\"");
  }

  // make in the sandbox hears of the jobs of the one outside.
  private void jobs() {
    for (Spec.Variable variable : plan.env().variables()) {
      if (variable instanceof Spec.PassVariable && variable.name().equals("MAKEFLAGS")) {
        out.append(ScriptParts.read("jobs"));
        line("broot_tell_jobs " + quote(variable.provenance().origin().place()));
      }
    }
  }

  // Root in a user namespace has no right to what others own.
  private boolean isMapped() {
    return plan.sandbox().namespaces().wants(Namespace.USER)
        && plan.sandbox().operations().stream()
            .anyMatch(
                operation ->
                    operation instanceof Operation.Bind bind && bind.access() != Access.RO);
  }

  /** The function that opens what bubblewrap reads from descriptors. */
  static String opening(Plan plan) {
    StringBuilder text = new StringBuilder("broot_open() {\n");
    int index = plan.sandbox().firstInput();
    for (Input input : plan.sandbox().inputs()) {
      text.append(open(index++, input, plan));
    }
    text.append(MaskCalls.needed(plan.sandbox().operations()) ? "  broot_open_covers" : "  :");
    return text.append("\n}\n").toString();
  }

  // In the process that becomes bubblewrap. A here-document is a pipe, which can be opened for
  // writing too; a text that it cannot hold is written by a process of its own. Numbers beyond 9
  // are for bash.
  private static String open(int index, Input input, Plan plan) {
    int number = ScriptWords.descriptor(index);
    String more = number > 9 ? "  # shellcheck disable=SC3023\n" : "";
    if (input.isFilter()) {
      byte[] filter = Filter.compile(plan.sandbox().syscalls());
      return more + written(number, octal(filter), filter.length < PIPE);
    }
    String content = word(input.content());
    if (input.file()) {
      // Nobody may ever write into a pipe, and opening it would wait for that.
      return more
          + String.format(
              "  [ ! -p %2$s ] && { command exec %1$d<%2$s; } 2>/dev/null || exit 125\n",
              number, content);
    }
    boolean small = longest(input.content()) < PIPE / 3;
    return more + written(number, "%s " + content, small);
  }

  // Opened for writing before there is a process that writes: who reads a pipe that nobody has open
  // for writing finds its end. That process keeps nothing that tells of the end of bubblewrap, nor
  // what it writes to, so that it ends where nobody reads: by exec, since a shell keeps what it
  // closes for one command.
  private static String written(int number, String printed, boolean small) {
    String writes =
        small
            ? "  printf %2$s >/proc/self/fd/%1$d\n"
            : "  { (exec %1$d<&- 4<&- 5<&- && printf %2$s 2>/dev/null) & } >/proc/self/fd/%1$d\n";
    return String.format(
        "  exec %1$d<<EOT\npipe\nEOT\n  read -r broot_line <&%1$d\n" + writes, number, printed);
  }

  // As a format of printf, eight instructions a line.
  private static String octal(byte[] bytes) {
    StringBuilder text = new StringBuilder("'");
    for (int i = 0; i < bytes.length; i++) {
      text.append(i % (8 * Filter.INSTRUCTION) == 0 && i > 0 ? "'\\\n'" : "")
          .append(String.format("\\%03o", bytes[i] & 0xff));
    }
    return text.append("'").toString();
  }

  // A name of a user is short.
  private static int longest(Word text) {
    int length = 0;
    for (Word.Part part : text.parts()) {
      boolean caller = part instanceof Word.Open open && Caller.is(open.param().name());
      length +=
          part instanceof Word.Literal literal ? literal.text().length() : caller ? 100 : PIPE;
    }
    return length;
  }

  /** The PATH on which bubblewrap looks for the program. */
  private String path() {
    String path = plan.env().inherit() ? "${PATH-}" : "";
    for (Spec.Variable variable : plan.env().variables()) {
      if (variable.name().equals("PATH")) {
        path =
            variable instanceof Spec.SetVariable set
                ? word(Word.of(set.value()))
                : variable instanceof Spec.PassVariable pass ? path(pass) : "";
      }
    }
    return path;
  }

  private static String path(Spec.PassVariable pass) {
    return pass.otherwise() == null ? "${PATH-}" : "${PATH-$broot_else_PATH}";
  }

  // How bubblewrap is started, with which environment: the program's, from the start. What is taken
  // out or replaced is in no process of the sandbox. A session of its own keeps a Ctrl-C from
  // bubblewrap, and the terminal from the program.
  private void start() {
    String session = options.mode() == RunOptions.Mode.SHELL ? "" : "setsid ";
    String net = plan.sandbox().network() == null ? "" : "net_";
    String clean = "broot_" + net + "clean " + session + "env --default-signal";
    line("broot_start() {");
    if (!plan.sandbox().limits().isEmpty()) {
      line("  broot_join");
    }
    if (plan.env().inherit()) {
      String changes = changes();
      line("  if [ \"$broot_environment\" ]; then");
      String again = changes.isEmpty() ? "" : " env" + changes;
      line("    eval \"" + clean + " -i $broot_environment\"'" + quoted(again) + " \"$@\"'");
      line("  else");
      line("    " + clean + changes + " \"$@\"");
      line("  fi");
    } else {
      line("  " + clean + " -i" + environment() + " \"$@\"");
    }
    line("}");
  }

  private static String quoted(String text) {
    return text.replace("'", "'\\''");
  }

  // Both, since a caller may have a variable twice.
  private String changes() {
    StringBuilder removed = new StringBuilder();
    StringBuilder set = new StringBuilder();
    for (Spec.Variable variable : plan.env().around()) {
      if (variable instanceof Spec.SetVariable value) {
        set.append(' ').append(value.name()).append('=').append(word(Word.of(value.value())));
      }
      if (!(variable instanceof Spec.PassVariable)) {
        removed.append(" -u ").append(variable.name());
      }
    }
    return removed.append(set).toString();
  }

  // The environment is made anew: bubblewrap is started with these variables and no other.
  private String environment() {
    StringBuilder text = new StringBuilder();
    for (Spec.Variable variable : plan.env().around()) {
      String name = variable.name();
      if (variable instanceof Spec.SetVariable set) {
        text.append(" \\\n    ").append(name).append('=').append(word(Word.of(set.value())));
      } else if (variable instanceof Spec.PassVariable pass) {
        if (pass.otherwise() != null) {
          text.append(" \\\n    \"NAME=${NAME-$broot_else_NAME}\"".replace("NAME", name));
          continue;
        }
        text.append(" \\\n    ${NAME+\"NAME=$NAME\"}".replace("NAME", name));
      }
    }
    return text.append(" \\\n   ").toString();
  }
}
