package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A compiled script as the unit of a farm: one file that is sent to a worker. */
class UnitTest {
  private static final String ENTRY =
      """
      broot 1
      base host
      entry /say
      text /say = "#!/bin/sh\\necho \\"\\$*\\"\\n" mode 0755
      """;

  @TempDir Path temp = Path.of("");

  private Path spec(String text) throws IOException {
    return Files.writeString(temp.resolve("build.broot"), text);
  }

  private Path script(String text, String... options) throws IOException {
    Path script = temp.resolve("unit");
    List<String> command = new ArrayList<>(List.of("compile"));
    command.addAll(List.of(options));
    command.addAll(List.of(spec(text).toString(), "-o", script.toString()));
    Run.Result result = Called.broot(command.toArray(new String[0]));
    assertThat(result).isEqualTo(new Run.Result(0, "", ""));
    return script;
  }

  private Path golden(String text) throws IOException {
    assertThat(Called.broot("golden", "--update", spec(text).toString()).status()).isZero();
    return temp.resolve("build.plan");
  }

  private static String sum(Path file) throws IOException {
    return "sha256:" + Run.run("sha256sum", file.toString()).out().split(" ", 2)[0];
  }

  @Test
  void itSaysWhatItIs() throws IOException {
    Path script = script(ENTRY);
    Run.Result help = Run.run(script.toString(), "--help");
    assertThat(help.status()).as(help.err()).isZero();
    assertThat(help.out())
        .startsWith("Usage: SCRIPT [--help] [--] [ARGUMENT...]\nRuns /say in the sandbox")
        .contains("plan      " + sum(golden(ENTRY)) + " ", "needs     bwrap 0.5, setsid, env, awk")
        .doesNotContain("--status-file");
    assertThat(Run.run("sh", "-c", "PATH=/nowhere exec /bin/sh " + script + " --help").out())
        .as("it says so where nothing is installed")
        .isEqualTo(help.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net none | setsid, env, awk on PATH",
        "net allow a.example:443 | socat, getent, ip, unshare, mount, nsenter, setpriv on PATH",
        "net allow *.a.example:443 | socat, getent, tinyproxy, pasta or slirp4netns, ip, unshare,",
        "net user | pasta or slirp4netns, ip, unshare, mount, nsenter, setpriv on PATH",
      })
  void itNamesTheProgramsOfItsNetwork(String line, String programs) throws IOException {
    Path script = script("broot 1\nbase host\nentry /usr/bin/true\n" + line + "\n");
    String needs =
        Run.run(script.toString(), "--help")
            .out()
            .lines()
            .filter(text -> text.startsWith("needs "))
            .findFirst()
            .orElseThrow();
    assertThat(needs).contains(programs);
    if (line.equals("net none")) {
      assertThat(needs).doesNotContain("socat", "pasta", "ip,");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "oci | umoci, flock, sha256sum, and the oci image /srv/i.tar",
        "tar | tar, and what it is compressed with, flock, sha256sum, and the tar image /srv/i.tar",
        "squashfs | unsquashfs, flock, sha256sum, and the squashfs image /srv/i.tar",
        "erofs | fsck.erofs, flock, sha256sum, and the erofs image /srv/i.tar",
      })
  void itSaysWhatAnImageTakes(String format, String needed) throws IOException {
    String image = "root image " + format + " /srv/i.tar digest sha256:" + "0".repeat(64) + "\n";
    Path script = script("broot 1\nbase host\nentry /x\n" + image + "bind ro ${root} -> /r\n");
    assertThat(Run.run(script.toString(), "--help").out())
        .contains("\n          at the first run on a host " + needed + "\nstatus ")
        .doesNotContain("newuidmap");
  }

  @Test
  void itSaysWhatOtherUsersTake() throws IOException {
    Path script = script("broot 1\nbase host\nentry /x\nmap users auto\nmap groups auto\n");
    assertThat(Run.run(script.toString(), "--help").out())
        .contains("\n          newuidmap and newgidmap, if who runs it is not root\nstatus ");
  }

  @Test
  @NeedsSandbox
  void behindTwoDashesAllIsThePrograms() throws IOException {
    Path script = script(ENTRY);
    for (List<String> words :
        List.of(List.of("--help"), List.of("--", "x"), List.of("--status-file=/x"))) {
      List<String> command = new ArrayList<>(List.of(script.toString(), "--"));
      command.addAll(words);
      assertThat(Run.run(command.toArray(new String[0])).out().strip())
          .isEqualTo(String.join(" ", words));
    }
    assertThat(Run.run(script.toString(), "plain", "--help").out()).isEqualTo("plain --help\n");
  }

