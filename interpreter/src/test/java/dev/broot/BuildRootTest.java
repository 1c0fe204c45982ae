package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broot.run.Api;
import dev.broot.run.BuildRoot;
import dev.broot.run.CheckedSpec;
import dev.broot.run.Result;
import dev.broot.run.Result.Ended;
import dev.broot.run.Run;
import dev.broot.run.Running;
import dev.broot.run.SetupException;
import dev.broot.run.SpecException;
import dev.broot.support.Host;
import dev.broot.support.Specs;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library, as a program that embeds it uses it. */
class BuildRootTest {
  private static final String CLIENT =
      "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect('/run/api/'+sys.argv[1]);"
          + " sys.stdout.write(s.makefile().read())";

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

  @Test
  void manyRunsShareWhatTheyLeave() throws Exception {
    String before = Host.state();
    try (BuildRoot root = BuildRoot.enter(spec(""))) {
      assertThat(root.run(sh("echo one > /var/x"))).isEqualTo(new Result(0, Ended.EXITED, ""));
      assertThat(root.run(sh("cat /var/x; echo two >&2; exit 3")))
          .isEqualTo(new Result(3, Ended.EXITED, "one\ntwo\n"));
      // What is mounted for the root is not seen by this process.
      assertThat(Host.state()).isEqualTo(before);
      assertThat(run).isNotEmptyDirectory();
    }
    assertThat(run).isEmptyDirectory();
  }

