package dev.broot.cli;

import static dev.broot.cli.Called.broot;
import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.diagnostic.Code;
import dev.broot.shipped.Pages;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code broot docs} and {@code broot explain}: what docs/ says, for those who have no checkout.
 */
class PagesTest {
  @TempDir Path temp = Path.of("");

  @Test
  void everyPageForUsersIsPrintedWithoutMarkupThatOnlyABrowserFollows() throws IOException {
    try (Stream<Path> pages = Files.list(HOME.resolve("docs"))) {
      List<String> names =
          pages
              .map(page -> String.valueOf(page.getFileName()))
              .filter(name -> name.endsWith(".md") && !name.equals("development.md"))
              .map(name -> name.replace(".md", ""))
              .toList();
      assertThat(Pages.NAMES).containsExactlyInAnyOrderElementsOf(names);
    }
    for (String name : Pages.NAMES) {
      Run.Result result = broot("docs", name);
      assertThat(result.status()).isZero();
      assertThat(result.out()).startsWith("# ").doesNotContain("](", "```", "<!--");
    }
    assertThat(broot("docs").out()).isEqualTo(broot("docs", "language").out());
  }

  @Test
  void aWordOfTheLanguagePrintsItsSections() {
    assertThat(broot("docs", "tmpfs").out())
        .startsWith("### `tmpfs PATH [size SIZE] [mode MODE]`\n")
        .doesNotContain("### `dir");
    assertThat(broot("docs", "env").out())
        .contains("### `env NAME = VALUE`", "### `env pass NAME", "### `env unset NAME`");
    assertThat(broot("docs", "languag").err()).contains("did you mean `language`?");
    assertThat(broot("docs", "nonsense").status()).isEqualTo(2);
  }

  @Test
  void everyCodeIsExplainedWithItsExample() {
    for (Code code : Code.values()) {
      Run.Result result = broot("explain", code.id());
      assertThat(result.status()).isZero();
      assertThat(result.out())
          .startsWith("## " + code.id() + "\n")
          .satisfies(text -> assertThat(text.split("(?m)^## BR", -1)).hasSize(2));
    }
    assertThat(broot("explain", "br205").out())
        .isEqualTo(broot("explain", "BR205").out())
        .contains("\n    bind ro ${", "\nCure: ");
    assertThat(broot("explain", "BR205", "BR101").out()).contains("## BR205", "\n\n## BR101");
    assertThat(broot("explain", "BR999").status()).isEqualTo(2);
  }

  @Test
  void noHintNamesAFileOfACheckout() throws IOException {
    Path spec = Files.writeString(temp.resolve("s.broot"), "broot 1\nfrobnicate\n");
    assertThat(broot("check", spec.toString()).err()).contains("hint: `broot docs` lists");
    assertThat(broot("explain", "BR101").out()).contains("; `broot docs language` explains it");
    for (String name : Pages.NAMES) {
      assertThat(broot("docs", name).out())
          .doesNotContainPattern("(?<![/\\w-])(" + String.join("|", Pages.NAMES) + ")\\.md");
    }
  }
}
