package dev.broot.cli;

import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.GithubPrinter;
import dev.broot.diagnostic.JsonPrinter;
import dev.broot.ir.FileSources;
import dev.broot.ir.SpecCompiler;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code broot check SPEC...}. */
final class CheckCommand extends Command {
  CheckCommand() {
    super("check", "Compile specs and report every error.");
  }

  @Override
  void configure(CommandSpec spec) {
    SpecArguments.configure(spec);
    spec.addOption(value("--format", "FORMAT", "text (the default), json or github."));
    spec.addPositional(operand("0..*", "1..*", "SPEC", "A file, `-`, or base:NAME."));
  }

  @Override
  int run(ParseResult arguments, Console console) throws UsageError {
    String format = arguments.matchedOptionValue("--format", "text");
    if (!List.of("text", "json", "github").contains(format)) {
      throw new UsageError("--format is text, json or github, not `" + format + "`");
    }
    List<Diagnostic> all = new ArrayList<>();
    boolean refused = false;
    for (String path : arguments.matchedPositionalValue(0, List.<String>of())) {
      SpecCompiler.Result result =
          SpecCompiler.compile(SpecArguments.request(path, arguments), new FileSources());
      refused |= result.spec() == null;
      if (format.equals("text")) {
        SpecArguments.report(result.diagnostics(), console);
      }
      all.addAll(result.diagnostics());
    }
    if (format.equals("json")) {
      console.print(JsonPrinter.print(all));
    } else if (format.equals("github")) {
      console.print(GithubPrinter.print(all));
    }
    return refused ? Status.REFUSED : Status.OK;
  }
}
