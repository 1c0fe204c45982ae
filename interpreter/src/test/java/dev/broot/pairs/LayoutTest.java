package dev.broot.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.bwrap.PlanText;
import dev.broot.check.Bases;
import dev.broot.check.Sources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Gate;
import dev.broot.plan.Plan;
import dev.broot.support.Golden;
import dev.broot.syntax.Layout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The layout of {@code broot fmt} keeps what a spec means, and is reached in one step. */
class LayoutTest {
  private static final int SPECS = 1500;

  private static @Nullable String plan(String spec, Map<String, String> files) {
    Sources sources =
        path -> {
          String text = files.get(path);
          if (text == null) {
            throw new FileNotFoundException("there is no such file");
          }
          return new Sources.Bytes(text.getBytes(StandardCharsets.UTF_8), path);
        };
    Plan plan = Gate.compile(SpecCompiler.Request.of(spec), sources).comparable();
    return plan == null ? null : PlanText.print(plan);
  }

  // Blanks, line ends, empty lines and comments where the language lets them be.
  private static String untidy(String text, Dice dice) {
    StringBuilder out = new StringBuilder(dice.percent(20) ? "# about\n\n\n" : "");
    for (String line : text.lines().toList()) {
      out.append(" ".repeat(dice.below(3)));
      boolean quoted = false;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        quoted ^= c == '"';
        out.append(c == ' ' && !quoted ? (dice.percent(30) ? " \t " : " ") : c);
      }
      boolean comment = dice.percent(30) || line.isEmpty();
      out.append(comment ? " \t# why: \"${x}\" \u00e9 \\ [a" + " ".repeat(dice.below(2)) : "");
      out.append(dice.percent(50) ? "\r\n" : "\n").append("\n".repeat(dice.below(4)));
    }
    return out.toString();
  }

  @Test
  void generatedSpecsKeepTheirPlans() {
    int compiled = 0;
    for (int seed = 0; seed < SPECS; seed++) {
      Dice dice = new Dice(seed);
      Side side = new Generator(dice, Scope.ALL.weighted()).side();
      Map<String, String> untidy = new HashMap<>();
      Map<String, String> laidOut = new HashMap<>();
      String spec = "";
      Map<String, Side.File> files = side.files("a", Case.values(dice));
      for (Map.Entry<String, Side.File> file : files.entrySet()) {
        spec = spec.isEmpty() ? file.getKey() : spec;
        String text = untidy(file.getValue().text().toString(), dice);
        String once = Layout.of(text);
        assertThat(Layout.of(once)).as("twice is once").isEqualTo(once);
        assertThat(comments(once)).isEqualTo(comments(text));
        untidy.put(file.getKey(), text);
        laidOut.put(file.getKey(), once);
      }
      String before = plan(spec, untidy);
      assertThat(plan(spec, laidOut)).as("seed %s", seed).isEqualTo(before);
      compiled += before == null ? 0 : 1;
    }
    // Others have a mistake on purpose or by chance, and have it before and after.
    assertThat(compiled).isGreaterThan(SPECS / 4);
  }

  private static long comments(String text) {
    return text.lines().filter(line -> line.contains("# ")).count();
  }

  @Test
  void whatShipsAndTheExamplesAreLaidOut() throws IOException {
    try (Stream<Path> examples = Files.list(Golden.HOME.resolve("examples"))) {
      for (Path example : examples.toList()) {
        String text = Files.readString(example);
        assertThat(Layout.of(text)).as(example.toString()).isEqualTo(text);
      }
    }
    for (String name : Stream.concat(Bases.names().stream(), Bases.fragments().stream()).toList()) {
      byte[] bytes = Bases.read(name);
      String text = new String(bytes == null ? new byte[0] : bytes, StandardCharsets.UTF_8);
      assertThat(text).isNotEmpty();
      assertThat(Layout.of(text)).as(name).isEqualTo(text);
      for (String untidy : List.of(untidy(text, new Dice(1)), untidy(text, new Dice(2)))) {
        Map<String, String> one = Map.of("a.broot", untidy);
        String before = plan("a.broot", one);
        assertThat(plan("a.broot", Map.of("a.broot", Layout.of(untidy)))).isEqualTo(before);
        // The others are fragments, or need settings.
        assertThat(before != null).isEqualTo(List.of("host", "none").contains(name));
      }
    }
  }
}
