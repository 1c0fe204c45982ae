package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.permission.Difference;
import dev.broot.permission.Difference.Verdict;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Broot;
import dev.broot.support.Golden;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are connected to some hosts, with real servers, in a network made for the test. */
class NetworkTest {
  /** A host of its own: addresses, names, and servers that the programs try to reach. */
  private static final String MACHINE =
      Golden.HOME.resolve("interpreter/src/test/resources/network/machine.py").toString();

  private static final Path TRIES =
      Golden.HOME.resolve("interpreter/src/test/resources/network/tries.py");

  /** Where all users may read it. */
  private static final Path PROGRAM = Path.of(System.getProperty("java.io.tmpdir"), "tries.py");

  @TempDir Path temp = Path.of("");

  @BeforeEach
  void root() throws IOException {
    Host.assumeRoot();
    Files.copy(TRIES, PROGRAM, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(
        temp, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String spec(String lines) {
    return "broot 1\nbase host\nbind ro "
        + PROGRAM
        + " -> /tries.py\n"
        + lines.replace("; ", "\n")
        + "\n";
  }

  private Path script(String lines) throws IOException {
    return Files.writeString(
        temp.resolve("script.sh"),
        ScriptWriter.write(Specs.plan(spec(lines)), RunOptions.NONE, "TEST"));
  }

  private Run.Result onMachine(List<String> before, String lines, String... program)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "-n", "-m", "-p", "-f", "--mount-proc", "/usr/bin/python3"));
    command.addAll(List.of(MACHINE));
    command.addAll(before);
    command.addAll(List.of("dash", script(lines).toString()));
    command.addAll(List.of(program));
    return Run.run(command.toArray(new String[0]));
  }

