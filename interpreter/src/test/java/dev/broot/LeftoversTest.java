package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.host.Removal;
import dev.broot.host.StateDirectory;
import dev.broot.run.BuildRoot;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What runs leave, and what is made of it later: nothing is removed because a file says so that a
 * sandbox or another user may have written, and what cannot be removed is not said to be gone.
 */
class LeftoversTest {
  private static final int USER = 64991;
  private static final int OTHER = 64992;

  @TempDir Path temp = Path.of("");

  @BeforeEach
  void directories() throws IOException {
    Host.assumeRoot();
    assertThat(Run.run("chmod", "755", temp.toString()).status()).isZero();
    shared("var");
  }

  @AfterEach
  void clean() throws IOException {
    Run.run("sh", "-c", "rm -rf /tmp/.broot-" + USER + "*");
  }

  private Path shared(String name) throws IOException {
    Path made = Files.createDirectories(temp.resolve(name));
    assertThat(Run.run("chmod", "1777", made.toString()).status()).isZero();
    return made;
  }

  private static Run.Result as(int user, Map<String, String> environment, List<String> command)
      throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "env"));
    all.addAll(List.of("-u", "XDG_RUNTIME_DIR"));
    environment.forEach((name, value) -> all.add(name + "=" + value));
    all.addAll(command);
    return Run.run(Map.of(), Path.of("/"), all);
  }

  private Run.Result run(String... program) throws IOException {
    return run(Map.of(), program);
  }

  private Run.Result run(Map<String, String> environment, String... program) throws IOException {
    String spec =
        "broot 1\nbase host\nvardir "
            + temp.resolve("var")
            + "\nscratch /s prefix x-\nexpect deny write /home\n";
    Path script =
        Files.writeString(
            temp.resolve("script.sh"),
            ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
    List<String> command = new ArrayList<>(List.of("dash", script.toString()));
    command.addAll(List.of(program));
    return as(USER, environment, command);
  }

  private static Run.Result gc(Map<String, String> environment) throws IOException {
    return as(USER, environment, List.of("sh", "-c", ScriptWriter.collector()));
  }

  /** A file as an entry of a killed run, made by whoever could write there. */
  private static Path plant(String name, String text) throws IOException {
    Path state = Path.of("/tmp/.broot-" + USER);
    Files.createDirectories(state);
    Path entry = Files.writeString(state.resolve(name), text);
    assertThat(Run.run("chown", "-R", USER + ":" + USER, state.toString()).status()).isZero();
    assertThat(Run.run("chmod", "700", state.toString()).status()).isZero();
    return entry;
  }

  @Test
  void whatAnEntrySaysIsRemovedOnlyWhereARunHasMadeIt() throws IOException {
    Path precious = Files.createDirectories(temp.resolve("precious/in"));
    String id = UUID.randomUUID().toString();
    Path link = temp.resolve("x-" + id);
    Files.createSymbolicLink(link, precious.getParent());
    Path file = Files.writeString(temp.resolve("y-" + id), "precious");
    assertThat(Run.run("chown", "-R", USER + ":" + USER, temp.toString()).status()).isZero();
    for (String text :
        List.of(
            temp.resolve("precious") + "\0",
            temp.resolve("precious") + "\n",
            link + "\n",
            link + "/\n",
            link + "/in\n",
            file + "\n",
            "x-" + id + "\n",
            temp + "/*" + id + "\n",
            temp.resolve("precious") + "\0" + id + "\n")) {
      for (String name : List.of(id, "00-planted", id + "0")) {
        plant(name, text);
        assertThat(run("true").status()).isZero();
        gc(Map.of());
        assertThat(precious).as(text).isDirectory();
        assertThat(file).hasContent("precious");
      }
    }
  }

  @Test
  void aPipeOrALinkInThePlaceOfAnEntryKeepsNobodyWaiting() throws IOException {
    plant("x", "");
    Path pipe = Path.of("/tmp/.broot-" + USER, UUID.randomUUID().toString());
    Path linked = Path.of("/tmp/.broot-" + USER, UUID.randomUUID().toString());
    assertThat(Run.run("mkfifo", "-m", "666", pipe.toString()).status()).isZero();
    Files.createSymbolicLink(linked, temp.resolve("nowhere"));
    assertThat(run("true").status()).isZero();
    assertThat(gc(Map.of()).status()).isZero();
    assertThat(temp.resolve("nowhere")).doesNotExist();
  }

  @Test
  void readOnlyDirectoriesOfAProgramAreRemoved() throws IOException {
    String leave =
        "mkdir -p /s/mod/pkg/deep /s/shut; echo x >/s/mod/pkg/deep/f; touch /s/shut/f;"
            + " chmod -R a-w /s/mod; chmod 0 /s/shut";
    assertThat(run("sh", "-c", leave)).isEqualTo(new Run.Result(0, "", ""));
    assertThat(temp.resolve("var")).isEmptyDirectory();
    Path tree = Files.createDirectories(temp.resolve("tree/a/b"));
    Files.createSymbolicLink(tree.resolve("link"), shared("kept"));
    Files.writeString(temp.resolve("kept/f"), "kept");
    assertThat(Run.run("chmod", "-R", "a-rwx", temp.resolve("tree").toString()).status()).isZero();
    Removal.remove(temp.resolve("tree"));
    assertThat(temp.resolve("tree")).doesNotExist();
    assertThat(temp.resolve("kept/f")).hasContent("kept");
  }

  @Test
  void whatIsStillThereIsNotSaidToBeRemoved() throws IOException {
    String id = UUID.randomUUID().toString();
    Path kept = Files.createDirectories(temp.resolve("var/x-" + id + "/of-root"));
    Files.writeString(kept.resolve("f"), "");
    plant(id, kept.getParent() + "\n");
    Run.Result gc = gc(Map.of());
    assertThat(gc.status()).isEqualTo(125);
    assertThat(gc.out()).isEmpty();
    assertThat(gc.err())
        .isEqualTo(
            "broot: cannot remove all that /tmp/.broot-"
                + USER
                + "/"
                + id
                + ".kept names:\n"
                + kept.getParent()
                + "\n");
    String chown = "chown -R " + USER + ":" + USER + " " + kept.getParent();
    assertThat(Run.run("sh", "-c", chown).status()).isZero();
    Run.Result again = gc(Map.of());
    assertThat(again.out()).as(again.toString()).startsWith("removed " + kept.getParent() + "\n");
    assertThat(kept.getParent()).doesNotExist();
  }

  /** In many containers nobody may look at process 1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "setpriv --bounding-set=-sys_ptrace",
        "setpriv --bounding-set=-sys_ptrace unshare -m --propagation private"
      })
  void whatIsMountedInOurNamespaceIsRemovedInTheCallers(String powers) throws IOException {
    String spec =
        "broot 1\nbase host\nrundir "
            + temp
            + "/run\nvardir "
            + temp
            + "/var\ndevices /mnt prefix dev-\nnode null c 1:3 0666\nscratch /s prefix var-\n";
    Path script =
        Files.writeString(
            temp.resolve("root.sh"), ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
    Files.createDirectory(temp.resolve("run"));
    Path unmounted = temp.resolve("unmounted");
    Path programs = Files.createDirectories(temp.resolve("bin"));
    Files.writeString(programs.resolve("umount"), "#!/bin/sh\necho \"$@\" >>" + unmounted + "\n");
    assertThat(programs.resolve("umount").toFile().setExecutable(true)).isTrue();
    Run.Result result =
        Run.run(
            Map.of("PATH", programs + ":" + System.getenv("PATH")),
            temp,
            List.of(
                "unshare",
                "-mpf",
                "--mount-proc",
                "sh",
                "-c",
                powers + " dash " + script + " sh -c 'echo x >/s/f'; echo $?; ls run var"));
    assertThat(result).isEqualTo(new Run.Result(0, "0\nrun:\n\nvar:\n", ""));
    assertThat(unmounted).doesNotExist();
  }

  /** A search of all processes for each entry, at each run, would make all later runs slow. */
  @Test
  void aRunTriesOnceAndLeavesTheRestToGc() throws IOException {
    String id = UUID.randomUUID().toString();
    Path kept = Files.createDirectories(temp.resolve("var/x-" + id + "/of-root"));
    Files.writeString(kept.resolve("f"), "");
    Path entry = plant(id, kept.getParent() + "\n");
    Path nothing = plant(UUID.randomUUID().toString(), "\n");
    assertThat(run("true").status()).isZero();
    assertThat(nothing).doesNotExist();
    assertThat(entry).doesNotExist();
    Path left = Path.of(entry + ".kept");
    assertThat(left).hasContent(kept.getParent() + "\n");
    String chown = "chown -R " + USER + ":" + USER + " " + kept.getParent();
    assertThat(Run.run("sh", "-c", chown).status()).isZero();
    assertThat(run("true").status()).isZero();
    assertThat(left).exists();
    assertThat(gc(Map.of()).out()).contains("removed " + kept.getParent() + "\n");
    assertThat(left).doesNotExist();
  }

  @Test
  void aNameThatSomebodyElseHasTakenIsLetAlone() throws IOException {
    Path taken = Files.createDirectory(Path.of("/tmp/.broot-" + USER));
    assertThat(Run.run("chown", String.valueOf(OTHER), taken.toString()).status()).isZero();
    assertThat(run("true")).isEqualTo(new Run.Result(0, "", ""));
    assertThat(taken).isEmptyDirectory();
    String list = "ls -d /tmp/.broot-" + USER + ".* | wc -l";
    assertThat(Run.run("sh", "-c", list).out()).isEqualTo("1\n");
    assertThat(run("true").status()).isZero();
    assertThat(Run.run("sh", "-c", list).out()).isEqualTo("1\n");
    assertThat(gc(Map.of()).status()).isZero();
    Files.delete(taken);
    Files.createSymbolicLink(taken, shared("elsewhere"));
    assertThat(run("true").status()).isZero();
    assertThat(temp.resolve("elsewhere")).isEmptyDirectory();
  }

  @Test
  void aRuntimeDirectoryThatIsRelativeOrAnotherUsersIsIgnored() throws IOException {
    Path others = Files.createDirectories(temp.resolve("others"));
    assertThat(Run.run("chmod", "777", others.toString()).status()).isZero();
    Path own = Files.createDirectories(temp.resolve("own"));
    assertThat(Run.run("chown", String.valueOf(USER), own.toString()).status()).isZero();
    for (String ignored : List.of("run", "./run", others.toString())) {
      assertThat(run(Map.of("XDG_RUNTIME_DIR", ignored), "true").status()).isZero();
      assertThat(others).isEmptyDirectory();
      assertThat(StateDirectory.make(0, Map.of("XDG_RUNTIME_DIR", ignored), "x"))
          .isEqualTo(Path.of("/run/broot"));
    }
    assertThat(run(Map.of("XDG_RUNTIME_DIR", own.toString()), "true").status()).isZero();
    assertThat(own.resolve("broot")).isDirectory();
  }

  @Test
  void theLibraryRemovesReadOnlyDirectoriesToo() throws Exception {
    Path spec = temp.resolve("s.broot");
    Files.writeString(
        spec, "broot 1\nbase host\nvardir " + temp.resolve("var") + "\nscratch /s prefix x-\n");
    try (BuildRoot root = BuildRoot.enter(BuildRoot.compile(spec, Map.of()))) {
      assertThat(root.run("sh", "-c", "mkdir -p /s/a/b && chmod 0 /s/a").status()).isZero();
    }
    assertThat(temp.resolve("var")).isEmptyDirectory();
  }
}
