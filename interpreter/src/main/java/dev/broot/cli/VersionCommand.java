package dev.broot.cli;

import java.io.IOException;
import java.io.InputStream;
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
    try (InputStream in =
        VersionCommand.class.getResourceAsStream("/dev/broot/version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
