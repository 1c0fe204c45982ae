package dev.broot.cli;

import dev.broot.host.Bytes;
import dev.broot.host.OutputFile;
import dev.broot.permission.Difference;
import java.io.IOException;
import java.nio.file.Path;

/** {@code broot report OLD NEW -o FILE}. */
final class ReportCommand extends Command {
  ReportCommand() {
    super("report", "Write a page for reviewers about the gains and losses of a change.");
  }

  @Override
  void configure(Options options) {
    Sides.configure(options, "report");
    options.value("-o", "FILE", "The file to write; the default is stdout.");
    options.footer("", "One HTML file that needs no other file, no network and no script.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError, IOException {
    Sides sides = Sides.compile(arguments, console);
    if (sides == null) {
      console.print("UNKNOWN\n");
      return Status.REFUSED;
    }
    Difference difference = Difference.here(sides.before().plan(), sides.after().plan());
    String page = ReportPage.write(sides, difference);
    String file = arguments.value("-o", "");
    if (file.isEmpty()) {
      console.print(page);
    } else {
      OutputFile.write(Path.of(file), Bytes.encode(page), "rw-r--r--");
      console.print(difference.verdict() + "\n");
    }
    return Status.OK;
  }
}
