package dev.broot.cli;

import dev.broot.shipped.Shipped;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** {@code broot version}. */
final class VersionCommand extends Command {
  VersionCommand() {
    super("version", "Print broot's version and the edition of the language that it speaks.");
  }

  @Override
  void configure(Options options) {}

  @Override
  int run(Arguments arguments, Console console) {
    console.print(
        "broot " + version() + ", language edition " + dev.broot.syntax.SpecParser.EDITION + "\n");
    return Status.OK;
  }

  static String version() {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Shipped.text("version.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
