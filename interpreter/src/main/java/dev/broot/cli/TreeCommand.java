package dev.broot.cli;

import dev.broot.diagnostic.TextPrinter;
import dev.broot.ir.Spec;
import dev.broot.permission.TreeText;
import dev.broot.permission.View;

/** {@code broot tree SPEC}. */
final class TreeCommand extends Command {
  TreeCommand() {
    super("tree", "Draw the sandbox's file system.");
  }

  @Override
  void configure(Options options) {
    SpecArguments.configure(options);
    options.operand(1, 1, "SPEC", "A file, `-`, or base:NAME.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError {
    Spec spec = SpecArguments.compile(arguments, console);
    if (spec == null) {
      return Status.REFUSED;
    }
    TreeText.print(View.of(spec))
        .lines()
        .forEach(line -> console.print(TextPrinter.safe(line) + "\n"));
    return Status.OK;
  }
}
