package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.NeedsSandbox;
import dev.broot.support.Specs;
import dev.broot.support.Tree;
import dev.broot.support.Tree.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Patterns of {@code hide} and {@code protect}: the script and the library find the same. */
@NeedsSandbox
class PatternTest {
  private static final List<String> FILES =
      List.of(
          ".env",
          "a/.env",
          "a/b/.env",
          "a/x.pem",
          "a/b/y.pem",
          "testdata/z.pem",
          "a/x.pem.txt",
          "a/[x].pem",
          "a/b/new\nline.pem",
          "a/-rf.pem",
          "it's/q.pem",
          "k/one",
          "k/two");

  /** A pattern, and what of the files it means; {@code @} is the tree. */
  private static final List<List<String>> TABLE =
      List.of(
          List.of("@/**/.env", ".env", "a/.env", "a/b/.env"),
          List.of("@/*/.env", "a/.env"),
          List.of("@/.e?v", ".env"),
          List.of(
              "@/a/**",
              "a/.env",
              "a/b/.env",
              "a/x.pem",
              "a/b/y.pem",
              "a/x.pem.txt",
              "a/[x].pem",
              "a/b/new\nline.pem",
              "a/-rf.pem"),
          List.of("@/a/*.pem", "a/x.pem", "a/[x].pem", "a/-rf.pem"),
          List.of(
              "@/**/*.pem except @/testdata @/a/b",
              "a/x.pem",
              "a/[x].pem",
              "a/-rf.pem",
              "it's/q.pem"),
          List.of("@/**/*.pem except @/**/y.pem @/a/*", "testdata/z.pem", "it's/q.pem"),
          List.of("@/**/b/*.pem", "a/b/y.pem", "a/b/new\nline.pem"),
          List.of(
              "@/?",
              "k/one",
              "k/two",
              "a/.env",
              "a/b/.env",
              "a/x.pem",
              "a/b/y.pem",
              "a/x.pem.txt",
              "a/[x].pem",
              "a/b/new\nline.pem",
              "a/-rf.pem"),
          List.of("@/**/none*"));

  @TempDir Path temp = Path.of("");
  private Tree tree = new Tree(temp);

  @BeforeEach
  void project() throws Exception {
    tree = Tree.forAll(temp);
    for (String file : FILES) {
      tree.file("p/" + file, "in " + file.replace('\n', ' ') + ";");
    }
  }

  /**
   * A pattern is one of the host, and one of what the sandbox has at that path: both are looked
   * through.
   */
  @ParameterizedTest
  @EnumSource(Way.class)
  void aPatternThatStartsInTwoDirectories(Way way) throws Exception {
    tree.file("x/.env", "X;");
    tree.file("x/z/a.pem", "PEM;");
    tree.file("y/.env", "Y;");
    tree.file("y/d/.env", "Z;");
    tree.file("y/d/a.pem", "PEM;");
    String spec =
        """
        broot 1
        base host
        bind rw @/y -> @/x
        bind rw @/x -> /other
        hide @/x/**/.env
        hide @/x/*/*.pem
        """
            .replace("@/", tree.at("") + "/");
    String tries = "cat $(find " + tree.at("x") + " /other -name .env -o -name '*.pem'); echo end";
    assertThat(tree.run(way, spec, tries).output()).isEqualTo("end\n");
  }

