package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Schemas;
import dev.broot.support.Specs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that serve an API, with real sockets and real bubblewrap. */
@NeedsSandbox
class ProvidersTest {
  private static final String SERVER =
      """
      import os, signal, socket, sys, time
      mode, name, path, log = sys.argv[1:]
      def note(text):
          with open(log, "a") as file: file.write(text + " " + name + "\\n")
      def stop(*_):
          note("stopped"); sys.exit(0)
      signal.signal(signal.SIGTERM, signal.SIG_IGN if mode == "deaf" else stop)
      if mode == "early":
          print("I cannot", name, flush=True); sys.exit(3)
      if mode == "away" and os.fork(): time.sleep(600)
      if mode == "away": os.setsid()
      server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
      if mode != "never":
          server.bind(path); server.listen()
          note("listens")
      while True:
          if mode == "never": time.sleep(600)
          client, _ = server.accept()
          client.sendall(("hello from " + name + "\\n").encode())
          client.close()
          if mode == "once": sys.exit(0)
      """;

  private static final String CLIENT =
      "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect('/run/api/'+sys.argv[1]);"
          + " sys.stdout.write(s.makefile().read())";

  @TempDir Path temp = Path.of("");
  private Path log = temp;
  private final Map<String, @Nullable String> environment = new HashMap<>();

  @BeforeEach
  void server() throws IOException {
    Files.writeString(temp.resolve("server.py"), SERVER);
    log = temp.resolve("log");
  }

  private String serve(String mode, String name) {
    return String.format(
        "api %s serve [\"python3\", \"%s/server.py\", \"%s\", \"%s\", \"${socket}\", \"%s\"]",
        name, temp, mode, name, log);
  }

  private Path script(RunOptions options, String... lines) throws IOException {
    String spec = "broot 1\nbase host\napis /run/api\n" + String.join("\n", lines) + "\n";
    return Files.writeString(
        temp.resolve("script.sh"), ScriptWriter.write(Specs.plan(spec), options, "TEST"));
  }

  private Run.Result run(String shell, Path script, String program) throws IOException {
    String before = Host.state();
    Run.Result result =
        Run.run(environment, null, List.of(shell, script.toString(), "sh", "-c", program));
    assertThat(Host.state()).isEqualTo(before);
    assertThat(Run.run("pgrep", "-f", temp + "/server.py").out()).isEmpty();
    return result;
  }

