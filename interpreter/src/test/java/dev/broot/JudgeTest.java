package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broot.plan.Plan;
import dev.broot.plan.Word;
import dev.broot.run.BuildRoot;
import dev.broot.run.SetupException;
import dev.broot.script.Denial;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known at the run only is judged there: values, and what sources lead to. */
class JudgeTest {
  private static final String HEAD = "broot 1\nbase host\ndrop /tmp\n";

  @TempDir Path temp = Path.of("");

  @BeforeEach
  void files() throws IOException {
    Host.assumeRoot();
    Files.createDirectories(temp.resolve("secret/inner"));
    Files.writeString(temp.resolve("secret/key"), "KEY");
    Files.createDirectories(temp.resolve("work"));
    Files.createSymbolicLink(temp.resolve("link"), Path.of("secret"));
    Files.createSymbolicLink(temp.resolve("parent"), Path.of("."));
    Files.createSymbolicLink(temp.resolve("etc"), Path.of("/etc"));
  }

  private Run.Result run(Map<String, @Nullable String> environment, String... lines)
      throws IOException {
    String spec = HEAD + String.join("\n", lines).replace("HERE", "" + temp);
    Path file = temp.resolve("script.sh");
    Files.writeString(file, ScriptWriter.write(Specs.plan(spec + "\n"), RunOptions.NONE, "TEST"));
    return Run.run(new HashMap<>(environment), null, List.of("dash", file + "", "true"));
  }

  private void refused(String reason, Run.Result result) {
    assertThat(result.err().replace(temp + "", "HERE")).contains(reason);
    assertThat(result.status()).isEqualTo(125);
  }

  private void refused(String reason, String... lines) throws IOException {
    refused(reason, run(Map.of(), lines));
  }

  private void runs(String... lines) throws IOException {
    assertThat(run(Map.of(), lines)).isEqualTo(new Run.Result(0, "", ""));
  }

  @Test
  void symlinksAreHeldToTheListOfDangers() throws IOException {
    refused(":4: this line makes the host's configuration writable", "bind rw HERE/etc -> /x");
    refused(":4: this line makes the host's", "bind rw HERE/parent/./parent/etc/ssh -> /x");
    runs("bind ro HERE/etc -> /x");
    runs("bind rw HERE/parent/work -> /x");
    runs("unsafe bind rw HERE/etc -> /x because \"a test\"");
  }

  @Test
  void symlinksAreHeldToWhatIsExpected() throws IOException {
    String denied = "expect deny read HERE/secret";
    refused(":4: the program could read HERE/secret", "bind ro HERE/link -> /x", denied);
    refused("the program could read HERE/secret/inner", "bind ro HERE/link/inner -> /x", denied);
    refused("the program could read HERE/secret,", "bind ro HERE/parent -> /x", denied);
    refused("the program could read HERE/secret/key", "bind-data ro HERE/link/key -> /x", denied);
    refused(
        "the program could write HERE/secret,",
        "bind rw HERE/secret -> /x",
        "expect deny write HERE/link");
    refused(
        ":5: the program could read HERE/secret",
        "bind ro HERE/parent/work -> /w",
        "bind ro HERE/link -> /x",
        "bind ro HERE/etc -> /y",
        denied);
    refused(
        "the program could read HERE/secret/key",
        "bind-data ro HERE/secret/key -> /x",
        "bind-data ro HERE/secret/key -> /y",
        "expect deny read HERE/link");
    runs("bind ro HERE/link -> /x", "expect deny write HERE/secret");
    runs("bind ro HERE/parent -> /x", "tmpfs /x/secret", denied);
    runs("bind ro HERE/parent -> /x", "hide HERE/secret", denied);
    runs("bind rw HERE/link -> /x", "protect HERE/secret", "expect deny write HERE/secret");
    runs("bind ro HERE/link/inner -> /x", denied + " except HERE/secret/inner");
  }

  /** What is mounted over the whole root takes away what was there, and nobody misses it. */
  @Test
  void whatLiesUnderAWholeRootIsNotMissed() throws IOException {
    String[] host = {
      "bind ro /usr -> /usr over", "symlink usr/lib -> /lib", "symlink usr/lib64 -> /lib64"
    };
    for (String root : List.of("tmpfs / over", "dev / over")) {
      runs("bind ro HERE/work -> /x", root, String.join("\n", host));
    }
    runs("bind ro HERE/work -> /x", "bind ro / -> / over");
  }

