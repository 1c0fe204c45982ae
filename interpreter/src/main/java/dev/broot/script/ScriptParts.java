package dev.broot.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The parts of a script that are the same for all plans. */
final class ScriptParts {
  private ScriptParts() {}

  static String read(String name) {
    String path = "/dev/broot/script/" + name + ".sh";
    try (InputStream in = ScriptParts.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
