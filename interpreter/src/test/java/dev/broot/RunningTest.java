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
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How a run ends, with real bubblewrap: signals, timeouts, statuses, and what killed runs leave.
 */
@NeedsSandbox
class RunningTest {
  @TempDir Path temp = Path.of("");

  private Path script(String text, RunOptions options) throws IOException {
    String script = ScriptWriter.write(Specs.plan(text), options, "TEST");
    return Files.writeString(temp.resolve("script.sh"), script);
  }

  private Path host(RunOptions options) throws IOException {
    return script("broot 1\nbase host\n", options);
  }

  /** A root with the host's programs, scratch directories and devices. */
  private Path root(RunOptions options) throws IOException {
    Host.assumeRoot();
    Path run = Files.createDirectories(temp.resolve("run"));
    Path var = Files.createDirectories(temp.resolve("var"));
    return script(
        "broot 1\nbase host\nrundir "
            + run
            + "\nvardir "
            + var
            + "\ndrop /dev\ndevices /dev prefix dev-\nnode null c 1:3 0666\nscratch /var prefix var-\n",
        options);
  }

  private static Process start(String shell, Path script, String... program) throws IOException {
    List<String> command = new ArrayList<>(List.of(shell, script.toString()));
    command.addAll(List.of(program));
    return new ProcessBuilder(command).start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String line(Process process) throws IOException {
    return String.valueOf(reader(process).readLine());
  }

  private static void kill(String signal, long pid) throws IOException {
    assertThat(Run.run("kill", "-" + signal, String.valueOf(pid)).status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"dash,TERM,15", "dash,INT,2", "dash,HUP,1", "dash,QUIT,3", "bash,TERM,15"})
  void aSignalReachesTheProgram(String shell, String signal, int number) throws Exception {
    for (Path script : List.of(host(RunOptions.NONE), root(RunOptions.NONE))) {
      Process plain = start(shell, script, "sh", "-c", "echo ready; exec sleep 600");
      assertThat(line(plain)).isEqualTo("ready");
      kill(signal, plain.pid());
      assertThat(plain.waitFor()).isEqualTo(128 + number);

      String heard =
          "trap 'echo heard; exit 7' " + signal + "; echo ready; while :; do sleep 0.02; done";
      Process handled = start(shell, script, "sh", "-c", heard);
      BufferedReader out = reader(handled);
      assertThat(out.readLine()).isEqualTo("ready");
      kill(signal, handled.pid());
      assertThat(out.lines().toList()).containsExactly("heard");
      assertThat(handled.waitFor()).isEqualTo(7);
    }
  }

  @Test
  void aSecondSignalKills() throws Exception {
    Path script = root(RunOptions.NONE);
    String deaf = "trap 'echo heard' TERM; echo ready; while :; do sleep 0.02; done";
    Process process = start("dash", script, "sh", "-c", deaf);
    BufferedReader out = reader(process);
    assertThat(out.readLine()).isEqualTo("ready");
    kill("TERM", process.pid());
    assertThat(out.readLine()).isEqualTo("heard");
    kill("TERM", process.pid());
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(temp.resolve("run")).isEmptyDirectory();
    assertThat(temp.resolve("var")).isEmptyDirectory();
  }

  @Test
  void timeRunsOut() throws Exception {
    Path script = root(new RunOptions("0.2", "0.2", null));
    assertThat(Run.run("dash", script.toString(), "sleep", "600").status()).isEqualTo(124);
    assertThat(
            Run.run(
                    "dash",
                    script.toString(),
                    "sh",
                    "-c",
                    "trap '' TERM; while :; do sleep 1; done")
                .status())
        .isEqualTo(124);
    assertThat(Run.run("dash", script.toString(), "sh", "-c", "exit 3").status()).isEqualTo(3);
    assertThat(temp.resolve("run")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void whatCannotBeExecutedIsToldFromAFailureOfOurs(String shell) throws Exception {
    String script = host(RunOptions.NONE).toString();
    Run.Result missing = Run.run(shell, script, "no-such-program");
    assertThat(missing.status()).isEqualTo(127);
    assertThat(missing.err()).contains("broot: no-such-program is not there in the sandbox: ");
    assertThat(Run.run(shell, script, "/no/such").status()).isEqualTo(127);
    assertThat(Run.run(shell, script, "/etc/ld.so.cache").status()).isEqualTo(126);
    assertThat(Run.run(shell, script, "/usr/bin").status()).isEqualTo(126);
    assertThat(Run.run(shell, script, "sh", "-c", "kill -9 $$").status()).isEqualTo(137);
    String gone =
        script("broot 1\nbase host\nbind ro /no/such/source -> /x", RunOptions.NONE).toString();
    Run.Result failed = Run.run(shell, gone, "true");
    assertThat(failed.status()).isEqualTo(125);
    assertThat(failed.err()).contains("/no/such/source").contains("\nbroot: ");
    assertThat(Run.run(shell, host(RunOptions.NONE).toString()).status()).isEqualTo(125);
  }

  @Test
  void theProgramSeesThreeDescriptors() throws Exception {
    for (Path script : List.of(host(RunOptions.NONE), root(RunOptions.NONE))) {
      String open =
          "exec 5</etc/passwd 7>/dev/null 12</etc/passwd 200</etc/passwd; exec dash " + script;
      Run.Result result =
          Run.run(
              "bash",
              "-c",
              open
                  + " sh -c 'i=0; while [ $i -lt 300 ]; do [ ! -e /proc/$$/fd/$i ] || printf \"%s \" $i; i=$((i+1)); done'");
      assertThat(result.out()).as(result.err()).isEqualTo("0 1 2 ");
    }
  }

  @Test
  void theOutcomeIsWrittenAsJson() throws Exception {
    Path file = temp.resolve("status.json");
    Path script = root(new RunOptions(null, null, file.toString()));
    assertThat(Run.run("dash", script.toString(), "sh", "-c", "exit 3").status()).isEqualTo(3);
    Schemas.assertValid("status.schema.json", Files.readString(file));
    JsonObject status = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertThat(status.get("ended").getAsString()).isEqualTo("exited");
    assertThat(status.get("by").getAsString()).isEqualTo("program");
    assertThat(status.get("status").getAsInt()).isEqualTo(3);
    assertThat(status.get("signal").isJsonNull()).isTrue();
    Files.delete(temp.resolve("var"));
    assertThat(Run.run("dash", script.toString(), "true").status()).isEqualTo(125);
    Schemas.assertValid("status.schema.json", Files.readString(file));
    status = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertThat(status.get("ended").getAsString()).isEqualTo("failed");
    assertThat(status.get("step").getAsString()).isEqualTo("check directories");
    assertThat(temp.resolve("run")).isEmptyDirectory();
  }

  @Test
  void theNameOfAStepIsAStringInJson() throws Exception {
    Host.assumeRoot();
    Path file = temp.resolve("status.json");
    Path var = Files.createDirectories(temp.resolve("var"));
    Path script =
        script(
            "broot 1\nbase host\nvardir "
                + var
                + "\nscratch /var prefix \"a\\\"b\\\\"
                + "x".repeat(250)
                + "\"\n",
            new RunOptions(null, null, file.toString()));
    assertThat(Run.run("dash", script.toString(), "true").status()).isEqualTo(125);
    JsonObject status = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertThat(status.get("step").getAsString()).startsWith("mkdtemp @var ").contains("a\"b");
  }

  @Test
  void aKilledRunLeavesDirectoriesOnlyAndTheNextOnesTakeThemAway() throws Exception {
    Path script = root(RunOptions.NONE);
    String before = Host.state();
    String seconds = Host.seconds();
    Process process = start("dash", script, "sh", "-c", "echo ready; exec sleep " + seconds);
    assertThat(line(process)).isEqualTo("ready");
    kill("KILL", process.pid());
    assertThat(process.waitFor()).isEqualTo(137);
    assertThat(Host.state()).isEqualTo(before);
    // The kernel takes the sandbox down behind our back.
    String gone =
        "for i in $(seq 1000); do pgrep -x -f 'sleep "
            + seconds
            + "' >/dev/null || exit 0; done; exit 1";
    assertThat(Run.run("sh", "-c", gone).status()).isZero();
    assertThat(temp.resolve("run")).isNotEmptyDirectory();
    // An entry of a run that was killed before it wrote there.
    Path early = aged(Files.createFile(Path.of("/run/broot/" + java.util.UUID.randomUUID())));
    assertThat(Run.run("sh", "-c", ScriptWriter.collector()).out())
        .contains("removed " + temp + "/run/dev-");
    assertThat(early).doesNotExist();
    assertThat(temp.resolve("run")).isEmptyDirectory();
    assertThat(temp.resolve("var")).isEmptyDirectory();
  }

  // bubblewrap asks late to be ended with its parent; without somebody who watches, one kill in
  // five
  // leaves the program.
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void aRunThatIsKilledWhileItStartsLeavesNoProcess(String shell) throws Exception {
    Path script = host(RunOptions.NONE);
    Random random = new Random(11);
    String seconds = Host.seconds();
    for (int i = 0; i < 60; i++) {
      Process process = start(shell, script, "sleep", seconds);
      LockSupport.parkNanos(random.nextInt(30_000_000));
      process.destroyForcibly().waitFor();
    }
    String find = "pgrep -af '[s]leep " + seconds + "'";
    String gone = "for i in $(seq 1000); do " + find + " >/dev/null || exit 0; done; " + find;
    assertThat(Run.run("sh", "-c", gone)).isEqualTo(new Run.Result(0, "", ""));
  }

  @Test
  void aBubblewrapThatAKilledRunLeftIsEnded() throws Exception {
    Host.assumeRoot();
    String id = java.util.UUID.randomUUID().toString();
    Files.createDirectories(Path.of("/run/broot"));
    Path entry = aged(Files.createFile(Path.of("/run/broot/" + id)));
    Process stuck =
        new ProcessBuilder("bwrap", "--ro-bind", "/", "/", "--setenv", "ID", id, "sleep", "600")
            .start();
    Process other = new ProcessBuilder("sh", "-c", "echo ready; read x; exit 4", id).start();
    assertThat(line(other)).isEqualTo("ready");
    String started = "until grep -qa " + id + " /proc/" + stuck.pid() + "/cmdline; do :; done";
    assertThat(Run.run("sh", "-c", started).status()).isZero();
    assertThat(Run.run("sh", "-c", ScriptWriter.collector()).out()).startsWith("removed");
    assertThat(stuck.waitFor()).isEqualTo(137);
    other.getOutputStream().close();
    assertThat(other.waitFor()).isEqualTo(4);
    assertThat(entry).doesNotExist();
  }

  @Test
  void theDirectoriesOfALiveRunStay() throws Exception {
    Path script = root(RunOptions.NONE);
    Process process =
        start("dash", script, "sh", "-c", "echo ready; read x; touch /var/still-there");
    assertThat(line(process)).isEqualTo("ready");
    assertThat(Run.run("sh", "-c", ScriptWriter.collector()).out()).doesNotContain(temp.toString());
    process.getOutputStream().close();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void anEntryThatIsBeingMadeIsLeftToItsRun() throws Exception {
    Path script = root(RunOptions.NONE);
    Files.createDirectories(Path.of("/run/broot"));
    // Names are looked at in their order.
    Path early = Files.createFile(Path.of("/run/broot/00000000-0000-4000-8000-000000000000"));
    assertThat(Run.run("dash", script.toString(), "true").status()).isZero();
    assertThat(Run.run("sh", "-c", ScriptWriter.collector()).status()).isZero();
    assertThat(early).exists();
    aged(early);
    assertThat(Run.run("sh", "-c", ScriptWriter.collector()).status()).isZero();
    assertThat(early).doesNotExist();
  }

  private static Path aged(Path entry) throws IOException {
    return Files.setLastModifiedTime(
        entry, FileTime.fromMillis(System.currentTimeMillis() - 120_000));
  }

  @Test
  void aRunInAChrootLeavesNothing() throws Exception {
    root(RunOptions.NONE);
    // In a chroot the kernel makes no user namespaces.
    Path script =
        script(
            "broot 1\nrundir "
                + temp
                + "/run\nvardir "
                + temp
                + "/var\ndevices /dev prefix dev-\nnode null c 1:3 0666\nscratch /var prefix var-\n"
                + "bind ro /usr -> /usr\nsymlink usr/lib -> /lib\nsymlink usr/lib64 -> /lib64\n"
                + "symlink usr/bin -> /bin\nunshare pid\ndie-with-parent\n",
            RunOptions.NONE);
    Path other = Files.createDirectories(temp.resolve("other"));
    Run.Result result =
        Run.run(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mount --make-rprivate / && mount --rbind / "
                + other
                + " && mount -t tmpfs none "
                + other
                + temp
                + "/run && mount -t tmpfs none "
                + other
                + temp
                + "/var && chroot "
                + other
                + " sh -c 'dash "
                + script
                + " true; echo $?; find "
                + temp
                + "/run "
                + temp
                + "/var -mindepth 1 | wc -l'");
    assertThat(result.out()).isEqualTo("0\n0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void aSignalWhileARunStartsEndsItWithItsNumber(String shell) throws Exception {
    Path script = host(RunOptions.NONE);
    Random random = new Random(5);
    String seconds = Host.seconds();
    for (int i = 0; i < 60; i++) {
      Process process = start(shell, script, "sleep", seconds);
      LockSupport.parkNanos(random.nextInt(30_000_000));
      kill("TERM", process.pid());
      String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isEqualTo(143);
    }
    assertThat(Run.run("pgrep", "-f", "[s]leep " + seconds).out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void runsWhereTheCallerCannotEnterTheDirectory(String shell) throws Exception {
    Host.assumeRoot();
    Path script = host(RunOptions.NONE);
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path closed = Files.createDirectories(temp.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    List<String> command =
        List.of(
            "setpriv", "--reuid=65534", "--clear-groups", shell, script.toString(), "echo", "here");
    assertThat(Run.run(Map.of(), closed, command)).isEqualTo(new Run.Result(0, "here\n", ""));
  }

  @Test
  void aDirectoryThatOthersCanWriteIsRefused() throws Exception {
    Path script = root(RunOptions.NONE);
    Path run = temp.resolve("run");
    assertThat(Run.run("chmod", "0777", run.toString()).status()).isZero();
    Run.Result open = Run.run("dash", script.toString(), "true");
    assertThat(open.status()).isEqualTo(125);
    assertThat(open.err()).startsWith("broot: " + run + " can be written by everybody; take");
    assertThat(Run.run("chmod", "1777", run.toString()).status()).isZero();
    assertThat(Run.run("dash", script.toString(), "true").status()).isZero();
    assertThat(Run.run("chown", "1234", run.toString()).status()).isZero();
    assertThat(Run.run("dash", script.toString(), "true").err())
        .isEqualTo("broot: " + run + " belongs to user 1234\n");
    Files.delete(run);
    Files.createSymbolicLink(run, Files.createDirectory(temp.resolve("elsewhere")));
    assertThat(Run.run(Map.of(), temp, List.of("dash", script.toString(), "true")).err())
        .startsWith("broot: " + run + " is a symbolic link");
    assertThat(temp.resolve("elsewhere")).isEmptyDirectory();
  }
}
