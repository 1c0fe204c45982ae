package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broot.host.OutputFile;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is written by name: the same for what the JVM writes and for the status files of scripts.
 */
class OutputFileTest {
  @TempDir Path temp = Path.of("");

  /** Who writes. */
  enum Way {
    JAVA {
      @Override
      Run.Result write(Path file, Path directory) throws IOException {
        return Run.run(
            Map.of(), directory, List.of(BROOT, "compile", "-o", file.toString(), "base:host"));
      }
    },
    SHELL {
      @Override
      Run.Result write(Path file, Path directory) throws IOException {
        String script =
            ScriptWriter.write(
                Specs.plan("broot 1\nbase host\n"),
                new RunOptions(null, null, file.toString()),
                "TEST");
        Path made = Files.writeString(Files.createTempFile("output", ".sh"), script);
        try {
          return Run.run(Map.of(), directory, List.of("dash", made.toString(), "true"));
        } finally {
          Files.delete(made);
        }
      }
    };

    abstract Run.Result write(Path file, Path directory) throws IOException;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(temp)) {
      return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileIsReplacedAsAWhole(Way way) throws IOException {
    Path file = temp.resolve("-a b");
    for (Path name : List.of(file, Path.of("-a b"), Path.of("./-a b"))) {
      Files.writeString(file, "old");
      Files.createLink(temp.resolve("hard"), file);
      Run.Result result = way.write(name, temp);
      if (way == Way.SHELL || name.isAbsolute()) {
        assertThat(result).isEqualTo(new Run.Result(0, "", ""));
        assertThat(Files.readString(file)).isNotEqualTo("old");
        assertThat(temp.resolve("hard")).hasContent("old");
      }
      Files.delete(temp.resolve("hard"));
      assertThat(files()).containsExactly("-a b");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLinkIsRefusedAndLetAlone(Way way) throws IOException {
    Path victim = Files.writeString(temp.resolve("victim"), "precious");
    Path link = temp.resolve("link");
    for (Path target : List.of(victim, temp.resolve("nothing"))) {
      Files.createSymbolicLink(link, target);
      Run.Result result = way.write(link, temp);
      assertThat(result.status()).isEqualTo(125);
      assertThat(result.err()).startsWith("broot: " + link + " is a symbolic link");
      assertThat(link).isSymbolicLink();
      assertThat(victim).hasContent("precious");
      assertThat(temp.resolve("nothing")).doesNotExist();
      Files.delete(link);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoFileIsWrittenTo(Way way) throws Exception {
    assertThat(way.write(Path.of("/dev/stdout"), temp).out()).isNotEmpty();
    assertThat(way.write(Path.of("/dev/stderr"), temp).err()).isNotEmpty();
    assertThat(way.write(Path.of("/dev/null"), temp)).isEqualTo(new Run.Result(0, "", ""));
    assertThat(Files.readAttributes(Path.of("/dev/null"), "isOther")).containsValue(true);
    Path pipe = temp.resolve("pipe");
    assertThat(Run.run("mkfifo", pipe.toString()).status()).isZero();
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    assertThat(way.write(pipe, temp).status()).isZero();
    assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isNotEmpty();
    assertThat(files()).containsExactly("pipe");
  }

  @ParameterizedTest
  @EnumSource
  void aDirectoryOrNoneIsSaid(Way way) throws IOException {
    Run.Result directory = way.write(temp, temp);
    assertThat(directory.status()).isEqualTo(125);
    assertThat(directory.err()).contains(temp.toString()).contains("irectory");
    Run.Result missing = way.write(temp.resolve("no/such"), temp);
    assertThat(missing.status()).isEqualTo(125);
    assertThat(missing.err()).startsWith("broot: ").contains(temp + "/no");
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeWrittenIsOneLine(Way way) throws IOException {
    assertThat(way.write(Path.of("/dev/full"), temp))
        .isEqualTo(
            new Run.Result(
                125,
                "",
                way == Way.SHELL
                    ? "broot: cannot write the status file /dev/full\n"
                    : "broot: cannot write /dev/full: No space left on device\n"));
    // Where nobody may make a file, root neither.
    Path file = Path.of("/proc/self/none");
    Run.Result nothing = way.write(file, temp);
    assertThat(nothing.status()).isEqualTo(125);
    assertThat(nothing.err()).matches("broot: [^\n]*" + file + "[^\n]*\n");
  }

  /** Before the program runs, whose work would be lost with its outcome. */
  @Test
  void aStatusFileThatMayNotBeMadeEndsTheRunBeforeItsProgram() throws IOException {
    String run =
        "printf 'broot 1\\nbase host\\n' >a.broot && mkdir closed && mount -t tmpfs -o ro none closed && "
            + BROOT
            + " exec --status-file closed/a a.broot -- echo ran";
    Run.Result result = Run.run(Map.of(), temp, List.of("unshare", "-rm", "sh", "-c", run));
    assertThat(result)
        .isEqualTo(
            new Run.Result(
                125, "", "broot: no file may be made in the directory closed/ for closed/a\n"));
  }

  /** What is said of the program stands beside it: its own status stays. */
  @Test
  void aReportThatIsLostIsAFailureOnlyOfASuccess() throws IOException {
    Path spec = Files.writeString(temp.resolve("a.broot"), "broot 1\nbase host\n");
    for (String program : List.of("0", "3")) {
      for (String file : List.of("/dev/full", "/dev/stdout")) {
        String run =
            BROOT + " exec --status-file " + file + " " + spec + " -- sh -c 'exit " + program + "'";
        Run.Result result = Run.run("sh", "-c", run + " >/dev/full");
        assertThat(result)
            .isEqualTo(
                new Run.Result(
                    program.equals("0") ? 125 : 3,
                    "",
                    "broot: cannot write the status file " + file + "\n"));
      }
    }
  }

  @Test
  void theModeIsCutByTheUmask() throws IOException {
    Path file = temp.resolve("file");
    String umask = "umask 027; " + BROOT + " compile -o " + file + " base:host";
    assertThat(Run.run("sh", "-c", umask).status()).isZero();
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
  }

  /** Somebody puts a link in the place of whatever appears in his directory. */
  @ParameterizedTest
  @EnumSource
  void nobodyHasUsWriteElsewhere(Way way) throws Exception {
    Host.assumeRoot();
    Path victim = Files.writeString(temp.resolve("victim"), "precious");
    Path out = Files.createDirectory(temp.resolve("out"));
    String race =
        "import os,sys\nd=sys.argv[1]; print('ready',flush=True)\nwhile True:\n  for n in os.listdir(d):\n"
            + "    try: os.unlink(d+'/'+n); os.symlink(sys.argv[2], d+'/'+n)\n"
            + "    except OSError: pass\n";
    Process attacker =
        new ProcessBuilder("/usr/bin/python3", "-c", race, out.toString(), victim.toString())
            .start();
    try {
      assertThat(attacker.inputReader().readLine()).isEqualTo("ready");
      for (int i = 0; i < (way == Way.SHELL ? 20 : 3); i++) {
        way.write(out.resolve("file"), temp);
        assertThat(victim).hasContent("precious");
      }
      for (int i = 0; i < 200 && way == Way.JAVA; i++) {
        try {
          OutputFile.write(out.resolve("file"), new byte[] {'x'}, "rwxrwxrwx");
        } catch (IOException e) {
          // The link was there first.
        }
        assertThat(victim).hasContent("precious");
        assertThat(Files.getPosixFilePermissions(victim).size()).isLessThan(9);
      }
    } finally {
      attacker.destroyForcibly().waitFor();
    }
  }

  @Test
  void theErrorNamesTheLink() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("there"));
    assertThatThrownBy(() -> OutputFile.write(link, new byte[0], "rw-r--r--"))
        .hasMessage(
            link + " is a symbolic link to " + temp.resolve("there") + "; name the file itself");
  }
}
