package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the compiler lets the launcher know a source by its looks. */
class LooksTest {
  private static final byte[] TEXT = "broot 1\n".getBytes(StandardCharsets.UTF_8);
  private static final Duration OLD = Duration.ofSeconds(2);

  @TempDir Path temp = Path.of("");

  private String kind(Path source, byte[] read) throws IOException {
    String looks = Looks.of(Map.of(source.toString(), read), source);
    return looks.substring(0, looks.indexOf(' '));
  }

  @Test
  void isYoungWithinTwoSecondsOfItsChange() throws IOException {
    Path source = temp.resolve("a.broot");
    Instant written;
    String kind;
    do { // Once more where the machine was busy for so long that the file may be old.
      written = Instant.now();
      Files.write(source, TEXT);
      kind = kind(source, TEXT);
    } while (Instant.now().isAfter(written.plus(OLD)));
    assertThat(kind).isEqualTo("young");
  }

  @Test
  void isYoungWhereTheFileHoldsSomethingElseThanWasRead() throws IOException {
    Path old = Path.of("/etc/passwd");
    assertThat(kind(old, TEXT)).isIn("young", "sum");
    assertThat(kind(old, Files.readAllBytes(old))).isIn("old", "sum");
  }
}
