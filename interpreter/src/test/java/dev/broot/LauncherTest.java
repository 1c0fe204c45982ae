package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Checkout;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/broot} as people call it, with real bubblewrap. */
class LauncherTest {
  private static final String HELLO = HOME + "/examples/hello.broot";

  @TempDir Path temp = Path.of("");

  @Test
  @NeedsSandbox
  void runsHelloAndPrintsNothingElse() throws Exception {
    assertThat(Run.run(BROOT, "exec", HELLO, "--", "echo", "hello"))
        .isEqualTo(new Run.Result(0, "hello\n", ""));
  }

  @Test
  @NeedsSandbox
  void passesTheStatusOn() throws Exception {
    assertThat(Run.run(BROOT, "exec", HELLO, "--", "sh", "-c", "exit 7").status()).isEqualTo(7);
  }

  @Test
  @NeedsSandbox
  void argumentsReachTheProgramByteForByte() throws Exception {
    // A shell makes the bytes, since a JVM cannot pass what is not UTF-8.
    String script =
        BROOT
            + " exec "
            + HELLO
            + " -- printf '%s|' 'a b' '' \"quo'te\\\"\" -- -x \"$(printf 'n\\nl')\" "
            + "\"$(printf '\\303\\251\\377')\" '$HOME' '`id`' '*' | od -An -tx1 | tr -d ' \\n'";
    byte[] expected = "a b||quo'te\"|--|-x|n\nl|".getBytes(StandardCharsets.UTF_8);
    StringBuilder hex = new StringBuilder();
    for (byte b : expected) {
      hex.append(String.format("%02x", b));
    }
    hex.append("c3a9ff7c");
    for (byte b : "$HOME|`id`|*|".getBytes(StandardCharsets.UTF_8)) {
      hex.append(String.format("%02x", b));
    }
    for (String locale : List.of("C", "C.UTF-8")) {
      assertThat(Run.run(Map.of("LC_ALL", locale), null, List.of("sh", "-c", script)).out())
          .as(locale)
          .isEqualTo(hex.toString());
    }
  }

