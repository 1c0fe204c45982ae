package dev.broot.cli;

import dev.broot.permission.Permissions;
import dev.broot.permission.TreeText;
import dev.broot.plan.Plan;

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
    Plan plan = SpecArguments.compile(arguments, console);
    if (plan == null) {
      return Status.REFUSED;
    }
    console.show(TreeText.print(Permissions.of(plan).view()));
    return Status.OK;
  }
}
