package dev.broot.pairs;

import dev.broot.pairs.Line.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Small changes of a spec: pairs that differ in everything are WIDER, and prove little. */
final class Mutations {
  private static final List<List<String>> ALIKE =
      List.of(
          List.of("ro", "rw", "dev"),
          HostTree.plain(),
          Generator.PLACES,
          Generator.HOST_PLACES,
          List.of("net", "pid", "ipc", "uts", "user", "all"),
          List.of("add", "drop"),
          List.of("S1", "S2"),
          List.of("${p}", "${q}", "${p}/..", "/srv/h/a"),
          List.of("${s}", "${t}", "x"),
          List.of("optional", "over"),
          List.of("bind", "bind-data"),
          List.of("/srv/filter1", "/srv/filter2", "/srv/filter3"),
          List.of("64KiB", "1MiB"),
          List.of("0755", "0700", "0777"));

  private final Dice dice;
  private final Generator generator;
  private final List<Kind> kinds;

  Mutations(Dice dice, Generator generator, List<Kind> kinds) {
    this.dice = dice;
    this.generator = generator;
    this.kinds = kinds;
  }

  /** Another spec, not far from this one. */
  Side of(Side side) {
    generator.startingWith(side.start());
    Side changed = side;
    for (int left = 1 + dice.below(3); left > 0; left--) {
      changed = once(changed);
    }
    return changed;
  }

  private Side once(Side side) {
    List<Line> lines = new ArrayList<>(side.lines());
    int at = lines.isEmpty() ? 0 : dice.below(lines.size());
    int what = lines.isEmpty() ? 0 : dice.below(10);
    switch (what) {
      case 0 -> lines.addAll(at, generator.some());
      case 1 -> lines.remove(at);
      case 2, 3 -> {
        int other = dice.below(lines.size());
        Line one = lines.get(at);
        lines.set(at, lines.get(other).at(one.level()));
        lines.set(other, one.at(lines.get(other).level()));
      }
      case 4 -> lines.set(at, lines.get(at).at(dice.of(Level.BASE, Level.FRAGMENT, Level.OWN)));
      case 5 -> {
        // Another way to its values.
        Map<String, Side.Source> ways = new HashMap<>(side.parameters());
        ways.replaceAll((name, way) -> dice.percent(50) ? way : Side.Source.DEFAULT);
        return new Side(side.start(), side.lines(), ways);
      }
      case 6 -> {
        lines.add(lines.remove(at));
        Collections.rotate(lines, dice.below(2));
      }
      default -> lines.set(at, word(lines.get(at)));
    }
    return side.with(lines);
  }

  // Another word in place of one.
  private Line word(Line line) {
    String[] words = line.text().split(" ", -1);
    int first = dice.below(words.length);
    for (int i = 0; i < words.length; i++) {
      int at = (first + i) % words.length;
      for (List<String> alike : ALIKE) {
        if (alike.contains(words[at])) {
          words[at] = dice.of(alike);
          return changed(line, String.join(" ", words));
        }
      }
    }
    return line.verb().equals("bind")
        ? changed(line, line.text() + dice.of(" optional", " if directory"))
        : line;
  }

  private Line changed(Line line, String text) {
    Kind kind = Kind.of(line.kind(), text);
    return kinds.contains(kind)
        ? new Line(kind, text, line.over(), line.unsafe(), line.level())
        : line;
  }
}
