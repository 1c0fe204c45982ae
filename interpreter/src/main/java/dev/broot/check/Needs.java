package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Origin;
import dev.broot.syntax.Name;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that a fragment declares because it needs them. What the including file says of one
 * holds, and two fragments may need the same.
 */
final class Needs {
  private Needs() {}

  /** Whether two declarations of a name are about one parameter. */
  static boolean areOne(Line before, Statement.Param other, Line line, Statement.Param statement) {
    boolean elsewhere = !before.origin().file().equals(line.origin().file());
    boolean type = other.type().text().equals(statement.type().text());
    boolean equal =
        Objects.equals(display(other.value()), display(statement.value()))
            && Objects.equals(text(other.variable()), text(statement.variable()));
    return elsewhere
        && before.level() == line.level()
        && type
        && (equal || depth(before) != depth(line));
  }

  /** How many lines brought a line in. */
  static int depth(Line line) {
    int depth = 0;
    for (Origin from = line.origin().from(); from != null; from = from.from()) {
      depth++;
    }
    return depth;
  }

  private static @Nullable String display(@Nullable Text text) {
    return text == null ? null : text.display();
  }

  private static @Nullable String text(@Nullable Name name) {
    return name == null ? null : name.text();
  }
}
