package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.spec.Glob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether two patterns have a name in common. */
class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "nvidia*, nvidia0, true",
    "nvidia*, nvidi, false",
    "nv?me*, n*0, true",
    "*a, *b, false",
    "*a*, *b*, true",
    "a?, a, false",
    "'', *, true",
    "'', ?, false",
  })
  void names(String one, String other, boolean meet) {
    assertThat(Glob.meet(one, other)).isEqualTo(meet);
    assertThat(Glob.meet(other, one)).isEqualTo(meet);
  }

  /** One who tries all ways to share out a name among the stars never ends. */
  @Test
  void manyStars() {
    String stars = "*a".repeat(60) + "*";
    assertThat(Glob.meet(stars + "b", "a".repeat(200))).isFalse();
    assertThat(Glob.meet("a".repeat(200) + "b", stars + "b")).isTrue();
    assertThat(Glob.meet(stars + "b", stars + "c")).isFalse();
  }
}
