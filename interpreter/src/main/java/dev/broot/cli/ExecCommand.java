package dev.broot.cli;

import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code broot exec SPEC -- ARGV...}: the half that compiles. {@code bin/broot} keeps the program's
 * arguments, since a JVM would not keep their bytes, and runs the script that this writes.
 */
final class ExecCommand extends Command {
  ExecCommand() {
    super("exec", "Run a program in the sandbox.");
  }

  @Override
  void configure(Options options) {
    SpecArguments.configure(options);
    RunArguments.configure(options);
    options.value("--script-to", "FILE", "");
    options.operand(1, 1, "SPEC", "A file, `-`, or base:NAME.");
    options
        .synopsis("broot exec [OPTIONS] SPEC -- ARGV...")
        .footer(
            "",
            "ARGV stands behind `--`. The program's own exit status is passed on;"
                + " 125 is a failure of broot's, with a line that starts with `broot: `.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError, IOException {
    String file = arguments.value("--script-to", "");
    if (file.isEmpty()) {
      throw new UsageError("programs are run by bin/broot, not by the jar");
    }
    String script = CompileCommand.script(arguments, console);
    if (script == null) {
      return Status.FAILED;
    }
    CompileCommand.write(Path.of(file), script);
    return Status.OK;
  }
}
