package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broot.plan.Plan;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.translate.Arg;
import dev.broot.translate.ArgumentText;
import dev.broot.translate.CommandText;
import dev.broot.translate.Export;
import dev.broot.translate.Import;
import dev.broot.translate.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines become specs that mean the same, and say so where they cannot. */
class ImportTest {
  @TempDir Path temp = Path.of("");

  @Test
  void aBaseThatAsksTheHostIsNotTakenForACommandLine() throws IOException {
    // `base host` is another command line on each host, so that no single one means it.
    Plan host = dev.broot.support.Specs.plan("broot 1\nbase host\n");
    List<String> arguments = new ArrayList<>(List.of(Export.argsFile(host).split("\0", -1)));
    arguments.set(arguments.size() - 1, "--ro-bind");
    arguments.addAll(List.of("/srv", "/srv", "make"));
    assertThat(Import.of(arguments).spec())
        .contains("base none\n")
        .contains("bind ro /usr -> /usr\n")
        .contains("bind ro /srv -> /srv\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--ro-bind /usr|2: `--ro-bind`: its value is missing",
        "--ro-bnd /usr /usr|2: `--ro-bnd`: no option of bubblewrap",
        "--args 3 x|2: `--args`: what the descriptor holds is not seen here; say which file",
        "--info-fd x y|2: `--info-fd`: `x` is not a number",
        "--bind-fd 11 /a x|2: `--bind-fd`: what the descriptor holds is not seen here; say which file",
        "--seccomp 11 x|2: `--seccomp`: what the descriptor holds is not seen here; say which file",
        "--ro-bind usr /usr x|2: `--ro-bind`: `usr` is a relative path",
        "--uid root x|2: `--uid`: `root` is not a number",
        "--perms 0700 --proc /proc x|4: `--proc`: `--perms` before it",
        "--setenv A=B c x|2: `--setenv`: `A=B` is not the name of a variable",
        "--help x|2: `--help`: it asks for help",
        "--cap-add X\nraw x|2: `--cap-add`: `X\nraw` is not the name of a capability",
        "-x|2: `-x`: an option of bwrap starts with two dashes",
        "--perms 0700|`--perms` or `--size` at the end is for no file",
      })
  void whatCannotBeSaidIsRefusedByName(String text) {
    String[] parts = text.split("\\|", 2);
    List<String> arguments = new ArrayList<>(List.of("bwrap"));
    arguments.addAll(List.of(parts[0].split(" ", -1)));
    assertThat(Import.of(arguments).refused())
        .anyMatch(reason -> reason.replaceFirst("^argument ", "").startsWith(parts[1]));
  }

  @Test
  void targetsAreTakenFromTheSandboxesRoot() {
    Import made =
        Import.of(
            List.of(
                "bwrap",
                "--dir",
                "var",
                "--symlink",
                "../tmp",
                "var/tmp",
                "--proc",
                "./p/../q",
                "--chdir",
                "work"));
    assertThat(made.refused()).isEmpty();
    assertThat(made.spec())
        .contains("\ndir /var\n")
        .contains("\nsymlink ../tmp -> /var/tmp\n")
        .contains("\nproc /q\n")
        .contains("\nchdir /work\n");
  }

  @Test
  void whatIsNoCommandLineOfBubblewrapIsRefused() {
    assertThat(Import.of(List.of("podman", "run", "--dev", "/dev")).refused())
        .startsWith(
            "argument 1: `podman`: a command line starts with bwrap or with an option of it");
    assertThat(Import.of(List.of("sudo", "bwrap", "--dev", "/dev")).refused())
        .containsExactly("argument 1: `sudo`: call `sudo broot exec`");
  }