  @Test
  void outsideOfAnActiveContextNothingRuns() throws Exception {
    BuildRoot root = BuildRoot.of(spec(""));
    assertThatThrownBy(() -> root.run("true"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No active context");
    root.enter();
    root.enter();
    assertThat(root.run(sh("exit 4")).status()).isEqualTo(4);
    root.close();
    root.close();
    assertThatThrownBy(() -> root.start(Run.of("true")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No active context");
    root.enter();
    assertThat(root.run(sh("exit 5")).status()).isEqualTo(5);
    root.close();
    assertThat(run).isEmptyDirectory();
  }

  @Test
  void aRunHasBindsAndVariablesOfItsOwn() throws Exception {
    Path rw = Files.createDirectories(temp.resolve("a:b"));
    Path ro = Files.createDirectories(temp.resolve("ro"));
    try (BuildRoot root = BuildRoot.enter(spec("env A = spec\nbind ro /etc -> /mnt\n"))) {
      Run one =
          sh("echo $A; touch /ro/x 2>/dev/null || touch /rw/x && echo done")
              .readOnly(ro, "/ro")
              .bind(rw, "/rw")
              .env("A", "é\n");
      assertThat(root.run(one).output()).isEqualTo("é\n\ndone\n".replace("\n\n", "\n"));
      assertThat(rw.resolve("x")).exists();
      assertThat(ro).isEmptyDirectory();
      assertThat(root.run(sh("echo $A; ls -d /rw")).output()).startsWith("spec\n").contains("No");
      assertThatThrownBy(() -> root.run(sh("true").bind(rw, "/var")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("`/var` hides an earlier one");
      assertThatThrownBy(() -> Run.of("true").bind(Path.of("relative"), "/x"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void outputComesLineByLine() throws Exception {
    List<String> lines = new ArrayList<>();
    CountDownLatch first = new CountDownLatch(1);
    try (BuildRoot root = BuildRoot.enter(spec(""))) {
      Running running =
          root.start(
              Run.of("sh", "-c", "echo one; while [ ! -e /var/go ]; do :; done; printf 'two\nend'")
                  .lines(
                      line -> {
                        lines.add(line);
                        first.countDown();
                      }));
      first.await();
      assertThat(lines).containsExactly("one");
      assertThat(root.run(sh("touch /var/go")).status()).isZero();
      assertThat(running.await().output()).isEqualTo("one\ntwo\nend");
      assertThat(lines).containsExactly("one", "two", "end");
      Run throwing =
          Run.of("echo", "x")
              .lines(
                  line -> {
                    throw new IllegalStateException("the listener's own");
                  });
      assertThat(root.run(throwing)).isEqualTo(new Result(0, Ended.EXITED, "x\n"));
    }
  }

  @Test
  void aFloodIsTaken() throws Exception {
    try (BuildRoot root = BuildRoot.enter(spec(""))) {
      Result result = root.run(Run.of("head", "-c", "5000000", "/dev/zero").capture());
      assertThat(result.status()).isEqualTo(1);
      result = root.run(sh("yes | head -c 5000000"));
      assertThat(result.output()).hasSize(5_000_000);
      String long1 = "x".repeat(100_000);
      assertThat(root.run(Run.of("echo", long1).capture()).output()).isEqualTo(long1 + "\n");
    }
  }

  @Test
  void isCancelledFromAnotherThread() throws Exception {
    try (BuildRoot root = BuildRoot.enter(spec(""))) {
      CountDownLatch ready = new CountDownLatch(1);
      Running running =
          root.start(
              Run.of("sh", "-c", "trap 'exit 9' TERM; echo ready; while :; do sleep 0.01; done")
                  .lines(line -> ready.countDown()));
      ready.await();
      CompletableFuture.runAsync(running::cancel).join();
      running.cancel();
      assertThat(running.await().status()).isEqualTo(9);
      assertThat(running.await().ended()).isEqualTo(Ended.CANCELLED);
    }
  }

  @Test
  void aProgramThatIsPid1HearsOfItsCancellation() throws Exception {
    try (BuildRoot root = BuildRoot.enter(spec("as-pid-1\n"))) {
      CountDownLatch ready = new CountDownLatch(1);
      Running running =
          root.start(
              Run.of("sh", "-c", "trap 'exit 9' TERM; echo $$; while :; do sleep 0.01; done")
                  .lines(line -> ready.countDown()));
      ready.await();
      running.cancel();
      assertThat(running.await()).isEqualTo(new Result(9, Ended.CANCELLED, "1\n"));
    }
  }

  @Test
  void anInterruptedCallerEndsItsRun() throws Exception {
    try (BuildRoot root = BuildRoot.enter(spec(""))) {
      CountDownLatch ready = new CountDownLatch(1);
      CompletableFuture<String> outcome = new CompletableFuture<>();
      String sleep = "sleep " + Host.seconds();
      Thread thread =
          new Thread(
              () -> {
                try {
                  root.run(
                      Run.of("sh", "-c", "echo r; exec " + sleep).lines(l -> ready.countDown()));
                  outcome.complete("ended");
                } catch (InterruptedException e) {
                  outcome.complete("interrupted");
                }
              });
      thread.start();
      ready.await();
      thread.interrupt();
      assertThat(outcome.get()).isEqualTo("interrupted");
      assertThat(dev.broot.support.Run.run("pgrep", "-xf", sleep).out()).isEmpty();
    }
  }

  @Test
  void closingEndsWhatRunsEvenWhenInterrupted() throws Exception {
    BuildRoot root = BuildRoot.enter(spec(""));
    CountDownLatch ready = new CountDownLatch(1);
    String sleep = "sleep " + Host.seconds();
    Running running =
        root.start(Run.of("sh", "-c", "echo r; exec " + sleep).lines(line -> ready.countDown()));
    ready.await();
    Thread.currentThread().interrupt();
    root.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(running.await().ended()).isEqualTo(Ended.CANCELLED);
    assertThat(run).isEmptyDirectory();
    assertThat(dev.broot.support.Run.run("pgrep", "-xf", sleep).out()).isEmpty();
  }

  private static AutoCloseable greet(Path path, String text) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  try (SocketChannel client = server.accept()) {
                    client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                  }
                }
              } catch (IOException e) {
                // The server was closed.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  @Test
  void apisAreRegisteredBeforeAndAfter() throws Exception {
    List<String> closed = new ArrayList<>();
    BuildRoot root = BuildRoot.of(spec(""));
    root.register(
        Api.serving(
            "early",
            socket -> {
              AutoCloseable server = greet(socket, "early");
              return () -> {
                server.close();
                closed.add("early");
              };
            }));
    try (root) {
      root.enter();
      root.register(Api.serving("late", socket -> greet(socket, "late")));
      Path own = temp.resolve("own.sock");
      try (AutoCloseable server = greet(own, "own")) {
        assertThat(server).isNotNull();
        root.register(Api.socket("own", own));
        for (String name : List.of("early", "late", "own")) {
          assertThat(root.run(Run.of("python3", "-c", CLIENT, name).capture()).output())
              .isEqualTo(name);
        }
      }
      assertThatThrownBy(() -> root.register(Api.socket("own", own)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () ->
                  root.register(
                      Api.serving(
                          "bad",
                          socket -> {
                            throw new IOException("no");
                          })))
          .isInstanceOf(SetupException.class);
      assertThat(closed).isEmpty();
    }
    assertThat(closed).containsExactly("early");
    assertThat(run).isEmptyDirectory();
  }

  @Test
  void aSpecThatDoesNotCompileSaysWhy() throws IOException {
    Path file = Files.writeString(temp.resolve("x.broot"), "broot 1\nbase host\ntmpfs tmp\n");
    assertThatThrownBy(() -> BuildRoot.compile(file, Map.of()))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("x.broot:3:7: error[BR");
    assertThatThrownBy(
            () ->
                BuildRoot.of(
                    Specs.valid("broot 1\nbase host\nparam p: path\nbind ro ${p} -> /p\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the parameter p has no value");
  }
}
