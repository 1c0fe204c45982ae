package dev.broot.script;

import dev.broot.shipped.Shipped;

/** The parts of a script that are the same for all plans. */
final class ScriptParts {
  private ScriptParts() {}

  static String read(String name) {
    return Shipped.text("script/" + name + ".sh");
  }
}
