package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

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
            tcp 203.0.113.5 7001: ConnectionRefusedError
            tcp 203.0.113.6 7002: ConnectionRefusedError
            tcp ::1 7001: ConnectionRefusedError
            tcp 127.0.0.77 7001: ConnectionRefusedError
            tcp 169.254.169.254 80: ConnectionRefusedError
            udp 127.0.0.1 7001: ConnectionRefusedError
            udp 203.0.113.6 7001: ConnectionRefusedError
            abstract broot-network-test: ConnectionRefusedError
            write /etc/hosts: OSError
            """);
    assertThat(result.err().lines().toList())
        .contains(refused("localhost:7002"), refused("good.example:7002"), looked("other.example"))
        .contains(refused("203.0.113.5:7001"), refused("203.0.113.6:7002"))
        .allMatch(line -> line.startsWith("broot: net: "));
    assertThat(result.status()).isZero();
  }

  private static String refused(String what) {
    return "broot: net: "
        + what
        + " was refused, since no line allows it: a line `net allow "
        + what
        + "` would";
  }

  private static String looked(String name) {
    return "broot: net: "
        + name
        + " was looked up, and no line allows it: a line `net allow "
        + name
        + ":PORT` would";
  }

  /** In the status file, and at once: a program sees it before it ends. */
  @Test
  void whatIsRefusedIsToldAtOnceAndInTheStatusFile() throws IOException {
    Path status = temp.resolve("status.json");
    String spec = spec("stdin inherit; net allow good.example:7001");
    Path script = temp.resolve("script.sh");
    RunOptions options = new RunOptions(null, null, status.toString()).saying(true);
    Files.writeString(script, ScriptWriter.write(Specs.plan(spec), options, "TEST"));
    // What broot says is the program's input.
    String program =
        "/usr/bin/python3 /tries.py 'tcp good.example 22' 'tcp other.example 22'; read -r line; echo"
            + " \"$line\"";
    String both = "mkfifo /mnt/said; exec 8<>/mnt/said; dash " + script + " sh -c \"$0\" <&8 2>&8";
    Run.Result result =
        Run.run(
            "unshare",
            "-n",
            "-m",
            "-p",
            "-f",
            "--mount-proc",
            "/usr/bin/python3",
            MACHINE,
            "sh",
            "-c",
            both,
            program);
    assertThat(result.out().lines().toList())
        .hasSize(3)
        .contains("tcp good.example 22: ConnectionRefusedError", "tcp other.example 22: gaierror")
        .containsAnyOf(refused("good.example:22"), looked("other.example"));
    assertThat(Files.readString(status))
        .contains("\"refused\":[\"")
        .contains(refused("good.example:22").substring("broot: net: ".length()))
        .contains(looked("other.example").substring("broot: net: ".length()));
  }

  /** Who asks by himself gets the same addresses, and who asks nonsense gets nothing. */
  @Test
  void theNameServerKnowsTheLines() throws IOException {
    Run.Result result =
        tries(
            "net allow good.example:7001",
            "lookup Good.example",
            "lookup other.example",
            "nonsense 127.0.0.1 53",
            "lookup a\u001b;b.example",
            "amid good.example");
    assertThat(result.out())
        .isEqualTo(
            """
            lookup Good.example: 127.0.0.2
            lookup other.example: no such name
            nonsense 127.0.0.1 53: sent
            lookup a\u001b;b.example: no such name
            amid good.example: 127.0.0.2
            """);
    assertThat(result.err())
        .isEqualTo(looked("other.example") + "\n" + looked("a??b.example") + "\n");
  }

  /** socat drops packets of a crowd, where it is not told to take one after the other. */
  @Test
  void theNameServerAnswersACrowd() throws IOException {
    assertThat(tries("net allow good.example:7001", "crowd good.example").out())
        .isEqualTo("crowd good.example: 100 answers\n");
  }

  /** Its own directory is seen too. A socket takes connections where it is mounted read-only. */
  @ParameterizedTest
  @ValueSource(strings = {"", "setpriv --reuid=65534 --regid=65534 --clear-groups"})
  void noSandboxReachesWhatAnotherRunIsConnectedTo(String user) throws IOException {
    Path other = Files.copy(script("net allow localhost:7001"), temp.resolve("other.sh"));
    Path nosy =
        script("bind ro /run -> /host/run; bind ro /tmp -> /host/tmp; net allow localhost:7002");
    String both =
        "mkfifo /mnt/up /mnt/end; chmod 666 /mnt/*; "
            + user
            + " dash "
            + other
            + " sh -c 'echo up; read x' </mnt/end >/mnt/up & exec 8>/mnt/end; read x </mnt/up; "
            + user
            + " dash "
            + nosy
            + " /usr/bin/python3 /tries.py 'relays /host'";
    Run.Result result =
        Run.run(
            "unshare",
            "-n",
            "-m",
            "-p",
            "-f",
            "--mount-proc",
            "/usr/bin/python3",
            MACHINE,
            "sh",
            "-c",
            both);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo("relays /host: 2 directories, 0 sockets, 0 hosts\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "private.example | private.example:7001 was refused: the name leads to 10.9.9.9, which is a private address",
        "self.example | self.example:7001 was refused: the name leads to 198.51.100.2, which is this host",
        "loop.example | loop.example:7001 was refused: the name leads to 127.0.0.1, which is this host",
        "mapped.example | mapped.example:7001 was refused: the name leads to ::1, which is this host",
        "meta.example | meta.example:7001 was refused: the name leads to 169.254.169.254, which is a neighbour on this host's link",
        "mixed.example | mixed.example:7001 was refused: the name leads to 10.9.9.9, which is a private address",
        "nat64.example | nat64.example:7001 was refused: the name leads to 64:ff9b::a09:909, which is a private address",
        "nat64meta.example | nat64meta.example:7001 was refused: the name leads to 64:ff9b::a9fe:a9fe, which is a neighbour on this host's link",
        "nowhere.example | nowhere.example:7001 failed: the host finds no address of that name",
        "closed.example | closed.example:7001 failed: Connection refused (203.0.113.7)",
      })
  void aNameThatLeadsAwayIsRefusedAndSaid(String name, String said) throws IOException {
    Run.Result result = tries("net allow " + name + ":7001", "tcp " + name + " 7001");
    assertThat(result.out()).isEqualTo("tcp " + name + " 7001: closed\n");
    assertThat(result.err()).isEqualTo("broot: net: " + said + "\n");
  }

  /** What listens on all addresses of the host is a service of the host at each of them. */
  @Test
  void theHostIsReachedByLocalhostOnly() throws IOException {
    Run.Result result =
        tries(
            "net allow 198.51.100.2:7001; net allow [2001:db8:1::2]:7001; net allow self.example:7001"
                + " private; net allow localhost:7001",
            "tcp 198.51.100.2 7001",
            "tcp 2001:db8:1::2 7001",
            "tcp self.example 7001",
            "tcp localhost 7001");
    assertThat(result.out())
        .isEqualTo(
            """
            tcp 198.51.100.2 7001: closed
            tcp 2001:db8:1::2 7001: closed
            tcp self.example 7001: closed
            tcp localhost 7001: reached localhost
            """);
    assertThat(result.err())
        .contains(
            "198.51.100.2:7001 was refused: 198.51.100.2 is this host; for a service of it write"
                + " `net allow localhost:7001`");
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
    Path script = script("net allow localhost:7001");
    String bin = Commands.without(temp, script, program);
    Run.Result result =
        Run.run(Map.of("PATH", bin), null, List.of("/bin/dash", script + "", "true"));
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err())
        .isEqualTo(
            "broot: "
                + program
                + " is not on PATH, and `net allow` needs it; install the package "
                + wanted
                + "\n");
  }
}
