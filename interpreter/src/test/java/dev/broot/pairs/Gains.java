package dev.broot.pairs;

import java.util.Set;
import java.util.TreeSet;

/** What one run could do and another could not. */
final class Gains {
  private static final String MAKES = "setup: makes ";
  private static final String MODE = "setup: changes the mode of ";

  private Gains() {}

  static Set<String> of(Found old, Found now) {
    Set<String> gained = new TreeSet<>(now.facts());
    gained.removeAll(old.facts());
    gained.removeIf(fact -> isNothingNew(fact, old.facts()));
    return gained;
  }

  // What the set-up does to the host counts where the old program could not have done it.
  private static boolean isNothingNew(String fact, Set<String> before) {
    if (fact.startsWith(MAKES)) {
      String parent = fact.substring(MAKES.length(), fact.lastIndexOf('/'));
      return before.contains("make files in " + parent);
    }
    if (fact.startsWith(MODE)) {
      String path = fact.substring(MODE.length());
      return before.contains("make files in " + path) || before.contains("write " + path);
    }
    // What is read is live where it is not a copy; both are said, and a copy is not a gain.
    return false;
  }
}
