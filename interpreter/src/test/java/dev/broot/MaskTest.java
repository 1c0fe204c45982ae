package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.bwrap.PlanJson;
import dev.broot.bwrap.PlanText;
import dev.broot.plan.Plan;
import dev.broot.plan.PlanReader;
import dev.broot.run.BuildRoot;
import dev.broot.support.GeneratedTree;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import dev.broot.support.Tree;
import dev.broot.support.Tree.Way;
import dev.broot.translate.Export;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code hide} and {@code protect}, from inside, as a hostile program would go at them. */
@NeedsSandbox
class MaskTest {
  @TempDir Path temp = Path.of("");
  private Tree tree = new Tree(temp);

  @BeforeEach
  void project() throws Exception {
    tree = Tree.forAll(temp);
    tree.file("p/.env", "SECRET");
    tree.file("p/a/b/.env", "SECRET");
    tree.file("p/keys/one", "SECRET");
    tree.file("p/.git/hooks/pre-commit", "hook");
    tree.file("p/.git/objects/1", "object");
  }

  private String spec(String... lines) {
    String p = tree.at("p");
    return "broot 1\nbase host\nbind rw \""
        + p
        + "\" -> \""
        + p
        + "\"\nchdir \""
        + p
        + "\"\n"
        + String.join("\n", lines).replace("@", p)
        + "\n";
  }

