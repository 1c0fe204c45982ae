package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Faults;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every program that a script calls fails once, at each of its calls: what was done is undone, the
 * user reads why, and nothing is left.
 */
class FaultTest {
  @TempDir Path temp = Path.of("");
  private Path run = temp;

  @BeforeEach
  void directories() throws IOException {
    Host.assumeRoot();
    run = Files.createDirectories(temp.resolve("run"));
  }

  private Path script() throws IOException {
    String spec =
        "broot 1\nbase host\nenv inherit\ndrop env PATH\ndrop env HOME\n" + Faults.spec(run);
    return Files.writeString(
        temp.resolve("script.sh"), ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
  }

  /** A program that fails at one of its calls, and works at all others. */
  private void breakAt(String programs, int call) throws IOException {
    for (String program : programs.split("\\+", -1)) {
      breakOne(program, call);
    }
  }

  private void breakOne(String program, int call) throws IOException {
    Path bin = Files.createDirectories(temp.resolve("bin"));
    String real = Run.run("sh", "-c", "command -v " + program).out().strip();
    Path stub =
        Files.writeString(
            bin.resolve(program),
            "#!/bin/sh\necho call >>"
                + temp
                + "/calls-"
                + program
                + "\n[ $(wc -l <"
                + temp
                + "/calls-"
                + program
                + ") != "
                + call
                + " ] || { echo '"
                + program
                + " is broken' >&2; exit 1; }\nexec "
                + real
                + " \"$@\"\n");
    Files.setPosixFilePermissions(stub, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @CsvSource({
    "stat, 1",
    "flock, 1",
    "mkdir, 1",
    "mkdir, 2",
    "mkdir, 3",
    "mkdir, 4",
    "mkdir, 5",
    "mount, 1",
    "mount, 2",
    "cp, 1",
    "setpriv, 1",
    "setpriv, 2",
    "env, 1",
    "env, 2",
    "setsid, 1",
    "setsid, 2",
    "nsenter, 1",
    "nsenter+umount, 1",
    "rm, 1",
    "grep, 1",
    "grep, 2",
    "sleep, 1",
    "bwrap, 1",
  })
  void aProgramThatFailsLeavesNothing(String program, int call) throws IOException {
    Path script = script();
    breakAt(program, call);
    String before = Host.state();
    Run.Result result =
        Run.run(
            Map.of("PATH", temp + "/bin:" + System.getenv("PATH")),
            null,
            List.of("dash", script.toString(), "sh", "-c", "cat /etc/hello; [ -c /dev/full ]"));
    String told = program + " " + call + ": " + result;
    assertThat(Host.state()).as(told).isEqualTo(before);
    assertThat(Run.run("pgrep", "-f", temp + "/run").out()).as(told).isEmpty();
    boolean ran = result.out().equals("hi");
    // Either the run is told to have failed, or nothing of what it does was missing.
    assertThat(result.status()).as(told).isEqualTo(ran && isHarmless(result) ? 0 : 125);
    if (result.status() == 125) {
      assertThat(result.err()).as(told).contains("broot: ");
    }
    Run.run("sh", "-c", ScriptWriter.collector());
    assertThat(run.resolve("a/b"))
        .as(told)
        .satisfiesAnyOf(
            path -> assertThat(path).isEmptyDirectory(), path -> assertThat(path).doesNotExist());
    assertThat(
            Run.run("find", run.toString(), "-mindepth", "1", "-not", "-path", run + "/a*").out())
        .as(told)
        .isEmpty();
  }

  private static boolean isHarmless(Run.Result result) {
    return !result.err().contains("broot: ");
  }

  /** A text that no pipe holds is written while bubblewrap runs. */
  private Run.Result large(String... command) throws IOException {
    String spec = "broot 1\nbase host\ntext /large = \"" + "é".repeat(40_000) + "\"\n";
    Files.writeString(
        temp.resolve("script.sh"), ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
    List<String> words = new ArrayList<>(List.of("timeout", "60"));
    words.addAll(List.of(command));
    words.addAll(List.of(temp + "/script.sh", "wc", "-c", "/large"));
    return Run.run(Map.of("PATH", temp + "/bin:" + System.getenv("PATH")), temp, words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void aTextThatIsWrittenLateIsWhole(String shell) throws IOException {
    String trace =
        "strace -f -qq -o /dev/null -P /proc/self/fd/7 -P /proc/self/fd/8 -P /proc/self/fd/9"
            + " -e trace=openat -e inject=openat:delay_enter=500000 "
            + shell;
    assertThat(large(trace.split(" ", -1))).isEqualTo(new Run.Result(0, "80000 /large\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void aTextThatNobodyReadsKeepsNobody(String shell) throws IOException {
    Path fake = Files.createDirectories(temp.resolve("bin")).resolve("bwrap");
    Files.writeString(
        fake, "#!/bin/sh\n[ \"$1\" != --version ] || echo bubblewrap 0.8.0\nexit 1\n");
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(large(shell).status()).isEqualTo(125);
    assertThat(Run.run("pgrep", "-f", temp + "/script.sh").out()).isEmpty();
  }
}
