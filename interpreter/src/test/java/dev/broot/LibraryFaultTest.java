package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.run.BuildRoot;
import dev.broot.run.Result;
import dev.broot.run.Run;
import dev.broot.run.SetupException;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Faults;
import dev.broot.support.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every system call that the library makes for a root fails once, at each of its calls: strace puts
 * the fault into a JVM of its own, for each of its threads. What was done is undone, the embedding
 * program reads why, and nothing is left.
 */
class LibraryFaultTest {
  @TempDir Path temp = Path.of("");
  private Path run = temp;

  @BeforeEach
  void directories() throws IOException {
    Host.assumeRoot();
    run = Files.createDirectories(temp.resolve("run"));
  }

  /** Enters a root, runs a program in it and closes it. */
  public static final class Embedding {
    private Embedding() {}

    /** Prints what came of it. */
    public static void main(String[] args) throws Exception {
      try (BuildRoot root = BuildRoot.enter(BuildRoot.compile(Path.of(args[0]), Map.of()))) {
        Result result = root.run(Run.of("sh", "-c", "cat /etc/hello; [ -c /dev/full ]").capture());
        System.out.println("result " + result.status() + " " + result.output());
      } catch (SetupException e) {
        System.out.println("failed " + e.getMessage());
      }
    }
  }

  private Path spec() throws IOException {
    return Files.writeString(temp.resolve("s.broot"), "broot 1\nbase host\n" + Faults.spec(run));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
            "unshare:EPERM:1",
            "mount:EPERM:3",
            "mount:ENOSPC:3",
            "mknod,mknodat:EPERM:2",
            "mkdir,mkdirat:ENOSPC:8",
            "mkdir,mkdirat:EROFS:1",
            "openat:EMFILE:4",
            "write:ENOSPC:4",
            "flock:EIO:1",
            "chmod,fchmodat:EPERM:1",
            "fchmod:EPERM:3",
            "pipe2:EMFILE:2",
            "umount2:EBUSY:1",
            "unlink,unlinkat:EACCES:8",
            "clone3,vfork:EAGAIN:2")
        .flatMap(
            fault -> {
              String[] parts = fault.split(":", -1);
              return Stream.iterate(1, n -> n <= Integer.parseInt(parts[2]), n -> n + 1)
                  .map(n -> Arguments.of(parts[0], parts[1], n));
            });
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aCallThatFailsLeavesNothing(String call, String error, int when) throws IOException {
    String before = Host.state();
    Path log = temp.resolve("strace");
    dev.broot.support.Run.Result result =
        dev.broot.support.Run.run(
            Map.of(),
            null,
            List.of(
                "timeout",
                "-k",
                "5",
                "60",
                "strace",
                "-f",
                "-qq",
                "--seccomp-bpf",
                "-o",
                log.toString(),
                "-e",
                "trace=" + call,
                "-e",
                "inject=" + call + ":error=" + error + ":when=" + when,
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // A fault may hit the JVM itself while it starts (JDK 17: in its class data
                // archive).
                "-XX:ErrorFile=" + temp.resolve("jvm-error"),
                "-cp",
                System.getProperty("java.class.path"),
                Embedding.class.getName(),
                spec().toString()));
    String told = result + "\n" + Files.readString(log);
    assertThat(told).contains("(INJECTED)");
    assertThat(Host.state()).as(told).isEqualTo(before);
    assertThat(dev.broot.support.Run.run("pgrep", "-f", run.toString()).out()).as(told).isEmpty();
    assertThat(result.status()).as(told).isZero();
    assertThat(result.out()).as(told).matches("(?s)(result 0 hi\n|result \\d+ .+|failed .+)");
    if (result.out().equals("result 0 hi\n")) {
      assertThat(left()).as(told).isEmpty();
    }
    dev.broot.support.Run.run("sh", "-c", ScriptWriter.collector());
    assertThat(left()).as(told).isEmpty();
  }

  /** What lies in the directories of the spec, which themselves stay. */
  private String left() throws IOException {
    return dev.broot.support.Run.run("find", run.toString(), "-name", "*-*-*").out();
  }
}
