package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Similar;
import dev.broot.syntax.Name;
import dev.broot.syntax.Statement;
import java.util.Collection;

/** What lines that have a name have in common. */
final class Entries {
  private Entries() {}

  /** Whether a word is a single part of a path. */
  static boolean isName(String word) {
    return !word.isEmpty() && !word.equals(".") && !word.equals("..") && word.indexOf('/') < 0;
  }

  /** Checks the name of a variable of the environment. */
  static boolean checkVariable(Name name, Line line, Diagnostics diagnostics) {
    if (name.text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
      return true;
    }
    diagnostics.error(
        Code.BAD_VALUE,
        line.at(name.span()),
        "`" + name.text() + "` is not the name of a variable",
        "write letters, digits and `_`; the first must not be a digit");
    return false;
  }

  /** Reports what may be said once. */
  static void duplicate(Diagnostics diagnostics, String message, Line line, Origin first) {
    diagnostics.error(
        Code.DUPLICATE, line.origin(), message, "remove one of the two", new Note("first", first));
  }

  /** Reports a {@code drop} of what is not there. */
  static void nothingToDrop(
      Diagnostics diagnostics,
      String message,
      Statement.Drop drop,
      Line line,
      Collection<String> candidates) {
    diagnostics.error(
        Code.NO_EFFECT,
        line.at(drop.name().span()),
        message,
        Similar.didYouMean(drop.name().display(), candidates));
  }
}
