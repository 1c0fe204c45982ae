package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.broot.run.BuildRoot;
import dev.broot.run.Result;
import dev.broot.run.SetupException;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.shipped.Shipped;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel has mounted is what was judged, or the program does not start. */
@NeedsSandbox
class AttestTest {
  private static final String OTHER = "the kernel has mounted something else than what was judged";

  @TempDir Path temp = Path.of("");

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(temp.resolve("open/d/inner"));
    Files.createDirectories(temp.resolve("secret/inner"));
    Files.createDirectories(temp.resolve("bin"));
    Files.writeString(temp.resolve("open/d/file"), "mine");
    Files.writeString(temp.resolve("open/d/inner/file"), "mine");
    Files.writeString(temp.resolve("secret/file"), "SECRET");
    Files.writeString(temp.resolve("secret/inner/file"), "SECRET");
  }

  private Run.Result run(String shell, String spec, RunOptions options, String racing)
      throws IOException {
    Path script = temp.resolve("script.sh");
    Files.writeString(script, ScriptWriter.write(Specs.plan(spec), options, "TEST"));
    String real = Run.run("sh", "-c", "command -v bwrap").out().strip();
    Path bwrap = temp.resolve("bin/bwrap");
    // Between the look at the sources and the mounts.
    Files.writeString(
        bwrap,
        "#!/bin/sh\n(cd " + temp + "\n" + racing + "\n) </dev/null\nexec " + real + " \"$@\"\n");
    assertThat(bwrap.toFile().setExecutable(true)).isTrue();
    return Run.run(
        Map.of("PATH", temp.resolve("bin") + ":" + System.getenv("PATH")),
        null,
        List.of(
            shell,
            script.toString(),
            "sh",
            "-c",
            "echo started; cat /x/file /x/inner/file; ls /x"));
  }

  private String spec(String... lines) {
    return "broot 1\nbase host\n" + String.join("\n", lines).replace("@", temp.toString()) + "\n";
  }

  /** What somebody who may write to a directory on the way can do in the meantime. */
  @ParameterizedTest
  @CsvSource({
    "dash,bind ro @/open/d -> /x,mv open/d open/e; ln -s ../secret open/d",
    "bash,bind ro @/open/d -> /x,mv open/d open/e; ln -s ../secret open/d",
    "dash,bind rw @/open/d -> /x,mv open/d open/e; ln -s ../secret open/d",
    "dash,bind ro @/open/d -> /x optional,mv open/d open/e; ln -s ../secret open/d",
    "dash,bind ro @/open/d -> /x,mv open elsewhere; mkdir open; ln -s ../secret open/d",
    "dash,bind ro @/open/d/file -> /x/file,mv open/d open/e; ln -s ../secret open/d",
    "dash,bind rw @/open -> /open,mv open elsewhere; ln -s secret open",
  })
  void aSourceThatIsSwappedIsRefused(String shell, String line, String racing) throws IOException {
    Run.Result result = run(shell, spec(line), RunOptions.NONE, racing);
    assertThat(result.err()).contains("test.broot:3").contains(OTHER);
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(125);
  }

  /** A mask stays where it was looked for, and what is held above it too. */
  @ParameterizedTest
  @CsvSource({
    "hide @/open/d/inner,mv open/d open/e; mkdir -p open/d; ln -s ../e/inner open/d/inner",
    "protect @/open/d/inner,mv open/d open/e; ln -s e open/d",
    "hide @/open/d/file,mv open/d open/e; ln -s e open/d",
  })
  void aMaskThatIsLedAwayIsRefused(String line, String racing) throws IOException {
    Run.Result result =
        run("dash", spec("bind rw @/open -> @/open", line), RunOptions.NONE, racing);
    assertThat(result.out()).isEmpty();
    // bubblewrap 0.12 itself follows no symlink there.
    assertThat(result.status()).isEqualTo(125);
  }

  // On a host that has mounted one directory for a second time below another.
  private Run.Result withAlias(String... lines) throws IOException {
    Path script = temp.resolve("script.sh");
    Files.writeString(script, ScriptWriter.write(Specs.plan(spec(lines)), RunOptions.NONE, "TEST"));
    String alias =
        "ln -s . \"$0/secret/self\"; mount --bind \"$0/secret\" \"$0/open/d/inner\" && exec dash \"$@\"";
    List<String> words =
        List.of("unshare", "--mount", "sh", "-c", alias, temp + "", script + "", "cat");
    return Run.run(
        Stream.concat(words.stream(), Stream.of("/x/inner/file")).toArray(String[]::new));
  }

  /** What is denied is an object, whatever the names are that the host has given it. */
  @ParameterizedTest
  @CsvSource({
    "bind ro @/open/d -> /x,read @/secret",
    "bind ro @/open/d/inner -> /x/inner,read @/secret/file",
    "bind ro @/open -> /o,read @/secret except @/open",
    "bind ro @/open/d -> /x,read @/secret except @/secret/self",
    "bind rw @/open/d -> /x,write @/secret",
    "bind ro @/secret -> /x/inner,read @/open/d",
  })
  void whatIsDeniedIsDeniedUnderItsOtherNames(String line, String denied) throws IOException {
    Host.assumeRoot();
    Run.Result result = withAlias(line, "expect deny " + denied, "drop /tmp");
    assertThat(result.err())
        .contains("test.broot:3: the program could " + denied.replaceFirst(" .*", " "))
        .contains("test.broot:4 expects that it cannot");
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(125);
  }

  /**
   * What is shown read-only is not writable at another place, by another name that the host has.
   */
  @ParameterizedTest
  @CsvSource({
    "bind ro @/secret -> /x/inner,bind rw @/open/d/inner -> /w,/x/inner,125",
    "bind ro @/secret -> /x/inner,bind rw @/open -> /w,/x/inner/file,125",
    "bind ro @/open/d -> /x,bind rw @/secret -> /w,/x,125",
    "bind rw @/open/d -> /w,remount-ro /w,@/secret/file,125",
    "'overlay [\"/opt\", \"@/secret\"] ro -> /x/inner',bind rw @/open/d/inner -> /w,/x/inner/file,125",
    "'overlay [\"/opt\", \"@/secret\"] ro -> /x/inner',bind rw @/open/d/inner/inner -> /w,/x/inner/file,0",
    "bind ro @/secret -> /x/inner,bind rw @/open/d/inner/inner -> /w,/x/inner,125",
    "bind ro @/secret -> /x/inner,bind rw @/open/d/inner/inner -> /w,/x/inner except /x/inner/inner,0",
    "bind ro @/secret -> /x/inner,bind ro @/open/d/inner -> /w,/x/inner,0",
  })
  void whatIsShownIsNotWrittenByItsOtherNames(String shown, String other, String denied, int status)
      throws IOException {
    Host.assumeRoot();
    assumeTrue(!shown.startsWith("overlay") || Host.hasOverlays());
    Run.Result result = withAlias(shown, other, "expect deny write " + denied, "drop /tmp");
    assertThat(result.out()).isEqualTo(status == 0 ? "SECRET" : "");
    assertThat(result.err().contains(", at /w")).isEqualTo(status != 0);
    assertThat(result.status()).isEqualTo(status);
  }

  /** The directory of a temporary file may lie in what the program can write. */
  @Test
  void aTextIsNotWrittenWhereItsTemporaryDirectoryLies() throws IOException {
    Host.assumeRoot();
    String[] lines = {
      "vardir @/open", "temp prefix t-", "text /x/inner/file = \"mine\"", "bind rw @/open -> /w"
    };
    assertThat(withAlias(lines).out()).isEqualTo("mine");
    Run.Result result = withAlias(String.join("\n", lines), "expect deny write /x/inner/file");
    assertThat(result.err()).contains("which /x/inner/file shows");
    assertThat(result.status()).isEqualTo(125);
  }

  /**
   * There is nothing to be read where nothing is, and a `hide ... optional` says that it may be so.
   * What is there is hidden by its other names.
   */
  @ParameterizedTest
  @CsvSource({"@/open/none,SECRET", "@/open/d/inner/file,''"})
  void whatIsHiddenAndNotThereIsNotRefused(String path, String read) throws IOException {
    Host.assumeRoot();
    Run.Result result =
        withAlias(
            "bind ro @/open -> @/open",
            "hide " + path + " optional",
            "bind ro @/secret -> /x/inner",
            "expect deny read " + path,
            "drop /tmp");
    assertThat(result).isEqualTo(new Run.Result(0, read, ""));
  }

  @Test
  void theLibraryDoesNotRefuseWhatIsNotThere() throws Exception {
    String spec =
        spec(
            "bind ro @/open -> @/open",
            "hide @/open/none optional",
            "expect deny read @/open/none",
            "drop /tmp");
    try (BuildRoot root = BuildRoot.enter(Specs.valid(spec))) {
      assertThat(root.run(dev.broot.run.Run.of("true")).status()).isZero();
    }
  }

  /** What is covered, read-only or left out is no way to it. */
  @ParameterizedTest
  @CsvSource({
    "bind ro @/open/d -> /x,tmpfs /x/inner,read @/secret,1",
    "bind ro @/open/d -> /x,hide @/open/d/inner,read @/secret,1",
    "bind ro @/open/d -> /x,tmpfs /y,write @/secret,0",
    "bind ro @/open/d -> /x,tmpfs /y,read @/secret/other except @/secret,0",
    "bind ro @/open/d/inner -> /x/inner,tmpfs /y,read @/open/d except @/open/d/inner,0",
  })
  void whatIsNotSeenUnderAnotherNameIsNotRefused(
      String line, String other, String denied, int status) throws IOException {
    Host.assumeRoot();
    Run.Result result = withAlias(line, other, "expect deny " + denied, "drop /tmp");
    assertThat(result.out()).isEqualTo(status == 0 ? "SECRET" : "");
    assertThat(result.status()).isEqualTo(status);
  }

  /**
   * Where a value of the run says where something is mounted, nobody has judged the place before.
   */
  @ParameterizedTest
  @CsvSource({
    "tmpfs ${q},/x/a,write /x,write /x/a in",
    "tmpfs ${q},/x,write /x/b,write /x/b in",
    "bind ro @/open -> ${q},/x/a,write /x,write /x in",
    "bind ro @/open -> ${q},/x,read /x/d,read /x/d in",
    "bind ro @/open -> ${q},/x/a,read /x,read /x/a in",
    "bind ro @/open -> ${q},/x/a,write /x except /x,",
    "bind ro @/open -> ${q},/y,read /x,",
    "bind ro @/open -> ${q},/x,write /x,",
    "tmpfs ${q},/x,read /x,",
  })
  void aPlaceOfThisRunIsHeldToWhatIsExpected(
      String line, String value, String denied, @Nullable String broken) throws IOException {
    Path script = temp.resolve("script.sh");
    String spec = spec("param q: path from env Q", line, "expect deny " + denied);
    Files.writeString(script, ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
    Run.Result result =
        Run.run(Map.of("Q", value), null, List.of("dash", script.toString(), "true"));
    if (broken == null) {
      assertThat(result).isEqualTo(new Run.Result(0, "", ""));
    } else {
      assertThat(result.err()).contains("test.broot:4: the program could " + broken);
      assertThat(result.status()).isEqualTo(125);
    }
  }

  private Run.Result withAwk(String body) throws IOException {
    Path tools = Files.createDirectories(temp.resolve("tools"));
    Path awk = Files.writeString(tools.resolve("awk"), "#!/bin/sh\n" + body + "exit 2\n");
    assertThat(awk.toFile().setExecutable(true)).isTrue();
    Path script = temp.resolve("script.sh");
    Files.writeString(
        script, ScriptWriter.write(Specs.plan(spec("tmpfs /x")), RunOptions.NONE, "TEST"));
    return Run.run(
        Map.of("PATH", tools + ":" + System.getenv("PATH")),
        null,
        List.of("dash", script.toString(), "echo", "started"));
  }

  /** mawk fails when a process is gone while it reads about it. */
  @Test
  void anAwkThatFailsSinceTheSandboxIsGoneHidesNoSignal() throws IOException {
    Run.Result result = withAwk("kill -s TERM \"$3\"\nuntil [ ! -e \"/proc/$2\" ]; do :; done\n");
    assertThat(result).isEqualTo(new Run.Result(143, "", ""));
  }

  /** One that fails while the sandbox waits lets nothing start. */
  @Test
  void anAwkThatFailsLetsNothingStart() throws IOException {
    Run.Result result = withAwk("");
    assertThat(result.err()).contains("awk, which compares, has failed");
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(125);
  }

  /** A bubblewrap that fails while its mounts are looked at again and again has said why itself. */
  @Test
  void aSandboxThatEndsWhileItIsComparedIsGone() throws IOException {
    String awk = Shipped.text("script/attest.awk") + Shipped.text("script/attest-start.awk");
    awk += Shipped.text("script/attest-denied.awk");
    // A process of the host shows other mounts than these as long as it lives.
    String compare = "sleep 0.5 & exec awk \"$0\" \"$!\" $$ '' bind ro 1:1 /proc /";
    assertThat(Run.run("sh", "-c", compare, awk)).isEqualTo(new Run.Result(0, "gone\n", ""));
  }

  /** What `raw` mounts is the line's own affair, also over what other lines ask for. */
  @Test
  void rawMayMountOverWhatIsKnown() throws IOException {
    Run.Result result =
        run(
            "dash",
            spec("tmpfs /x", "unsafe raw [\"--ro-bind\", \"@/open/d\", \"/x\"] because \"a test\""),
            RunOptions.NONE,
            ":");
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo("started\nmineminefile\ninner\n");
  }

  /** What came with a bind and is covered by a later line is no mount that nobody asks for. */
  @ParameterizedTest
  @CsvSource({
    "bind ro / -> /,dev /dev",
    "bind ro / -> /,tmpfs /dev",
    "bind ro /dev -> /dev,tmpfs /dev over",
    "unsafe bind rw / -> / because \"x\",proc /proc",
  })
  void whatIsCoveredCameWithItsBind(String first, String second) throws IOException {
    Path script = temp.resolve("script.sh");
    String spec = "broot 1\nbase none\nunshare pid\n" + first + "\n" + second + "\n";
    Files.writeString(script, ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
    String program = first.contains("/dev") ? "nothing" : "true";
    Run.Result result = Run.run("dash", script.toString(), program);
    assertThat(result.err()).doesNotContain(OTHER);
    assertThat(result.status()).isEqualTo(program.equals("true") ? 0 : 127);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void whatWasMountedStandsInTheStatusFile(String shell) throws IOException {
    Path status = temp.resolve("status");
    RunOptions options = new RunOptions(null, null, status.toString());
    Files.createDirectories(temp.resolve("open/a \"b\\"));
    Files.createSymbolicLink(temp.resolve("open/link"), Path.of("d"));
    Run.Result result =
        run(
            shell,
            spec(
                "bind ro @/open/link -> /x",
                "bind rw \"@/open/a \\\"b\\\\\" -> \"/y \\\"\"",
                "tmpfs /z"),
            options,
            ":");
    assertThat(result.err()).isEmpty();
    assertThat(Files.readString(status))
        .contains("{\"mount\":\"/x\",\"object\":\"" + temp + "/open/d\",\"mode\":\"ro\"}")
        .contains(
            "{\"mount\":\"/y \\\"\",\"object\":\"" + temp + "/open/a \\\"b\\\\\",\"mode\":\"rw\"}")
        .contains("{\"mount\":\"/z\",\"object\":\"tmpfs\",\"mode\":\"rw\"}");
  }

  @Test
  void theLibraryIsHeldToItByAReallyRacingThread() throws Exception {
    Path place = temp.resolve("open/d");
    Path link = temp.resolve("open/link");
    Path away = temp.resolve("open/away");
    Files.createSymbolicLink(link, Path.of("../secret"));
    AtomicBoolean done = new AtomicBoolean();
    Thread racing =
        new Thread(
            () -> {
              while (!done.get()) {
                try {
                  Files.move(place, away, StandardCopyOption.ATOMIC_MOVE);
                  Files.move(link, place, StandardCopyOption.ATOMIC_MOVE);
                  Files.move(place, link, StandardCopyOption.ATOMIC_MOVE);
                  Files.move(away, place, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }
            });
    List<String> refused = new ArrayList<>();
    racing.start();
    try (BuildRoot root =
        BuildRoot.enter(Specs.valid(spec("bind ro @/open/d -> /x", "expect deny read @/secret")))) {
      for (int tries = 0; tries < 3000 && refused.size() < 3; tries++) {
        try {
          Result result = root.run(dev.broot.run.Run.of("cat", "/x/file").capture());
          assertThat(result.output()).doesNotContain("SECRET");
        } catch (SetupException e) {
          if (String.valueOf(e.getMessage()).contains(OTHER)) {
            refused.add(e.getMessage());
          }
        }
      }
    } finally {
      done.set(true);
      racing.join();
    }
    assertThat(refused).hasSize(3);
  }
}
