package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of an image while {@code broot gc} looks what it may take, and what a warm one starts. */
class ImageRaceTest extends ImageCase {
  private static final String READ = "busybox cat /etc/issue";

  private Path bin = temp;

  @BeforeEach
  void programs() throws IOException {
    bin = Files.createDirectory(temp.resolve("bin"));
  }

  // In the place of a program: says on a pipe that it was called, waits for a word, and becomes it.
  private void stops(String program) throws IOException {
    images.shell("mkfifo " + program + ".called " + program + ".go");
    Path real = Path.of(Run.run("sh", "-c", "command -v " + program).out().strip());
    Files.writeString(
        bin.resolve(program),
        "#!/bin/sh\necho called >"
            + temp
            + "/"
            + program
            + ".called\nread -r word <"
            + temp
            + "/"
            + program
            + ".go\nexec "
            + real
            + " \"$@\"\n");
    images.shell("chmod 755 bin/" + program);
  }

  private void waitsFor(String program) throws IOException {
    assertThat(Files.readString(temp.resolve(program + ".called"))).isEqualTo("called\n");
  }

  private void letGo(String program) throws IOException {
    Files.writeString(temp.resolve(program + ".go"), "go\n");
  }

  private ProcessBuilder slowed(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    return builder.redirectErrorStream(true);
  }

  private static void prints(Process process, String text) throws Exception {
    try (var output = process.inputReader()) {
      assertThat(output.lines().toList()).as("the output").contains(text);
    }
    assertThat(process.waitFor()).isZero();
  }

  private List<String> gc() {
    return List.of("dash", "-c", ScriptWriter.collector());
  }

  private void old(String line) throws IOException {
    images.shell("touch -d '11 minutes ago' " + unpacked(line).resolveSibling("used"));
  }

  private String kept(String format) throws IOException {
    String line = images.line(format);
    assertThat(run(ROOT, spec(line), READ).out()).isEqualTo("image\n");
    old(line);
    return line;
  }

  /** The run has found the image, and bubblewrap has mounted nothing yet. */
  @Test
  void gcLeavesWhatARunIsAboutToMount() throws Exception {
    String line = kept("tar");
    stops("bwrap");
    Process run = slowed(command(ROOT, script(spec(line)), READ)).start();
    waitsFor("bwrap");
    Run.Result gc = Run.run(Map.of("XDG_CACHE_HOME", cache.toString()), null, gc());
    assertThat(gc.status()).as(gc.err()).isZero();
    assertThat(unpacked(line)).isDirectory();
    letGo("bwrap");
    prints(run, "image");
    old(line);
    assertThat(Run.run(Map.of("XDG_CACHE_HOME", cache.toString()), null, gc()).status()).isZero();
    assertThat(kept()).isEmpty();
  }

  /** gc has decided, and takes the image away while a run looks for it. */
  @Test
  void aRunThatComesTooLateUnpacksAnew() throws Exception {
    String line = kept("tar");
    stops("mv");
    Process gc = slowed(gc()).start();
    waitsFor("mv");
    stops("flock");
    Process run = slowed(command(ROOT, script(spec(line)), READ)).start();
    // It waits for the lock that gc has.
    waitsFor("flock");
    Files.delete(bin.resolve("flock"));
    Files.delete(bin.resolve("mv"));
    letGo("mv");
    assertThat(gc.waitFor()).isZero();
    letGo("flock");
    prints(run, "image");
    assertThat(kept()).containsExactly(name(line));
  }

  /** A gc that was killed has not taken it. */
  @Test
  void whatAKilledGcWasAboutToTakeIsUsed() throws Exception {
    String line = kept("tar");
    // In the place of mv: ends the shell that has decided.
    Files.writeString(bin.resolve("mv"), "#!/bin/sh\nkill -s KILL $PPID\n");
    images.shell("chmod 755 bin/mv");
    assertThat(slowed(gc()).start().waitFor()).isEqualTo(125);
    Path taken = unpacked(line).resolveSibling("taken");
    assertThat(taken).exists();
    assertThat(run(ROOT, spec(line), READ).out()).isEqualTo("image\n");
    assertThat(taken).doesNotExist();
    assertThat(kept()).containsExactly(name(line));
  }

  @Test
  void aWarmExecStartsNoJvm() throws Exception {
    Host.assumeStrace();
    String line = images.line("tar");
    chown(ROOT, cache);
    Path spec = Files.writeString(temp.resolve("a.broot"), spec(line));
    Path log = temp.resolve("log");
    List<String> exec =
        List.of(BROOT, "exec", spec.toString(), "--", "/bin/busybox", "cat", "/etc/issue");
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());
    assertThat(Run.run(environment, temp, exec)).isEqualTo(new Run.Result(0, "image\n", ""));
    List<String> traced = new ArrayList<>(List.of("strace", "-f", "-qq"));
    traced.addAll(List.of("-e", "trace=execve", "-o", log.toString()));
    traced.addAll(exec);
    assertThat(Run.run(environment, temp, traced).out()).isEqualTo("image\n");
    assertThat(Files.readString(log))
        .contains("/bwrap\"", "\"/bin/busybox\"")
        .doesNotContain("java", "umoci", "\"tar\"");
  }
}
