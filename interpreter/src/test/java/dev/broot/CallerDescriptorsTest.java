package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.broot.run.BuildRoot;
import dev.broot.run.SetupException;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Descriptors that a spec asks its caller for, with real bubblewrap; bash stands in for callers.
 */
@NeedsSandbox
class CallerDescriptorsTest {
  @TempDir Path temp = Path.of("");

  private Path script(String name, String lines) throws IOException {
    Files.createDirectories(temp.resolve("go"));
    String spec = "broot 1\nbase host\nbind rw " + temp.resolve("go") + " -> /go\n" + lines;
    RunOptions options =
        new RunOptions(null, null, null, RunOptions.Mode.PROGRAM, Map.of(name, 20), null, null);
    String script = ScriptWriter.write(Specs.plan(spec), options, "TEST");
    return Files.writeString(temp.resolve("script.sh"), script);
  }

  private Run.Result bash(String commands) throws IOException {
    return Run.run(Map.of(), temp, List.of("timeout", "-k", "1", "30", "bash", "-c", commands));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void informationEndsWhenItIsWrittenAndNotWithTheRun(String shell) throws Exception {
    script("info", "descriptor info\n");
    Run.Result result =
        bash(
            "{ exec "
                + shell
                + " script.sh sh -c 'ls /proc/self/fd; until [ -e /go/on ]; do :; done' 20>&1 >seen; }"
                + " | { cat >info; touch go/on; }");
    assertThat(result).isEqualTo(new Run.Result(0, "", ""));
    var info = JsonParser.parseString(Files.readString(temp.resolve("info"))).getAsJsonObject();
    assertThat(info.get("child-pid").getAsInt()).isPositive();
    // The last one is that of ls.
    assertThat(temp.resolve("seen")).hasContent("0\n1\n2\n3");
  }

  @Test
  void aSandboxKeepsWhatIsToEndWithIt() throws Exception {
    script("sync", "descriptor sync\n");
    Run.Result result =
        bash(
            "{ exec dash script.sh sh -c 'ls /proc/self/fd; echo program >>/go/log' 20>&1 >seen; }"
                + " | { cat; echo end >>go/log; }");
    assertThat(result).isEqualTo(new Run.Result(0, "", ""));
    assertThat(temp.resolve("go/log")).hasContent("program\nend");
    assertThat(temp.resolve("seen")).hasContent("0\n1\n2\n3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void whatBubblewrapReportsIsHandedOn(String shell) throws Exception {
    script("json-status", "descriptor json-status\n");
    // The first line comes while the program runs.
    Run.Result result =
        bash(
            "{ exec "
                + shell
                + " script.sh sh -c 'ls /proc/self/fd; until [ -e /go/on ]; do :; done; exit 7' 20>&1 >seen; }"
                + " | { read -r line; echo \"$line\" >report; touch go/on; cat >>report; }; "
                + "echo ${PIPESTATUS[0]}");
    assertThat(result).isEqualTo(new Run.Result(0, "7\n", ""));
    assertThat(temp.resolve("seen")).hasContent("0\n1\n2\n3");
    List<String> report = Files.readAllLines(temp.resolve("report"));
    assertThat(report).hasSize(2);
    assertThat(JsonParser.parseString(report.get(0)).getAsJsonObject().has("child-pid")).isTrue();
    assertThat(JsonParser.parseString(report.get(1)).getAsJsonObject().get("exit-code").getAsInt())
        .isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void providersAndTheEnvironmentDoNotMind(String shell) throws Exception {
    String server =
        "import socket,sys,os; s=socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen();"
            + " open('fds','w').write(' '.join(sorted(os.listdir('/proc/self/fd')))); s.accept()";
    script(
        "info",
        "env inherit\ndrop env PATH\ndrop env HOME\ndescriptor info\napis /run/api\n"
            + "api x serve [\"python3\", \"-c\", \""
            + server
            + "\", \"${socket}\"]\n");
    Run.Result result =
        bash(
            "exec 20>info; env 'a.b=1' 'BASH_FUNC_x%%=() { :; }' "
                + shell
                + " script.sh env | grep -a -e '^a.b' -e '^BASH_FUNC'");
    assertThat(result.out().lines().sorted()).containsExactly("BASH_FUNC_x%%=() { :; }", "a.b=1");
    assertThat(result.status()).isZero();
    assertThat(Files.readString(temp.resolve("fds")).split(" ", -1)).doesNotContain("20");
  }

  @Test
  void aProgramWaitsForItsCaller() throws Exception {
    script("block", "descriptor block\n");
    Run.Result result =
        bash(
            "{ echo caller >>go/log; echo; } "
                + "| { exec 20<&0; dash script.sh sh -c 'echo program >>/go/log'; }");
    assertThat(result).isEqualTo(new Run.Result(0, "", ""));
    assertThat(temp.resolve("go/log")).hasContent("caller\nprogram");
  }

  @Test
  void aNamespaceOfTheCallersIsEntered() throws Exception {
    String spec =
        "broot 1\nbase none\ndescriptor userns\nbind ro / -> /\nproc /proc\nunshare pid\n"
            + "new-session\ndie-with-parent\n";
    RunOptions options =
        new RunOptions(null, null, null, RunOptions.Mode.PROGRAM, Map.of("userns", 20), null, null);
    Files.writeString(
        temp.resolve("script.sh"), ScriptWriter.write(Specs.plan(spec), options, "TEST"));
    Run.Result result =
        bash(
            "coproc holder { exec unshare -U --map-root-user sh -c 'readlink /proc/self/ns/user; read x'; }; "
                + "read -r namespace <&${holder[0]}; exec 20</proc/$holder_PID/ns/user; "
                + "[ \"$(dash script.sh readlink /proc/self/ns/user)\" = \"$namespace\" ] && echo same");
    assertThat(result).isEqualTo(new Run.Result(0, "same\n", ""));
  }

  @Test
  void whatCannotBeExecutedIsToldApartAllTheSame() throws Exception {
    script("info", "descriptor info\n");
    Run.Result result = bash("dash script.sh /go/none 20>info");
    assertThat(result.status()).isEqualTo(127);
    assertThat(result.err())
        .endsWith("broot: /go/none is not there in the sandbox: there is no /go/none\n");
  }

  @Test
  void nothingRunsWithoutThem() throws Exception {
    Path spec = Files.writeString(temp.resolve("s.broot"), "broot 1\nbase host\ndescriptor info\n");
    String start = BROOT + " exec ";
    String end = " " + spec + " -- echo ran";
    for (String[] wrong :
        new String[][] {
          {"", "broot: the spec has a line `descriptor info`; open a descriptor and pass"},
          {
            "--pass-fd info=20",
            "broot: descriptor 20, which our caller passes as info, is not open"
          },
          {"--pass-fd info=7", "broot: the program and broot use the descriptors 0 to 9"},
          {"--pass-fd info", "broot: --pass-fd takes NAME=NUMBER"},
          {"--pass-fd info=20 --pass-fd info=21", "broot: --pass-fd gives `info` twice"},
          {
            "--pass-fd info=20 --pass-fd sync=21",
            "broot: --pass-fd passes `sync`, but the spec has"
          },
        }) {
      Run.Result result = bash(start + wrong[0] + end);
      assertThat(result.status()).as(wrong[0]).isIn(2, 125);
      assertThat(result.out()).as(wrong[0]).isEmpty();
      assertThat(result.err()).as(wrong[0]).startsWith(wrong[1]);
    }
    assertThat(bash("exec 20>info; " + start + "--pass-fd info=20" + end).out()).isEqualTo("ran\n");
    Assertions.assertThatThrownBy(() -> BuildRoot.enter(BuildRoot.compile(spec, Map.of())))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("the spec has a line `descriptor info`");
  }

  private static final String INHERITS = "descriptor inherit file\ndescriptor inherit log\n";

  private void inheriting(String lines) throws IOException {
    RunOptions options =
        new RunOptions(
            null,
            null,
            null,
            RunOptions.Mode.PROGRAM,
            Map.of("file", 20, "log", 21, "info", 22),
            null,
            null);
    String spec = "broot 1\nbase host\n" + INHERITS + lines;
    Files.writeString(
        temp.resolve("script.sh"), ScriptWriter.write(Specs.plan(spec), options, "TEST"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void aProgramGetsWhatIsPassedToIt(String shell) throws Exception {
    inheriting("descriptor info\n");
    Run.Result result =
        bash(
            "echo text >file; exec 20<file 21>>log 22>info 23<file; exec "
                + shell
                + " script.sh bash -c 'cat <&20; echo said >&21; ls /proc/self/fd'");
    // 3 is that of ls; 22 is bubblewrap's, and nobody asked for 23.
    assertThat(result).isEqualTo(new Run.Result(0, "text\n0\n1\n2\n20\n21\n3\n", ""));
    assertThat(temp.resolve("log")).hasContent("said");
  }

  @Test
  void aPipeThatIsPassedEndsWithTheProgram() throws Exception {
    inheriting("");
    Run.Result result =
        bash(
            "{ exec 20</dev/null; dash script.sh bash -c 'echo said >&21' 21>&1 >/dev/null; } | cat");
    assertThat(result).isEqualTo(new Run.Result(0, "said\n", ""));
  }

  /** As systemd starts a service: the sockets from 3 on, and LISTEN_FDS says how many. */
  @Test
  void aServiceGetsItsSockets() throws Exception {
    inheriting("env LISTEN_FDS = 1\n");
    String serves =
        "import os, socket; s = socket.socket(fileno=3); print(os.environ['LISTEN_FDS'], s.getsockname())";
    Files.writeString(temp.resolve("serve.py"), serves);
    String listens =
        "import os, socket, sys; s = socket.socket(socket.AF_UNIX); s.bind('@broot-test'.replace('@', chr(0)));"
            + " s.listen(); os.dup2(s.fileno(), 20); os.dup2(s.fileno(), 21); os.execvp(sys.argv[1], sys.argv[1:])";
    Files.writeString(temp.resolve("listen.py"), listens);
    Run.Result result =
        bash(
            "python3 listen.py dash script.sh bash -c 'exec 3<&20 20<&- 21<&-; exec python3 -c \"$0\"' \"$(cat serve.py)\"");
    assertThat(result).isEqualTo(new Run.Result(0, "1 b'\\x00broot-test'\n", ""));
  }

  @Test
  void aJobserverIsPassedOn() throws Exception {
    Files.writeString(
        temp.resolve("jobs.broot"),
        "broot 1\nbase host\nenv pass MAKEFLAGS\n"
            + "descriptor inherit jobs-in\ndescriptor inherit jobs-out\n");
    Run.Result result =
        bash(
            "mkfifo jobs; exec 10<>jobs 11<>jobs; printf ++ >&11;"
                + " MAKEFLAGS='-j3 --jobserver-auth=10,11' "
                + BROOT
                + " exec --pass-fd jobs-in=10 --pass-fd jobs-out=11 jobs.broot -- bash -c"
                + " 'read -rn1 -u10 token; echo \"$token $MAKEFLAGS\"; printf %s \"$token\" >&11'");
    assertThat(result).isEqualTo(new Run.Result(0, "+ -j3 --jobserver-auth=10,11\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--no-cache"})
  void theNumbersThatMakeUsesArrive(String option) throws Exception {
    Files.writeString(
        temp.resolve("low.broot"),
        "broot 1\nbase host\nenv inherit\ndescriptor inherit in\ndescriptor inherit out\n"
            + "text /etc/a = \"one\\n\"\ntext /etc/b = \"two\\n\"\nhide "
            + temp.resolve("go/f")
            + "\nbind rw "
            + temp.resolve("go")
            + " -> /go\n");
    Files.createDirectories(temp.resolve("go"));
    Files.writeString(temp.resolve("go/f"), "SECRET");
    Files.writeString(temp.resolve("told"), "told\n");
    String run =
        BROOT
            + " exec "
            + option
            + " --pass-fd in=3 --pass-fd=out=9 low.broot -- bash -c"
            + " 'cat <&3; cat /etc/a /etc/b /go/f; echo said >&9; env; ls /proc/self/fd' 3<told 9>said";
    for (int round = 0; round < 2; round++) {
      Run.Result result = bash(run);
      assertThat(result.err()).isEmpty();
      assertThat(result.out())
          .startsWith("told\none\ntwo\n")
          .doesNotContain("BROOT")
          .endsWith("0\n1\n2\n3\n4\n9\n");
      assertThat(temp.resolve("said")).hasContent("said");
    }
  }

  @Test
  void ofTheNumbersThatCannotArriveItIsSaid() throws Exception {
    Files.writeString(temp.resolve("a.broot"), "broot 1\nbase host\ndescriptor inherit log\n");
    Files.writeString(temp.resolve("i.broot"), "broot 1\nbase host\ndescriptor info\n");
    assertThat(bash(BROOT + " exec --pass-fd log=5 a.broot -- true 5>&1").err())
        .contains("do not pass 5; only for a line `descriptor inherit`");
    assertThat(bash(BROOT + " exec --pass-fd info=3 i.broot -- true 3>&1").err())
        .contains("do not pass 3; only for a line `descriptor inherit`");
    assertThat(bash(BROOT + " exec --pass-fd log=3 a.broot -- true").err())
        .isEqualTo("broot: descriptor 3, which our caller passes as log, is not open\n");
    assertThat(bash(BROOT + " compile --pass-fd log=3 -o s.sh a.broot 3>&1").err())
        .contains("descriptor 3 is passed by `broot exec` only");
  }

  @Test
  void makeIsServedByTheLinesThatItIsTold() throws Exception {
    String spec = "broot 1\nbase host\nenv pass MAKEFLAGS\nbind ro @ -> @\nchdir @\n";
    spec = spec.replace("@", temp.toString());
    String lines = "descriptor inherit jobs-in\ndescriptor inherit jobs-out\n";
    Files.writeString(temp.resolve("without.broot"), spec);
    Files.writeString(temp.resolve("with.broot"), spec + lines);
    Files.writeString(temp.resolve("inner"), "all:\n\t@echo made\n");
    String pass = "--pass-fd jobs-in=3 --pass-fd jobs-out=4";
    Files.writeString(
        temp.resolve("Makefile"),
        ("without:\n\t@+@ exec without.broot -- make -f inner\n"
                + "with:\n\t@+@ exec "
                + pass
                + " with.broot -- make -f inner\n")
            .replace("+@", "+" + BROOT));
    assertThat(bash("make -j4 --no-print-directory without").err())
        .contains(
            "without.broot:3: make's jobserver is the descriptors 3 and 4",
            "`descriptor inherit jobs-in` and `descriptor inherit jobs-out`",
            pass,
            "jobserver unavailable");
    assertThat(bash("make -j4 --no-print-directory with"))
        .isEqualTo(new Run.Result(0, "made\n", ""));
  }

  @Test
  void whatIsNotPassedIsSaid() throws Exception {
    Files.writeString(temp.resolve("a.broot"), "broot 1\nbase host\ndescriptor inherit log\n");
    Files.writeString(temp.resolve("b.broot"), "broot 1\nbase host\n");
    assertThat(bash(BROOT + " exec a.broot -- true").err())
        .contains("the spec has a line `descriptor inherit log`", "--pass-fd log=10");
    assertThat(bash(BROOT + " exec --pass-fd log=10 b.broot -- true 10>&1").err())
        .contains("the spec has no line `descriptor inherit log`");
    assertThat(bash(BROOT + " exec --pass-fd log=17 a.broot -- true").err())
        .contains("descriptor 17, which our caller passes as log, is not open");
    Run.Result wider = bash(BROOT + " diff b.broot a.broot");
    assertThat(wider.out())
        .startsWith("WIDER\n")
        .contains(
            "may use the descriptor that the caller passes as `log`, for whatever it is open");
    assertThat(bash(BROOT + " plan a.broot").out()).contains("descriptors\n  inherit log\n");
    assertThat(bash(BROOT + " diff a.broot a.broot").out()).startsWith("EQUAL");
  }

  /** The script starts itself again, for a shell that knows the descriptor or for its mounts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "env inherit because \"a test\"\n",
        "rundir ${run} create\ndevices /srv/dev prefix d-\nnode zero c 1:5 0666\nenv inherit because \"a test\"\n"
      })
  void aNetworkOfItsOwnStandsBesideThem(String more) throws Exception {
    if (more.contains("devices")) {
      Host.assumeRoot();
    }
    String lines = "net allow localhost:9\ndescriptor inherit news\n";
    script("news", lines + more.replace("${run}", temp.resolve("run") + ""));
    assertThat(
            bash("SAID=it dash script.sh sh -c 'echo \"said ${SAID-}\" >/proc/self/fd/20' 20>news"))
        .isEqualTo(new Run.Result(0, "", ""));
    assertThat(temp.resolve("news")).hasContent(more.contains("inherit") ? "said it" : "said ");
  }
}
