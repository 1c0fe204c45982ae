package dev.broot;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.plan.ShellWords;
import dev.broot.script.AttestScript;
import dev.broot.script.JudgeScript;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Golden;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that a plan is compiled to: its text, and what it makes bubblewrap get. */
class ScriptTest {
  @TempDir Path temp = Path.of("");

  private Path bin = Path.of("");

  /** A stand-in for bwrap that writes down all that it got. */
  @BeforeEach
  void fakeBwrap() throws IOException {
    bin = Files.createDirectories(temp.resolve("bin"));
    Path fake = bin.resolve("bwrap");
    Files.writeString(
        fake,
        """
        #!/bin/sh
        out=%s
        [ "$1 $2 $3 $4" = '--json-status-fd 5 --block-fd 4' ] || exit 77
        shift 4
        printf '{ "child-pid": %%s }\n{ "exit-code": 9 }\n' $$ >&5
        printf '%%s\\0' "$@" >$out/argv
        cat /proc/$$/environ >$out/environ
        readlink /proc/$$/fd/0 >$out/stdin
        ls /proc/$$/fd >$out/descriptors
        while [ $# -gt 0 ] && [ "$1" != --dev-bind ]; do shift; done
        [ $# = 0 ] || (cd "$2" && stat -c '%%n %%F %%t:%%T %%a' * && stat -c '%%a' . && grep " $2 " /proc/self/mounts) \\
          >$out/devices
        exit 9
        """
            .formatted(temp));
    assertThat(fake.toFile().setExecutable(true)).isTrue();
    Files.createDirectories(temp.resolve("run"));
    Files.createDirectories(temp.resolve("var"));
  }

  private String script(String... lines) {
    return ScriptWriter.write(
        Specs.plan("broot 1\n" + String.join("\n", lines) + "\n"), RunOptions.NONE, "TEST");
  }

  private String osbuild(String... lines) {
    return script(
        "base osbuild-2020\nroot /nowhere\nrunner r\nlibdir /lib\nrundir "
            + temp.resolve("run")
            + "\nvardir "
            + temp.resolve("var")
            + "\n"
            + String.join("\n", lines));
  }

  private Run.Result run(
      String shell, String script, Map<String, @Nullable String> more, String... arguments)
      throws IOException {
    Path file = Files.writeString(temp.resolve("script.sh"), script);
    Map<String, @Nullable String> environment = new HashMap<>(more);
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    List<String> command = new java.util.ArrayList<>(List.of(shell, file.toString()));
    command.addAll(List.of(arguments));
    return Run.run(environment, temp, command);
  }

  private List<String> recorded(String what) throws IOException {
    String text = Files.readString(temp.resolve(what));
    return Arrays.asList(text.split("\0", -1)).subList(0, text.split("\0", -1).length - 1);
  }

  /** What a spec adds to its script, and which parts it uses: their text has files of its own. */
  @Test
  void isReadAsATextByPeople() throws IOException {
    Golden.verify(
        "scripts/osbuild-2020.sh",
        withoutParts(
            script("base osbuild-2020\nroot /srv/tree\nrunner r\nbind rw \"/a b\" -> \"/c'd\"")));
    Golden.verify("scripts/host.sh", withoutParts(script("base host\nenv pass TERM")));
  }

