package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import dev.broot.support.Tree;
import dev.broot.support.Tree.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the host has mounted a second time is hidden, and protected, by its other names too. */
@NeedsSandbox
class MaskAliasTest {
  private static final String NOBODY = "broot 1\nbase host\ndrop /tmp\n";

  @TempDir Path temp = Path.of("");
  private Tree tree = new Tree(temp);
  private final Deque<String> mounted = new ArrayDeque<>();

  @BeforeEach
  void files() throws Exception {
    Host.assumeRoot();
    tree = Tree.forAll(temp);
    tree.file("p/keys/one", "SECRET");
    tree.file("p/keys/deep/two", "SECRET");
    tree.file("q/file", "");
    Files.createDirectories(temp.resolve("q/it's \\ a b"));
    Files.createDirectories(temp.resolve("q/deep"));
    mount("p/keys", "q/it's \\ a b");
    mount("p/keys/one", "q/file");
  }

  private void mount(String from, String to) throws Exception {
    assertThat(
            Run.run(Map.of(), null, List.of("mount", "--bind", tree.at(from), tree.at(to))).err())
        .isEmpty();
    mounted.push(tree.at(to));
  }

  @AfterEach
  void unmount() throws Exception {
    for (String place : mounted) {
      Run.run(Map.of(), null, List.of("umount", "--lazy", place));
    }
  }

  private Tree.Outcome run(Way way, String line, String... lines) throws Exception {
    String spec = NOBODY + String.join("\n", lines).replace("@", temp + "") + "\n";
    return tree.run(way, spec, line);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatIsHiddenIsHiddenByItsOtherNames(Way way) throws Exception {
    String look = "cat /x/one /x/deep/two /y/file /y/it*/one /y/it*/deep/two /z/one; echo looked";
    String[] binds = {
      "bind ro \"@/q/it's \\\\ a b\" -> /x", "bind rw @/q -> /y", "bind ro @/p/keys -> /z", ""
    };
    binds[3] = "hide @/p/keys/one\nhide @/p/keys/deep";
    assertThat(run(way, look, binds).output()).contains("looked").doesNotContain("SECRET");
    binds[3] = "hide @/p/keys";
    assertThat(run(way, look, binds).output()).contains("looked").doesNotContain("SECRET");
    binds[3] = "hide \"@/q/it's \\\\ a b\"";
    assertThat(run(way, look, binds).output()).contains("looked").doesNotContain("SECRET");
    binds[3] = "hide @/p/**/one\nhide @/p/**/two";
    assertThat(run(way, look, binds).output()).contains("looked").doesNotContain("SECRET");
    String only = run(way, look, binds[0], "hide @/p/**/one", "hide @/p/*/deep").output();
    assertThat(only).contains("looked").doesNotContain("SECRET");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatIsProtectedIsNotChangedByItsOtherNames(Way way) throws Exception {
    String change = "echo x >/y/file; echo x >/y/it*/one; mv /y/it*/deep /y/moved; echo tried";
    String[] lines = {"bind rw @/q -> /y", "bind ro @/p -> /p", "protect @/p/keys"};
    assertThat(run(way, change, lines).output()).contains("tried");
    assertThat(tree.read("p/keys/one")).isEqualTo("SECRET");
    assertThat(tree.names("p/keys")).containsExactly("deep", "one");
  }

  @Test
  void whatIsMountedBelowIsAPart() throws Exception {
    mount("q", "p/keys/deep");
    String hidden = run(Way.SCRIPT, "ls /x; echo looked", "bind ro @/q -> /x", "hide @/p").output();
    assertThat(hidden).doesNotContain("file").contains("looked");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aSymlinkThatTheProgramReplacesByAnotherNameIsRefused(Way way) throws Exception {
    tree.link("p/keys/link", "../../r");
    tree.file("r/file", "");
    String[] lines = {"bind rw @/q -> /y", "bind ro @/r -> /r", "protect @/p/keys/link/file"};
    assertThat(run(way, "echo started", lines).output())
        .contains("q/it's \\ a b/link is a symlink that the program can replace")
        .doesNotContain("started");
  }

  /** What is not known may be shown by another name. */
  @Test
  void withoutTheMountTableNothingStarts() throws Exception {
    Path programs = Files.createDirectories(temp.resolve("programs"));
    Path awk = programs.resolve("awk");
    Files.writeString(awk, "#!/bin/sh\nexit 3\n");
    assertThat(awk.toFile().setExecutable(true)).isTrue();
    Path script = temp.resolve("hide.sh");
    String spec = NOBODY + "bind ro @/p -> /p\nhide @/p/keys\n".replace("@", temp + "");
    Files.writeString(script, ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
    Run.Result result =
        Run.run(
            Map.of("PATH", programs + ":" + System.getenv("PATH")),
            temp,
            List.of("dash", script.toString(), "true"));
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err()).contains("the mount table of this host cannot be read");
  }

  @Test
  void aCopyByAnotherNameIsRefused() throws Exception {
    String copy = "bind-data ro @/q/file -> /x";
    assertThat(run(Way.SCRIPT, "cat /x", copy, "bind ro @/p -> /p", "hide @/p/keys/one").output())
        .contains("another line copies")
        .doesNotContain("SECRET");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatIsDeniedIsNotCopiedByAnotherName(Way way) throws Exception {
    String denied = "expect deny read @/p/keys";
    for (String copy :
        List.of(
            "bind-data ro @/q/file -> /x",
            "file @/q/file -> /x",
            "bind-data ro \"@/q/it's \\\\ a b/deep/two\" -> /x")) {
      assertThat(run(way, "cat /x", copy, denied).output())
          .contains("test.broot:4: the program could read")
          .doesNotContain("SECRET");
      assertThat(run(way, "cat /x", copy, denied + "/none").output()).isEqualTo("SECRET\n");
      assertThat(run(way, "cat /x", copy, "expect deny write @/p/keys").output())
          .isEqualTo("SECRET\n");
    }
  }

  /** A name where something else lies by now is none. */
  @Test
  void whatIsCoveredHasNoOtherName() throws Exception {
    tree.file("r/one", "OTHER");
    mount("r", "q/it's \\ a b");
    String look = "cat /x/one; echo looked";
    String bind = "bind ro \"@/q/it's \\\\ a b\" -> /x";
    assertThat(run(Way.SCRIPT, look, bind, "bind ro @/p -> /p", "hide @/p/keys/one").output())
        .isEqualTo("OTHER\nlooked\n");
  }
}