  @Test
  void whatIsHiddenIfItIsThereIsHidden() throws IOException {
    String denied = "expect deny read HERE/link";
    runs("bind ro HERE/secret -> /x", "hide HERE/secret optional", denied);
    refused("could read", "bind ro HERE/secret -> /x", "hide HERE/work/none optional", denied);
    refused(
        "the program could write HERE/secret/none,",
        "bind rw HERE/secret -> /x",
        "hide HERE/secret/none optional",
        "expect deny write HERE/link/none");
    String none = "expect deny read HERE/secret/none";
    runs("bind rw HERE/link -> /x", "hide HERE/secret/none optional", none);
    runs("bind rw HERE/./secret/ -> /x", "hide HERE/secret/none optional", none);
    refused("could read", "bind rw HERE/link -> /x", "hide HERE/secret/other optional", none);
  }

  /** Who can replace it says what is denied in the next run. */
  @Test
  void aSymlinkOnTheWayToWhatIsDeniedIsNotReplaced() throws IOException {
    Files.createDirectories(temp.resolve("work/in/deep"));
    Files.createSymbolicLink(temp.resolve("work/in/link"), Path.of("../../secret"));
    Files.createSymbolicLink(temp.resolve("first"), Path.of("parent/work/./in/link"));
    String bind = "bind rw HERE/work -> /x";
    String denied = "expect deny write HERE/first/key";
    String reason = ":4: the program could replace the symlink HERE/work/in/link, on the way to";
    refused(reason + " HERE/first/key, and test.broot:5 expects", bind, denied);
    refused(reason, "bind rw HERE/work/in -> /x", denied);
    refused(reason, bind, "bind ro HERE/secret -> /x/in/deep", denied);
    runs("bind rw HERE/work/in/deep -> /x", denied);
    runs("bind ro HERE/work -> /x", denied);
    runs(bind, "protect HERE/work/in", denied);
    runs(bind, "bind ro HERE/work/in -> /x/in", denied);
    runs(bind, "expect deny read HERE/first/key");
  }

  /** A service of the host does for the program what its own namespaces deny. */
  @Test
  void servicesInADirectoryThatOnlyTheRunKnowsAreDenied() throws IOException {
    Files.createDirectories(Path.of("/run/user/1001/pulse"));
    String[] lines = {"param p: path from env P", "bind ro ${p} -> /x", "expect deny network", ""};
    String reason = ":5: the program could reach the host by the service at /run/";
    refused(reason + "user/1001/docker.sock,", run(Map.of("P", "/run/user/1001"), lines));
    refused(reason, run(Map.of("P", "/run/user/../../run"), lines));
    refused("by the service at /run/user/*/docker.sock", run(Map.of("P", "/run/user"), lines));
    assertThat(run(Map.of("P", "/run/user/1001/pulse"), lines).status()).isEqualTo(0);
    lines[3] = "hide /run/user/1001 optional";
    assertThat(run(Map.of("P", "/run/user/1001"), lines)).isEqualTo(new Run.Result(0, "", ""));
    lines[3] = "tmpfs /x over";
    assertThat(run(Map.of("P", "/run/user/1001"), lines).err()).isEmpty();
    lines[3] = "syscalls deny ptrace";
    lines[2] = "expect deny syscall ptrace";
    assertThat(run(Map.of("P", "/run/user/1001"), lines).err()).doesNotContain("service");
    lines[2] = "expect deny read /srv/secret";
    refused(reason, run(Map.of("P", "/run/user/1001"), lines));
  }

  /** Else who can make a symlink in what is left out says what is denied. */
  @Test
  void whatIsLeftOutHasItsNameInTheDeniedPath() throws IOException {
    Files.createSymbolicLink(temp.resolve("secret/self"), Path.of("."));
    String reason = "the program could read HERE/secret/inner";
    String line = "bind ro HERE/link/inner -> /x";
    refused(reason, line, "expect deny read HERE/secret except HERE/secret/self");
    refused(reason, line, "expect deny read HERE/secret/inner except HERE/link");
    runs(line, "expect deny read HERE/link except HERE/link/inner");
    String own = "bind ro HERE/secret/inner -> /x";
    refused(reason, own, "expect deny read HERE/link except HERE/link/self");
    runs(own, "expect deny read HERE/link except HERE/link/inner");
    runs(own, "expect deny read HERE/link except HERE/secret/inner");
  }

  @Test
  void theLayersOfAnOverlayDoNotCoverEachOther() throws IOException {
    Path newer = Files.createDirectories(temp.resolve("bin")).resolve("bwrap");
    Files.writeString(newer, "#!/bin/sh\necho bubblewrap 0.11.0\n");
    assertThat(newer.toFile().setExecutable(true)).isTrue();
    refused(
        ":4: the program could read HERE/secret,",
        run(
            Map.of("PATH", newer.getParent() + ":" + System.getenv("PATH")),
            "overlay [\"HERE/secret\", \"HERE/work\"] ro -> /x",
            "expect deny read HERE/link"));
  }

