package dev.broot.cli;

import dev.broot.compile.Compiled;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.GithubPrinter;
import dev.broot.diagnostic.JsonPrinter;
import dev.broot.diagnostic.SarifPrinter;
import dev.broot.host.HostObjects;
import java.util.ArrayList;
import java.util.List;

/** {@code broot check SPEC...}. */
final class CheckCommand extends Command {
  CheckCommand() {
    super("check", "Compile specs and report every error.");
  }

  @Override
  void configure(Options options) {
    SpecArguments.configure(options);
    options.value("--format", "FORMAT", "text (the default), json, github or sarif.");
    SpecArguments.policies(options);
    options.flag(
        "--host", "Judge what the paths lead to on this host, too, and look at what is there.");
    options.operand(1, Integer.MAX_VALUE, "SPEC", "A file, `-`, or base:NAME.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError {
    String format = arguments.value("--format", "text");
    if (!List.of("text", "json", "github", "sarif").contains(format)) {
      throw new UsageError("--format is text, json, github or sarif, not `" + format + "`");
    }
    List<Diagnostic> all = new ArrayList<>();
    boolean refused;
    List<String> specs = SpecArguments.specs(arguments, console);
    try (Progress progress = Progress.of(console, "specs", specs.size())) {
      refused = check(specs, arguments, format, all, progress);
    }
    if (format.equals("json")) {
      console.print(JsonPrinter.print(all));
    } else if (format.equals("github")) {
      console.print(GithubPrinter.print(all));
    } else if (format.equals("sarif")) {
      console.print(SarifPrinter.print(all, VersionCommand.version()));
    }
    return refused ? Status.REFUSED : Status.OK;
  }

  private static boolean check(
      List<String> specs,
      Arguments arguments,
      String format,
      List<Diagnostic> all,
      Progress progress)
      throws UsageError {
    Console console = progress.console();
    boolean refused = false;
    for (String path : specs) {
      HostObjects host = arguments.flag("--host") ? HostObjects.of(console.env()) : null;
      Compiled result =
          Gate.check(
              SpecArguments.request(path, arguments), SpecArguments.sources(arguments), host);
      refused |= result.plan() == null;
      if (format.equals("text")) {
        SpecArguments.report(result.diagnostics(), console);
      }
      all.addAll(result.diagnostics());
      progress.step();
    }
    return refused;
  }
}
