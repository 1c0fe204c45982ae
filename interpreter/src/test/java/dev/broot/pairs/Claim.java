package dev.broot.pairs;

/**
 * Something that broot says, and a run has disproved.
 *
 * @param about what was asked
 * @param question the words of it, such as {@code read /srv/h}; empty for {@code diff}
 * @param user the user for whom it does not hold
 * @param seen what happened
 */
record Claim(About about, String question, int user, String seen) {
  /** What was asked. */
  enum About {
    /** {@code broot diff OLD NEW} found nothing gained. */
    DIFF,
    /** A spec with {@code expect deny} compiled. */
    DENY,
    /** {@code broot why} said that a path cannot be read or written. */
    WHY_NOT,
    /** {@code broot why} said that a path can be read or written. */
    WHY,
    /** Verdicts that contradict each other. */
    LOGIC
  }

  /** Whether it is the same mistake; what was seen may be less. */
  boolean isLike(Claim other) {
    return about == other.about && user == other.user && question.equals(other.question);
  }

  @Override
  public String toString() {
    String who = user == 0 ? " as root" : " as an ordinary user";
    return about + (question.isEmpty() ? "" : " " + question) + who + ": " + seen;
  }
}
