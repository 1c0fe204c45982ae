package dev.broot.cli;

import dev.broot.ir.Spec;
import dev.broot.plan.Planner;
import dev.broot.script.ScriptWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code broot compile SPEC}. */
final class CompileCommand extends Command {
  CompileCommand() {
    super("compile", "Print a shell script that runs the spec without broot and without Java.");
  }

  @Override
  void configure(Options options) {
    SpecArguments.configure(options);
    RunArguments.configure(options);
    options.value("-o", "FILE", "Write the script to a file.");
    options.operand(1, 1, "SPEC", "A file, `-`, or base:NAME.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError, IOException {
    String script = script(arguments, console);
    if (script == null) {
      return Status.REFUSED;
    }
    String file = arguments.value("-o", "");
    if (file.isEmpty()) {
      console.print(script);
    } else {
      write(Path.of(file), script);
    }
    return Status.OK;
  }

  /** The script, or null when the spec was refused and the reason printed. */
  static @Nullable String script(Arguments arguments, Console console) throws UsageError {
    Spec spec =
        SpecArguments.compile(
            SpecArguments.request(arguments.operands().get(0), arguments), console);
    if (spec == null || !SpecArguments.isClosed(spec, console)) {
      return null;
    }
    return ScriptWriter.write(
        Planner.plan(spec), RunArguments.options(arguments), VersionCommand.version());
  }

  /** Writes a script as an executable file. */
  static void write(Path file, String script) throws IOException {
    WholeFile.write(file, Bytes.encode(script), "rwxr-xr-x");
  }
}
