package dev.broot.cli;

import dev.broot.check.FileSources;
import dev.broot.check.OneFile;
import dev.broot.check.Sources;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.host.Bytes;
import dev.broot.host.OutputFile;
import dev.broot.syntax.Layout;
import dev.broot.syntax.SpecSyntax;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** {@code broot fmt [--check] FILE...}. */
final class FmtCommand extends Command {
  FmtCommand() {
    super("fmt", "Lay out specs and fragments in broot's one style; their meaning stays.");
  }

  @Override
  void configure(Options options) {
    options.flag("--check", "Write nothing; print the files that are laid out otherwise.");
    options.operand(
        1, Integer.MAX_VALUE, "FILE", "Specs and fragments; `-` is stdin, printed to stdout.");
    options.footer(
        "",
        "The status is 1 if a file does not parse, or with --check is laid out otherwise.",
        "A file that does not parse stays as it is.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError, IOException {
    boolean clean = true;
    try (Progress progress = Progress.of(console, "files", arguments.operands().size())) {
      for (String path : arguments.operands()) {
        clean &= format(path, arguments.flag("--check"), progress.console());
        progress.step();
      }
    }
    return clean ? Status.OK : Status.REFUSED;
  }

  private static boolean format(String path, boolean check, Console console) throws IOException {
    Sources.Bytes read;
    try {
      read = new FileSources().read(path);
    } catch (IOException e) {
      console.fail("cannot read " + path + ": " + e.getMessage());
      return false;
    }
    Diagnostics diagnostics = new Diagnostics();
    SpecSyntax syntax = OneFile.parse(path, read, diagnostics);
    if (syntax == null || diagnostics.hasErrors()) {
      SpecArguments.report(diagnostics.sorted(OneFile.files(syntax)), console);
      return false;
    }
    byte[] laidOut = Bytes.encode(Layout.of(syntax.file().text()));
    boolean same = Arrays.equals(laidOut, read.bytes());
    if (check) {
      console.show(same ? "" : path + "\n");
      return same;
    }
    if (path.equals("-")) {
      console.print(Bytes.decode(laidOut));
    } else if (!same) {
      OutputFile.rewrite(Path.of(path), laidOut);
    }
    return true;
  }
}
