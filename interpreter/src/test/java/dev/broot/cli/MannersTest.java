package dev.broot.cli;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Broot;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type who know shells and other tools: it works, or they are told what to type. */
class MannersTest {
  @TempDir Path temp = Path.of("");

  private String spec(String... lines) throws IOException {
    return write("s.broot", "broot 1\nbase host\n" + String.join("\n", lines) + "\n");
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text).toString();
  }

  private static Run.Result broot(String... args) {
    return Called.broot(args);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bind ro /srv/*.pem -> /keys",
        "bind ro /dev/null -> ${p}/**/.env",
        "bind dev /dev/nvidia? -> /dev/nvidia0",
        "bind ro /srv/[ab] -> /ab",
        "bind ro /srv/{a,b} -> /ab",
        "hide ${p}/.env{,.local} optional",
        "tmpfs /x*",
        "chdir /home/*",
        "seccomp /etc/*.bpf",
        "param q: path = /srv/*",
        "expect deny read /etc/*",
        "overlay [\"/a\", \"/b\"] ro -> /o?",
        "drop /t*",
        "include conf.d/*.fragment",
      })
  void aBareWildcardInAPathIsAMistake(String line) throws IOException {
    assertThat(mistake(line))
        .contains("s.broot:5:", "error[BR302]", "is not expanded here", "quote it: \"");
  }

  private String mistake(String line) throws IOException {
    Run.Result result = broot("check", spec("param p: path = /srv", "bind ro ${p} -> ${p}", line));
    assertThat(result.status()).isEqualTo(1);
    return result.err();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hide ${p}/**/*.{pem,key}",
        "protect ${p}/id_[re]*",
        "hide ${p}/*.pem except ${p}/*.{1..3}",
        "bind dev /dev/nvidia{0,1}* optional",
      })
  void aPatternIsNoneOfAShell(String line) throws IOException {
    assertThat(mistake(line)).contains("s.broot:5:", "is not expanded in a pattern");
  }

  @Test
  void aQuotedOneAndAGivenOneAreNames() throws IOException {
    String spec =
        spec("param p: path", "bind ro \"/srv/*.pem\" -> \"/m/[a]?\"", "bind ro ${p} -> /p");
    assertThat(broot("plan", "--set", "p=/a*b", spec).out())
        .contains("--ro-bind '/srv/*.pem' '/m/[a]?'", "--ro-bind '/a*b' /p");
    // What is no path may have them.
    assertThat(broot("check", spec("env A = *.pem", "symlink * -> /star")).err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    ".,''",
    "./,''",
    "./sub,/sub",
    "sub/x,/sub/x",
    "./.././x,/../x",
    ".git,/.git",
  })
  void aRelativePathOfTheCallerStartsWhereHeIs(String given, String meant) throws IOException {
    Path here = Path.of("").toAbsolutePath();
    String path = Path.of(here + meant).normalize().toString();
    String spec =
        spec(
            "param project: path",
            "param s: string",
            "bind ro ${project} -> ${project}",
            "env S = ${s}");
    String plan = broot("plan", "--set", "project=" + given, "--set", "s=" + given, spec).out();
    assertThat(plan).contains("--ro-bind " + path + " " + path + "\n", "S=" + given);
  }

  @Test
  void aTildeIsTheShells() throws IOException {
    String spec = spec("param project: path", "bind ro ${project} -> /p");
    Run.Result result = broot("check", "--set", "project=~/x", spec);
    assertThat(result.err())
        .contains("error[BR207]", "your shell did not expand `~`; type \"$HOME/x\"");
    assertThat(broot("check", spec("bind ro ~/x -> /x")).err())
        .contains("error[BR304]", "param home: path from env HOME");
  }

  @Test
  void aLineOfTheCallerReplacesWhatTheSpecSet() throws IOException {
    String spec = spec("chdir /tmp", "env A = a", "unshare user-try", "tmpfs /x");
    assertThat(broot("plan", "--line", "chdir /usr", "--line", "env A = b", spec).out())
        .contains("--chdir /usr", "A=b")
        .doesNotContain("--chdir /tmp", "A=a");
    assertThat(broot("plan", "--line", "chdir /srv", "base:host").out()).contains("--chdir /srv");
    assertThat(broot("plan", "--line", "drop /x", spec).out()).doesNotContain("--tmpfs /x");
    assertThat(broot("plan", "--line", "share user-try", spec).out())
        .doesNotContain("--unshare-user-try");
    assertThat(broot("plan", "--line", "chdir /a", "--line", "chdir /b", spec).err())
        .contains("--line:1:1: error[BR301]: `chdir` is set twice");
    // Behind the spec's own, where the base wants the caller's.
    assertThat(broot("plan", "--line", "dir /y", spec).out()).contains("--tmpfs /x\n  --dir /y\n");
    assertThat(broot("plan", "--line", "libdir /x", spec).err()).contains("BR306");
  }

  @Test
  void anUnknownOptionIsCalledOneAndTheSpecIsNot() throws IOException {
    assertThat(broot("check", "--frobnicate", spec("tmpfs /x")).err())
        .isEqualTo("broot: there is no option `--frobnicate`; see `broot check --help`\n");
    assertThat(broot("check", spec("tmpfs /x"), "--formt=json").err())
        .startsWith("broot: there is no option `--formt`; did you mean `--format`?");
  }

  @Test
  void whatIsMissingHasTheNameThatTheHelpHas() throws IOException {
    assertThat(broot("why", spec("tmpfs /x")).err())
        .isEqualTo("broot: WHAT is missing; see `broot why --help`\n");
    assertThat(broot("why", "--read").err())
        .isEqualTo("broot: SPEC and WHAT are missing; see `broot why --help`\n");
    assertThat(broot("check").err())
        .isEqualTo("broot: SPEC is missing; see `broot check --help`\n");
    assertThat(broot("compile", "x", "--timeout").err())
        .startsWith("broot: `--timeout` needs a value: TIME; see");
  }

  @Test
  void warningsStandInTheOrderOfTheLines() throws IOException {
    String spec =
        write(
            "open.broot",
            "broot 1\nbase none because \"t\"\nbind rw /sys -> /sys\nenv API_TOKEN = x\n"
                + "bind ro /run -> /run\nbind rw /opt/bin -> /opt\nentry /opt/x\n");
    List<Integer> lines =
        broot("check", spec)
            .err()
            .lines()
            .filter(line -> line.contains(": warning[BR"))
            .map(line -> Integer.valueOf(line.replaceFirst(".*?broot:(\\d+):.*", "$1")))
            .toList();
    assertThat(lines).hasSizeGreaterThan(3).isSorted();
  }

  @ParameterizedTest
  @CsvSource({
    "env PATH=/usr/bin,write `env PATH = /usr/bin`",
    "env PATH= /usr/bin,write `env PATH = /usr/bin`",
    "env A=\"x y\",put blanks around `=`",
    "param tree:path,write `param tree: path`",
    "param tree: path=/x -> /y,write `param tree: path = /x -> /y`",
    "text /etc/motd=hello,write `text /etc/motd = hello`",
    "bind ro /a->/b,write `bind ro /a -> /b`",
    "symlink a ->/b,write `symlink a -> /b`",
  })
  void missingBlanksAreNamed(String line, String hint) throws IOException {
    Run.Result result = broot("check", spec(line));
    assertThat(result.err()).contains("s.broot:3:", hint);
    assertThat(result.err().lines().filter(text -> text.contains("error["))).hasSize(1);
  }

  @Test
  void aCauseIsToldOnce() throws IOException {
    String spec = spec("env A = x", "unsafe share net because \"y\"");
    for (String what : List.of("A", "network")) {
      assertThat(broot("why", spec, what).out().lines().distinct().toList())
          .isEqualTo(broot("why", spec, what).out().lines().toList());
    }
    String linked = spec("symlink usr -> /u", "bind ro /srv -> /srv");
    assertThat(broot("why", linked, "/u").out().lines().filter(l -> l.contains("s.broot:3")))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"coding-agent", "hello", "osbuild-stage", "npm-build", "thumbnailer"})
  void anExampleSaysEachCauseOnce(String example) {
    String spec = HOME.resolve("examples/" + example + ".broot").toString();
    for (String what : List.of("/", "/usr/bin/sh", "/etc/passwd", "/proc", "/tmp", "network")) {
      Run.Result said = broot("why", spec, what);
      assertThat(said.out().lines()).as(what).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  @Test
  void anEnvironmentThatIsInheritedAndChangedHasAGoldenPlan() throws IOException {
    String spec =
        spec("env inherit because \"t\"", "env unset SSH_AUTH_SOCK", "env pass A", "env B = b");
    assertThat(broot("golden", "--update", spec).status()).isZero();
    assertThat(broot("golden", "--check", spec)).isEqualTo(new Run.Result(0, "", ""));
    spec("env inherit because \"t\"", "env unset SSH_AGENT_PID", "env pass A", "env B = c");
    assertThat(broot("golden", "--check", spec).out())
        .contains("--unsetenv SSH_AGENT_PID  comes from", "s.broot:4");
  }

  @Test
  @NeedsSandbox
  void aValueThatLooksLikeAnOptionIsAValue() throws IOException {
    String spec = spec("env inherit because \"t\"", "env X = \"--as-pid-1\"");
    String script = temp + "/s.sh";
    assertThat(broot("compile", "--timeout", "3s", "-o", script, spec).err()).isEmpty();
    long start = System.nanoTime();
    Run.Result result = Run.run(script, "sh", "-c", "echo $X; sleep 60");
    assertThat(result.status()).isEqualTo(124);
    assertThat(result.out()).isEqualTo("--as-pid-1\n");
    // Process 1 would ignore the signal and be killed after 10 seconds.
    assertThat(System.nanoTime() - start).isLessThan(12_000_000_000L);
    // An overlay would need bubblewrap 0.11.
    String link = spec("symlink \"--overlay\" -> /x");
    assertThat(broot("compile", link).out()).doesNotContain("broot_needs ");
    assertThat(broot("check", link).status()).isZero();
  }

  /** A script is longer than what a pipe takes that nobody reads. */
  @Test
  void whoReadsOnlyTheStartIsToldNothingMore() throws IOException {
    String calls = "{ \"$0\" compile \"$1\"; echo $? >\"$2\"; } | head -n 1";
    String status = temp + "/status";
    assertThat(Run.run("sh", "-c", calls, Broot.BROOT, spec("entry /bin/echo"), status))
        .isEqualTo(new Run.Result(0, "#!/bin/sh\n", ""));
    assertThat(Path.of(status)).hasContent("141");
  }

  @Test
  @NeedsSandbox
  void aCompiledScriptTakesDashes() throws IOException {
    String script = temp + "/s.sh";
    String spec = spec("entry /bin/echo");
    assertThat(broot("compile", "-o", script, spec).status()).isZero();
    for (Map.Entry<List<String>, String> call :
        Map.of(
                List.of("a", "--", "b"), "a -- b\n",
                List.of("--", "a", "--", "b"), "a -- b\n",
                List.of("--", "--", "a"), "-- a\n",
                List.of("--"), "\n")
            .entrySet()) {
      List<String> words = new java.util.ArrayList<>(List.of(script));
      words.addAll(call.getKey());
      assertThat(Run.run(words.toArray(new String[0])).out()).isEqualTo(call.getValue());
    }
  }
}