  /** Why a run failed is found out by trying again. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void whatIsProtectedIsNotChangedWhereARunFails(Way way) throws Exception {
    Path hooks = temp.resolve("p/.git/hooks");
    Files.setPosixFilePermissions(hooks, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String line :
        List.of("chmod 0700 @/.git/hooks", "symlink x -> @/.git/hooks/new", "dir @/.git/hooks/d")) {
      Tree.Outcome outcome = tree.run(way, spec(line, "protect @/.git/hooks"), "echo started");
      assertThat(outcome.status()).isEqualTo(125);
      assertThat(outcome.output()).contains("hooks").doesNotContain("started");
      assertThat(tree.names("p/.git/hooks")).containsExactly("pre-commit");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hooks)))
          .isEqualTo("rwxr-xr-x");
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatIsHiddenIsNotReadAndWhatIsProtectedIsNotChanged(Way way) throws Exception {
    String spec =
        spec(
            "bind ro @ -> /ro",
            "hide @/.env",
            "hide @/a/b/.env",
            "hide @/keys",
            "protect @/.git/hooks",
            "hide @/nothing optional",
            "protect @/.mcp.json optional");
    Tree.Outcome outcome = tree.attack(way, spec, "p");
    assertThat(outcome.output()).doesNotContain("SECRET").contains("attacked");
    assertThat(tree.read("p/.env")).isEqualTo("SECRET");
    assertThat(tree.read("p/a/b/.env")).isEqualTo("SECRET");
    assertThat(tree.read("p/keys/one")).isEqualTo("SECRET");
    assertThat(tree.names("p/keys")).containsExactly("one");
    assertThat(tree.read("p/.git/hooks/pre-commit")).isEqualTo("hook");
    assertThat(tree.names("p/.git/hooks")).containsExactly("pre-commit");
    assertThat(tree.names("p")).doesNotContain("nothing", ".mcp.json");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void anEmptyFileOrAnEmptyDirectoryStandsInItsPlace(Way way) throws Exception {
    Tree.Outcome outcome =
        tree.run(
            way,
            spec("hide @/.env", "hide @/keys"),
            "cat .env; stat -c '%F %a' .env keys; ls keys 2>/dev/null; echo x >keys/new; echo x >.env");
    assertThat(outcome.output())
        .contains("regular empty file 444\ndirectory 0\n")
        .doesNotContain("SECRET");
    assertThat(outcome.status()).isNotZero();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatIsNotThereIsSaidAndNothingIsLeft(Way way) throws Exception {
    assertThat(tree.run(way, spec("hide @/none", "hide @/.env"), "true"))
        .isEqualTo(
            new Tree.Outcome(
                125,
                "broot: test.broot:5: there is no "
                    + tree.at("p/none")
                    + "; if it may be missing, end the line in `optional`\n"));
    assertThat(tree.run(way, spec("hide @/none optional", "protect @/x/y optional"), "ls -A"))
        .isEqualTo(new Tree.Outcome(0, ".env\n.git\na\nkeys\n"));
    assertThat(tree.names("p")).containsExactly(".env", ".git", "a", "keys");
    assertThat(tree.run(way, spec("hide /etc/passwd"), "true").output())
        .contains(
            "test.broot:5: no line of the spec shows /etc/passwd, so there is nothing to hide");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aSymlinkIsTakenForWhatItLeadsTo(Way way) throws Exception {
    tree.file("p/real/key", "SECRET");
    tree.link("p/key", "a/../real/key");
    tree.link("p/.git/linked", "hooks");
    tree.link("p/loop", "loop");
    Tree.Outcome outcome =
        tree.attack(way, spec("hide @/key", "hide @/loop optional", "hide @/.env"), "p/real");
    assertThat(outcome.output()).doesNotContain("real").contains("attacked");
    assertThat(tree.read("p/real/key")).isEqualTo("SECRET");
    assertThat(tree.run(way, spec("protect @/.git/linked"), "true").output())
        .contains("/.git/linked is a symlink that the program can replace");
    assertThat(tree.run(way, spec("protect @/loop optional"), "true").output())
        .contains("/loop is a symlink that the program can replace");
    assertThat(tree.run(way, spec("hide @/loop"), "true").output()).contains("there is no ");
    String mounted = "bind ro @/link -> @/link optional";
    tree.link("p/link", "real");
    assertThat(tree.run(way, spec(mounted, "protect @/link optional"), "mv link l").output())
        .contains("/link is a symlink that the program can replace");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void itIsHiddenWhereverALineShowsIt(Way way) throws Exception {
    tree.link("q", "p");
    String other = "bind rw " + tree.at("q") + "/a -> /other";
    Tree.Outcome outcome =
        tree.run(
            way,
            spec(other, "hide /other/b/.env", "protect @/a/b"),
            "cat /other/b/.env @/a/b/.env; touch @/a/b/x; touch /other/b/x; mv /other/b /other/c"
                .replace("@", tree.at("p")));
    assertThat(outcome.output()).doesNotContain("SECRET");
    assertThat(tree.names("p/a/b")).containsExactly(".env");
    assertThat(tree.run(way, spec("bind ro @/keys/one -> /key", "hide @/keys"), "true").output())
        .contains("another line grants " + tree.at("p/keys/one"));
    assertThat(tree.run(way, spec("bind-data ro @/.env -> /env", "hide @/.env"), "true").output())
        .contains("another line copies " + tree.at("p/.env"));
    assertThat(tree.run(way, spec("bind rw @/keys -> /keys", "protect @"), "true").output())
        .contains("another line grants " + tree.at("p/keys"));
    assertThat(tree.run(way, spec("tmpfs @/keys/sub", "hide @/keys"), "true").output())
        .contains("another line mounts something on " + tree.at("p/keys/sub"));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatIsMountedBelowKeepsWhatItsLineSays(Way way) throws Exception {
    tree.file("p/ro/sub/.env", "SECRET");
    Tree.Outcome outcome =
        tree.run(
            way,
            spec(
                "bind ro @/.git/objects -> @/.git/objects",
                "tmpfs @/a/b",
                "bind rw @/ro -> @/ro",
                "remount-ro @/ro",
                "protect @/.git/hooks",
                "hide @/ro/sub/.env",
                "hide @/keys/one"),
            "echo x >.git/objects/1; echo x >.git/hooks/y; echo x >ro/sub/x; echo x >a/b/x;"
                + " ls -A a/b; echo fine >.git/new");
    assertThat(outcome.output()).contains("x\n").doesNotContain("SECRET");
    assertThat(tree.read("p/.git/objects/1")).isEqualTo("object");
    assertThat(tree.names("p/.git")).containsExactly("hooks", "new", "objects");
    assertThat(tree.names("p/ro/sub")).containsExactly(".env");
    assertThat(tree.names("p/a/b")).containsExactly(".env");
  }

  /** Their number is more than a POSIX shell can name. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void thereMayBeMany(Way way) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      tree.file("p/many/" + i, "SECRET" + i);
      lines.append(
          i % 2 == 0 ? "hide @/many/" + i + "\n" : "text /t/" + i + " = \"text " + i + "\"\n");
    }
    Tree.Outcome outcome = tree.run(way, spec(lines.toString()), "cat many/*[02468]; cat /t/*");
    assertThat(outcome.output()).doesNotContain("SECRET").contains("text 1").contains("text 39");
    assertThat(outcome.status()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void namesAreWhatTheyAre(Way way) throws Exception {
    List<String> names =
        List.of(
            "-rf", "a b", "it's", "\"q\"", "new\nline", "$HOME", "`x`", "\\", "*", "[a]", "é", ";");
    List<String> lines = new ArrayList<>(List.of("hide @/.env", "hide @/a", "hide @/keys"));
    for (String name : names) {
      tree.file("p/" + name + "/" + name, "SECRET");
      String said = name.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$");
      lines.add("hide \"@/" + said + "/" + said.replace("\n", "\\n") + "\"");
    }
    String spec = spec(lines.toArray(new String[0])).replace("new\nline", "new\\nline");
    Tree.Outcome outcome = tree.attack(way, spec, "p");
    assertThat(outcome.output()).doesNotContain("SECRET").contains("attacked");
    for (String name : names) {
      assertThat(tree.read("p/" + name + "/" + name)).isEqualTo("SECRET");
    }
  }

  /** bubblewrap would make a file that has vanished after broot looked. */
  @ParameterizedTest
  @EnumSource(value = Way.class, names = "LIBRARY", mode = EnumSource.Mode.EXCLUDE)
  void whatVanishesIsNotMade(Way way) throws Exception {
    tree.file(
        "bin/bwrap",
        """
        #!/bin/sh
        rm -rf %1$s/.env %1$s/keys
        exec %2$s "$@"
        """
            .formatted(tree.at("p"), Run.run("sh", "-c", "command -v bwrap").out().strip()));
    assertThat(Path.of(tree.at("bin/bwrap")).toFile().setExecutable(true)).isTrue();
    String path = tree.at("bin") + ":" + System.getenv("PATH");
    Tree.Outcome outcome =
        tree.script(way, spec("hide @/.env", "hide @/keys"), Map.of("PATH", path), List.of("true"));
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(tree.names("p")).containsExactly(".git", "a");
  }