  /** What limits bubblewrap from in front of it becomes lines. */
  @ParameterizedTest
  @CsvSource({
    "prlimit --nofile=1024 --core=0:0 --,limit open-files 1024;limit core 0",
    "nice,limit nice 10",
    "nice -n 5,limit nice 5",
    "nice -n-5,limit nice -5",
    "nice -7,limit nice 7",
    "/usr/bin/nice --adjustment=3 --,limit nice 3",
    "choom -n 500 --,limit oom-score 500",
    "choom --adjust=-3,limit oom-score -3",
    "taskset -c 0-3 --,limit cpus 0-3",
    "taskset --cpu-list 8-9,limit cpus 8-9",
    "taskset 0xd,'limit cpus 0,2-3'",
    "taskset -a f0 nice -n 1,limit cpus 4-7;limit nice 1",
    "systemd-run --user --scope -q -p MemoryMax=2G -pMemorySwapMax=0,limit memory 2GiB",
    "systemd-run --scope --property=TasksMax=64 -p CPUQuota=150% --,limit pids 64;limit cpu 150%",
    "systemd-run --scope -p IOWeight=50 nice -n 1 prlimit --as=1073741824,"
        + "limit io-weight 50;limit nice 1;limit address-space 1GiB",
  })
  void limitsInFrontBecomeLines(String front, String lines) {
    List<String> words = new java.util.ArrayList<>(List.of(front.split(" ")));
    words.addAll(List.of("bwrap", "--dir", "/d"));
    Import made = Import.of(words);
    Imports.plan(made);
    assertThat(made.spec().lines().filter(line -> line.startsWith("limit ")))
        .containsExactly(lines.split(";"));
  }

  @ParameterizedTest
  @CsvSource({
    "prlimit --nofile=1:2,2,`limit` has no word for it",
    "prlimit --rtprio=1,2,`limit` has no word for it",
    "prlimit --nofile=1,2,`limit` has no word for it",
    "nice -n 20,2,`limit nice` takes -20 to 19",
    "nice --x,2,an option of `nice` that broot does not know",
    "choom -p 1,2,`limit oom-score` takes -1000 to 1000",
    "choom,2,`limit oom-score` takes -1000 to 1000",
    "systemd-run --user -p MemoryMax=1G,1,only `systemd-run --scope` runs bwrap itself",
    "systemd-run --scope -p MemoryMax=50%,4,`limit` has no word for it",
    "systemd-run --scope -p MemoryMax=infinity,4,`limit` has no word for it",
    "systemd-run --scope -p MemoryMax=99999999999999T,4,`limit` has no word for it",
    "systemd-run --scope -p CPUWeight=5,4,`limit` has no word for it",
    "systemd-run --scope --uid=1,3,an option of `systemd-run` that broot does not know",
    "taskset -p 1,2,an option of `taskset` that broot does not know",
    "taskset -c 3-0,3,`limit cpus` takes numbers of processors",
    "taskset -c 0-6:2,3,`limit cpus` takes numbers of processors",
    "taskset 0x0,2,`limit cpus` takes numbers of processors",
    "taskset -c,2,`limit cpus` takes numbers of processors",
  })
  void whatNoLimitSaysIsRefused(String front, int argument, String why) {
    List<String> words = new java.util.ArrayList<>(List.of(front.split(" ")));
    words.addAll(List.of("bwrap", "--dir", "/d"));
    assertThat(Import.of(words).refused())
        .anyMatch(
            reason -> reason.startsWith("argument " + argument + ": ") && reason.contains(why));
  }

  @Test
  void dangerIsMarkedAndHidingIsSaid() {
    Import made =
        Import.of(
            List.of(
                "bwrap",
                "--bind",
                "/",
                "/",
                "--tmpfs",
                "/tmp",
                "--bind",
                "/x",
                "/tmp",
                "--unshare-all",
                "--share-net",
                "sh"));
    assertThat(made.spec())
        .contains("unsafe share net because \"imported: say why\"")
        .contains("unsafe bind rw / -> / because \"imported: say why\"")
        .contains("\nbind rw /x -> /tmp over\n");
    Imports.plan(made);
  }

