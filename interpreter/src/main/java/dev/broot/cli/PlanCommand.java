package dev.broot.cli;

import dev.broot.bwrap.CommandLine;
import dev.broot.bwrap.PlanJson;
import dev.broot.bwrap.PlanText;
import dev.broot.plan.Plan;
import dev.broot.spec.Network;
import java.util.List;

/** {@code broot plan SPEC [-- ARGV...]}. */
final class PlanCommand extends Command {
  PlanCommand() {
    super("plan", "Print the plan of a spec: its set-up, and the arguments of bubblewrap.");
  }

  @Override
  void configure(Options options) {
    SpecArguments.configure(options);
    options.flag("--resolve", "Look at this host where the plan depends on it.");
    options.value(
        "--format",
        "FORMAT",
        "text (the default), json, or nul: the arguments of bwrap, each ended by a NUL.");
    options.synopsis("broot plan [OPTIONS] SPEC [-- ARGV...]");
    options.operand(1, Integer.MAX_VALUE, "SPEC", "A file, `-`, or base:NAME; ARGV after `--`.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError {
    String format = arguments.value("--format", "text");
    if (!List.of("text", "json", "nul").contains(format)) {
      throw new UsageError("--format is text, json or nul, not `" + format + "`");
    }
    List<String> operands = arguments.operands();
    List<String> argv = operands.subList(1, operands.size());
    Plan plan = SpecArguments.compile(arguments, console);
    if (plan == null) {
      return Status.REFUSED;
    }
    Network network = plan.sandbox().network();
    if (network != null && format.equals("nul")) {
      console.fail(
          "the arguments of bubblewrap cannot express this spec: it has a network of its own ("
              + network.provenance().origin().place()
              + "), which is made before bubblewrap starts; `broot compile` makes a script that"
              + " does");
      return Status.REFUSED;
    }
    boolean resolve = arguments.flag("--resolve");
    if (resolve || format.equals("nul")) {
      if (!SpecArguments.isClosed(plan, console)) {
        return Status.REFUSED;
      }
      plan = SpecArguments.resolved(plan, console);
      if (plan == null) {
        return Status.FAILED;
      }
    }
    switch (format) {
      case "json" -> console.print(PlanJson.print(plan, argv));
      case "nul" -> {
        for (String word : CommandLine.argv(plan, argv)) {
          console.print(word + "\0");
        }
      }
      default -> console.print(PlanText.print(plan, argv));
    }
    return Status.OK;
  }
}