  private static String withoutParts(String script) throws IOException {
    Map<String, String> parts = new HashMap<>();
    try (Stream<Path> files =
        Files.list(HOME.resolve("interpreter/src/main/resources/dev/broot/script"))) {
      for (Path file : files.toList()) {
        parts.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    String shown =
        script
            .replace(JudgeScript.dangers(), "# <<< the list of dangers >>>\n")
            .replace(
                ShellWords.quote(AttestScript.program(Specs.plan("broot 1\nbase host\n"))),
                "'<<< attest.awk >>>'");
    for (Map.Entry<String, String> part : parts.entrySet()) {
      shown = shown.replace(part.getValue(), "# <<< " + part.getKey() + " >>>\n");
    }
    return shown;
  }

  @Test
  void isCleanUnderShellcheck() throws IOException {
    Host.assumeShellcheck();
    List<String> scripts =
        List.of(
            osbuild("bind rw /a -> /b"),
            script(
                "base host\nenv pass TERM else dumb\napis /a\napi x serve [\"y\", \"${socket}\"]"),
            script("base host\nbind rw /a -> /b\nhide /a/c\nprotect /b/d optional\ntext /t = x"),
            script("base osbuild-2026\nroot /srv/tree\nrunner /r\nlibdir /lib"),
            ScriptWriter.write(
                Specs.plan("broot 1\nbase host\n"), RunOptions.NONE.telling(true), "TEST"));
    for (String script : scripts) {
      Path file = Files.writeString(temp.resolve("checked.sh"), script);
      assertThat(Run.run("shellcheck", file.toString())).isEqualTo(new Run.Result(0, "", ""));
    }
    assertThat(
            Run.run(
                "shellcheck",
                HOME + "/bin/broot",
                HOME + "/bin/verify",
                HOME + "/bin/fuzz",
                HOME + "/interpreter/src/test/room/bin/java",
                HOME + "/bin/.build",
                HOME + "/bin/.install-bwrap",
                HOME + "/bin/.cache",
                HOME + "/bin/.installed",
                HOME + "/bin/release",
                HOME + "/bin/.check-release",
                HOME + "/bin/.vscode",
                HOME + "/.ci/run"))
        .isEqualTo(new Run.Result(0, "", ""));
  }

  @Test
  void bubblewrapGetsTheArgumentsByteForByte() throws IOException {
    String script =
        script(
            "base none\nenv inherit\nbind ro \"/a'b\\n}c\\\\\" -> \"/-x y\" if directory",
            "bind ro /usr -> \"/\\$(id) `id` \\$HOME *\" if directory",
            "tmpfs \"/q\\\"}\"");
    for (String shell : List.of("dash", "bash")) {
      assertThat(run(shell, script, Map.of(), "p", "", "-- x", "l\n").status()).isEqualTo(9);
      assertThat(recorded("argv"))
          .as(shell)
          .containsExactly(
              "--ro-bind",
              "/usr",
              "/$(id) `id` $HOME *",
              "--tmpfs",
              "/q\"}",
              "--",
              "p",
              "",
              "-- x",
              "l\n");
    }
  }

  @Test
  void bubblewrapGetsTheCallersEnvironment() throws IOException {
    Host.assumeRoot();
    Map<String, @Nullable String> odd = new HashMap<>();
    odd.put("PWD", null);
    odd.put("a-b.c", "1");
    odd.put("broot_status", "mine");
    odd.put("BROOT_AGAIN", "mine");
    odd.put("PYTHONPATH", "mine");
    odd.put("QUOTED", "it's\n'' \"$x\" ");
    for (Map<String, @Nullable String> more :
        List.of(
            Map.<String, @Nullable String>of("PWD", temp.toString()),
            Map.of("PWD", "/nonsense"),
            odd)) {
      for (String shell : List.of("dash", "bash")) {
        assertThat(run(shell, osbuild(), more).status()).isEqualTo(9);
        Map<String, String> expected = new HashMap<>(System.getenv());
        more.forEach(
            (k, v) -> {
              if (v == null) {
                expected.remove(k);
              } else {
                expected.put(k, v);
              }
            });
        // What the class sets is set from the start, so that nobody sees what was there before.
        expected.put("PATH", "/usr/sbin:/usr/bin");
        expected.put("PYTHONPATH", "/run/osbuild/lib");
        assertThat(environ()).as(shell + more).containsExactlyInAnyOrderEntriesOf(expected);
      }
    }
  }

  private Map<String, String> environ() throws IOException {
    Map<String, String> environ = new HashMap<>();
    for (String entry : recorded("environ")) {
      int equals = entry.indexOf('=');
      environ.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return environ;
  }

  @Test
  void aCleanEnvironmentHoldsWhatTheSpecSaysOnly() throws IOException {
    String script = script("base none\nenv A = \"b c\"\nenv pass TOKEN\nenv pass MISSING");
    for (String shell : List.of("dash", "bash")) {
      Map<String, @Nullable String> more = new HashMap<>();
      more.put("TOKEN", "s3cr3t\n");
      more.put("MISSING", null);
      assertThat(run(shell, script, more, "true").status()).isEqualTo(9);
      assertThat(environ()).isEqualTo(Map.of("A", "b c", "TOKEN", "s3cr3t\n"));
    }
  }

  @Test
  void theHostIsSetUpAsTheClassDoesAndTakenDown() throws IOException {
    Host.assumeRoot();
    String before = Host.state();
    assertThat(run("dash", osbuild(), Map.of())).isEqualTo(new Run.Result(9, "", ""));
    assertThat(Host.state()).isEqualTo(before);
    List<String> devices = Files.readAllLines(temp.resolve("devices"));
    assertThat(devices.subList(0, 6))
        .containsExactly(
            "full character special file 1:7 644",
            "null character special file 1:3 644",
            "random character special file 1:8 644",
            "tty character special file 5:0 644",
            "urandom character special file 1:9 644",
            "zero character special file 1:5 644");
    assertThat(devices.get(7)).contains(" tmpfs rw,nosuid,relatime");
    assertThat(temp.resolve("stdin")).hasContent("/dev/null");
    assertThat(temp.resolve("run")).isEmptyDirectory();
    assertThat(temp.resolve("var")).isEmptyDirectory();
  }

  @Test
  void nodesAreCutByTheUmaskAsMknodDoes() throws IOException {
    Host.assumeRoot();
    Files.writeString(temp.resolve("inner.sh"), osbuild());
    Run.Result result =
        Run.run(
            Map.of("PATH", bin + ":" + System.getenv("PATH")),
            temp,
            List.of("sh", "-c", "umask 077; exec sh inner.sh"));
    assertThat(result.status()).isEqualTo(9);
    assertThat(Files.readAllLines(temp.resolve("devices")).get(0)).endsWith("1:7 600");
  }

  @Test
  void aParameterIsTakenFromTheEnvironmentAtEachRun() throws IOException {
    String script = script("base none\nparam out: path from env OUT\nbind rw ${out} -> /out");
    assertThat(run("dash", script, Map.of("OUT", "/some \"where"), "true").status()).isEqualTo(9);
    assertThat(recorded("argv")).startsWith("--bind", "/some \"where", "/out");
    Map<String, @Nullable String> missing = new HashMap<>();
    missing.put("OUT", null);
    assertThat(run("dash", script, missing, "true"))
        .isEqualTo(
            new Run.Result(
                125,
                "",
                "broot: the parameter out is taken from the variable OUT, which is not set\n"));
    assertThat(run("dash", script, Map.of("OUT", "relative"), "true").status()).isEqualTo(125);
  }

  @Test
  void withoutBubblewrapNothingIsTouched() throws IOException {
    Files.delete(bin.resolve("bwrap"));
    for (String tool : List.of("sh", "cat")) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/bin/" + tool));
    }
    Path file = Files.writeString(temp.resolve("script.sh"), osbuild());
    Run.Result result =
        Run.run(Map.of("PATH", bin.toString()), temp, List.of("/bin/dash", file.toString()));
    assertThat(result)
        .isEqualTo(
            new Run.Result(
                125, "", "broot: bwrap is not on PATH; install the package bubblewrap\n"));
    assertThat(temp.resolve("run")).isEmptyDirectory();
  }

  @Test
  void withoutRootNothingIsTouched() throws IOException {
    Host.assumeRoot();
    Path file = Files.writeString(temp.resolve("script.sh"), osbuild());
    Run.Result result =
        Run.run("setpriv", "--bounding-set=-all", "--inh-caps=-all", "dash", file.toString());
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err())
        .startsWith("broot: root is needed: base:osbuild-2020:")
        .endsWith("sets up the host\n");
    assertThat(temp.resolve("run")).isEmptyDirectory();
  }

  @Test
  void withoutAPythonModuleAndALibdirNothingIsTouched() throws IOException {
    Host.assumeRoot();
    String script =
        script(
            "base osbuild-2020\nroot /nowhere\nrunner r\nrundir "
                + temp.resolve("run")
                + "\nvardir "
                + temp.resolve("var"));
    Run.Result result = run("dash", script, Map.of());
    assertThat(result)
        .isEqualTo(
            new Run.Result(
                125, "", "broot: python3 has no module osbuild, whose directory is to be bound\n"));
    assertThat(temp.resolve("run")).isEmptyDirectory();
    Path module = Files.createDirectories(temp.resolve("python/osbuild"));
    Files.writeString(module.resolve("__init__.py"), "");
    assertThat(run("dash", script, Map.of("PYTHONPATH", temp + "/python")).status()).isEqualTo(9);
    assertThat(recorded("argv"))
        .containsSubsequence(
            "--ro-bind",
            "/usr/lib/osbuild",
            "/run/osbuild/lib",
            "--ro-bind",
            module.toString(),
            "/run/osbuild/lib/osbuild",
            "--dir",
            "/run/osbuild/api");
  }

  @Test
  void anOrdinaryUserNeedsNoSetup() throws IOException {
    Host.assumeRoot();
    Path file = Files.writeString(temp.resolve("script.sh"), script("base host"));
    assertThat(Run.run("chmod", "711", temp.toString()).status()).isZero();
    assertThat(
            Run.run(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--inh-caps=-all",
                "sh",
                file.toString(),
                "sh",
                "-c",
                "id -u; ls /root 2>/dev/null; echo $HOME"))
        .isEqualTo(new Run.Result(0, "65534\n/tmp\n", ""));
  }
}
