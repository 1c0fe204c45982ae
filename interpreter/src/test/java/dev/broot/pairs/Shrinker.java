package dev.broot.pairs;

import dev.broot.pairs.Line.Level;
import dev.broot.pairs.Machine.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a pair smaller while what it disproves stays disproved. */
final class Shrinker {
  private final Machine machine;

  Shrinker(Machine machine) {
    this.machine = machine;
  }

  /** The smallest pair that shows the same, in time. */
  Finding shrink(Finding finding) throws IOException {
    Finding best = finding;
    boolean better = true;
    while (better) {
      better = false;
      for (Case smaller : smaller(best.pair())) {
        Claim still = machine.still(smaller, best.claim());
        if (still != null) {
          best = new Finding(smaller, still);
          better = true;
          break;
        }
      }
    }
    return best;
  }

  private static List<Case> smaller(Case pair) {
    List<Case> all = new ArrayList<>();
    Side before = pair.before();
    Side after = pair.after();
    for (Line line : before.lines()) {
      if (after.lines().contains(line)) {
        all.add(pair.with(without(before, line), without(after, line)));
      }
    }
    for (Line line : before.lines()) {
      all.add(pair.with(without(before, line), after));
    }
    for (Line line : after.lines()) {
      all.add(pair.with(before, without(after, line)));
    }
    if (before.lines().stream().anyMatch(line -> line.level() != Level.OWN)
        || after.lines().stream().anyMatch(line -> line.level() != Level.OWN)) {
      all.add(pair.with(flat(before), flat(after)));
    }
    for (Map.Entry<String, String> state : pair.world().entrySet()) {
      if (!state.getValue().equals("none")) {
        Map<String, String> world = new HashMap<>(pair.world());
        world.put(state.getKey(), "none");
        all.add(new Case(before, after, world, pair.values()));
      }
    }
    return all;
  }

  private static Side without(Side side, Line line) {
    List<Line> lines = new ArrayList<>(side.lines());
    lines.remove(line);
    return side.with(lines);
  }

  private static Side flat(Side side) {
    return side.with(side.lines().stream().map(line -> line.at(Level.OWN)).toList());
  }
}