  private static String ask(String name) {
    return "python3 -c \"" + CLIENT + "\" " + name;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void areStartedInOrderAndEndedInReverse(String shell) throws IOException {
    Path script = script(RunOptions.NONE, serve("good", "a"), serve("good", "b"));
    Run.Result result = run(shell, script, ask("b") + "; " + ask("a") + "; exit 5");
    assertThat(result).isEqualTo(new Run.Result(5, "hello from b\nhello from a\n", ""));
    assertThat(log).hasContent("listens a\nlistens b\nstopped b\nstopped a\n");
  }

  @Test
  void serveInARootWithDevices() throws IOException {
    Host.assumeRoot();
    Path run = Files.createDirectories(temp.resolve("run"));
    Path script =
        script(
            RunOptions.NONE,
            "rundir " + run,
            "drop /dev",
            "devices /dev prefix dev-",
            "node null c 1:3 0666",
            serve("good", "a"));
    assertThat(run("dash", script, ask("a") + " >/dev/null; " + ask("a")).out())
        .isEqualTo("hello from a\n");
    assertThat(run).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void oneThatEndsEarlyFailsTheRunWithItsOwnWords(String shell) throws IOException {
    Path script = script(RunOptions.NONE, serve("good", "a"), serve("early", "b"));
    Run.Result result = run(shell, script, "echo ran");
    assertThat(result)
        .isEqualTo(
            new Run.Result(
                125,
                "",
                "I cannot b\nbroot: the provider of the API b ended before its socket answered;"
                    + " what it said stands above\n"));
    assertThat(log).hasContent("listens a\nstopped a\n");
  }

  @Test
  void oneThatNeverListensFailsTheRun() throws IOException {
    // Time flies where sleep does not.
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("sleep"), Path.of("/bin/true"));
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    Path script = script(RunOptions.NONE, serve("never", "a"));
    Run.Result result = run("dash", script, "echo ran");
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("broot: the provider of the API a does not listen on /")
        .endsWith("after 10 seconds\n");
  }

  @Test
  void oneThatDoesNotListenToSignalsIsKilled() throws IOException {
    Path script = script(RunOptions.NONE, serve("deaf", "a"));
    assertThat(run("dash", script, ask("a")).out()).isEqualTo("hello from a\n");
    assertThat(log).hasContent("listens a\n");
  }

  @Test
  void oneThatForksAwayGoesToo() throws IOException {
    Path script = script(RunOptions.NONE, serve("away", "a"));
    assertThat(run("dash", script, ask("a")).out()).isEqualTo("hello from a\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void oneThatEndsMeanwhileIsReported(String shell) throws IOException {
    Path script = script(RunOptions.NONE, serve("once", "a"));
    Run.Result result = run(shell, script, ask("a") + "; sleep 0.2; exit 6");
    assertThat(result)
        .isEqualTo(new Run.Result(6, "hello from a\n", "broot: the provider of the API a ended\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void oneThatIsRequiredEndsTheRun(String shell) throws IOException {
    Path file = temp.resolve("status.json");
    Path script =
        script(new RunOptions(null, null, file.toString()), serve("once", "a") + " required");
    Run.Result result = run(shell, script, ask("a") + "; exec sleep 600");
    assertThat(result)
        .isEqualTo(
            new Run.Result(125, "hello from a\n", "broot: the provider of the API a ended\n"));
    Schemas.assertValid("status.schema.json", Files.readString(file));
    JsonObject status = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertThat(status.get("ended").getAsString()).isEqualTo("failed");
    assertThat(status.get("by").getAsString()).isEqualTo("broot");
  }

  @Test
  void diesWithAKilledRun() throws Exception {
    Path script = script(RunOptions.NONE, serve("away", "a"));
    Process process =
        new ProcessBuilder("dash", script.toString(), "sh", "-c", "echo ready; exec sleep 600")
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("ready");
    assertThat(Run.run("kill", "-KILL", String.valueOf(process.pid())).status()).isZero();
    assertThat(process.waitFor()).isEqualTo(137);
    // What forked away goes with the next collection.
    assertThat(Run.run("sh", "-c", ScriptWriter.collector()).out()).contains("/broot-api-");
    String gone =
        "for i in $(seq 1000); do pgrep -f '" + temp + "/[s]erver.py' || exit 0; done; exit 1";
    assertThat(Run.run("sh", "-c", gone).status()).isZero();
  }

  @Test
  void needsNoPrivilege() throws IOException {
    Host.assumeRoot();
    Path runtime = Files.createDirectories(temp.resolve("runtime"));
    Path script = script(RunOptions.NONE, serve("good", "a"));
    Files.createFile(log);
    assertThat(Run.run("chown", "-R", "65534:65534", runtime.toString(), log.toString()).status())
        .isZero();
    assertThat(Run.run("chmod", "711", temp.toString()).status()).isZero();
    Run.Result result =
        Run.run(
            Map.of("XDG_RUNTIME_DIR", runtime.toString()),
            Path.of("/"),
            List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--bounding-set=-all",
                "dash",
                script.toString(),
                "sh",
                "-c",
                ask("a") + "; sed -n 's/^CapEff:.//p' /proc/self/status"));
    assertThat(result).isEqualTo(new Run.Result(0, "hello from a\n0000000000000000\n", ""));
    assertThat(runtime.resolve("broot")).isEmptyDirectory();
  }
}
