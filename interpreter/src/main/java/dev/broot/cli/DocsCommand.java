package dev.broot.cli;

import dev.broot.diagnostic.Similar;
import dev.broot.shipped.Pages;
import java.util.List;

/** {@code broot docs [PAGE|WORD]}. */
final class DocsCommand extends Command {
  DocsCommand() {
    super("docs", "Print the language reference, another page, or what it says of a statement.");
  }

  @Override
  void configure(Options options) {
    options.synopsis("broot docs [PAGE]", "broot docs WORD");
    options.operand(
        0, 1, "TOPIC", "A page, or a word that a statement starts with; the default is language.");
    options.footer("", "The pages are " + String.join(", ", Pages.NAMES) + ".");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError {
    List<String> operands = arguments.operands();
    String topic = operands.isEmpty() ? Pages.NAMES.get(0) : operands.get(0);
    String text = Pages.NAMES.contains(topic) ? Pages.page(topic) : Pages.statement(topic);
    if (text == null) {
      String similar = Similar.didYouMean(topic, Pages.NAMES);
      throw new UsageError(
          "no page and no statement is called `"
              + topic
              + "`"
              + (similar == null ? "" : "; " + similar));
    }
    console.print(text);
    return Status.OK;
  }
}
