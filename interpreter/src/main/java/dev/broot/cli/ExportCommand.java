package dev.broot.cli;

import dev.broot.plan.Plan;
import dev.broot.translate.Export;
import java.io.IOException;
import java.util.List;

/** {@code broot export [oci|kubernetes|slurm] SPEC [-- ARGV...]}. */
final class ExportCommand extends Command {
  ExportCommand() {
    super(
        "export",
        "Print the bwrap command line of a spec, or make a bundle for runc or a job for Kubernetes or"
            + " Slurm.");
  }

  @Override
  void configure(Options options) {
    SpecArguments.configure(options);
    options.value("--format", "FORMAT", "argv (the default), args-file for `bwrap --args`, or sh.");
    options.flag("--resolve", "Look at this host where the plan depends on it.");
    ExportTargets.configure(options);
    options.synopsis(
        "broot export [OPTIONS] SPEC [-- ARGV...]",
        "broot export oci [OPTIONS] SPEC -o DIR -- ARGV...",
        "broot export kubernetes [OPTIONS] SPEC -- ARGV...",
        "broot export slurm [OPTIONS] SPEC -- ARGV...");
    options.operand(1, Integer.MAX_VALUE, "SPEC", "A file, `-`, or base:NAME; ARGV after `--`.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError, IOException {
    switch (arguments.operands().get(0)) {
      case ExportTargets.OCI -> {
        return OciCommand.run(arguments, console);
      }
      case ExportTargets.KUBERNETES -> {
        return KubernetesCommand.run(arguments, console);
      }
      case ExportTargets.SLURM -> {
        return SlurmCommand.run(arguments, console);
      }
      default -> {
        ExportTargets.check("", arguments);
        return commandLine(arguments, console);
      }
    }
  }

  private static int commandLine(Arguments arguments, Console console)
      throws UsageError, IOException {
    String format = arguments.value("--format", "argv");
    if (!List.of("argv", "args-file", "sh").contains(format)) {
      throw new UsageError("--format is argv, args-file or sh, not `" + format + "`");
    }
    List<String> operands = arguments.operands();
    Plan plan = SpecArguments.compile(arguments, console);
    if (plan == null || !SpecArguments.isClosed(plan, console)) {
      return Status.REFUSED;
    }
    if (arguments.flag("--resolve") || !format.equals("sh")) {
      plan = SpecArguments.resolved(plan, console);
      if (plan == null) {
        return Status.FAILED;
      }
    }
    Plan whole = plan;
    plan = Export.withoutTexts(whole);
    if (!plan.equals(whole)) {
      console.note(
          "broot: note: left out: the texts of the base, such as /etc/passwd, which a command line has no place for");
    }
    String problem = Export.problem(plan, format.equals("args-file"));
    if (problem != null) {
      console.fail("a command line cannot express this spec: " + problem);
      return Status.REFUSED;
    }
    List<String> program = operands.subList(1, operands.size());
    console.print(
        switch (format) {
          case "args-file" -> Export.argsFile(plan);
          case "sh" -> Export.script(plan);
          default -> Export.argv(plan, program);
        });
    return Status.OK;
  }
}