  @Test
  void lineBreaksInNamesConfuseNobody() throws IOException {
    Path odd = Files.createDirectory(temp.resolve("work\n" + temp.getFileName()));
    Files.createSymbolicLink(temp.resolve("odd"), odd);
    refused(
        ":6: the program could read",
        "bind ro HERE/parent/work -> /w",
        "bind ro HERE/odd -> /o",
        "bind ro HERE/link -> /x",
        "expect deny read HERE/secret");
  }

  @Test
  void valuesOfTheRunAreJudged() throws IOException {
    String[] spec = {
      "param p: path from env P", "bind rw ${p} -> /x", "expect deny read HERE/secret"
    };
    for (String path : List.of("/etc", "/etc/ssh", "/root", "/", temp + "/etc", "/usr//./bin")) {
      refused(":5: this line makes", run(Map.of("P", path), spec));
    }
    for (String path : List.of("/secret", "/link", "/secret/inner", "")) {
      refused(":5: the program could read", run(Map.of("P", temp + path), spec));
    }
    assertThat(run(Map.of("P", temp + "/work"), spec).status()).isZero();
  }

  @Test
  void aHomeIsOneByTheListOfUsersOfTheHost() throws IOException {
    String home = System.getProperty("user.home");
    String[] spec = {"param p: path from env P", "bind rw ${p} -> /x"};
    refused("makes a whole home writable", run(Map.of("P", home), spec));
    refused("that the host's shells and tools obey", run(Map.of("P", home + "/.ssh"), spec));
  }

  @Test
  void whatIsNoSocketIsNotBoundAsOne() throws Exception {
    String[] lines = {"apis /run/apis", "api one socket HERE/secret"};
    refused(":5: HERE/secret is not a socket", lines);
    assertThatThrownBy(() -> library(dev.broot.run.Run.of("true"), lines))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(":5: " + temp + "/secret is not a socket");
  }

  private dev.broot.run.Result library(dev.broot.run.Run run, String... lines) throws Exception {
    String spec = HEAD + String.join("\n", lines).replace("HERE", "" + temp) + "\n";
    try (BuildRoot root = BuildRoot.enter(Specs.valid(spec))) {
      return root.run(run);
    }
  }

  @Test
  void theLibraryJudgesASpecAsTheScriptDoes() throws Exception {
    dev.broot.run.Run run = dev.broot.run.Run.of("true");
    assertThatThrownBy(() -> library(run, "bind rw HERE/etc -> /x"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(":4: this line makes the host's configuration writable");
    assertThatThrownBy(
            () -> library(run, "bind ro HERE/link -> /x", "expect deny read HERE/secret"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(":4: the program could read");
    assertThat(library(run, "bind ro HERE/link -> /x").status()).isZero();
  }

  @Test
  void theLibraryJudgesTheBindsOfARun() throws Exception {
    String denied = "expect deny read HERE/secret";
    dev.broot.run.Run run = dev.broot.run.Run.of("true");
    for (String path : List.of("/etc", temp + "/etc", "/", "/root", temp + "/../../etc")) {
      assertThatThrownBy(() -> library(run.bind(Path.of(path), "/x"), denied))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("this line makes");
    }
    for (String path : List.of("/secret", "/link/key", "/parent", "/parent/link")) {
      assertThatThrownBy(() -> library(run.readOnly(Path.of(temp + path), "/x"), denied))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("the program could read");
    }
    assertThat(library(run.bind(temp.resolve("work"), "/x"), denied).status()).isZero();
  }

  @Test
  void theLibraryTakesNoTextThatTheKernelReadsDifferently() {
    dev.broot.run.Run run = dev.broot.run.Run.of("true");
    List<ThrowingCallable> all =
        List.of(
            () -> dev.broot.run.Run.of("a\0b"),
            () -> run.bind(Path.of("/tmp"), "/x\0y"),
            () -> run.env("A=B", "c"),
            () -> run.env("", "c"),
            () -> run.env("A\0", "c"),
            () -> run.env("A", "c\0d"));
    for (ThrowingCallable one : all) {
      assertThatThrownBy(one).isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Names of system calls and hosts are no paths. */
  @Test
  void onlyPathsAreDeniedAsObjects() {
    String lines = "syscalls deny mount\nexpect deny syscall mount\nexpect deny connect a:1\n";
    Plan plan = Specs.plan("broot 1\nbase host\n" + lines + "expect deny write /a except /a/b\n");
    assertThat(Denial.of(plan))
        .containsExactly(
            new Denial("write", "test.broot:6", Word.of("/a"), List.of(Word.of("/a/b")), false));
  }
}
