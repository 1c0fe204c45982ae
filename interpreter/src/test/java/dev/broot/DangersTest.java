package dev.broot;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.permission.Dangers;
import dev.broot.plan.ShellWords;
import dev.broot.script.JudgeScript;
import dev.broot.spec.Access;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is dangerous, by one table for all who judge. */
class DangersTest {
  private static final String PARTS = "interpreter/src/main/resources/dev/broot/script/";

  /** A line of the table. */
  record Row(Access access, String path, boolean dangerous) {}

  /** {@code danger/table.txt}: access, dangerous or fine, path. */
  static List<Row> table() throws IOException {
    try (var in = DangersTest.class.getResourceAsStream("/danger/table.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.split(" ", 3))
          .map(part -> new Row(Access.valueOf(part[0]), part[2], part[1].equals("dangerous")))
          .toList();
    }
  }

  @Test
  void javaJudgesAsTheTableSays() throws IOException {
    assertThat(table())
        .isNotEmpty()
        .allSatisfy(
            row ->
                assertThat(Dangers.of(row.path(), row.access()) != null)
                    .describedAs("%s", row)
                    .isEqualTo(row.dangerous()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void scriptsJudgeAsTheTableSays(String shell) throws IOException {
    StringBuilder script = new StringBuilder("set -u\n");
    script.append(Files.readString(HOME.resolve(PARTS + "judge-look.sh")));
    script.append(Files.readString(HOME.resolve(PARTS + "judge.sh")));
    script.append(JudgeScript.dangers());
    script.append("broot_judge_homes='/root\n/home/*\n/var/home/*\n/var/roothome'\n");
    for (Row row : table()) {
      script.append("broot_judge_access=").append(row.access().name().toLowerCase(Locale.ROOT));
      script.append(" broot_judge_real=").append(ShellWords.quote(row.path()));
      script.append("\nbroot_judge_find_danger\n");
      script.append("[ \"${broot_judge_why:+dangerous}\" = '");
      script.append(row.dangerous() ? "dangerous" : "");
      script.append("' ] || echo ").append(ShellWords.quote(row.toString())).append('\n');
    }
    assertThat(Run.run(shell, "-c", script.toString())).isEqualTo(new Run.Result(0, "", ""));
  }
}
