package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What {@code include NAME except PATH...} leaves out, and whether there was anything to leave out.
 */
final class Exemptions {
  /** A path behind {@code except}, and the line in which it stands. */
  record Exemption(Text path, Line include) {}

  private final Map<Exemption, Boolean> all = new LinkedHashMap<>();

  /** Takes note of what the includes of a line leave out. */
  void meet(Line line) {
    of(line).forEach(exemption -> all.putIfAbsent(exemption, false));
  }

  /** What the includes of a line leave out. */
  List<Exemption> of(Line line) {
    return line.exempting().stream()
        .flatMap(include -> paths(include).stream().map(path -> new Exemption(path, include)))
        .toList();
  }

  private static List<Text> paths(Line include) {
    return include.statement().body() instanceof Statement.Include body ? body.except() : List.of();
  }

  /** Something would have been hidden or protected without it. */
  void holds(Exemption exemption) {
    all.put(exemption, true);
  }

  /** Gives each that leaves nothing out. */
  void idle(BiConsumer<Text, Line> to) {
    all.forEach(
        (exemption, holds) -> {
          if (!holds) {
            to.accept(exemption.path(), exemption.include());
          }
        });
  }
}
