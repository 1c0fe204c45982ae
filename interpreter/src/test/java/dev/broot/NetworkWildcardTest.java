package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.bwrap.PlanText;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Commands;
import dev.broot.support.Golden;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that ask a real proxy for hosts by a part of their names, in a world of the test's. */
class NetworkWildcardTest {
  private static final Path FILES = Golden.HOME.resolve("interpreter/src/test/resources/network");

  private static final String LINES =
      "net allow *.example.org:7001; net allow *.good.example:7002; net allow api.example.org:7001;"
          + " net allow other.example:7001";

  @TempDir Path temp = Path.of("");

  @BeforeEach
  void root() throws IOException {
    Host.assumeRoot();
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path script(String lines) throws IOException {
    Path program = temp.resolve("tries.py");
    Files.copy(FILES.resolve("tries.py"), program, StandardCopyOption.REPLACE_EXISTING);
    String spec =
        "broot 1\nbase host\nbind ro " + program + " -> /tries.py\n" + lines.replace("; ", "\n");
    return Files.writeString(
        temp.resolve("script.sh"), ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
  }

  private static Run.Result onMachine(String... command) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("unshare", "-n", "-m", "-p", "-f", "--mount-proc", "/usr/bin/python3"));
    all.add(FILES.resolve("outside.py").toString());
    all.addAll(List.of(command));
    return Run.run(all.toArray(new String[0]));
  }

