package dev.broot.cli;

import dev.broot.host.HostObjects;
import dev.broot.host.Trust;
import dev.broot.script.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code broot exec SPEC -- ARGV...}: the half that compiles. {@code bin/broot} keeps the program's
 * arguments, since a JVM would not keep their bytes, and runs the script that this writes.
 */
final class ExecCommand extends Command {
  private final boolean shell;

  private ExecCommand(boolean shell, String name, String summary) {
    super(name, summary);
    this.shell = shell;
  }

  static ExecCommand exec() {
    return new ExecCommand(false, "exec", "Run a program in the sandbox.");
  }

  static ExecCommand shell() {
    return new ExecCommand(true, "shell", "Run an interactive shell in the sandbox.");
  }

  @Override
  void configure(Options options) {
    SpecArguments.configure(options);
    RunArguments.configure(options);
    options.flag(
        "--no-cache", "Ignore the cache; BROOT_CACHE=off in the environment does the same.");
    SpecArguments.policies(options);
    options.flag("--trust-sources", "As root, run a spec even if another user can change it.");
    options.value("--script-to", "FILE", "");
    options.value("--cache-to", "FILE", "");
    options.value("--cache-key", "KEY", "");
    options.operand(1, 1, "SPEC", "A file, `-`, or base:NAME.");
    if (shell) {
      options
          .synopsis("broot shell [OPTIONS] SPEC [-- ARGV...]")
          .footer(
              "",
              "The shell has its own terminal, with job control. It is bash if the sandbox has it,"
                  + " otherwise sh. ARGV runs another program. The spec's entry is ignored.");
      return;
    }
    options.flag(
        "--shell-on-failure",
        "Open a shell in the same root if the program fails (on a terminal).");
    options
        .synopsis("broot exec [OPTIONS] SPEC -- ARGV...")
        .footer(
            "",
            "Write ARGV after `--`. broot exits with the program's own status. Status 125 is a"
                + " failure of broot, with a line that starts with `broot: `.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError, IOException {
    String file = arguments.value("--script-to", "");
    if (file.isEmpty()) {
      throw new UsageError("the jar cannot run programs; use bin/broot");
    }
    ReadSources sources = new ReadSources(SpecArguments.sources(arguments));
    String entry = arguments.value("--cache-to", "");
    CompileCommand.Compiled compiled =
        CompileCommand.compiled(
            arguments,
            mode(arguments),
            sources,
            HostObjects.of(console.env()),
            !entry.isEmpty(),
            console);
    if (compiled == null || !isTrusted(arguments, sources, console)) {
      return Status.FAILED;
    }
    try {
      CompileCommand.write(Path.of(file), compiled.script());
    } catch (IOException e) {
      // The launcher that would read it is gone.
      return Status.FAILED;
    }
    if (!entry.isEmpty() && compiled.silent()) {
      Map<String, byte[]> reliedOn = new LinkedHashMap<>(sources.all());
      InstalledBwrap bwrap = compiled.bwrap();
      if (bwrap != null) {
        reliedOn.put(bwrap.path(), bwrap.bytes());
      }
      ScriptCache.keep(entry, arguments.value("--cache-key", ""), compiled.script(), reliedOn);
    }
    return Status.OK;
  }

  private RunOptions.Mode mode(Arguments arguments) {
    return shell
        ? RunOptions.Mode.SHELL
        : arguments.flag("--shell-on-failure")
            ? RunOptions.Mode.SHELL_ON_FAILURE
            : RunOptions.Mode.PROGRAM;
  }

  private static boolean isTrusted(Arguments arguments, ReadSources sources, Console console)
      throws IOException {
    int user = Trust.user();
    if (user != 0 || arguments.flag("--trust-sources")) {
      return true;
    }
    Trust trust = Trust.ofCaller(user, console.env());
    for (String source : sources.all().keySet()) {
      String problem = source.equals("-") ? null : trust.file(Path.of(source));
      if (problem != null) {
        console.fail(
            problem
                + ", and root would run it; use `chown root` and `chmod go-w`, or add"
                + " --trust-sources");
        return false;
      }
    }
    return true;
  }
}
