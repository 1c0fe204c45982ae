package dev.broot.cli;

import dev.broot.diagnostic.TextPrinter;
import dev.broot.diagnostic.Visible;
import dev.broot.host.Bytes;
import dev.broot.host.Failures;
import dev.broot.host.OutputFile;
import dev.broot.plan.ShellWords;
import dev.broot.translate.Arg;
import dev.broot.translate.ArgumentText;
import dev.broot.translate.CommandText;
import dev.broot.translate.Import;
import dev.broot.translate.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code broot import -- bwrap ARGS...}. */
final class ImportCommand extends Command {
  ImportCommand() {
    super("import", "Make a spec from a bwrap command line.");
  }

  @Override
  void configure(Options options) {
    options.value("--from", "FILE", "Read the command line from a file, or `-`.");
    options.value(
        "--as",
        "FORM",
        "With --from: lines (one argument each), nul, or shell (a command or a script).");
    options.values(
        "--fd",
        "N=FILE",
        "The file that bwrap gets as descriptor N; the same as `N<FILE` in a quoted command.");
    options.value("--cwd", "DIR", "Where bwrap is called: relative sources start there.");
    options.values("--bwrap", "NAME", "Another name of bwrap in the command line.");
    options.flag("--partial", "Print the spec even if an argument was refused.");
    options.value("-o", "FILE", "Write the spec to a file.");
    options
        .synopsis("broot import [OPTIONS] -- bwrap ARGS...", "broot import [OPTIONS] --from FILE")
        .footer("", "broot translates every argument, or refuses it by name. It runs nothing.");
    options.operand(0, Integer.MAX_VALUE, "ARGS", "bwrap and its arguments, after `--`.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError, IOException {
    // Over what somebody types, nothing is written.
    boolean typed = arguments.value("--from", "").equals("-") && isTerminal();
    try (Progress progress = Progress.of(console, "import", typed ? 1 : 0)) {
      return translate(arguments, progress.console());
    }
  }

  private static boolean isTerminal() {
    try {
      Path input = Files.readSymbolicLink(Path.of("/proc/self/fd/0"));
      return input.startsWith("/dev/pts") || input.toString().startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  private static int translate(Arguments arguments, Console console)
      throws UsageError, IOException {
    CommandText command = command(arguments);
    if (command.arguments().isEmpty()) {
      throw new UsageError("the command line is missing; write it after `--`, or use --from");
    }
    Import made = Import.of(command, names(arguments), ImportCommand::arguments);
    made.refused().forEach(reason -> console.fail("refused: " + Visible.line(reason)));
    made.lost().forEach(reason -> console.fail("note: " + Visible.line(reason)));
    var compiled = Import.compile(made.spec());
    boolean valid = compiled.spec() != null;
    if (!valid && made.refused().isEmpty()) {
      console.printError(TextPrinter.print(compiled.diagnostics(), console.color()));
    }
    boolean whole = made.refused().isEmpty() && valid;
    if (!whole && !arguments.flag("--partial")) {
      console.fail("no spec was written; --partial prints the rest");
      return Status.REFUSED;
    }
    String file = arguments.value("-o", "");
    if (file.isEmpty()) {
      console.print(made.spec());
    } else {
      OutputFile.write(Path.of(file), Bytes.encode(made.spec()), "rw-r--r--");
    }
    if (!made.program().isEmpty()) {
      console.printError(
          "run it with: broot exec "
              + (file.isEmpty() ? "SPEC" : ShellWords.display(file))
              + " -- "
              + String.join(" ", made.typed())
              + "\n");
    }
    return whole ? Status.OK : Status.REFUSED;
  }

  // A pipe or a device would be consumed, or never end.
  private static @Nullable List<String> arguments(String file) {
    try {
      Path path = Path.of(file);
      return Files.isRegularFile(path)
          ? ArgumentText.nul(Bytes.decode(Files.readAllBytes(path)))
          : null;
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }

  private static CommandText command(Arguments arguments) throws UsageError, IOException {
    Map<String, Arg> descriptors = new LinkedHashMap<>();
    String called = arguments.value("--cwd", "");
    String directory =
        called.isEmpty() ? null : Path.of(called).toAbsolutePath().normalize().toString();
    String here = directory == null ? Path.of("").toAbsolutePath().toString() : directory;
    for (String given : arguments.values("--fd")) {
      int equals = given.indexOf('=');
      if (equals <= 0 || !given.substring(0, equals).matches("[0-9]+")) {
        throw new UsageError("--fd takes NUMBER=FILE, not `" + given + "`");
      }
      String file = given.substring(equals + 1);
      descriptors.put(
          given.substring(0, equals),
          CommandText.word(file.startsWith("/") ? file : here + "/" + file));
    }
    CommandText command = text(arguments).with(descriptors);
    return directory == null ? command : command.in(directory);
  }

  private static byte[] read(String from) throws IOException {
    try {
      return Files.readAllBytes(Path.of(from));
    } catch (IOException e) {
      throw new IOException("cannot read " + from + ": " + Failures.why(e), e);
    }
  }

  private static CommandText text(Arguments arguments) throws UsageError, IOException {
    String from = arguments.value("--from", "");
    if (from.isEmpty()) {
      List<String> operands = arguments.operands();
      checkNoFile(operands, arguments);
      return CommandText.of(operands);
    }
    if (!arguments.operands().isEmpty()) {
      throw new UsageError("use either --from or a command line after `--`");
    }
    String text = Bytes.decode(from.equals("-") ? System.in.readAllBytes() : read(from));
    String form = arguments.value("--as", form(text));
    try {
      return switch (form) {
        case "lines" -> CommandText.of(ArgumentText.lines(text));
        case "nul" -> CommandText.of(ArgumentText.nul(text));
        case "shell" -> ShellScript.read(text, names(arguments));
        default -> throw new UsageError("--as is lines, nul or shell, not `" + form + "`");
      };
    } catch (ArgumentText.Malformed e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  // No argument has a NUL in it.
  private static String form(String text) {
    return text.indexOf('\0') >= 0 ? "nul" : text.startsWith("#!") ? "shell" : "lines";
  }

  private static void checkNoFile(List<String> operands, Arguments arguments) throws UsageError {
    if (operands.size() != 1) {
      return;
    }
    String alone = operands.get(0);
    try {
      Path path = Path.of(alone);
      String name = String.valueOf(path.getFileName());
      if (Files.isRegularFile(path) && !name.equals("bwrap") && !names(arguments).contains(name)) {
        throw new UsageError(
            "`"
                + alone
                + "` is a file; write `--from "
                + ShellWords.display(alone)
                + "` to read it");
      }
    } catch (InvalidPathException e) {
      // It names none.
    }
  }

  private static Set<String> names(Arguments arguments) {
    return new LinkedHashSet<>(arguments.values("--bwrap"));
  }
}
