package dev.broot.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.bwrap.Requirement;
import dev.broot.host.OnPath;
import dev.broot.plan.HostFacts;
import dev.broot.shipped.Shipped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Java and the shell each ask of the host by themselves, held to one table. */
class HostTableTest {
  private static final List<List<String>> SHELLS =
      Stream.of(List.of("dash"), List.of("bash", "--posix"), List.of("busybox", "sh"))
          .filter(shell -> OnPath.find(shell.get(0), "/usr/bin:/bin") != null)
          .toList();

  @TempDir Path temp = Path.of("");

  /** What a shell prints that has a function of a part. */
  private String shell(List<String> shell, String part, String name, String call)
      throws IOException {
    Matcher function =
        Pattern.compile("(?ms)^" + name + "\\(\\) \\{\n.*?^}\n")
            .matcher(Shipped.text("script/" + part + ".sh"));
    assertThat(function.find()).as(name).isTrue();
    String fail = "broot_fail() { printf 'failed: %s' \"$*\"; exit 0; }\n";
    List<String> argv = new ArrayList<>(shell);
    argv.set(0, String.valueOf(OnPath.find(shell.get(0), "/usr/bin:/bin")));
    argv.addAll(List.of("-uc", fail + function.group() + call));
    Process process = new ProcessBuilder(argv).directory(temp.toFile()).start();
    process.getOutputStream().close();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).as("stderr").isEmpty();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private void program(String path, String mode) throws IOException {
    Path file = temp.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "T/plain, T/plain/bwrap",
        "T/nothing:T/plain, T/plain/bwrap",
        "T/directory:T/plain, T/plain/bwrap",
        "T/unexecutable:T/plain, T/plain/bwrap",
        "T/a link:T/plain, T/a link/bwrap",
        "T/dangling:T/plain, T/plain/bwrap",
        "T/star*:T/plain, T/star*/bwrap",
        "T/plain/:T/other, T/plain//bwrap",
        "T/nothing, none",
        "T/nothing:, none",
        "'', none",
      })
  void whichBwrap(String path, String expected) throws IOException {
    program("plain/bwrap", "rwxr-xr-x");
    program("other/bwrap", "rwxr-xr-x");
    program("star*/bwrap", "rwxr-xr-x");
    program("starry/bwrap", "rwxr-xr-x");
    program("unexecutable/bwrap", "rw-r--r--");
    Files.createDirectories(temp.resolve("directory/bwrap"));
    Files.createDirectories(temp.resolve("a link"));
    Files.createSymbolicLink(temp.resolve("a link/bwrap"), temp.resolve("plain/bwrap"));
    Files.createDirectories(temp.resolve("dangling"));
    Files.createSymbolicLink(temp.resolve("dangling/bwrap"), Path.of("nowhere"));
    String asked = path.replace("T/", temp + "/");
    String found = expected == null ? null : expected.replace("T/", temp + "/");
    assertThat(OnPath.find("bwrap", asked)).isEqualTo(found);
    for (List<String> shell : SHELLS) {
      String call = "PATH='" + asked + "'\nbroot_find bwrap bubblewrap\nprintf %s \"$broot_found\"";
      assertThat(shell(shell, "start", "broot_find", call))
          .as(shell.get(0))
          .isEqualTo(
              found == null
                  ? "failed: bwrap is not on PATH; install the package bubblewrap"
                  : found);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bubblewrap 0.11.0, true",
    "bubblewrap 0.12, true",
    "bubblewrap 0.11.0-rc1, true",
    "bubblewrap 1.0.0, true",
    "bubblewrap 10.1, true",
    "bubblewrap 0.8.0, false",
    "bubblewrap 0.1, false",
    "bubblewrap 0.011, true",
    "bubblewrap 0.9999999999999999999999, false",
    "bubblewrap 0., false",
    "bubblewrap 0, false",
    "bubblewrap, false",
    "0.11.0, false",
    "flatpak 0.11.0, false",
    "bubblewrap v1, false",
    "'', false",
  })
  void whichVersion(String says, boolean does) throws IOException {
    Requirement requirement = new Requirement(11, "--overlay", null);
    for (String said : List.of(says, says + "\n", says + "\nand more")) {
      assertThat(requirement.problem("/bin/bwrap", said) == null).as(said).isEqualTo(does);
    }
    for (List<String> shell : SHELLS) {
      for (String said : List.of(says, says + "\nand more")) {
        String call = "broot_compare_version '" + said + "' 11 && printf true || printf false";
        assertThat(shell(shell, "version", "broot_compare_version", call))
            .as(shell.get(0) + ": " + said)
            .isEqualTo(String.valueOf(does));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "email.mime", "no_such_module", "sys", "it's", "-c", ""})
  void whichModule(String module) throws IOException {
    String found = HostFacts.of(System.getenv()).pythonModule(module);
    // sys is in the interpreter, and the other names are nowhere.
    assertThat(found != null).isEqualTo(module.equals("json") || module.equals("email.mime"));
    for (List<String> shell : SHELLS) {
      String call =
          "broot_find_module \"$(printf '%s' '"
              + module.replace("'", "'\\''")
              + "')\"\nprintf %s \"$broot_module\"";
      assertThat(shell(shell, "module", "broot_find_module", call))
          .as(shell.get(0))
          .isEqualTo(
              found == null
                  ? "failed: python3 has no module " + module + ", whose directory is to be bound"
                  : found);
    }
  }

  @Test
  void whichEnvironment() {
    byte[] environ = "A=1\0B=\0=C\0none\0\0D=x=\n\0E=".getBytes(StandardCharsets.UTF_8);
    byte[] latin = java.util.Arrays.copyOf(environ, environ.length + 2);
    latin[environ.length] = (byte) 0xe9;
    assertThat(Programs.variables(latin)).containsExactly("A=1", "B=", "D=x=\n", "E=\udce9");
  }
}
