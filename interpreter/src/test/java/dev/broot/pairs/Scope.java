package dev.broot.pairs;

import dev.broot.pairs.Claim.About;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is made and what is asked.
 *
 * @param without what the pairs do not hold
 * @param claims what is asked about them
 */
record Scope(Set<Kind> without, Set<About> claims) {
  /** Everything. */
  static final Scope ALL = new Scope(Set.of(), EnumSet.allOf(About.class));

  /** Copies the sets. */
  Scope {
    without = Set.copyOf(without);
    claims = Set.copyOf(claims);
  }

  /** What words ask for: claims, all where there are none, and kinds to leave out behind a dash. */
  static Scope of(List<String> words) {
    Set<Kind> without = EnumSet.noneOf(Kind.class);
    Set<About> claims = EnumSet.noneOf(About.class);
    for (String word : words) {
      if (word.startsWith("-")) {
        without.add(Kind.valueOf(word.substring(1)));
      } else {
        claims.add(About.valueOf(word));
      }
    }
    return new Scope(without, claims.isEmpty() ? ALL.claims() : claims);
  }

  boolean has(Kind kind) {
    return !without.contains(kind);
  }

  boolean asks(About about) {
    return claims.contains(about);
  }

  /** Each kind as often as it weighs. */
  List<Kind> weighted() {
    return Kind.weighted(without);
  }
}
