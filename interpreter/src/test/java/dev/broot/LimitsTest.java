package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.broot.permission.Subject;
import dev.broot.run.BuildRoot;
import dev.broot.run.Result;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.OwnCgroup;
import dev.broot.support.Run;
import dev.broot.support.Schemas;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that exceed their limits, in both ways to run them. */
class LimitsTest {
  private static final String EAT = "x = bytearray(200 << 20)";

  @TempDir Path temp = Path.of("");

  private static @Nullable OwnCgroup cgroup;

  @BeforeAll
  static void enter() throws IOException {
    cgroup = Host.isRoot() ? OwnCgroup.enter("memory", "pids") : null;
  }

  @AfterAll
  static void leave() throws IOException {
    if (cgroup != null) {
      cgroup.close();
    }
  }

  @BeforeEach
  void root() {
    Host.assumeRoot();
  }

  private static String spec(String limits) {
    return "broot 1\nbase host\n" + limits.replace(";", "\n") + "\n";
  }

  private Path script(String limits, RunOptions options) throws IOException {
    return Files.writeString(
        temp.resolve("script.sh"), ScriptWriter.write(Specs.plan(spec(limits)), options, "TEST"));
  }

  private Run.Result script(String limits, String... argv) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("dash", script(limits, RunOptions.NONE).toString()));
    command.addAll(List.of(argv));
    return Run.run(command.toArray(new String[0]));
  }

  private static Result library(String limits, String... argv) throws Exception {
    try (BuildRoot root = BuildRoot.enter(Specs.valid(spec(limits)))) {
      return root.run(dev.broot.run.Run.of(argv).capture());
    }
  }

  /** The cgroups of this class's runs: those of other runs on this machine lie elsewhere. */
  private static List<Path> cages() throws IOException {
    return cgroup == null ? List.of() : cgroup.below("broot-[0-9]+-[0-9]+");
  }

  private static void assumeController(String name) {
    assumeThat(Path.of("/sys/fs/cgroup", name, "cgroup.procs"))
        .as("skipped: version 1 of the controller " + name + " is not here")
        .isWritable();
  }

  @Test
  void memoryOfTheWholeSandbox() throws Exception {
    assumeController("memory");
    Run.Result result = script("limit memory 64MiB", "python3", "-c", EAT);
    assertThat(result.status()).isEqualTo(137);
    assertThat(result.err())
        .contains(
            "broot: the kernel ended a process for want of memory: test.broot:3: limit memory 64MiB");
    Result told = library("limit memory 64MiB", "python3", "-c", EAT);
    assertThat(told.status()).isEqualTo(137);
    assertThat(told.limits()).containsExactly("memory");
    assertThat(told.peakMemory()).isBetween(60L << 20, 64L << 20);
    assertThat(cages()).isEmpty();
  }

  @Test
  void theStatusFileTellsOfLimits() throws Exception {
    assumeController("memory");
    Path status = temp.resolve("status.json");
    Path script = script("limit memory 64MiB", new RunOptions(null, null, status.toString()));
    Run.run("dash", script.toString(), "python3", "-c", EAT);
    String json = Files.readString(status);
    Schemas.assertValid("status.schema.json", json);
    JsonObject told = JsonParser.parseString(json).getAsJsonObject();
    assertThat(told.get("ended").getAsString()).isEqualTo("memory");
    assertThat(told.get("limits").toString()).isEqualTo("[\"memory\"]");
    assertThat(told.get("peakMemory").getAsLong()).isBetween(60L << 20, 64L << 20);
  }

  @Test
  void processesOfTheWholeSandbox() throws Exception {
    assumeController("pids");
    String fork = "i=0; while [ $i -lt 40 ]; do sleep 60 & i=$((i + 1)); done";
    Run.Result result = script("limit pids 20", "sh", "-c", fork);
    assertThat(result.err())
        .contains("broot: the kernel refused a new process: test.broot:3: limit pids 20");
    assertThat(library("limit pids 20", "sh", "-c", fork).limits()).containsExactly("pids");
    assertThat(cages()).isEmpty();
  }

  @Test
  void processorTimeOfAProcess() throws Exception {
    String turn = "while :; do :; done";
    Run.Result result = script("limit cpu-time 1s", "sh", "-c", turn);
    assertThat(result.status()).isEqualTo(152);
    assertThat(result.err())
        .contains("broot: the program is out of processor time: test.broot:3: limit cpu-time 1s");
    Result told = library("limit cpu-time 1s", "sh", "-c", turn);
    assertThat(told.status()).isEqualTo(152);
    assertThat(told.limits()).containsExactly("cpu-time");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit open-files 64 | ulimit -n | 64",
        "limit file-size 1MiB | ulimit -f | 2048",
        "limit core 0 | ulimit -c | 0",
        "limit stack 4MiB | ulimit -s | 4096",
        "limit locked-memory 64KiB | ulimit -l | 64",
        "limit address-space 2GiB | ulimit -v | 2097152",
        "limit processes 1000 | ulimit -p | 1000",
        "limit nice 19 | nice | 19",
        "limit cpus 0 | sed -n 's/^Cpus_allowed_list:.//p' /proc/self/status | 0",
        "limit oom-score 500 | cat /proc/self/oom_score_adj | 500",
      })
  void whatAProcessInherits(String limits, String ask, String answer) throws Exception {
    assertThat(script(limits, "dash", "-c", ask)).isEqualTo(new Run.Result(0, answer + "\n", ""));
    assertThat(library(limits, "dash", "-c", ask).output()).isEqualTo(answer + "\n");
  }

  /** Root with CAP_SYS_RESOURCE could raise what its caller bounded; others would be refused. */
  @ParameterizedTest
  @CsvSource({"open-files 4096, -n, 512", "core 1MiB, -c, 8", "cpu-time 1h, -t, 60"})
  void aLimitAboveTheCallersStaysTheCallers(String limit, String option, String callers)
      throws IOException {
    String script = script("limit " + limit, RunOptions.NONE).toString();
    String all = "ulimit " + option + " " + callers + " && exec dash \"$@\"";
    String ask = "ulimit " + option + "; ulimit -H " + option;
    assertThat(Run.run("dash", "-c", all, "dash", script, "dash", "-c", ask))
        .isEqualTo(new Run.Result(0, callers + "\n" + callers + "\n", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "nice 7, renice -n 12 -p, nice, 12",
    "oom-score 300, choom -n 700 -p, cat /proc/self/oom_score_adj, 700"
  })
  void whoHasLessAlreadyKeepsIt(String limit, String by, String ask, String answer)
      throws IOException {
    String script = script("limit " + limit, RunOptions.NONE).toString();
    String all = by + " $$ >/dev/null && exec dash \"$@\"";
    assertThat(Run.run("dash", "-c", all, "dash", script, "dash", "-c", ask))
        .isEqualTo(new Run.Result(0, answer + "\n", ""));
  }

  @Test
  void theEnvironmentOfALimitedProgramIsItsOwn() throws Exception {
    assertThat(library("env A = b;limit core 0", "env").output().lines().sorted().toList())
        .isEqualTo(library("env A = b", "env").output().lines().sorted().toList());
  }

  @Test
  void whatCannotBeHeldIsAnErrorOrSaidWhereItIsBestEffort() throws IOException {
    Run.Result refused = withoutNice("limit nice -20");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("broot: test.broot:3: limit nice -20 cannot be held");
    Run.Result ran = withoutNice("limit nice -20 best-effort");
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).isEqualTo("ran\n");
    assertThat(ran.err()).contains("broot: test.broot:3: limit nice -20 is not held here");
  }

  // As root without CAP_SYS_NICE.
  private Run.Result withoutNice(String limit) throws IOException {
    String script = script(limit, RunOptions.NONE).toString();
    return Run.run(
        "setpriv",
        "--bounding-set",
        "-sys_nice",
        "--inh-caps",
        "-sys_nice",
        "dash",
        script,
        "echo",
        "ran");
  }

  @Test
  void processorsOfWhichNoneIsHereAreAnError() throws Exception {
    Run.Result refused = script("limit cpus 8000-8191", "echo", "ran");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .contains("broot: test.broot:3: limit cpus 8000-8191 cannot be held here");
    assertThat(script("limit cpus 0-8191", "echo", "ran").out()).isEqualTo("ran\n");
    assertThat(script("limit cpus 8191 best-effort", "echo", "ran").out()).isEqualTo("ran\n");
  }

  @Test
  void anOrdinaryUserWithoutADelegatedCgroupIsRefused() throws Exception {
    assumeController("memory");
    Path script = script("limit memory 64MiB", RunOptions.NONE);
    Files.setPosixFilePermissions(
        temp, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    Run.Result result =
        Run.run(
            "setpriv",
            "--reuid",
            "65534",
            "--regid",
            "65534",
            "--clear-groups",
            "dash",
            "-c",
            "exec dash /dev/stdin true <" + script);
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err())
        .contains("limit memory 64MiB cannot be held here: no cgroup with the controller memory");
  }

  /** Whoever can write to the host's cgroups can make more of them in ours. */
  @Test
  void whatTheProgramMadeInTheCgroupGoesWithIt() throws IOException {
    assumeController("pids");
    String made =
        "for at in $(find /sys/fs/cgroup/pids -type d -path '*/"
            + Objects.requireNonNull(cgroup).name()
            + "/broot-*'); do mkdir $at/x $at/x/y;"
            + " sleep 60 & echo $! >$at/x/y/cgroup.procs && echo made; done";
    Run.Result result = script("bind rw /sys -> /sys;limit pids 20", "/bin/sh", "-c", made);
    assertThat(result).isEqualTo(new Run.Result(0, "made\n", ""));
    assertThat(cages()).isEmpty();
  }

  @Test
  void theCgroupOfAKilledRunIsTakenAwayByTheNext() throws Exception {
    assumeController("pids");
    Path script = script("limit pids 20", RunOptions.NONE);
    Process killed =
        new ProcessBuilder("dash", script.toString(), "sh", "-c", "echo ready; exec sleep 60")
            .start();
    try (var out = killed.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      assertThat(Run.run("kill", "-KILL", String.valueOf(killed.pid())).status()).isZero();
      // The program dies with its parent; the end of its output says so.
      assertThat(out.readLine()).isNull();
    }
    assertThat(cages()).hasSize(1);
    Path members = cages().get(0).resolve("cgroup.procs");
    long until = System.nanoTime() + 20_000_000_000L;
    while (!Files.readString(members).isEmpty() && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    // In its first minute it is left alone.
    assertThat(Run.run("touch", "-d", "2 minutes ago", cages().get(0).toString()).status())
        .isZero();
    assertThat(script("limit pids 20", "true").status()).isZero();
    assertThat(cages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit memory 1GiB | limit memory 1024MiB | EQUAL",
        "limit memory 1GiB | limit memory 2GiB | WIDER",
        "limit memory 2GiB | limit memory 1GiB | NARROWER",
        "limit pids 10 | new-session | WIDER",
        "limit pids 10 | limit pids 10 best-effort | WIDER",
        "limit pids 10 best-effort | limit pids 10 | NARROWER",
        "limit nice 5 | limit nice -5 | WIDER",
        "limit nice 5 | limit nice 6 | NARROWER",
        "limit cpus 0-1 | limit cpus 0-3 | WIDER",
        "limit cpus 0-3 | limit cpus 1 | NARROWER",
        "limit cpus 0 | limit cpus 1 | WIDER",
        "limit cpus 1,0 | limit cpus 0-1 | EQUAL",
        "limit cpus 0 | new-session | WIDER",
      })
  void aLimitThatIsRaisedOrDroppedWidens(String before, String after, String verdict) {
    String both = "broot 1\nbase none\nbind ro / -> /\n";
    assertThat(Specs.gains(both + before + "\n", both + after + "\n", Subject.Limited.class))
        .isEqualTo(verdict.equals("WIDER"));
  }

  @Test
  void aCommandLineOfBubblewrapHoldsNone() {
    assertThat(dev.broot.translate.Export.problem(Specs.plan(spec("limit pids 20")), false))
        .startsWith("it has limits (test.broot:3)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit cpu 50%;limit cpu-time 2min;limit io-weight 50 best-effort"})
  void aPlanKeepsLimits(String limits) throws Exception {
    String text = dev.broot.bwrap.PlanText.print(Specs.plan(spec(limits)));
    assertThat(text)
        .contains("limits\n  cpu 50%\n  io-weight 50    (best effort)\n  cpu-time 2min\n");
    dev.broot.plan.Plan plan = Specs.plan(spec(limits));
    assertThat(
            dev.broot.plan.PlanReader.read(dev.broot.bwrap.PlanJson.print(plan, List.of()))
                .sandbox()
                .limits()
                .stream()
                .map(limit -> limit.kind() + " " + limit.text() + limit.bestEffort()))
        .containsExactly("CPU 50%false", "IO_WEIGHT 50true", "CPU_TIME 2minfalse");
  }
}
