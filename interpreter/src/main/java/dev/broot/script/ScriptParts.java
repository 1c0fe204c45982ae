package dev.broot.script;

import dev.broot.shipped.Shipped;

/** The parts of a script that are the same for all plans. */
final class ScriptParts {
  private static final String LATER = "BROOT_LATER";

  private ScriptParts() {}

  static String read(String name) {
    return Shipped.text("script/" + name + ".sh");
  }

  /** A program of awk. */
  static String awk(String name) {
    return Shipped.text("script/" + name + ".awk");
  }

  /**
   * A command that reads what most runs do not need: a shell parses it only then.
   *
   * @param text complete lines
   */
  static String later(String text) {
    // The words of a spec may hold any line, also the one that ends a here-document.
    String end = LATER;
    while (text.contains(end)) {
      end += "_";
    }
    return "  eval \"$(cat <<'" + end + "'\n" + text + end + "\n)\"\n";
  }
}
