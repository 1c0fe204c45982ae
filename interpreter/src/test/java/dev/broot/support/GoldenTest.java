package dev.broot.support;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Golden files. */
class GoldenTest {
  @Test
  void aFileIsLookedAtTwice() throws IOException {
    String name = "answers/ways.txt";
    String text = Files.readString(Golden.HOME.resolve("golden").resolve(name));
    assertThatCode(
            () -> {
              Golden.verify(name, text);
              Golden.verify(name, text);
            })
        .doesNotThrowAnyException();
  }
}
