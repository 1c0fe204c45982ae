package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.permission.Difference;
import dev.broot.permission.DifferenceText;
import dev.broot.plan.Plan;
import dev.broot.support.Golden;
import dev.broot.support.Specs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All that {@code diff} says of each pair in {@code src/test/answers}, in both directions, under
 * {@code golden/answers}. A line of a pair file is {@code OLD | NEW} with the statements separated
 * by semicolons, on no base; {@code #} starts a comment.
 */
class AnswersTest {
  private static Plan plan(String lines) {
    return Specs.plan("broot 1\nbase none\n" + lines.strip().replaceAll(" *; *", "\n") + "\n");
  }

  private static String answer(String before, String after) {
    Plan old = plan(before);
    Plan now = plan(after);
    Difference there = Difference.of(old, now);
    Difference back = Difference.of(now, old);
    assertThat(Difference.of(old, old).verdict()).isEqualTo(Difference.Verdict.EQUAL);
    assertThat(back.lost()).isEqualTo(there.gained());
    assertThat(back.unknown()).isEqualTo(there.unknown());
    return DifferenceText.print(there) + "back: " + back.verdict() + "\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"authority", "masks", "mounts", "network"})
  void everyPairHasItsWholeAnswer(String topic) throws Exception {
    StringBuilder out = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("src/test/answers", topic + ".pairs"))) {
      if (line.startsWith("#")) {
        out.append(line).append("\n\n");
      } else {
        String[] sides = line.split("\\|", 2);
        out.append("old: ").append(sides[0].strip()).append('\n');
        out.append("new: ").append(sides[1].strip()).append('\n');
        out.append(answer(sides[0], sides[1])).append('\n');
      }
    }
    Golden.verify("answers/" + topic + ".txt", out.toString());
  }
}
