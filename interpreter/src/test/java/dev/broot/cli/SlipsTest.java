package dev.broot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slips of the fingers, in each command: one line that says which, and its status. */
class SlipsTest {
  @TempDir Path temp = Path.of("");

  @BeforeEach
  void files() throws IOException {
    Files.writeString(temp.resolve("ok.broot"), "broot 1\nbase host\n");
    Files.createDirectory(temp.resolve("dir"));
    Files.createSymbolicLink(temp.resolve("loop.broot"), Path.of("loop.broot"));
  }

  // `@` stands for the directory with the files, and `''` for an empty word.
  private Run.Result slip(String line) {
    List<String> words = new ArrayList<>(Arrays.asList(line.split(" ", -1)));
    words.replaceAll(word -> word.replace("@", temp.toString()).replace("''", ""));
    return Called.broot(words.toArray(new String[0]));
  }

  private void oneLine(Run.Result result, int status, String said) {
    assertThat(result.err()).contains(said.replace("@", temp.toString())).containsOnlyOnce("\n");
    assertThat(result.status()).isEqualTo(status);
    assertThat(result.out()).isEmpty();
  }

  // Beside what is missing too, where picocli tells of the one or of the other.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bases",
        "check",
        "compile",
        "completion",
        "diff",
        "docs",
        "doctor",
        "exec",
        "explain",
        "export",
        "fmt",
        "gc",
        "golden",
        "import",
        "lsp",
        "plan",
        "report",
        "review",
        "textconv",
        "tree",
        "version",
        "why"
      })
  void anUnknownOptionIsSaidToBeOne(String command) {
    oneLine(
        slip(command + " --nope"),
        2,
        "broot: there is no option `--nope`; see `broot " + command + " --help`");
  }

  @ParameterizedTest
  @CsvSource({
    "check --format,2,broot: `--format` needs a value: FORMAT;",
    "check --set,2,broot: `--set` needs a value: NAME=VALUE;",
    "version x,2,broot: `x` is one word too many;",
    "explain BR205 --format json,2,broot: there is no option `--format`",
    "why @/ok.broot '',2,broot: `` is no name; a path starts with `/`;",
    "why @/ok.broot usr/bin,2,broot: `usr/bin` is no name;",
    "check @/loop.broot,1,cannot read `@/loop.broot`: its symlinks go in a circle",
    "textconv @/none.broot,125,broot: cannot read @/none.broot: there is no such file",
    "textconv @/dir,125,broot: cannot read @/dir: Is a directory",
    "import --from @/dir,125,broot: cannot read @/dir: Is a directory",
    "import --from @/none,125,broot: cannot read @/none: there is no such file",
    "compile @/ok.broot -o @/none/x,125,broot: cannot write @/none/x: there is no such directory",
    "compile @/ok.broot -o /dev/full,125,broot: cannot write /dev/full: No space left on device",
    "compile @/ok.broot -o /proc/x,125,broot: cannot write /proc/x: ",
  })
  void whatIsWrongIsNamed(String line, int status, String said) {
    oneLine(slip(line), status, said);
  }

  // A variable that is not set, as in `--timeout "$limit"`, and no wish to have none.
  @ParameterizedTest
  @CsvSource({
    "exec --timeout '' @/ok.broot,`--timeout` is given an empty ",
    "exec --timeout= @/ok.broot,`--timeout` is given an empty ",
    "exec --kill-after '' @/ok.broot,`--kill-after` is given an empty ",
    "exec --status-file '' @/ok.broot,`--status-file` is given an empty FILE",
    "compile @/ok.broot -o '',`-o` is given an empty FILE",
    "check --policy '' @/ok.broot,`--policy` is given an empty FRAGMENT",
    "golden --dir '' @/ok.broot,`--dir` is given an empty DIR",
  })
  void anEmptyValueIsNone(String line, String said) {
    oneLine(slip(line), 2, "broot: " + said);
  }

  @Test
  void aSpecThatIsNamedTwiceIsOne() {
    Run.Result twice = slip("golden --update @/ok.broot @/dir/../ok.broot");
    assertThat(twice.status()).as(twice.err()).isZero();
    assertThat(twice.err()).isEqualTo("wrote " + temp + "/ok.plan\n");
  }

  /** As git says it, but with a sum: two versions that differ are shown so. */
  @Test
  void whatIsNoTextIsOneLineForGit() throws IOException {
    Files.write(temp.resolve("zeros.broot"), new byte[1024]);
    Files.write(temp.resolve("long.broot"), "#\n".repeat(3_000_000).getBytes(UTF_8));
    String zeros = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";
    for (String[] one :
        new String[][] {
          {"zeros.broot", "# Binary, no text; SHA-256 of 1024 bytes: " + zeros + "\n"},
          {
            "long.broot",
            "# Too long for a spec; SHA-256 of the first 4194304 bytes: [0-9a-f]{64}\n"
          }
        }) {
      Run.Result result = slip("textconv @/" + one[0]);
      assertThat(result.out()).hasSizeLessThan(200).matches(one[1]);
      assertThat(result.status()).isZero();
      assertThat(result.err()).isEmpty();
    }
    assertThat(slip("textconv /dev/zero").out()).hasSizeLessThan(200).startsWith("# ");
  }
}