  @Test
  void commandLinesAreReadAsTheyAreFound() throws Exception {
    CommandText quoted =
        shell("bwrap --ro-bind '/a b' \"/c \\\"d\" /e\\ f $'x\\ny' \\\n --dev /dev");
    assertThat(quoted.arguments().stream().map(Arg::literal))
        .containsExactly("bwrap", "--ro-bind", "/a b", "/c \"d", "/e f", "x\ny", "--dev", "/dev");
    CommandText command = shell("bwrap --seccomp 9 --file 10 /x 9<f 10< '/a b'");
    assertThat(command.arguments().stream().map(Arg::literal))
        .containsExactly("bwrap", "--seccomp", "9", "--file", "10", "/x");
    assertThat(command.descriptors().keySet()).containsExactly("9", "10");
    assertThat(command.descriptors().values().stream().map(Arg::literal))
        .containsExactly("f", "/a b");
    assertThat(ArgumentText.lines("bwrap\n--dev\n/dev\n\n"))
        .containsExactly("bwrap", "--dev", "/dev", "");
    assertThat(ArgumentText.nul("a\0\0b c\0")).containsExactly("a", "", "b c");
    for (String bad :
        List.of("bwrap 'b", "bwrap \"b", "bwrap a\\", "bwrap 9<", "bwrap $(x", "ls /")) {
      assertThatThrownBy(() -> shell(bad + (bad.startsWith("ls") ? "\nls" : "")))
          .as(bad)
          .isInstanceOf(ArgumentText.Malformed.class);
    }
  }

  private static CommandText shell(String text) throws ArgumentText.Malformed {
    return ShellScript.read(text, Set.of());
  }

  private static String looked(Run.Result result) {
    return result.status() + "\n" + result.out() + result.err();
  }

