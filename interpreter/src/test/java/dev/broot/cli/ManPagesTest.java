package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual pages: what they hold, and what groff says of them. */
class ManPagesTest {
  @TempDir Path temp = Path.of("");

  private static final Map<String, String> PAGES = ManPages.pages(Main.all());

  @Test
  void eachCommandHasAPageWithEachOfItsOptions() {
    assertThat(PAGES).hasSize(Main.commands().size() + 1);
    for (Command command : Main.all()) {
      String page = String.valueOf(PAGES.get("broot-" + command.name() + ".1"));
      Options options = new Options();
      command.configure(options);
      assertThat(PAGES.get("broot.1")).contains("\n\\fB" + command.name() + "\\fR\n");
      assertThat(page).as(command.name()).contains("\\fB\\-\\-help\\fR\n");
      for (Options.Option option : options.options()) {
        String shown = "\n\\fB" + option.name().replace("-", "\\-") + "\\fR";
        assertThat(page.contains(shown))
            .as(command.name() + option.name())
            .isEqualTo(!option.description().isEmpty());
      }
    }
  }

  @Test
  void groffReadsThemWithoutAWarning() throws IOException {
    Assumptions.assumeTrue(Run.run("sh", "-c", "command -v groff").status() == 0, "no groff here");
    ManPages.main(new String[] {temp.toString()});
    try (var files = Files.list(temp)) {
      for (Path file : files.toList()) {
        Run.Result result =
            Run.run(
                Map.of(),
                temp,
                List.of("groff", "-man", "-ww", "-Tutf8", "-P-cbou", file.toString()));
        assertThat(result.err()).as(file.toString()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out()).as(file.toString()).contains("NAME", "SEE ALSO", "bwrap(1)");
      }
    }
    Run.Result exec =
        Run.run(
            Map.of(),
            temp,
            List.of("groff", "-man", "-Tutf8", "-P-cbou", temp.resolve("broot-exec.1").toString()));
    assertThat(exec.out())
        .contains("broot exec [OPTIONS] SPEC -- ARGV...", "--pass-fd=NAME=NUMBER", "`broot: `");
  }
}
