package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a terminal hears of a long command, and a pipe does not. */
class ProgressTest {
  private static final String ERASE = "\r\u001b[K";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Console console(boolean terminal, String term) {
    return new Console(out, err, Map.of("TERM", term), terminal);
  }

  @Test
  void theLineIsGoneBeforeAnythingElseIsSaid() {
    try (Progress progress = Progress.of(console(true, "xterm"), "specs", 40)) {
      progress.step();
      progress.tell();
      assertThat(err).hasToString(ERASE + "1 of 40 specs");
      progress.console().printError("");
      assertThat(err).hasToString(ERASE + "1 of 40 specs");
      progress.console().fail("no");
      progress.console().print("document\n");
      assertThat(err).hasToString(ERASE + "1 of 40 specs" + ERASE + "broot: no\n");
      progress.step();
      progress.tell();
      progress.console().print("more\n");
      assertThat(err.toString(StandardCharsets.UTF_8))
          .endsWith("\n" + ERASE + "2 of 40 specs" + ERASE);
      err.reset();
      progress.tell();
    }
    assertThat(err).hasToString(ERASE + "2 of 40 specs" + ERASE);
    assertThat(out).hasToString("document\nmore\n");
  }

  @Test
  void whatHasNoNumberSaysHowLong() {
    try (Progress progress = Progress.of(console(true, "xterm"), "import", 0)) {
      progress.tell();
      assertThat(err.toString(StandardCharsets.UTF_8)).matches("\r\u001b\\[Kimport, [0-9]+ s");
    }
  }

  @Test
  void whatHasEndedIsSilent() {
    Progress progress = Progress.of(console(true, "xterm"), "specs", 40);
    progress.close();
    progress.tell();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aPipeAndATerminalThatCannotEraseHearNothing() {
    for (Console silent : new Console[] {console(false, "xterm"), console(true, "dumb")}) {
      try (Progress progress = Progress.of(silent, "specs", 40)) {
        progress.step();
        progress.tell();
        assertThat(progress.console()).isSameAs(silent);
      }
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