  @Test
  @NeedsSandbox
  void worksFromAnyDirectoryAndThroughASymlink() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("other"), Path.of(BROOT));
    Path relative = Files.createSymbolicLink(temp.resolve("more"), Path.of("./other"));
    for (Path path : List.of(link, relative, Path.of("./more"))) {
      assertThat(
              Run.run(
                      Map.of(),
                      temp,
                      List.of(path.toString(), "exec", HELLO, "--", "echo", "there"))
                  .out())
          .isEqualTo("there\n");
    }
  }

  @Test
  void aSpecThatDoesNotCompileRunsNothing() throws Exception {
    Path spec =
        Files.writeString(temp.resolve("bad.broot"), "broot 1\nbase host\nbind ro x -> /y\n");
    Path witness = temp.resolve("witness");
    Run.Result result = Run.run(BROOT, "exec", spec.toString(), "--", "touch", witness.toString());
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("bad.broot:3:9: error[BR304]");
    assertThat(witness).doesNotExist();
  }

  @Test
  void aParameterWithoutAValueIsAskedFor() throws Exception {
    Run.Result result = Run.run(BROOT, "exec", HOME + "/examples/test-run.broot", "--", "true");
    assertThat(result)
        .isEqualTo(
            new Run.Result(
                125,
                "",
                "broot: BR209: the spec needs a value for source; give it with"
                    + " --set source=VALUE\n"));
  }

  @Test
  void theProgramStandsBehindTwoDashes() throws Exception {
    Run.Result result = Run.run(BROOT, "exec", HELLO, "echo", "hello");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("broot: write the program after \"--\"");
  }

  @Test
  void leavesNothingInTheTemporaryDirectory() throws Exception {
    Run.run(Map.of("TMPDIR", temp.toString()), null, List.of(BROOT, "exec", HELLO, "--", "true"));
    Run.run(
        Map.of("TMPDIR", temp.toString()), null, List.of(BROOT, "exec", "missing", "--", "true"));
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left).isEmpty();
    }
  }

  // What is written to a shell that starts again is more than a pipe holds.
  @Test
  void aRunThatEndsEarlyLeavesNobodyWhoWritesItsScript() throws Exception {
    Host.assumeRoot();
    String text = " = \"" + "x".repeat(50000) + "\"\n";
    String lines =
        "broot 1\nbase osbuild-2020\nroot /\nrunner r\nlibdir /usr\nvardir /nonexistent\n"
            + "text /etc/1"
            + text
            + "text /etc/2"
            + text
            + "text /etc/3"
            + text;
    Path spec = Files.writeString(temp.resolve("spec.broot"), lines);
    String line = BROOT + " exec --no-cache " + spec + " -- true 2>&1 | tail -1";
    Run.Result result = Run.run("timeout", "120", "sh", "-c", line);
    assertThat(result.out()).startsWith("broot: ").contains("/nonexistent");
    assertThat(result.status()).isZero();
  }

  @Test
  @NeedsSandbox
  void aSpecWithANameThatIsNotAsciiIsFoundInTheCLocale() throws Exception {
    Path spec = temp.resolve("ünïcode – 😀.broot");
    Files.writeString(spec, "broot 1\nbase host\n");
    for (String locale : List.of("C", "C.UTF-8")) {
      List<String> command =
          new ArrayList<>(List.of(BROOT, "exec", spec.toString(), "--", "echo", "found"));
      assertThat(Run.run(Map.of("LC_ALL", locale), null, command).out()).isEqualTo("found\n");
    }
  }

  @Test
  @NeedsSandbox
  void aSpecMayComeFromStandardInput() throws Exception {
    assertThat(
            Run.run(
                    "sh",
                    "-c",
                    "printf 'broot 1\\nbase host\\nstdin null\\n' | "
                        + BROOT
                        + " exec - -- echo in")
                .out())
        .isEqualTo("in\n");
  }

  @Test
  void twoFirstCallsAtOnceBuildOnce() throws Exception {
    // The build ends when the second call waits for it.
    Path home = Checkout.of(temp, "until grep -q waiting \"$TEST_ERRORS\"; do sleep 0.01; done");
    String both =
        "exec 2>errors; export TEST_ERRORS=$PWD/errors JAVA_HOME=$PWD/fake PATH=\"$PWD/fake:$PATH\"; "
            + "bin/broot exec x -- 1 & bin/broot exec x -- 2; wait";
    Run.Result result = Run.run(Map.of(), home, List.of("sh", "-c", both));
    assertThat(result.out().lines().sorted()).containsExactly("ran 1", "ran 2");
    assertThat(home.resolve("builds")).hasContent("build");
    assertThat(home.resolve("errors")).content().contains("building on first use", "broot: built");
  }

  @Test
  void theJvmIsTheOneThatIsNamedOrTheNewest() throws Exception {
    Path home = Checkout.of(temp, "");
    String java = home + "/fake/bin/java";
    Run.Result built =
        Run.run(
            Map.of("PATH", home + "/fake:" + System.getenv("PATH"), "JAVA_HOME", home + "/fake"),
            home,
            List.of("bin/broot", "exec", "x", "--", "y"));
    assertThat(built.out()).isEqualTo("ran y\n");
    Path chosen = home.resolve("interpreter/target/dist/jvm");
    assertThat(Files.readAllLines(chosen)).containsExactly(java, "-Xshare:auto", "");
    Run.Result none =
        Run.run(Map.of("JAVA_HOME", "/nonexistent"), home, List.of("bin/broot", "version"));
    assertThat(none.status()).isEqualTo(125);
    assertThat(none.err())
        .contains("JAVA_HOME is /nonexistent, but /nonexistent/bin/java does not exist");
    // What was built for a JVM that is gone still runs.
    Files.writeString(chosen, "/nonexistent/java\n-XX:NoSuchOption\n");
    Map<String, @org.jspecify.annotations.Nullable String> path = new java.util.HashMap<>();
    path.put("PATH", home + "/fake/bin:" + System.getenv("PATH"));
    path.put("JAVA_HOME", null);
    assertThat(Run.run(path, home, List.of("bin/broot", "exec", "x", "--", "z")).out())
        .isEqualTo("ran z\n");
  }

  @Test
  @NeedsSandbox
  void aCachedRunSaysThatBrootsOwnSourcesHaveChanged() throws Exception {
    Path home = Checkout.of(temp, "exit 1");
    Path target = Files.createDirectories(home.resolve("interpreter/target"));
    Path source =
        Files.writeString(
            Files.createDirectories(home.resolve("interpreter/src/main/java/dev/broot/cli"))
                .resolve("X.java"),
            "");
    Files.createDirectories(home.resolve("grammar/src/main/antlr4/dev/broot/grammar"));
    Files.createSymbolicLink(target.resolve("dist"), HOME.resolve("interpreter/target/dist"));
    Path ready = Files.createFile(target.resolve("broot.ready"));
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", temp.resolve("cache").toString());
    List<String> command = List.of("bin/broot", "exec", HELLO, "--", "echo", "hi");
    Run.Result hi = new Run.Result(0, "hi\n", "");
    assertThat(Run.run(environment, home, command)).isEqualTo(hi);
    assertThat(Run.run(environment, home, command)).isEqualTo(hi);
    // What an ordinary user meets in a checkout of root's: it cannot be removed.
    Files.delete(ready);
    Files.createDirectory(ready);
    assertThat(source.toFile().setLastModified(System.currentTimeMillis() + 10_000)).isTrue();
    assertThat(Run.run(environment, home, command).err())
        .startsWith("broot: its own sources have changed; this run used the old build, until who")
        .endsWith("/.. runs bin/.build\n")
        .hasLineCount(1);
    Files.delete(ready);
    Files.createFile(ready);
    assertThat(source.toFile().setLastModified(0)).isTrue();
    // Written in place, the directory stays as old as it was.
    assertThat(source.toFile().setLastModified(System.currentTimeMillis() + 10_000)).isTrue();
    Run.Result stale = Run.run(environment, home, command);
    assertThat(stale.out()).isEqualTo("hi\n");
    assertThat(stale.err())
        .startsWith("broot: its own sources have changed; this run used the old build");
    assertThat(ready).doesNotExist();
    // The next one builds, which fails here.
    assertThat(Run.run(environment, home, command).status()).isEqualTo(125);
  }

  @Test
  void aBuildThatFailsSaysWhyAndWhereItsLogIs() throws Exception {
    String said = "for i in 1 2 3 4; do echo \"[INFO] $i\"; echo \"[ERROR] $i\"; done";
    Path home = Checkout.of(temp, said + "; exit 1");
    Run.Result result =
        Run.run(
            Map.of("PATH", home + "/fake:" + System.getenv("PATH"), "JAVA_HOME", home + "/fake"),
            home,
            List.of("bin/broot", "exec", "x", "--", "y"));
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(
            "\n[ERROR] 1\n[ERROR] 2\n[ERROR] 3\nbroot: the build failed; see " + home.toRealPath());
    assertThat(home.resolve("interpreter/target/build.log")).content().contains("[INFO] 4");
  }
}
