package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.NeedsSandbox;
import dev.broot.support.Tree;
import dev.broot.support.Tree.Way;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that would do less than their lines say, or leave something behind, are refused. */
@NeedsSandbox
class CautionsTest {
  @TempDir Path temp = Path.of("");
  private Tree tree = new Tree(temp);

  @BeforeEach
  void project() throws Exception {
    tree = Tree.forAll(temp);
    tree.file("p/a/there", "SECRET");
  }

  private String spec(String... lines) {
    String start = "broot 1\nbase host\nbind rw " + tree.at("p") + " -> /p\n";
    return start + String.join("\n", lines) + "\n";
  }

  private void refused(Way way, String line, String path) throws Exception {
    Tree.Outcome outcome = tree.run(way, spec(line), "echo ran");
    assertThat(outcome.output())
        .as(line)
        .startsWith("broot: test.broot:4: " + tree.at(path) + " is ")
        .doesNotContain("ran\n");
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(tree.names("p")).doesNotContain("new");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aMaskOfWhatIsMissingLeavesNothingOnTheHost(Way way) throws Exception {
    refused(way, "bind ro /dev/null -> /p/new", "p/new");
    refused(way, "bind ro /dev/null -> /p/new/b/c", "p/new/b/c");
    refused(way, "tmpfs /p/new", "p/new");
    refused(way, "text /p/new = \"\"", "p/new");
    refused(way, "bind-data ro /dev/null -> /p/new", "p/new");
    tree.link("p/dangling", "new");
    refused(way, "bind ro /dev/null -> /p/dangling", "p/dangling");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void itIsToldWhatToWriteAndThatWorks(Way way) throws Exception {
    Tree.Outcome outcome = tree.run(way, spec("bind ro /dev/null -> /p/new"), "true");
    assertThat(outcome.output()).contains("write `hide /p/new optional` instead");
    outcome = tree.run(way, spec("hide /p/new optional", "hide /p/a optional"), "ls /p /p/a");
    assertThat(outcome.output()).startsWith("/p:\na\n").doesNotContain("there");
    assertThat(tree.names("p")).containsExactly("a");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aMaskOfWhatIsThereRuns(Way way) throws Exception {
    String lines = "bind ro /dev/null -> /p/a/there\ntmpfs /p/a over\ndir /p/a/x\ntmpfs /p/a/x/y\n";
    assertThat(tree.run(way, spec(lines), "ls /p/a").output()).isEqualTo("x\n");
    assertThat(tree.run(way, spec("dir /p/b", "tmpfs /p/b"), "ls /p").output()).isEqualTo("a\nb\n");
    assertThat(tree.run(way, spec("bind ro /dev/null -> /q/new"), "echo ran").output())
        .isEqualTo("ran\n");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aReadOnlyBindThatWouldBeLeftOutForASymlinkIsRefused(Way way) throws Exception {
    tree.file("p/tracked/x", "");
    tree.link("p/hooks", "tracked");
    refused(way, "bind ro " + tree.at("p/hooks") + " -> /p/hooks if directory", "p/hooks");
    tree.link("p/loose", "new");
    refused(way, "bind ro " + tree.at("p/loose") + " -> /p/loose optional", "p/loose");
    String elsewhere = "bind ro " + tree.at("p/hooks") + " -> /q if directory";
    assertThat(tree.run(way, spec(elsewhere), "ls /q; echo ran").output()).contains("ran\n");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whereItHoldsOrNothingIsThereTheRunGoesOn(Way way) throws Exception {
    String lines =
        "bind ro "
            + tree.at("p/a")
            + " -> /p/a if directory\nbind ro "
            + tree.at("p/none")
            + " -> /p/none if directory";
    Tree.Outcome outcome = tree.run(way, spec(lines), "echo x >/p/a/there; ls /p");
    assertThat(outcome.output()).contains("Read-only file system").contains("a\n");
  }
}