  /** As on a share of Windows, where `.ENV` is `.env`; a hard link and a symlink stand for that. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void whatHasTwoSpellingsIsRefused(Way way) throws Exception {
    Files.createLink(Path.of(tree.at("p/k/twO")), Path.of(tree.at("p/k/two")));
    tree.file("p/c/.ENV", "x");
    Files.createLink(Path.of(tree.at("p/c/.ENv")), Path.of(tree.at("p/c/.ENV")));
    tree.file("p/dir/x", "x");
    tree.link("p/diR", "dir");
    for (List<String> row :
        List.of(
            List.of("hide @/k/two", "/k/tw"),
            List.of("protect @/**/two", "/k/tw"),
            List.of("hide @/**/.env", "/c/.EN"),
            List.of("protect @/dir/x", "/dir is diR"))) {
      Tree.Outcome outcome = tree.run(way, spec(row.get(0)), "echo ran");
      assertThat(outcome.status()).as(row.get(0)).isEqualTo(125);
      assertThat(outcome.output())
          .contains("test.broot:5: ", row.get(1), " too: on a file system")
          .doesNotContain("ran");
    }
    tree.file("p/d/.Env", "read");
    assertThat(tree.run(way, spec("hide @/d/**/.env"), "cat d/.Env").output()).isEqualTo("read\n");
  }

  /** Patterns that start in one directory are looked for at once, whatever their form. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void patternsOfOneDirectory(Way way) throws Exception {
    List<String> patterns =
        List.of(
            "@/*/.env",
            "@/**/b/n*.pem",
            "@/**/it's/?.pem",
            "@/**/a/?x?.pem",
            "@/?/t?o",
            "@/**/*.pem except @/a @/testdata @/it's",
            "@/**/none");
    String spec = spec(patterns.stream().map(pattern -> "hide " + pattern).toArray(String[]::new));
    String read = tree.run(way, spec, "find . -type f -exec cat {} +; true").output();
    List<String> hidden =
        List.of("a/.env", "a/b/new\nline.pem", "it's/q.pem", "a/[x].pem", "k/two");
    for (String file : FILES) {
      assertThat(read.contains("in " + file.replace('\n', ' ') + ";"))
          .as(file + " by " + way)
          .isEqualTo(!hidden.contains(file));
    }
  }

  private String spec(String... lines) {
    String start = "broot 1\nbase host\nbind rw @ -> @\nchdir @\n";
    return (start + String.join("\n", lines) + "\n").replace("@", tree.at("p"));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theTable(Way way) throws Exception {
    for (List<String> row : TABLE) {
      List<String> hidden = row.subList(1, row.size());
      String read =
          tree.run(way, spec("hide " + row.get(0)), "find . -type f -exec cat {} +; true").output();
      for (String file : FILES) {
        String text = "in " + file.replace('\n', ' ') + ";";
        assertThat(read.contains(text))
            .as(row.get(0) + " and " + file + " by " + way)
            .isEqualTo(!hidden.contains(file));
      }
      tree.run(
          way,
          spec("protect " + row.get(0)),
          "find . -type f -exec sh -c 'echo x >\"$1\"' x {} \\;");
      for (String file : FILES) {
        boolean same = tree.read("p/" + file).startsWith("in ");
        assertThat(same)
            .as(row.get(0) + " and " + file + " by " + way)
            .isEqualTo(hidden.contains(file));
        tree.file("p/" + file, "in " + file.replace('\n', ' ') + ";");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aSymlinkStandsForWhatItLeadsTo(Way way) throws Exception {
    tree.link("p/s.key", "k/one");
    tree.link("p/gone.key", "nothing");
    Tree.Outcome outcome = tree.run(way, spec("hide @/**/*.key"), "cat k/one k/two s.key; true");
    assertThat(outcome.output()).contains("in k/two;").doesNotContain("in k/one");
    assertThat(tree.run(way, spec("protect @/**/*.key"), "true").output())
        .contains("is a symlink that the program can replace");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void thereIsALimit(Way way) throws Exception {
    for (int i = 0; i < 501; i++) {
      tree.file("p/many/" + i, "");
    }
    Tree.Outcome outcome = tree.run(way, spec("hide @/many/*"), "echo ran");
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.output()).contains("test.broot:5: more than 500").doesNotContain("ran");
    assertThat(tree.run(way, spec("hide @/*"), "ls many; cat many/1 && echo read").output())
        .doesNotContain("1\n")
        .doesNotContain("read\n");
  }

  @Test
  void whatIsWrongWithAPatternIsSaid() {
    for (List<String> row :
        Arrays.asList(
            List.of("hide /**/x", "a pattern that looks through the whole host"),
            List.of("hide @/a**/x", "`**` is any number of directories"),
            List.of("hide @/*/../x", "`..` in a pattern"),
            List.of("hide @/* optional", "`optional` on a pattern"),
            List.of("hide @/x except @/y", "leaves nothing out"),
            List.of("hide @/* except /elsewhere", "leaves nothing out"))) {
      List<String> said = new ArrayList<>();
      Specs.compile(spec(row.get(0)), Map.of(), List.of())
          .diagnostics()
          .forEach(one -> said.add(one.message()));
      assertThat(said).as(row.get(0)).anyMatch(message -> message.contains(row.get(1)));
    }
  }
}
