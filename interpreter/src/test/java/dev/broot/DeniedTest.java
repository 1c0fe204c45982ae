package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --show-denied}: what a program looked for and did not get. */
class DeniedTest {
  @TempDir Path temp = Path.of("");

  private Run.Result run(String shell, String lines, String program) throws IOException {
    Host.assumeStrace();
    Path script = temp.resolve("script.sh");
    String spec = "broot 1\nbase host\n" + lines.replace("@", temp.toString()) + "\n";
    RunOptions options = RunOptions.NONE.telling(true);
    Files.writeString(script, ScriptWriter.write(Specs.plan(spec), options, "TEST"));
    return Run.run(
        Map.of("LC_ALL", "C"),
        null,
        List.of(shell, script.toString(), "sh", "-c", program.replace("@", temp.toString())));
  }

  /** The host has it, the sandbox does not; with a process 1 of its own and without. */
  @ParameterizedTest
  @CsvSource({"dash,unshare pid", "bash,unshare pid", "dash,share pid"})
  void whatIsNotInTheSandboxIsTold(String shell, String line) throws IOException {
    Path file = Files.writeString(temp.resolve("a file"), "x");
    Path plain = Files.writeString(temp.resolve("plain"), "x");
    Path strange = Files.writeString(temp.resolve("ä%s\"\\n"), "x");
    String cat = "cat '" + file + "' '" + plain + "' '" + strange + "' @/nowhere; exit 3";
    Run.Result result = run(shell, line, cat);
    assertThat(result.err())
        .contains("broot: denied: " + file + " is on the host and not in the sandbox (")
        .contains(
            "broot: denied: "
                + plain
                + " is on the host and not in the sandbox; to show it: bind ro "
                + plain
                + " -> "
                + plain
                + " (")
        .contains("\\303\\244%s\\\"\\\\n is on the host")
        .doesNotContain("broot: denied: " + temp.resolve("nowhere"));
    assertThat(result.status()).isEqualTo(3);
  }

  @Test
  void whatMayNotBeChangedIsTold() throws IOException {
    Files.writeString(temp.resolve("hidden"), "x");
    Run.Result result =
        run("dash", "bind ro @ -> /x\nhide @/hidden", "echo >/x/new; mkdir /x/d; rm -f /x/hidden");
    assertThat(result.err())
        .contains("broot: denied: /x/new is read-only (openat)")
        .contains("broot: denied: /x/d is read-only (mkdir)");
  }

  @Test
  void nothingIsTold() throws IOException {
    assertThat(run("dash", "", "true"))
        .isEqualTo(new Run.Result(0, "", "broot: denied: nothing\n"));
  }

  /** A program of more than anybody reads. */
  @Test
  void whatIsToldIsBounded() throws IOException {
    for (int number = 0; number < 60; number++) {
      Files.writeString(temp.resolve("f" + number), "");
    }
    Run.Result result = run("dash", "", "for n in $(seq 0 59); do [ -e @/f$n ] || :; done");
    assertThat(result.err().lines()).hasSize(51).last().isEqualTo("broot: denied: 10 more");
  }

  // Where a tool of the host fails.
  private Run.Result without(String tool) throws IOException {
    Path tools = Files.createDirectory(temp.resolve("tools"));
    Path failing = Files.writeString(tools.resolve(tool), "#!/bin/sh\nexit 1\n");
    assertThat(failing.toFile().setExecutable(true)).isTrue();
    Path script = temp.resolve("script.sh");
    String text =
        ScriptWriter.write(
            Specs.plan("broot 1\nbase host\n"), RunOptions.NONE.telling(true), "TEST");
    Files.writeString(script, text);
    return Run.run(
        Map.of("PATH", tools + ":" + System.getenv("PATH")),
        null,
        List.of("dash", script.toString(), "echo", "out"));
  }

  /** Who cannot watch says so, and the program runs. */
  @Test
  void aStraceThatCannotWatchIsTold() throws IOException {
    Run.Result result = without("strace");
    assertThat(result.out()).isEqualTo("out\n");
    assertThat(result.err())
        .isEqualTo(
            "broot: strace cannot watch this program here, so that nobody knows what it was denied\n");
    assertThat(result.status()).isZero();
  }

  /** Of a run that did not start, nothing is known that it was denied. */
  @Test
  void ofWhatIsRefusedNothingIsTold() throws IOException {
    Run.Result result = without("awk");
    assertThat(result.err())
        .contains("awk, which compares, has failed")
        .doesNotContain("strace", "denied");
    assertThat(result.status()).isEqualTo(125);
  }
}
