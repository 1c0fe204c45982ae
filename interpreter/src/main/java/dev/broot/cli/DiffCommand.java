package dev.broot.cli;

import dev.broot.diagnostic.GithubPrinter;
import dev.broot.diagnostic.SarifPrinter;
import dev.broot.diagnostic.Visible;
import dev.broot.permission.Difference;
import dev.broot.permission.Difference.Verdict;
import dev.broot.permission.DifferenceText;
import java.util.List;

/** {@code broot diff OLD NEW}. */
final class DiffCommand extends Command {
  DiffCommand() {
    super("diff", "Tell whether a change widens a sandbox, and list its gains and losses.");
  }

  @Override
  void configure(Options options) {
    Sides.configure(options, "diff");
    options.flag("--exit-code", "Exit with 1 if the verdict is WIDER or UNKNOWN.");
    options.value("--format", "FORMAT", "text (the default), json, markdown, github or sarif.");
    options.footer(
        "",
        "The first line is the verdict: EQUAL, NARROWER, WIDER, or UNKNOWN if broot cannot tell.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError {
    String format = arguments.value("--format", "text");
    if (!List.of("text", "json", "markdown", "github", "sarif").contains(format)) {
      throw new UsageError(
          "--format is text, json, markdown, github or sarif, not `" + format + "`");
    }
    Sides sides = Sides.compile(arguments, console);
    if (sides == null) {
      Difference unknown = Difference.unknown("one of the specs does not compile");
      console.print(
          switch (format) {
            case "json" -> DiffPrinter.json(unknown);
            case "markdown" -> DiffPrinter.markdown(unknown);
            case "text" -> "UNKNOWN\n";
            // No line of a spec that compiles could be named.
            default -> "";
          });
      return Status.REFUSED;
    }
    Difference difference = Difference.here(sides.before().plan(), sides.after().plan());
    console.print(
        switch (format) {
          case "json" -> DiffPrinter.json(difference);
          case "markdown" -> DiffPrinter.markdown(difference);
          case "github" ->
              GithubPrinter.print(difference.diagnostics(sides.after().sources().get(0)));
          case "sarif" ->
              SarifPrinter.print(
                  difference.diagnostics(sides.after().sources().get(0)), VersionCommand.version());
          default -> Visible.lines(DifferenceText.print(difference));
        });
    boolean calm =
        difference.verdict() == Verdict.EQUAL || difference.verdict() == Verdict.NARROWER;
    return calm || !arguments.flag("--exit-code") ? Status.OK : Status.REFUSED;
  }
}
