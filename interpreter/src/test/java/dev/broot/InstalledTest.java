package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Checkout;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation as a package makes it, with a Java that notes that it was called. */
@NeedsSandbox
class InstalledTest {
  @TempDir Path temp = Path.of("");

  @BeforeEach
  void placesForEverybody() throws IOException {
    assertThat(BROOT).isNotEmpty();
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(temp.resolve("calls"));
    Files.createDirectory(temp.resolve("cache"));
    Files.writeString(temp.resolve("a.broot"), "broot 1\nbase host\n");
    Files.setPosixFilePermissions(
        temp.resolve("calls"), PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  // The parts are put together as bin/release does it.
  private Path install(String name, String build) throws IOException {
    Path tree = temp.resolve(name);
    Path lib = Files.createDirectories(tree.resolve("lib/broot"));
    Path dist = HOME.resolve("interpreter/target/dist");
    Run.run("cp", "-R", dist + "/broot.jar", dist + "/explain.sh", dist + "/lib", lib.toString());
    Files.writeString(lib.resolve("build"), build + "\n");
    Checkout.tool(
        Files.createDirectories(lib.resolve("runtime/bin")).resolve("java"),
        "echo "
            + build
            + " >>"
            + temp
            + "/calls\nfor a; do shift; case $a in -XX:Shared* | --enable-native* | --sun-misc*) ;; *) set -- \"$@\" \"$a\" ;; esac; done\nexec "
            + System.getProperty("java.home")
            + "/bin/java \"$@\"");
    String launcher = Files.readString(HOME.resolve("bin/broot"));
    int checkout = launcher.indexOf("# Between these two lines");
    String behind = launcher.substring(launcher.indexOf("# checkout>"));
    String cache = ". \"$broot_home/bin/.cache\"";
    assertThat(behind).contains(cache);
    Path program = Files.createDirectories(tree.resolve("bin")).resolve("broot");
    Files.writeString(
        program,
        launcher.substring(0, checkout)
            + Files.readString(HOME.resolve("bin/.installed"))
            + behind.replace(cache, Files.readString(HOME.resolve("bin/.cache"))));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return tree;
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(temp.resolve("calls"));
  }

  private List<String> command(Path tree, String... program) {
    List<String> command =
        new ArrayList<>(List.of(tree + "/bin/broot", "exec", temp + "/a.broot", "--"));
    command.addAll(List.of(program));
    return command;
  }

  private Map<String, String> environment() {
    return Map.of("XDG_CACHE_HOME", temp + "/cache");
  }

  private void says(Path tree) throws IOException {
    assertThat(Run.run(environment(), temp, command(tree, "echo", "hi")))
        .isEqualTo(new Run.Result(0, "hi\n", ""));
  }

  @Test
  void anInstallationThatNobodyCanWriteServesAnOrdinaryUser() throws IOException {
    Path tree = install("one", "1111");
    assertThat(Run.run("chmod", "-R", "a-w", tree.toString()).status()).isZero();
    List<String> look = List.of("find", tree.toString(), "-printf", "%p %m %U %T@ %C@ %s\n");
    String before = Run.run(Map.of(), null, look).out();
    List<String> command = new ArrayList<>();
    if (Host.isRoot()) {
      assertThat(Run.run("chown", "65534:65534", temp + "/cache").status()).isZero();
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.addAll(command(tree, "echo", "hi"));
    for (int i = 0; i < 2; i++) {
      assertThat(Run.run(environment(), temp, command)).isEqualTo(new Run.Result(0, "hi\n", ""));
    }
    assertThat(calls()).as("the second run has its script").containsExactly("1111");
    assertThat(Run.run(Map.of(), null, look).out()).isEqualTo(before);
    // JUnit has to take it away.
    assertThat(Run.run("chmod", "-R", "u+w", tree.toString()).status()).isZero();
  }

  @Test
  void twoVersionsShareACacheAndNoEntry() throws IOException {
    Path one = install("one", "1111");
    Path two = install("two", "2222");
    for (int i = 0; i < 2; i++) {
      says(one);
      says(two);
    }
    assertThat(calls()).containsExactly("1111", "2222");
  }

  @Test
  void aRunGoesOnWhileItsPackageIsUpgraded() throws Exception {
    Path tree = install("one", "1111");
    ProcessBuilder builder =
        new ProcessBuilder(command(tree, "sh", "-c", "echo up; read -r x; echo \"$x\"; exit 7"));
    builder.environment().putAll(environment());
    Process process = builder.start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    assertThat(out.readLine()).isEqualTo("up");
    assertThat(Run.run("rm", "-r", tree.toString()).status()).isZero();
    install("one", "2222");
    try (OutputStream in = process.getOutputStream()) {
      in.write("on\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(out.readLine()).isEqualTo("on");
    assertThat(process.waitFor()).isEqualTo(7);
    assertThat(process.errorReader(StandardCharsets.UTF_8).readLine()).isNull();
    // What the old one has cached is not the new one's.
    says(tree);
    assertThat(calls()).containsExactly("1111", "2222");
  }
}
