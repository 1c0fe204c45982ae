package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.permission.Dangers;
import dev.broot.spec.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is dangerous, by one table for all who judge. */
class DangersTest {
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
}
