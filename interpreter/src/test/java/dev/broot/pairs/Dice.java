package dev.broot.pairs;

import java.util.List;
import java.util.Random;

/** Chance that is the same for the same seed. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    // Neighbouring seeds of java.util.Random start alike.
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /** A number from 0 up to {@code bound}, without it. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean percent(int chance) {
    return below(100) < chance;
  }

  <T> T of(List<T> things) {
    return things.get(below(things.size()));
  }

  @SafeVarargs
  final <T> T of(T... things) {
    return things[below(things.length)];
  }
}