  private Run.Result tries(List<String> before, String lines, String... tried) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of("dash", script(lines).toString(), "/usr/bin/python3", "/tries.py"));
    command.addAll(List.of(tried));
    return onMachine(command.toArray(new String[0]));
  }

  private static String refused(String what) {
    return "broot: net: "
        + what
        + " was refused, since no line allows it: a line `net allow "
        + what
        + "` would";
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "setpriv --reuid=65534 --regid=65534 --clear-groups"})
  void whatTheLinesAllowIsReachedAndNothingElseIs(String user) throws IOException {
    Run.Result result =
        tries(
            user.isEmpty() ? List.of() : List.of(user.split(" ", -1)),
            LINES,
            "connect a.example.org:7001",
            "connect A.b.EXAMPLE.org:7001",
            "connect six.example.org:7001",
            "connect api.example.org:7001",
            "tcp api.example.org 7001",
            "tcp other.example 7001",
            // Each line has its own port.
            "connect a.example.org:7002",
            "connect a.good.example:7001",
            "connect example.org:7001",
            "connect evilexample.org:7001",
            "connect a.example.org.evil.com:7001",
            "connect a.example.org@evil.com:7001",
            "connect evil.com@a.example.org:7001",
            "connect a.example.org.:7001",
            "connect a.example.org",
            "connect a.example.org:4294974297",
            "connect a.example.org:7001/",
            "connect 203.0.113.5:7001",
            "connect [2001:db8::6]:7001",
            "connect 127.0.0.1:3128",
            "connect evil.com:7001\\r.example.org:7001",
            "get http://evil.com:7001/x.example.org:7001",
            "get http://a.example.org:7001@evil.com:7001/",
            "get / evil.com:7001");
    assertThat(result.out())
        .isEqualTo(
            """
            connect a.example.org:7001: reached 203.0.113.5
            connect A.b.EXAMPLE.org:7001: reached 203.0.113.5
            connect six.example.org:7001: reached 2001:db8::6
            connect api.example.org:7001: reached 203.0.113.5
            tcp api.example.org 7001: reached 203.0.113.5
            tcp other.example 7001: reached 203.0.113.5
            connect a.example.org:7002: 403
            connect a.good.example:7001: 403
            connect example.org:7001: 403
            connect evilexample.org:7001: 403
            connect a.example.org.evil.com:7001: 403
            connect a.example.org@evil.com:7001: 403
            connect evil.com@a.example.org:7001: 403
            connect a.example.org.:7001: 403
            connect a.example.org: 403
            connect a.example.org:4294974297: 403
            connect a.example.org:7001/: 403
            connect 203.0.113.5:7001: 403
            connect [2001:db8::6]:7001: 403
            connect 127.0.0.1:3128: 403
            connect evil.com:7001\\r.example.org:7001: 403
            get http://evil.com:7001/x.example.org:7001: 403
            get http://a.example.org:7001@evil.com:7001/: 403
            get / evil.com:7001: 403
            """);
    assertThat(result.err().lines().toList())
        .contains(refused("a.example.org:7002"), refused("a.example.org.evil.com:7001"))
        .contains("broot: net: the proxy refused what is not a host and a port")
        .allMatch(line -> line.startsWith("broot: net: "));
    assertThat(result.status()).isZero();
  }

  /** All of these are served somewhere: outside, or by the host. */
  @ParameterizedTest
  @ValueSource(strings = {"", "pasta"})
  void aNameThatLeadsToAPrivateAddressOrTheHostIsNotReached(String missing) throws IOException {
    List<String> before = List.of();
    if (!missing.isEmpty()) {
      before = List.of("env", "PATH=" + Commands.without(temp, script(LINES), missing));
    }
    List<String> names =
        List.of("private", "carrier", "local", "loop", "self", "docker", "meta", "mapped");
    Run.Result result =
        tries(
            before,
            LINES,
            names.stream()
                .map(name -> "connect " + name + ".example.org:7001")
                .toArray(String[]::new));
    assertThat(result.out().lines().toList())
        .isEqualTo(
            names.stream().map(name -> "connect " + name + ".example.org:7001: 500").toList());
    assertThat(result.err().lines().toList())
        .contains(
            "broot: net: meta.example.org:7001 failed: it does not answer, or its name leads to a"
                + " private address, to this host, or to a neighbour of it");
  }

  /** What programs that know of no proxy are told. */
  @Test
  void aProgramThatDoesNotAskTheProxyFindsNoName() throws IOException {
    Run.Result result = tries(List.of(), LINES, "tcp a.example.org 7001", "tcp 203.0.113.5 7001");
    assertThat(result.out())
        .isEqualTo(
            "tcp a.example.org 7001: gaierror\ntcp 203.0.113.5 7001: ConnectionRefusedError\n");
    assertThat(result.err().lines().toList())
        .contains(refused("203.0.113.5:7001"))
        .contains(
            "broot: net: a.example.org was looked up, and no line allows it: a line `net allow"
                + " a.example.org:PORT` would; for a line with `*.` a program has to use the proxy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"script", "bubblewrap", "proxy"})
  void whateverIsKilledNothingIsLeft(String what) throws IOException {
    Run.Result result =
        onMachine(
            "/usr/bin/python3",
            FILES.resolve("kill.py").toString(),
            what,
            "dash",
            script(LINES).toString(),
            "sleep",
            Host.seconds());
    assertThat(result.err()).doesNotContain("Traceback");
    assertThat(result.out()).isEqualTo("left: \n");
  }

  @Test
  void aProgramFindsNoDescriptorAndNoProcessOfTheProxy() throws IOException {
    Run.Result result =
        onMachine(
            "dash",
            script(LINES).toString(),
            "sh",
            "-c",
            "ls /proc/self/fd | tr '\\n' ' '; ls -d /proc/[0-9]* | wc -l");
    assertThat(result.out()).matches("0 1 2 3 [345]\n");
  }

  @Test
  void whoHasNoProxyIsToldBeforeAnythingIsDone() throws IOException {
    Path script = script(LINES);
    String bin = Commands.without(temp, script, "tinyproxy");
    Run.Result result =
        Run.run(Map.of("PATH", bin), null, List.of("/bin/dash", script + "", "true"));
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err())
        .isEqualTo(
            "broot: tinyproxy is not on PATH, and `net allow *.NAME` needs it; install the package"
                + " tinyproxy-bin\n");
  }

  /** What a line of the spec says of a variable counts. */
  @Test
  void thePlanShowsHowProgramsAreToldOfTheProxy() {
    String text =
        PlanText.print(
            Specs.plan(
                "broot 1\nbase none because \"test\"\nenv NO_PROXY = mine\n"
                    + LINES.replace("; ", "\n")
                    + "\n"));
    assertThat(text)
        .contains(
            """
            environment
              NO_PROXY=mine
              http_proxy=http://127.255.255.254:3128
              https_proxy=http://127.255.255.254:3128
              HTTP_PROXY=http://127.255.255.254:3128
              HTTPS_PROXY=http://127.255.255.254:3128
              no_proxy=localhost,127.0.0.1,::1,other.example
            """)
        .contains("  allow *.example.org:7001    (by the proxy at 127.255.255.254:3128)\n")
        .contains("  allow api.example.org:7001    (at 127.0.0.2)\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*:443 | `*:443` is not a host, nor the hosts below one",
        "*.org:443 | `*.org:443` is not a host, nor the hosts below one",
        "a*.example.org:443 | `a*.example.org:443` is not a host and a port",
        "*.*.example.org:443 | `*.*.example.org:443` is not a host and a port",
        "*.0.0.1:443 | `*.0.0.1:443` is not a host, nor the hosts below one",
        "*.example.org | `*.example.org` has no port",
        "*.example.org:443 private | `private` behind `*.example.org:443`, whose proxy does not"
            + " reach private addresses",
      })
  void whatIsNoPartOfANameIsRefused(String target, String message) {
    assertThat(
            Specs.compile("broot 1\nbase host\nnet allow " + target + "\n", Map.of(), List.of())
                .diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly(message);
  }
}
