package dev.broot.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Golden;
import dev.broot.support.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Some pairs of the pair machine, the same each time; {@code bin/pairs N} takes thousands. */
class PairsTest {
  private static final int PAIRS = 50;

  @Test
  void whatTheNewOneCanDoWasSaid() throws Exception {
    Host.assumeRoot();
    Pairs pairs = new Pairs(false, 5);
    pairs.run(1, PAIRS, 1, null, Scope.ALL);
    assertThat(pairs.reports()).as(pairs.summary(1)).isEmpty();
    // A machine that runs nothing would find nothing.
    assertThat(pairs.counted("pairs run")).as(pairs.summary(1)).isGreaterThan(PAIRS / 3);
    assertThat(pairs.counted("things gained or lost in runs")).isGreaterThan(PAIRS);
    assertThat(pairs.counted("UNKNOWN without open parameters")).isLessThan(PAIRS * 3 / 100 + 1);
  }

  @Test
  void everyStatementIsMade() throws IOException {
    Set<String> verbs = new TreeSet<>();
    for (String line : Files.readAllLines(Golden.HOME.resolve("docs/language.md"))) {
      if (line.startsWith("### `")) {
        verbs.add(line.substring(5).replaceFirst("[ `].*", ""));
      }
    }
    List<String> made = new ArrayList<>(List.of("broot", "fragment", "base", "include", "param"));
    // An ordinary user has them only where /etc/subuid gives him some, and for root they are no
    // files of the tree, so that nothing would be told apart: MapTest.
    made.add("map");
    made.addAll(List.of("rundir", "vardir", "unsafe", "because", "expect"));
    for (int seed = 0; seed < 12_000; seed++) {
      new Generator(new Dice(seed), Scope.ALL.weighted())
          .some()
          .forEach(line -> made.add(line.verb()));
    }
    assertThat(made)
        .as("a statement that pairs/Generator or pairs/Authorities should make")
        .containsAll(verbs);
  }
}
