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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that are connected to everything but the host, whose world is made for the test. */
class NetworkOutsideTest {
  private static final Path FILES = Golden.HOME.resolve("interpreter/src/test/resources/network");

  private static final String OUTSIDE = FILES.resolve("outside.py").toString();

  @TempDir Path temp = Path.of("");

  @BeforeEach
  void root() throws IOException {
    Host.assumeRoot();
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path script() throws IOException {
    Path program = temp.resolve("tries.py");
    Files.copy(FILES.resolve("tries.py"), program, StandardCopyOption.REPLACE_EXISTING);
    String spec = "broot 1\nbase host\nbind ro " + program + " -> /tries.py\nnet user\n";
    return Files.writeString(
        temp.resolve("script.sh"), ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
  }

  /** As root and not, by pasta and by what stands in for it. */
  @ParameterizedTest
  @CsvSource({
    ", ''",
    ", pasta",
    "setpriv --reuid=65534 --regid=65534 --clear-groups, ''",
    "setpriv --reuid=65534 --regid=65534 --clear-groups, pasta",
  })
  void everythingOutsideIsReachedAndTheHostIsNot(String user, String missing) throws IOException {
    Path script = script();
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "-n", "-m", "-p", "-f", "--mount-proc", "/usr/bin/python3"));
    command.add(OUTSIDE);
    command.addAll(user == null ? List.of() : List.of(user.split(" ", -1)));
    if (!missing.isEmpty()) {
      command.addAll(List.of("env", "PATH=" + Commands.without(temp, script, missing)));
    }
    command.addAll(List.of("dash", script.toString(), "/usr/bin/python3", "/tries.py"));
    List<String> tried =
        List.of(
            "tcp 203.0.113.5 7001",
            "tcp any.example 7001",
            "tcp localhost 7001",
            "tcp 127.0.0.1 7001",
            "tcp 0.0.0.0 7001",
            "tcp ::1 7001",
            "tcp 198.51.100.2 7001",
            "tcp ::ffff:172.17.0.1 7001",
            "tcp 172.17.0.1 7001",
            "tcp 2001:db8:1::2 7001",
            "tcp 169.254.169.254 7001",
            "abstract broot-network-test");
    command.addAll(tried);
    Run.Result result = Run.run(command.toArray(new String[0]));
    assertThat(result.err()).isEmpty();
    List<String> lines = result.out().lines().toList();
    assertThat(lines.subList(0, 2))
        .containsExactly(
            "tcp 203.0.113.5 7001: reached 203.0.113.5",
            "tcp any.example 7001: reached 203.0.113.5");
    assertThat(lines).hasSize(tried.size());
    assertThat(lines.subList(2, lines.size()))
        .allMatch(line -> line.matches(".*: (OSError|ConnectionRefusedError)"));
    assertThat(result.status()).isZero();
  }

  @Test
  void whoHasNothingThatConnectsToTheOutsideIsToldBeforeAnythingIsDone() throws IOException {
    Path script = script();
    String bin = Commands.without(temp, script, "pasta", "slirp4netns");
    Run.Result result =
        Run.run(Map.of("PATH", bin), null, List.of("/bin/dash", script + "", "true"));
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err())
        .isEqualTo(
            "broot: pasta is not on PATH, and `net user` needs it; install the package passt\n");
  }
}
