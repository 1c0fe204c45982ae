package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code broot shell}, and looking around after a failure, on real terminals. */
@NeedsSandbox
class ShellTest {
  @TempDir Path temp = Path.of("");

  /** Runs a command line on a terminal of its own, and types into it. */
  private Run.Result type(String command, String input) throws IOException {
    Path file = Files.writeString(temp.resolve("input"), input);
    Run.Result result =
        Run.run(
            Map.of("SHELL", "/bin/sh", "TMPDIR", temp.toString()),
            null,
            List.of("sh", "-c", "script -q -e -c \"$1\" /dev/null <'" + file + "'", "sh", command));
    assertThat(temp).isDirectoryNotContaining("glob:**/broot-*");
    return new Run.Result(result.status(), result.out().replace("\r", ""), result.err());
  }

  @Test
  void aShellHasJobControlAndItsStatusIsPassedOn() throws IOException {
    Run.Result result =
        type(BROOT + " shell base:host", "echo sum-$((40+2)); sleep 9 & jobs; kill %1; exit 7\n");
    assertThat(result.status()).as(result.out()).isEqualTo(7);
    assertThat(result.out())
        .contains("\nsum-42\n")
        .contains("Running")
        .doesNotContain("no job control");
  }

  @Test
  void aStoppedShellGoesOn() throws IOException {
    // Whoever runs broot stops it, sees that it has stopped, and continues it.
    String line =
        "set -m; "
            + BROOT
            + " shell base:host -- sh -c 'echo $((1+2))-ready; read x; echo \"got $x\"; exit 5' & "
            + "until [ \"$(ps -o stat= -p $! | cut -c1)\" = S ]; do :; done; "
            + "kill -TSTP -$!; until [ \"$(ps -o stat= -p $! | cut -c1)\" = T ]; do :; done; "
            + "echo stopped; fg %1";
    Run.Result result = type("bash -c " + "'" + line.replace("'", "'\\''") + "'", "word\n");
    assertThat(result.out()).contains("stopped").contains("3-ready").contains("got word");
    assertThat(result.status()).as(result.out()).isEqualTo(5);
  }

  @Test
  void aProgramOfOnesOwnGetsItsArguments() throws IOException {
    Run.Result result =
        type(
            BROOT
                + " shell base:host -- sh -c 'printf \"<%s>\" \"$@\"; test -t 0 && echo terminal' sh \"it's\" '' 'a b'",
            "");
    assertThat(result.out()).contains("<it's><><a b>terminal");
  }

  @Test
  void needsATerminal() throws IOException {
    assertThat(Run.run(BROOT, "shell", "base:host"))
        .isEqualTo(
            new Run.Result(125, "", "broot: shell needs a terminal; without one, use exec\n"));
  }

  @Test
  void theRootIsThereAfterAFailureAndGoneAfterTheLook() throws IOException {
    Host.assumeRoot();
    Path run = Files.createDirectories(temp.resolve("run"));
    Path spec =
        Files.writeString(
            temp.resolve("s.broot"),
            "broot 1\nbase host\nrundir "
                + run
                + "\nvardir "
                + run
                + "\ndrop /dev\ndevices /dev prefix dev-\nnode null c 1:3 0666\nscratch /var prefix var-\n");
    String exec = BROOT + " exec --shell-on-failure " + spec + " -- sh -c ";
    Run.Result failed =
        type(exec + "'echo trace >/var/log; exit 3'", "echo found-$(cat /var/log)\nexit\n");
    assertThat(failed.status()).as(failed.out()).isEqualTo(3);
    assertThat(failed.out()).contains("ended with status 3").contains("found-trace");
    assertThat(type(exec + "true", "").out()).doesNotContain("this is a shell");
    assertThat(run).isEmptyDirectory();
    Run.Result piped = Run.run("sh", "-c", exec + "'exit 4' </dev/null");
    assertThat(piped.status()).isEqualTo(4);
    assertThat(piped.err()).contains("--shell-on-failure opens no shell here");
  }
}