  /** The same view from inside: mounts, environment, capabilities, namespaces of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64"
            + " --proc /proc --dev /dev --unshare-pid --new-session --clearenv --setenv PATH /usr/bin",
        "--ro-bind / / --tmpfs /tmp --dir /tmp/x --bind /var /tmp/x --dev-bind /dev /dev --chdir /tmp"
            + " --unshare-all --die-with-parent --setenv A b --unsetenv HOME --proc /proc",
        "--ro-bind / / --tmpfs /tmp --perms 0711 --dir /tmp/d --cap-drop ALL --cap-add CAP_CHOWN"
            + " --unshare-ipc --unshare-pid --size 1048576 --tmpfs /mnt --remount-ro /mnt --proc /proc",
        "--unshare-user --uid 12 --gid 13 --ro-bind / / --hostname box --unshare-uts --unshare-ipc --unshare-pid"
            + " --proc /proc --mqueue /mnt --tmpfs /tmp --chmod 0700 /tmp",
      })
  void realSandboxesLookTheSame(String line) throws IOException {
    Host.assumeRoot();
    String look =
        "cut -d' ' -f4-6 /proc/self/mountinfo; env | sort; grep -E '^(Cap|Uid|Gid)' /proc/self/status;"
            + " uname -n; pwd; ls -ld / /tmp/d /tmp/x 2>&1 | cut -c1-10; [ $(ls /proc | grep -c '^[0-9]') -lt 20 ] && echo own";
    List<String> command = new ArrayList<>(List.of("bwrap"));
    command.addAll(List.of(line.split(" ", -1)));
    List<String> arguments = List.copyOf(command);
    command.addAll(List.of("sh", "-c", look));
    Run.Result direct = Run.run(Map.of(), null, command);
    assertThat(direct.status()).as(direct.err()).isZero();
    Plan plan = Imports.plan(Import.of(arguments));
    Path script =
        Files.writeString(
            temp.resolve("script.sh"), ScriptWriter.write(plan, RunOptions.NONE, "TEST"));
    Run.Result ours = Run.run("dash", script.toString(), "sh", "-c", look);
    assertThat(looked(ours)).isEqualTo(looked(direct));
    Path exported = Files.writeString(temp.resolve("exported.sh"), Export.script(plan));
    assertThat(looked(Run.run("dash", exported.toString(), "sh", "-c", look)))
        .isEqualTo(looked(direct));
  }

  @Test
  @NeedsSandbox
  void theCommandsWork() throws IOException {
    Path spec = temp.resolve("made.broot");
    Run.Result made =
        Run.run(
            BROOT,
            "import",
            "-o",
            spec.toString(),
            "--",
            "bwrap",
            "--ro-bind",
            "/usr",
            "/usr",
            "--symlink",
            "usr/bin",
            "/bin",
            "--symlink",
            "usr/lib",
            "/lib",
            "--symlink",
            "usr/lib64",
            "/lib64",
            "sh",
            "-c",
            "echo $0 \"$@\"",
            "a b");
    assertThat(made)
        .isEqualTo(
            new Run.Result(
                0, "", "run it with: broot exec " + spec + " -- sh -c 'echo $0 \"$@\"' 'a b'\n"));
    assertThat(Run.run(BROOT, "exec", spec.toString(), "--", "sh", "-c", "echo $0", "a b").out())
        .isEqualTo("a b\n");
    assertThat(Run.run(BROOT, "export", spec.toString(), "--", "echo", "it's").out())
        .isEqualTo(
            "bwrap --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64"
                + " /lib64 -- echo 'it'\\''s'\n");
    String round =
        BROOT + " export --format args-file " + spec + " | " + BROOT + " import --from - --as nul";
    Run.Result again = Run.run("sh", "-c", round);
    assertThat(again.out()).isEqualTo(Files.readString(spec));
    Path host =
        Files.writeString(
            temp.resolve("host.broot"),
            "broot 1\nbase host\nstdin null\nenv A = \"b c\"\nenv pass NO_SUCH else \"d e\"\n");
    Run.Result anew = Run.run(BROOT, "export", "--format", "args-file", host.toString());
    assertThat(anew.out())
        .startsWith("--clearenv\0--setenv\0PATH\0")
        .contains("--setenv\0A\0b c\0--setenv\0NO_SUCH\0d e\0");
    assertThat(Run.run(BROOT, "export", host.toString(), "--", "env").out())
        .startsWith("env -i PATH=")
        .contains(" A='b c' NO_SUCH='d e' bwrap --chdir / ")
        .endsWith(" -- env </dev/null\n");
    assertThat(Run.run(BROOT, "export", "--format", "sh", host.toString()).err())
        .contains("it asks the host at each run");
    Run.Result refused =
        Run.run(BROOT, "import", "--", "bwrap", "--seccomp", "3", "--tmpfs", "/x", "sh");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("broot: refused: argument 2: `--seccomp`");
    assertThat(
            Run.run(BROOT, "import", "--partial", "--", "bwrap", "--seccomp", "3", "--tmpfs", "/x")
                .out())
        .contains("# refused: argument 2: `--seccomp`")
        .contains("\ntmpfs /x\n");
    assertThat(Run.run(BROOT, "export", "base:osbuild-2020").status()).isEqualTo(1);
    Path copy = temp.resolve("copy.broot");
    Files.writeString(copy, "broot 1\nbase host\nbind-data ro /etc/hostname -> /tmp/h\n");
    String line = Run.run(BROOT, "export", copy.toString(), "--", "cat", "/tmp/h").out();
    assertThat(Run.run("dash", "-c", line).out())
        .isEqualTo(Files.readString(Path.of("/etc/hostname")));
    Path quoted = Files.writeString(temp.resolve("quoted"), line.substring(line.indexOf("bwrap")));
    Run.Result back = Run.run(BROOT, "import", "--as", "shell", "--from", quoted.toString());
    assertThat(back.out()).contains("\nbind-data ro /etc/hostname -> /tmp/h\n");
    assertThat(Run.run(BROOT, "export", "--format", "args-file", copy.toString()).err())
        .contains("bubblewrap gets /etc/hostname as a descriptor");
  }
}
