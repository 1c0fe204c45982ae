package dev.broot;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tools of a checkout say to a question and to a slip of the fingers. */
class BinTest {
  private static Run.Result bin(String line) throws IOException {
    List<String> command = new ArrayList<>(Arrays.asList(line.split(" ", -1)));
    command.set(0, HOME + "/bin/" + command.get(0));
    return Run.run(Map.of(), null, command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bench", "fuzz", "pairs"})
  void helpIsItsUsage(String tool) throws IOException {
    Run.Result result = bin(tool + " --help");
    assertThat(result.status()).isZero();
    assertThat(result.out()).startsWith("Usage: bin/" + tool + " [");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void theProfileNamesWhatARunStarts() throws IOException {
    Run.Result result = bin("bench --profile");
    assertThat(result.status()).as(result.err()).isZero();
    String run = result.out().substring(result.out().indexOf("host, broot exec: "));
    assertThat(run).containsPattern("programs, \\d+ new processes, \\d+ system calls");
    assertThat(run.lines().filter(line -> line.endsWith("bin/bwrap |"))).isNotEmpty();
    assertThat(run.lines().filter(line -> line.endsWith("bin/true |"))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bench many,`many` is no number of rounds",
    "bench '',`` is no number of rounds",
    "bench 10000000,`10000000` is no number of rounds",
    "bench 1,two rounds are the fewest",
    "bench 5 6,`6` is one word too many",
    "bench -5,`-5` is no option",
    "bench --stage,`--stage` is no option",
    "bench --profile 3,`3` is one word too many",
    "bench --patterns 0,two rounds are the fewest",
    "bench --image x,`x` is no number of rounds",
    "bench --growth,which file?",
    "bench --growth /,`/` is a directory",
    "bench --growth /nowhere/x.svg,`/nowhere/x.svg` cannot be written",
    "fuzz soon,takes a number of seconds",
    "fuzz 1 2,takes a number of seconds",
    "pairs many,`many` is no number",
    "pairs 3 x,`x` is no number",
  })
  void aSlipIsOneLineThatSaysSo(String line, String said) throws IOException {
    Run.Result result = bin(line.replace("''", ""));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("broot: ").contains(said).containsOnlyOnce("\n");
  }
}
