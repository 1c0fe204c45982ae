package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals that mean something to the program and nothing to broot, and processes that are left. */
class SignalsTest {
  @TempDir Path temp = Path.of("");

  private Path script(RunOptions options) throws IOException {
    String script = ScriptWriter.write(Specs.plan("broot 1\nbase host\n"), options, "TEST");
    return Files.writeString(temp.resolve("script.sh"), script);
  }

  private static void kill(String signal, Process process) throws IOException {
    assertThat(Run.run("kill", "-" + signal, String.valueOf(process.pid())).status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"dash,USR1", "dash,USR2", "dash,WINCH", "bash,USR1", "bash,WINCH"})
  void aSignalOfTheProgramsReachesItAsOftenAsItIsSent(String shell, String signal)
      throws Exception {
    String program =
        "n=0; trap 'n=$((n+1)); echo heard $n; [ $n != 3 ] || exit 7' "
            + signal
            + "; echo ready; while :; do sleep 0.02; done";
    Process process =
        new ProcessBuilder(shell, script(RunOptions.NONE).toString(), "sh", "-c", program).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("ready");
    for (int i = 1; i <= 3; i++) {
      kill(signal, process);
      assertThat(out.readLine()).isEqualTo("heard " + i);
    }
    assertThat(process.waitFor()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void aSignalThatTheProgramDoesNotHandleEndsIt(String shell) throws Exception {
    Process process =
        new ProcessBuilder(
                shell, script(RunOptions.NONE).toString(), "sh", "-c", "echo ready; exec sleep 600")
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("ready");
    kill("USR2", process);
    assertThat(process.waitFor()).isEqualTo(128 + 12);
  }

  // As a terminal does it: a shell or make waits until its children have ended by the Ctrl-C. A
  // process of another group is none of it, whatever its name is.
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void anInterruptReachesTheWholeGroupOfTheProgram(String shell) throws Exception {
    String program =
        "import os, subprocess, sys\n"
            + "subprocess.Popen(['setsid', 'sleep', '98764'])\n"
            + "os.execvp('bash', ['bash', '-c', sys.argv[1]])\n";
    String waits =
        "ln -s /bin/sleep '/tmp/a) b (c'; trap 'echo heard' INT; (echo ready; exec '/tmp/a) b (c' 30) && exit 1; pgrep -xf 'sleep 98764' >/dev/null && exit 7";
    Process process =
        new ProcessBuilder(
                shell, script(RunOptions.NONE).toString(), "python3", "-c", program, waits)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("ready");
    String sleeps =
        "for i in $(seq 2000); do pgrep -xf '/tmp/a. b .c 30' >/dev/null && exit 0; done; exit 1";
    assertThat(Run.run("sh", "-c", sleeps).status()).isZero();
    kill("INT", process);
    assertThat(out.readLine()).isEqualTo("heard");
    assertThat(process.waitFor()).isEqualTo(7);
  }

  // In whole seconds, by which the script goes.
  private static long clock() throws IOException {
    String uptime = Files.readString(Path.of("/proc/uptime"));
    return Long.parseLong(uptime.substring(0, uptime.indexOf('.')));
  }

  /** A program that reads commands hears each Ctrl-C; two at once end one that does not listen. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void eachInterruptIsHeardAndTwoAtOnceKill(String shell) throws Exception {
    String program = "trap 'echo heard' INT; echo ready; while :; do sleep 0.02; done";
    Process process =
        new ProcessBuilder(shell, script(RunOptions.NONE).toString(), "sh", "-c", program).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("ready");
    for (int i = 0; i < 3; i++) {
      kill("INT", process);
      assertThat(out.readLine()).isEqualTo("heard");
      long before = clock();
      while (clock() <= before + 1) {
        LockSupport.parkNanos(20_000_000);
      }
    }
    kill("INT", process);
    assertThat(out.readLine()).isEqualTo("heard");
    kill("INT", process);
    assertThat(process.waitFor()).isEqualTo(128 + 2);
  }

  // Before the script has said what a signal means, it ends the shell; behind that, the program
  // gets it or ends by it. No moment may make the run hang, or leave the program.
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void aSignalWhileARunStartsIsNotLost(String shell) throws Exception {
    Path script = script(RunOptions.NONE);
    Random random = new Random(3);
    for (int i = 0; i < 40; i++) {
      Process process = new ProcessBuilder(shell, script.toString(), "sleep", "98762").start();
      LockSupport.parkNanos(random.nextInt(20_000_000));
      kill("USR1", process);
      String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isEqualTo(128 + 10);
    }
    String gone =
        "for i in $(seq 1000); do pgrep -f '[s]leep 98762' >/dev/null || exit 0; done; exit 1";
    assertThat(Run.run("sh", "-c", gone).status()).isZero();
  }

  // The lock of the run's entry is waited for in the background.
  @ParameterizedTest
  @CsvSource({"dash,USR1", "bash,USR1", "dash,WINCH", "bash,WINCH"})
  void aSignalThatWaitsForTheProgramDoesNotEndTheSetUp(String shell, String signal)
      throws Exception {
    String spec = "broot 1\nbase host\nvardir " + temp + "\nscratch /work prefix w-\n";
    String text = ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST");
    Path script = Files.writeString(temp.resolve("script.sh"), text);
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Path flock = bin.resolve("flock");
    // The shell has to have heard of the signal before the lock is there.
    String slow =
        """
        #!/bin/sh
        [ -e %1$s/sent ] || { : >%1$s/sent; kill -s %2$s $PPID; }
        for i in $(seq 20); do sleep 0.01; done
        exec %3$s "$@"
        """;
    String real = Run.run("sh", "-c", "command -v flock").out().strip();
    Files.writeString(flock, slow.formatted(temp, signal, real));
    assertThat(flock.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = new ProcessBuilder(shell, script + "", "sh", "-c", "exit 7");
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    Process process = builder.start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEmpty();
    // The program does not handle it.
    assertThat(process.waitFor()).isIn(7, signal.equals("USR1") ? 128 + 10 : 7);
  }

  // Nobody is left then who knows which process waits for the look at its mounts.
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void whoeverKillsTheWatcherLeavesNoBubblewrapBehind(String shell) throws Exception {
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Path setsid = bin.resolve("setsid");
    String real = Run.run("sh", "-c", "command -v setsid").out().strip();
    Files.writeString(
        setsid,
        """
        #!/bin/sh
        for other in $(cat /proc/$PPID/task/$PPID/children); do
          [ "$other" = $$ ] || kill -s KILL "$other"
        done
        exec %s "$@"
        """
            .formatted(real));
    assertThat(setsid.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder =
        new ProcessBuilder(shell, script(RunOptions.NONE).toString(), "sleep", "98763");
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    Process process = builder.start();
    String waits =
        "for i in $(seq 2000); do [ \"$(pgrep -xcf '[^ ]*bwrap .*[s]leep 98763')\" != 2 ] || exit 0; done; exit 1";
    assertThat(Run.run("sh", "-c", waits).status()).isZero();
    kill("TERM", process);
    assertThat(process.waitFor()).isEqualTo(128 + 15);
    String gone =
        "for i in $(seq 1000); do pgrep -f '[s]leep 98763' >/dev/null || exit 0; done; exit 1";
    assertThat(Run.run("sh", "-c", gone).status()).isZero();
  }

  // The set-up waits for what other processes say.
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void aSignalThatWaitsForTheProgramDoesNotEndAWaitForOthers(String shell) throws Exception {
    String spec = "broot 1\nbase host\nenv inherit because \"a test\"\nnet allow localhost:9\n";
    String text = ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST");
    Path script = Files.writeString(temp.resolve("script.sh"), text);
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Map<String, String> slow =
        Map.of(
            "grep",
            "(for i in $(seq 40); do sleep 0.02; kill -s WINCH $RUN; done) >/dev/null 2>&1 & sleep 0.2",
            "ip",
            "sleep 0.3");
    for (Map.Entry<String, String> program : slow.entrySet()) {
      String find = "PATH=$PATH:/sbin:/usr/sbin; command -v " + program.getKey();
      String real = Run.run("sh", "-c", find).out().strip();
      Path file = bin.resolve(program.getKey());
      Files.writeString(file, "#!/bin/sh\n" + program.getValue() + "\nexec " + real + " \"$@\"\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    String run = "PATH=$0:$PATH RUN=$$ exec " + shell + " " + script + " sh -c 'exit 7'";
    assertThat(Run.run("sh", "-c", run, bin + "")).isEqualTo(new Run.Result(7, "", ""));
  }

  // As where it cannot start a process: bubblewrap would wait for the look at its mounts for ever.
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void aWatcherThatEndsByItselfEndsTheRun(String shell) throws Exception {
    Path script = script(RunOptions.NONE);
    String nothing = "broot_meanwhile() { :; }";
    String text = Files.readString(script);
    assertThat(text).contains(nothing);
    Files.writeString(script, text.replace(nothing, "broot_meanwhile() { exit 2; }"));
    Run.Result result = Run.run("timeout", "60", shell, script.toString(), "echo", "ran");
    assertThat(result)
        .isEqualTo(
            new Run.Result(125, "", "broot: no process can be started to look at the mounts\n"));
  }

  // A container whose first process reaps nothing: what is orphaned there stays as a zombie. The
  // one of bubblewrap is its own: it does not wait for the process that it starts.
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void noZombieOfOursIsLeft(String shell) throws Exception {
    Host.assumeRoot();
    Path script = script(new RunOptions("60", null, null));
    String init =
        """
        import os, subprocess, sys
        for program in ['true'], ['sh', '-c', 'kill -9 $$'], ['nosuch']:
            subprocess.run(sys.argv[1:] + program, stderr=subprocess.DEVNULL)
        for pid in filter(str.isdigit, os.listdir('/proc')):
            name, rest = open('/proc/%s/stat' % pid).read().split('(', 1)[1].rsplit(')', 1)
            if rest.split()[0] == 'Z' and name != 'bwrap': print(name)
        print('looked')
        """;
    Run.Result result =
        Run.run("unshare", "-pf", "--mount-proc", "python3", "-c", init, shell, script.toString());
    assertThat(result).isEqualTo(new Run.Result(0, "looked\n", ""));
  }
}
