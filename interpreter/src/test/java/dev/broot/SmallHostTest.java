package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Embedding;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a host is small or strange, broot works or says so in one line, with 125. */
class SmallHostTest {
  @TempDir Path temp = Path.of("");

  private Path spec = temp;

  @BeforeEach
  void spec() throws IOException {
    spec = Files.writeString(temp.resolve("s.broot"), "broot 1\nbase host\n");
    Run.run("chmod", "-R", "go+rX", temp.toString());
  }

  private static void assertGood(Run.Result result) {
    assertThat(result.status()).as(result.toString()).isIn(0, 125);
    assertThat(result.out() + result.err()).doesNotContain("java.lang", "Exception", "\tat ");
    if (result.status() == 125) {
      assertThat(result.err()).contains("broot: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec --no-cache %s -- true", "check %s", "plan %s"})
  void aDirectoryThatIsGoneIsSaid(String command) throws IOException {
    String gone = temp.resolve("gone").toString();
    Run.Result result =
        Run.run(
            "sh",
            "-c",
            "mkdir "
                + gone
                + "; cd "
                + gone
                + "; rmdir "
                + gone
                + "; "
                + BROOT
                + " "
                + command.formatted(spec));
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err())
        .endsWith("broot: the working directory is gone; change to another one\n");
    assertGood(result);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ulimit -v 20000",
        "ulimit -v 200000",
        "ulimit -v 1000000",
        "ulimit -v 3000000",
        "ulimit -n 12",
        "ulimit -n 24",
        "ulimit -f 0",
        "unset HOME XDG_CACHE_HOME",
        "export TMPDIR=/nonexistent",
        "exec <&-",
      })
  void aLimitIsSaid(String limit) throws IOException {
    for (String command : List.of("exec --no-cache %s -- true", "check %s", "plan %s")) {
      Run.Result result = Run.run("sh", "-c", limit + "; " + BROOT + " " + command.formatted(spec));
      assertGood(result);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mount -t tmpfs none /dev, broot: /dev/fd does not lead to the open files; run",
    "umount -l /proc, broot: /proc is not mounted",
  })
  void aHostWhoseOpenFilesHaveNoPathsIsSaid(String loss, String said) throws IOException {
    Host.assumeRoot();
    String command = loss + " && exec " + BROOT + " exec --no-cache " + spec + " -- true";
    Run.Result result = Run.run("unshare", "-m", "--propagation", "private", "sh", "-c", command);
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err()).contains(said);
  }

  @Test
  void aFileThatIsTooLargeIsSaidAndNothingIsLeft() throws IOException {
    Host.assumeRoot();
    Path run = Files.createDirectory(temp.resolve("run"));
    String lines =
        "broot 1\nbase host\nrundir %s\ndrop /dev\ndevices /dev prefix dev-\nnode null c 1:3 0666\n";
    Path devices = Files.writeString(temp.resolve("devices.broot"), lines.formatted(run));
    Run.Result result =
        Run.run("sh", "-c", "ulimit -f 0; " + BROOT + " exec --no-cache " + devices + " -- true");
    assertThat(result.err()).contains("broot: cannot write ");
    assertThat(result.status()).isEqualTo(125);
    assertThat(run).isEmptyDirectory();
  }

  /** A directory leads to all that is in it, and above. */
  @Test
  void aDirectoryIsNoStandardStream() throws IOException {
    for (String redirect : List.of("</", ">&9", "2>&9")) {
      Run.Result result =
          Run.run("sh", "-c", "exec 9</; " + BROOT + " exec " + spec + " -- true " + redirect);
      assertThat(result.status()).isEqualTo(125);
      assertThat(redirect.startsWith("2") ? "is a directory" : result.err())
          .contains("is a directory");
    }
    String java = ProcessHandle.current().info().command().orElse("java");
    String embed =
        "exec '" + java + "' -cp \"$0\" " + Embedding.class.getName() + " \"$1\" true </";
    Run.Result result =
        Run.run("sh", "-c", embed, System.getProperty("java.class.path", ""), spec.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("descriptor 0 is a directory");
  }

  @Test
  void aLimitOfProcessesIsSaid() throws IOException {
    Host.assumeRoot();
    for (int most = 2; most < 12; most++) {
      for (String command : List.of("exec --no-cache %s -- true", "check %s")) {
        // The right to read lets another user start it where root keeps its sources.
        assertGood(
            Run.run(
                "setpriv",
                "--reuid=64993",
                "--regid=64993",
                "--clear-groups",
                "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search",
                "prlimit",
                "--nproc=" + most,
                "sh",
                "-c",
                "exec " + BROOT + " " + command.formatted(spec)));
      }
    }
  }

  @Test
  @NeedsSandbox
  void aSignalWhileItCompilesLeavesNothing() throws Exception {
    Path empty = Files.createDirectory(temp.resolve("tmp"));
    Random random = new Random(7);
    for (int i = 0; i < 25; i++) {
      ProcessBuilder builder =
          new ProcessBuilder(BROOT, "exec", "--no-cache", spec.toString(), "--", "sleep", "0");
      builder.environment().put("TMPDIR", empty.toString());
      Process process = builder.start();
      LockSupport.parkNanos(random.nextInt(150_000_000));
      // destroy() would close what it says.
      Run.run("kill", String.valueOf(process.pid()));
      String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isIn(0, 143);
      try (Stream<Path> left = Files.list(empty)) {
        assertThat(left).isEmpty();
      }
    }
  }

  /** Whoever owns TMPDIR could put a script of his own in the place of the one that is run. */
  @Test
  @NeedsSandbox
  void theCompiledScriptNeverLiesInAFile() throws IOException {
    Path log = temp.resolve("strace");
    Run.Result result =
        Run.run(
            Map.of("TMPDIR", temp.resolve("none").toString()),
            null,
            List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                log.toString(),
                "-e",
                "trace=openat,open,creat",
                "-e",
                "signal=none",
                BROOT,
                "exec",
                "--no-cache",
                spec.toString(),
                "--",
                "true"));
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(Files.readAllLines(log))
        .filteredOn(
            line ->
                line.contains("O_CREAT")
                    && !line.contains("/proc/")
                    && !line.contains("/dev/null")
                    // Texts of the spec, in the sandbox's own tmpfs.
                    && !line.contains("\"/bindfile")
                    // bubblewrap 0.12 makes mount points in directories that it holds open.
                    && !line.matches(".*openat\\([0-9]+,.*"))
        .isEmpty();
  }
}
