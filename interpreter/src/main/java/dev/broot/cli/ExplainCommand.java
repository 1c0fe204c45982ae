package dev.broot.cli;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Similar;
import dev.broot.shipped.Pages;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code broot explain CODE...}. */
final class ExplainCommand extends Command {
  ExplainCommand() {
    super("explain", "Print what an error or a warning means, with an example and the cure.");
  }

  @Override
  void configure(Options options) {
    options.operand(
        1, Integer.MAX_VALUE, "CODE", "The code in brackets behind `error` or `warning`: BR205.");
    options.footer("", "`broot docs diagnostics` prints them all.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError {
    StringBuilder all = new StringBuilder();
    for (String operand : arguments.operands()) {
      String code = operand.toUpperCase(Locale.ROOT);
      List<String> codes = Arrays.stream(Code.values()).map(Code::id).toList();
      String text = codes.contains(code) ? Pages.diagnostic(code) : null;
      if (text == null) {
        String similar = Similar.didYouMean(code, codes);
        throw new UsageError(
            "`"
                + operand
                + "` is not the code of a diagnostic"
                + (similar == null ? "" : "; " + similar));
      }
      all.append(all.isEmpty() ? "" : "\n").append(text);
    }
    console.print(all.toString());
    return Status.OK;
  }
}
