package dev.broot.cli;

import dev.broot.diagnostic.TextPrinter;
import dev.broot.plan.ShellWords;
import dev.broot.translate.ArgumentText;
import dev.broot.translate.Import;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

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
        "With --from: lines (the default; one argument each), nul, or shell (one quoted command).");
    options.flag("--partial", "Print the spec even where an argument was refused.");
    options.value("-o", "FILE", "Write the spec to a file.");
    options
        .synopsis("broot import [OPTIONS] -- bwrap ARGS...", "broot import [OPTIONS] --from FILE")
        .footer("", "Every argument is said in the spec or refused by name. Nothing is run.");
    options.operand(0, Integer.MAX_VALUE, "ARGS", "bwrap and its arguments, behind `--`.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError, IOException {
    List<String> words = words(arguments);
    if (words.isEmpty()) {
      throw new UsageError("which command line? Give it behind `--`, or with --from");
    }
    Import made = Import.of(words);
    made.refused().forEach(reason -> console.fail("refused: argument " + TextPrinter.safe(reason)));
    var compiled = Import.compile(made.spec());
    boolean valid = compiled.spec() != null;
    if (!valid && made.refused().isEmpty()) {
      console.printError(TextPrinter.print(compiled.diagnostics(), console.color()));
    }
    boolean whole = made.refused().isEmpty() && valid;
    if (!whole && !arguments.flag("--partial")) {
      console.fail("no spec was made; --partial prints what can be said");
      return Status.REFUSED;
    }
    String file = arguments.value("-o", "");
    if (file.isEmpty()) {
      console.print(made.spec());
    } else {
      WholeFile.write(Path.of(file), Bytes.encode(made.spec()), "rw-r--r--");
    }
    if (!made.program().isEmpty()) {
      console.printError(
          "run it with: broot exec "
              + (file.isEmpty() ? "SPEC" : ShellWords.display(file))
              + " -- "
              + made.program().stream().map(ShellWords::display).collect(Collectors.joining(" "))
              + "\n");
    }
    return whole ? Status.OK : Status.REFUSED;
  }

  private static List<String> words(Arguments arguments) throws UsageError, IOException {
    String from = arguments.value("--from", "");
    if (from.isEmpty()) {
      return arguments.operands();
    }
    if (!arguments.operands().isEmpty()) {
      throw new UsageError("--from and a command line behind `--` exclude each other");
    }
    String text =
        Bytes.decode(
            from.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(from)));
    String form = arguments.value("--as", "lines");
    try {
      return switch (form) {
        case "lines" -> ArgumentText.lines(text);
        case "nul" -> ArgumentText.nul(text);
        case "shell" -> ArgumentText.shell(text);
        default -> throw new UsageError("--as is lines, nul or shell, not `" + form + "`");
      };
    } catch (ArgumentText.Malformed e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }
}
