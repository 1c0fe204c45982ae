package dev.broot.cli;

import dev.broot.ir.FileSources;
import dev.broot.ir.Sources;
import dev.broot.ir.Spec;
import dev.broot.ir.SpecCompiler;
import dev.broot.permission.Difference;
import dev.broot.permission.Difference.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code broot diff OLD NEW}. */
final class DiffCommand extends Command {
  DiffCommand() {
    super("diff", "Say whether a change widens a sandbox, and what it gains and loses.");
  }

  @Override
  void configure(Options options) {
    SpecArguments.configure(options);
    options.flag("--exit-code", "End with 1 when the verdict is WIDER or UNKNOWN.");
    options.value("--git", "REV", "Compare a spec with what it was in a revision of git.");
    options.value("--format", "FORMAT", "text (the default), json or markdown.");
    options
        .synopsis("broot diff [OPTIONS] OLD NEW", "broot diff [OPTIONS] --git REV SPEC")
        .footer(
            "",
            "The first line is the verdict: EQUAL, NARROWER, WIDER, or UNKNOWN where broot cannot say.");
    options.operand(1, 2, "SPEC", "A file, or base:NAME; OLD and NEW, or one with --git.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError {
    String format = arguments.value("--format", "text");
    if (!List.of("text", "json", "markdown").contains(format)) {
      throw new UsageError("--format is text, json or markdown, not `" + format + "`");
    }
    String revision = arguments.value("--git", "");
    List<String> operands = arguments.operands();
    if (operands.size() != (revision.isEmpty() ? 2 : 1)) {
      throw new UsageError(
          revision.isEmpty() ? "diff compares two specs" : "with --git, diff takes one spec");
    }
    String newer = operands.get(operands.size() - 1);
    Spec before =
        compile(
            operands.get(0),
            revision.isEmpty() ? new FileSources() : new GitSources(revision),
            arguments,
            console);
    Spec after = compile(newer, new FileSources(), arguments, console);
    if (before == null || after == null) {
      console.print("UNKNOWN\n");
      console.fail(
          after != null
              ? "OLD does not compile"
              : before != null ? "NEW does not compile" : "neither side compiles");
      return Status.REFUSED;
    }
    Difference difference = Difference.of(before, after);
    console.print(
        switch (format) {
          case "json" -> DiffPrinter.json(difference);
          case "markdown" -> DiffPrinter.markdown(difference);
          default -> DiffPrinter.text(difference);
        });
    boolean calm =
        difference.verdict() == Verdict.EQUAL || difference.verdict() == Verdict.NARROWER;
    return calm || !arguments.flag("--exit-code") ? Status.OK : Status.REFUSED;
  }

  // An assertion that fails is a matter of `check`; what a spec permits can be compared anyway.
  private static @Nullable Spec compile(
      String path, Sources sources, Arguments arguments, Console console) throws UsageError {
    SpecCompiler.Result result =
        SpecCompiler.compile(SpecArguments.request(path, arguments), sources);
    SpecArguments.report(result.diagnostics(), console);
    return result.spec();
  }
}
