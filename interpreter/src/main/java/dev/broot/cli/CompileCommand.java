package dev.broot.cli;

import dev.broot.ir.Spec;
import dev.broot.plan.Planner;
import dev.broot.script.ScriptWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
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

  /** Writes an executable file so that it is there whole or not at all. */
  static void write(Path file, String script) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path temporary =
        Files.createTempFile(
            directory == null ? Path.of(".") : directory,
            ".broot-",
            ".tmp",
            PosixFilePermissions.asFileAttribute(
                Set.copyOf(PosixFilePermissions.fromString("rwx------"))));
    try {
      Files.write(temporary, Bytes.encode(script));
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
