package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.run.BuildRoot;
import dev.broot.run.CheckedSpec;
import dev.broot.run.Run;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many roots at once leave, and one whose process was killed. */
class BuildRootLeftoversTest {
  @TempDir Path temp = Path.of("");
  private Path run = temp;

  @BeforeEach
  void directories() throws IOException {
    Host.assumeRoot();
    run = Files.createDirectories(temp.resolve("run"));
  }

  private CheckedSpec spec(String more) {
    return Specs.valid(
        "broot 1\nbase host\nrundir "
            + run
            + "\nvardir "
            + run
            + "\ndrop /dev\ndevices /dev prefix dev-\nnode null c 1:3 0666\n"
            + "scratch /var prefix var-\nstdin null\napis /run/api\n"
            + more);
  }

  private static Run sh(String line) {
    return Run.of("sh", "-c", line).capture();
  }

  private static long count(String directory) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of(directory))) {
      return entries.count();
    }
  }

  @Test
  void manyRootsAtOnceLeaveNothing() throws Exception {
    CheckedSpec spec = spec("");
    try (BuildRoot warm = BuildRoot.enter(spec)) {
      warm.run(sh("true"));
    }
    String before = Host.state();
    long descriptors = count("/proc/self/fd");
    List<CompletableFuture<Integer>> roots = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      CompletableFuture<Integer> outcome = new CompletableFuture<>();
      roots.add(outcome);
      new Thread(
              () -> {
                try {
                  int found;
                  try (BuildRoot root = BuildRoot.enter(spec)) {
                    root.run(sh("touch /var/x"));
                    found = root.run(sh("ls /var | wc -l")).output().trim().length();
                  }
                  outcome.complete(found);
                } catch (InterruptedException | RuntimeException e) {
                  outcome.completeExceptionally(e);
                }
              })
          .start();
    }
    for (CompletableFuture<Integer> root : roots) {
      assertThat(root.get()).isEqualTo(1);
    }
    assertThat(Host.state()).isEqualTo(before);
    assertThat(run).isEmptyDirectory();
    assertThat(count("/proc/self/fd")).isLessThanOrEqualTo(descriptors + 2);
    String threads = "broot-";
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(threads + "root"))
                .filter(Thread::isAlive)
                .peek(
                    thread -> {
                      try {
                        thread.join();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                    })
                .filter(Thread::isAlive))
        .isEmpty();
  }

  /** Runs until it is killed. */
  public static final class Embedding {
    private Embedding() {}

    /** Enters a root. */
    public static void main(String[] args) throws Exception {
      CheckedSpec spec = BuildRoot.compile(Path.of(args[0]), Map.of());
      BuildRoot root = BuildRoot.enter(spec);
      root.run(Run.of("sh", "-c", "echo ready; exec sleep " + args[1]));
    }
  }

  @Test
  void aKilledProcessLeavesDirectoriesForGc() throws Exception {
    Path file = temp.resolve("s.broot");
    Files.writeString(
        file,
        "broot 1\nbase host\nrundir "
            + run
            + "\ndrop /dev\ndevices /dev prefix dev-\nnode null c 1:3 0666\n");
    String before = Host.state();
    String seconds = Host.seconds();
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Embedding.class.getName(),
                file.toString(),
                seconds)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    assertThat(dev.broot.support.Run.run("sh", "-c", ScriptWriter.collector()).out())
        .doesNotContain(run.toString());
    process.destroyForcibly().waitFor();
    assertThat(Host.state()).isEqualTo(before);
    String gone =
        "for i in $(seq 1000); do pgrep -xf 'sleep "
            + seconds
            + "' >/dev/null || exit 0; done; exit 1";
    assertThat(dev.broot.support.Run.run("sh", "-c", gone).status()).isZero();
    assertThat(dev.broot.support.Run.run("sh", "-c", ScriptWriter.collector()).out())
        .contains(run + "/dev-");
    assertThat(run).isEmptyDirectory();
  }
}
