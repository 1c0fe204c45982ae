package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.SourceFile;
import dev.broot.permission.Difference;
import dev.broot.permission.DifferenceText;
import dev.broot.plan.Plan;
import dev.broot.support.Golden;
import dev.broot.support.Specs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All that {@code diff} says of each pair in {@code src/test/answers}, in both directions, and all
 * that {@code check} says of each spec there, under {@code golden/answers}. A line of a pair file
 * is {@code OLD | NEW} with the statements separated by semicolons, on no base; {@code #} starts a
 * comment, and what stands behind {@code %} is in all specs that follow.
 */
class AnswersTest {
  private static final SourceFile FILE = new SourceFile("after.broot", text(""));

  private static final int FIRST = 2;

  private static String text(String lines) {
    return "broot 1\nbase none\n" + lines.strip().replaceAll(" *; *", "\n") + "\n";
  }

  private static Plan plan(String lines) {
    return Specs.plan(text(lines));
  }

  // What every spec of a base without namespaces is warned of is looked at in one of the files.
  private static String accepted(String text, String topic) {
    return topic.equals("warnings") ? text : text.replace("base none", "base none because \"x\"");
  }

  private static String line(Diagnostic one) {
    String because =
        one.notes().stream()
            .map(note -> " [line " + (note.origin().line() - FIRST) + "]")
            .collect(Collectors.joining());
    return one.code().id()
        + " line "
        + (one.origin().line() - FIRST)
        + ": "
        + one.message()
        + because
        + (one.hint() == null ? "" : "\n  hint: " + one.hint())
        + "\n";
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

  /** The same at the lines of the new spec, for annotations. */
  @Test
  void aReviewerFindsTheLines() {
    String after =
        "bind ro /srv -> /m because \"it builds that\";bind ro /opt -> /o;env pass A;exec-label a";
    List<String> lines =
        Difference.of(plan("unshare pid;exec-label b"), plan(after)).diagnostics(FILE).stream()
            .map(AnswersTest::line)
            .toList();
    assertThat(lines)
        .containsExactly(
            "BR801 line -1: WIDER: the program may now see and signal the host's processes\n",
            "BR801 line 2: WIDER: the program may now read /opt on the host, seen as /o\n",
            "BR801 line 1: WIDER: the program may now read /srv on the host, seen as /m\n"
                + "  hint: because: it builds that\n",
            "BR801 line 3: WIDER: the program may now see the caller's A\n",
            "BR802 line -1: not known: what the policy of SELinux allows: `exec-label` differs\n");
  }

  /** What broot says of a spec: whether its assertions hold, and what it warns of. */
  @ParameterizedTest
  @ValueSource(strings = {"expects", "warnings"})
  void everySpecHasItsWholeAnswer(String topic) throws Exception {
    StringBuilder out = new StringBuilder();
    String common = "";
    for (String line : Files.readAllLines(Path.of("src/test/answers", topic + ".specs"))) {
      if (line.startsWith("#")) {
        out.append(line).append("\n\n");
      } else if (line.startsWith("%")) {
        common = line.substring(1);
      } else {
        out.append("spec: ").append(line).append('\n');
        List<String> all =
            Specs.compile(accepted(text(common + ";" + line), topic), Map.of(), List.of())
                .diagnostics()
                .stream()
                // It depends on where this checkout lies.
                .filter(one -> one.code() != Code.OWN_SPEC)
                .map(AnswersTest::line)
                .toList();
        out.append(all.isEmpty() ? "nothing\n" : String.join("", all)).append('\n');
      }
    }
    Golden.verify("answers/" + topic + ".txt", out.toString());
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
