package dev.broot.permission;

import dev.broot.spec.Access;

/**
 * One entry of the list of grants that need {@code unsafe}. Java judges by it at compile time, and
 * a script, which gets the same list, at each run: {@code DangersTest} holds both to one table.
 *
 * @param pattern a normalized path of the host, in which the part {@code *} is any one name
 * @param reach which paths it is about
 * @param least the least access that is dangerous; {@link Access#RO} for any
 * @param meaning what the grant does, as the end of a sentence that starts with "this line"
 */
public record Danger(String pattern, Reach reach, Access least, String meaning) {
  /** Which paths an entry is about. */
  public enum Reach {
    /** What matches the pattern. */
    AT,
    /** The same, and everything below it. */
    WITHIN,
    /** What matches the pattern, and each directory that it lies in. */
    HOLDING
  }

  /**
   * Whether this entry is about a grant.
   *
   * @param path of the host, normalized
   */
  boolean is(String path, Access access) {
    if (access.compareTo(least) < 0) {
      return false;
    }
    String[] parts = parts(path);
    String[] wanted = parts(pattern);
    int depth = parts.length - wanted.length;
    boolean deep =
        switch (reach) {
          case AT -> depth == 0;
          case WITHIN -> depth >= 0;
          case HOLDING -> depth <= 0;
        };
    for (int i = 0; deep && i < Math.min(parts.length, wanted.length); i++) {
      deep = wanted[i].equals("*") || parts[i].equals(wanted[i]);
    }
    return deep;
  }

  private static String[] parts(String path) {
    return path.equals("/") ? new String[0] : path.substring(1).split("/", -1);
  }
}