  @Test
  void oneThatStartsItselfAgainTakesThemOnce() throws IOException {
    Host.assumeRoot();
    Path run = Files.createDirectories(temp.resolve("run"));
    Path status = temp.resolve("status.json");
    Path script =
        script(
            ENTRY + "rundir " + run + "\ndrop /dev\ndevices /dev prefix d-\nnode null c 1:3 0666\n",
            "--status-file",
            temp.resolve("none").toString());
    Run.Result result = Run.run(script.toString(), "--status-file=" + status, "--", "--", "--help");
    assertThat(result).isEqualTo(new Run.Result(0, "-- --help\n", ""));
    assertThat(status).exists();
    assertThat(temp.resolve("none")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "setsid, util-linux, ''",
    "env, coreutils, ''",
    "awk, mawk, ''",
    "bwrap, bubblewrap, ''",
    "prlimit, util-linux, limit open-files 64",
    "choom, util-linux, limit oom-score 500",
    "python3, python3, module osbuild -> /lib/mine",
    "flock, util-linux, vardir /var/tmp; scratch /scratch prefix x-",
    "mknod, coreutils, drop /dev; rundir /run; devices /dev prefix x-; node null c 1:3 0666",
  })
  void whatAWorkerLacksIsSaidFirst(String program, String box, String lines) throws IOException {
    Path script = script(ENTRY + lines.replace("; ", "\n") + "\n");
    Path bin = Files.createDirectories(temp.resolve("bin"));
    String tools = Files.readString(script).split("broot_tools='", 2)[1].split("'", 2)[0];
    for (String tool : ("bwrap:x " + tools).split(" ", -1)) {
      String name = tool.split(":", 2)[0];
      if (!name.equals(program)) {
        String real = Run.run("sh", "-c", "command -v " + name).out().strip();
        Files.createSymbolicLink(bin.resolve(name), Path.of(real));
      }
    }
    Run.Result result =
        Run.run(
            Map.of("PATH", bin.toString()), null, List.of("/bin/sh", script.toString(), "hello"));
    assertThat(result)
        .isEqualTo(
            new Run.Result(
                125,
                "",
                "broot: " + program + " is not on PATH; install the package " + box + "\n"));
  }

  @Test
  @NeedsSandbox
  void eachRunHasAStatusFileOfItsOwn() throws IOException {
    Path script = script("broot 1\nbase host\n", "--status-file", "/dev/null");
    for (int task = 0; task < 3; task++) {
      Path file = temp.resolve("task \"" + task);
      Run.Result result =
          Run.run(script.toString(), "--status-file=" + file, "--", "sh", "-c", "exit " + task);
      assertThat(result).isEqualTo(new Run.Result(task, "", ""));
      Schemas.assertValid("status.schema.json", Files.readString(file));
      assertThat(Files.readString(file))
          .contains("\"status\":" + task, "\"plan\":\"" + sum(golden("broot 1\nbase host\n")));
    }
    Run.Result none =
        Run.run(script("broot 1\nbase host\n").toString(), "--status-file=x", "--", "true");
    assertThat(none)
        .isEqualTo(
            new Run.Result(
                125,
                "",
                "broot: this script writes no status file; compile it with --status-file FILE\n"));
  }

  @Test
  void thePlanThatWasReviewedIsCompiled() throws IOException {
    String text = "broot 1\nbase host\nparam project: path\nbind rw ${project} -> /work\n";
    Path golden = golden(text);
    for (String expected : List.of(golden.toString(), sum(golden))) {
      script(text, "--expect-plan", expected, "--set", "project=" + temp);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--line=bind ro /srv -> /srv",
        "--line=unsafe share net because \"x\"",
        "--set=out=/srv/other",
      })
  void aPlanThatNobodyHasReviewedIsRefused(String more) throws IOException {
    String text = "broot 1\nbase host\nparam out: path = /srv/out\nbind rw ${out} -> /out\n";
    Path golden = golden(text);
    for (String expected : List.of(golden.toString(), sum(golden))) {
      Path script = temp.resolve("refused");
      Run.Result result =
          Called.broot(
              "compile",
              "--expect-plan",
              expected,
              more,
              spec(text).toString(),
              "-o",
              script.toString());
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("broot: the plan of " + temp + "/build.broot is ");
      assertThat(result.out()).isEmpty();
      assertThat(script).doesNotExist();
    }
    script(text, "--expect-plan", golden.toString(), "--set", "out=/srv/out");
  }

  @Test
  void aChangedSpecIsRefusedWithTheLineThatChangedIt() throws IOException {
    Path golden = golden("broot 1\nbase host\n");
    Path changed = spec("broot 1\nbase host\nbind rw /srv/cache -> /cache\n");
    Run.Result result =
        Called.broot("compile", "--expect-plan", golden.toString(), changed.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).doesNotContain("#!/bin/sh");
    assertThat(result.out() + result.err())
        .contains("+  --bind /srv/cache /cache", "comes from " + changed + ":3");
    assertThat(Called.broot("compile", "--expect-plan", "sha256:abc", changed.toString()).status())
        .isEqualTo(2);
    assertThat(
            Called.broot("compile", "--expect-plan", temp + "/none", changed.toString()).status())
        .isEqualTo(125);
  }
}