  /** A directory that the program's own user has closed, he can open. */
  @Test
  void whatCannotBeLookedIntoIsNoAnswer() throws Exception {
    tree.file("p/closed/.env", "SECRET");
    assertThat(Path.of(tree.at("p/closed")).toFile().setExecutable(false)).isTrue();
    String spec = spec("hide @/closed/.env optional");
    assertThat(tree.run(Way.USER, spec, "true"))
        .isEqualTo(
            new Tree.Outcome(
                125,
                "broot: test.broot:5: broot cannot look into "
                    + tree.at("p/closed")
                    + "; give yourself the right, as with chmod u+rx\n"));
  }

  @Test
  void aRunOfTheLibraryShowsNothingElsewhere() throws Exception {
    try (BuildRoot root = BuildRoot.enter(Specs.valid(spec("hide @/.env", "protect @/.git")))) {
      dev.broot.run.Run run =
          dev.broot.run.Run.of("sh", "-c", "cat /more/.env; touch /more/.git/x; rm -rf /more/.git")
              .bind(Path.of(tree.at("p")), "/more")
              .capture();
      assertThat(root.run(run).output()).doesNotContain("SECRET");
    }
    assertThat(tree.names("p/.git")).containsExactly("hooks", "objects");
  }

  @Test
  void aPlanKeepsWhatWasSaid() throws Exception {
    Plan plan = Specs.plan(spec("drop cap ALL", "hide @/.env optional", "protect @/.git/hooks"));
    String json = PlanJson.print(plan, List.of());
    assertThat(PlanJson.print(PlanReader.read(json), List.of())).isEqualTo(json);
    assertThat(PlanText.print(plan))
        .contains("  --cap-drop CAP_SYS_ADMIN\n")
        .contains("  protect " + tree.at("p/.git/hooks") + "\n  hide " + tree.at("p/.env"));
    assertThat(Export.problem(plan, false)).contains("it asks the host at each run");
  }

  /** Each time another tree, other lines and other places. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void generatedTreesKeepTheirSecrets(Way way) throws Exception {
    int trees = Integer.getInteger("broot.trees", 8);
    for (int seed = 0; seed < trees; seed++) {
      Path at = Files.createDirectories(temp.resolve("tree-" + seed));
      GeneratedTree generated = new GeneratedTree(new Tree(at), seed);
      generated.attack(way);
    }
  }
}
