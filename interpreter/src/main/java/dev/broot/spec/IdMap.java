package dev.broot.spec;

import java.util.Locale;

/**
 * Users or groups of the host that a sandbox has beside its caller, who is number 0 there.
 *
 * @param automatic whether they are all that the host gives the caller, from number 1 on; the
 *     numbers are 0 then
 * @param outside the first one's number on the host
 * @param inside the first one's number in the sandbox
 * @param count how many
 * @param provenance where it was said
 */
public record IdMap(
    Kind kind, boolean automatic, long outside, long inside, long count, Provenance provenance) {
  /** Of what. */
  public enum Kind {
    /** Users. */
    USERS,
    /** Groups. */
    GROUPS;

    /** Its word in the language. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether all of another one's are among these, under the same numbers. */
  public boolean covers(IdMap other) {
    return kind == other.kind
        && automatic == other.automatic
        && outside <= other.outside
        && outside + count >= other.outside + other.count
        && inside - outside == other.inside - other.outside;
  }

  /** The line. */
  public String text() {
    return "map "
        + kind.word()
        + " "
        + (automatic ? "auto" : range(outside, count) + " -> " + range(inside, count));
  }

  private static String range(long first, long count) {
    return count == 1 ? String.valueOf(first) : first + "-" + (first + count - 1);
  }
}