  private Run.Result tries(String lines, String... tried) throws IOException {
    List<String> program = new ArrayList<>(List.of("/usr/bin/python3", "/tries.py"));
    program.addAll(List.of(tried));
    return onMachine(List.of(), lines, program.toArray(new String[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "setpriv --reuid=65534 --regid=65534 --clear-groups"})
  void whatLinesAllowIsReachedAndNothingElseIs(String user) throws IOException {
    List<String> before = user.isEmpty() ? List.of() : List.of(user.split(" ", -1));
    Run.Result result =
        onMachine(
            before,
            "net allow localhost:7001; net allow good.example:7001; net allow 203.0.113.6:7001; net"
                + " allow [2001:db8::6]:7001",
            "/usr/bin/python3",
            "/tries.py",
            "tcp localhost 7001",
            "tcp 127.0.0.1 7001",
            "tcp GOOD.example 7001",
            "tcp 203.0.113.6 7001",
            "tcp 2001:db8::6 7001",
            "tcp localhost 7002",
            "tcp good.example 7002",
            "tcp other.example 7001",
            "tcp 203.0.113.5 7001",
            "tcp 203.0.113.6 7002",
            "tcp ::1 7001",
            "tcp 127.0.0.77 7001",
            "tcp 169.254.169.254 80",
            "udp 127.0.0.1 7001",
            "udp 203.0.113.6 7001",
            "abstract broot-network-test",
            "write /etc/hosts");
    assertThat(result.out())
        .isEqualTo(
            """
            tcp localhost 7001: reached localhost
            tcp 127.0.0.1 7001: reached localhost
            tcp GOOD.example 7001: reached 203.0.113.5
            tcp 203.0.113.6 7001: reached 203.0.113.6
            tcp 2001:db8::6 7001: reached 2001:db8::6
            tcp localhost 7002: ConnectionRefusedError
            tcp good.example 7002: ConnectionRefusedError
            tcp other.example 7001: gaierror
            tcp 203.0.113.5 7001: OSError
            tcp 203.0.113.6 7002: ConnectionRefusedError
            tcp ::1 7001: ConnectionRefusedError
            tcp 127.0.0.77 7001: ConnectionRefusedError
            tcp 169.254.169.254 80: OSError
            udp 127.0.0.1 7001: ConnectionRefusedError
            udp 203.0.113.6 7001: ConnectionRefusedError
            abstract broot-network-test: ConnectionRefusedError
            write /etc/hosts: OSError
            """);
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "private.example | private.example:7001 was refused: the name leads to 10.9.9.9, which is a private address",
        "loop.example | loop.example:7001 was refused: the name leads to 127.0.0.1, which is this host",
        "mapped.example | mapped.example:7001 was refused: the name leads to ::1, which is this host",
        "meta.example | meta.example:7001 was refused: the name leads to 169.254.169.254, which is a neighbour on this host's link",
        "mixed.example | mixed.example:7001 was refused: the name leads to 10.9.9.9, which is a private address",
        "nowhere.example | nowhere.example:7001 failed: the host finds no address of that name",
        "closed.example | closed.example:7001 failed: Connection refused (203.0.113.7)",
      })
  void aNameThatLeadsAwayIsRefusedAndSaid(String name, String said) throws IOException {
    Run.Result result = tries("net allow " + name + ":7001", "tcp " + name + " 7001");
    assertThat(result.out()).isEqualTo("tcp " + name + " 7001: closed\n");
    assertThat(result.err()).isEqualTo("broot: net: " + said + "\n");
  }

  @Test
  void aPrivateNameMayLeadToAPrivateAddressAndNotToThisHost() throws IOException {
    Run.Result result =
        tries(
            "net allow private.example:7001 private; net allow loop.example:7001 private; net allow"
                + " meta.example:7001 private",
            "tcp private.example 7001",
            "tcp loop.example 7001",
            "tcp meta.example 7001");
    assertThat(result.out())
        .isEqualTo(
            """
            tcp private.example 7001: reached 10.9.9.9
            tcp loop.example 7001: closed
            tcp meta.example 7001: closed
            """);
  }

  @Test
  void theNextAddressIsTriedWhereOneDoesNotAnswer() throws IOException {
    Run.Result result = tries("net allow second.example:7001", "tcp second.example 7001");
    assertThat(result.out()).isEqualTo("tcp second.example 7001: reached 203.0.113.5\n");
  }

  @Test
  void aHalfOfAConnectionMayBeClosed() throws IOException {
    // The server answers a second after it has read to the end.
    Run.Result result = tries("net allow good.example:7003", "half good.example 7003");
    assertThat(result.out()).isEqualTo("half good.example 7003: 5 bytes read\n");
  }

  @Test
  void manyBytesAndManyConnectionsPass() throws IOException {
    Run.Result result =
        tries(
            "net allow good.example:7004; net allow good.example:7001",
            "send good.example 7004 104857600",
            "many good.example 7001 200");
    assertThat(result.out())
        .isEqualTo(
            """
            send good.example 7004 104857600: 104857600 bytes came back
            many good.example 7001 200: 200 reached
            """);
  }

  @Test
  void aProgramFindsNoDescriptorAndNoProcessOfTheRelays() throws IOException {
    Run.Result result =
        onMachine(
            List.of(),
            "net allow localhost:7001",
            "sh",
            "-c",
            "ls /proc/self/fd | tr '\\n' ' '; ls -d /proc/[0-9]* | wc -l");
    assertThat(result.out()).matches("0 1 2 3 [0-9]+\n");
    assertThat(result.out().strip().split(" ", -1)[4]).isIn("3", "4", "5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"script", "bubblewrap", "relay", "first"})
  void whateverIsKilledNothingIsLeft(String what) throws IOException {
    Run.Result result =
        Run.run(
            "unshare",
            "-n",
            "-m",
            "-p",
            "-f",
            "--mount-proc",
            "/usr/bin/python3",
            Golden.HOME.resolve("interpreter/src/test/resources/network/kill.py").toString(),
            what,
            "dash",
            script("net allow localhost:7001").toString(),
            "sleep",
            Host.seconds());
    assertThat(result.err()).doesNotContain("Traceback");
    assertThat(result.out()).isEqualTo("left: \n");
  }

  @ParameterizedTest
  @CsvSource({"socat, socat", "ip, iproute2", "getent, libc-bin", "nsenter, util-linux"})
  void aMissingProgramIsSaidBeforeAnythingIsDone(String program, String wanted) throws IOException {
    Path bin = Files.createDirectory(temp.resolve("bin"));
    Run.run("sh", "-c", "ln -s /usr/bin/* /usr/sbin/ip \"$0\"; rm \"$0/$1\"", bin + "", program);
    Path script = script("net allow localhost:7001");
    String text = Files.readString(script).replace(":/usr/sbin:/sbin", "");
    Files.writeString(script, text);
    Run.Result result =
        Run.run(Map.of("PATH", bin.toString()), null, List.of("/bin/dash", script + "", "true"));
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err())
        .isEqualTo(
            "broot: "
                + program
                + " is not on PATH, and `net allow` needs it; install the package "
                + wanted
                + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net none | net allow a.example:443 | WIDER",
        "net allow a.example:443 | net allow a.example:443 | EQUAL",
        "net allow a.example:443 | net allow a.example:443; net allow a.example:80 | WIDER",
        "net allow a.example:443; net allow b.example:443 | net allow b.example:443 | NARROWER",
        "net allow a.example:443 | net allow a.example:443 private | WIDER",
        "net allow a.example:443 private | net allow a.example:443 | NARROWER",
        "unsafe share net because \"x\" | net allow a.example:443 | NARROWER",
        "net allow a.example:443 | unsafe share net because \"x\" | WIDER",
      })
  void diffKnowsHosts(String before, String after, Verdict verdict) {
    Difference difference = Difference.of(Specs.plan(spec(before)), Specs.plan(spec(after)));
    assertThat(difference.verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net none | deny network | ",
        "net allow a.example:443 | deny network | the program may connect to a.example:443",
        "net allow a.example:443 | allow network | the program may connect to a.example:443, and not to all others",
        "net allow a.example:443 | deny connect b.example | ",
        "net allow a.example:443 | deny connect a.example:80 | ",
        "net allow a.example:443 | deny connect A.example | the program may connect to a.example:443",
        "net allow a.example:443 | allow connect a.example:443 | ",
        "net allow a.example:443 | allow connect a.example:80 | no line lets the program connect to `a.example:80`",
        "net allow a.example:443 private | deny connect 10.1.2.3 | the program may connect to a.example:443, also at a private address",
        "net allow a.example:443 private | deny connect 169.254.169.254 | ",
        "net allow localhost:443 | deny connect 127.0.0.1 | the program may connect to localhost:443, a service of the host",
        "unsafe share net because \"x\" | deny connect a.example | the program may use the host's network, with every abstract socket",
      })
  void assertionsKnowHosts(String lines, String expected, String broken) {
    List<String> messages =
        Specs.compile(spec(lines + "; expect " + expected), Map.of(), List.of())
            .diagnostics()
            .stream()
            .filter(diagnostic -> diagnostic.code().id().equals("BR601"))
            .map(diagnostic -> diagnostic.message())
            .toList();
    assertThat(messages)
        .isEqualTo(broken == null ? List.of() : List.of("this does not hold: " + broken));
  }

  @Test
  void aLastHostThatIsDroppedLeavesNoNetwork() throws IOException {
    Files.writeString(temp.resolve("hosts.broot"), "fragment 1\nnet allow a.example:443\n");
    Files.writeString(
        temp.resolve("spec.broot"),
        "broot 1\nbase none because \"test\"\nbind ro /usr -> /usr\ninclude hosts.broot\n");
    Run.Result result =
        Run.run(
            Broot.BROOT,
            "plan",
            "--line",
            "drop net a.example:443",
            temp.resolve("spec.broot").toString());
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("--unshare-net");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net allow a.example:443 | --line=unshare net | --unshare-net",
        "net allow a.example:443 | --line=unsafe share net because \"x\" | !--unshare-net",
        "net none | --line=net allow a.example:443 | allow a.example:443    (at 127.0.0.2)",
        "unshare all | --line=net allow a.example:443 | --share-net",
      })
  void aLaterLineReplacesWhatWasSaidOfTheNetwork(String first, String line, String planned)
      throws IOException {
    Files.writeString(temp.resolve("spec.broot"), "broot 1\nbase host\n" + first + "\n");
    Run.Result result = Run.run(Broot.BROOT, "plan", line, temp.resolve("spec.broot").toString());
    assertThat(result.err()).isEmpty();
    if (planned.startsWith("!")) {
      assertThat(result.out()).doesNotContain(planned.substring(1)).doesNotContain("network");
    } else {
      assertThat(result.out()).contains("  " + planned + "\n");
    }
  }
}
