package dev.broot.permission;

import dev.broot.spec.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the list of grants that need {@code unsafe}. Java judges by it at compile time, and
 * a script, which gets the same list, at each run: {@code DangersTest} holds both to one table.
 *
 * @param pattern a normalized path of the host, or of any home where it starts with {@code ~}; a
 *     {@code *} is any text within one part
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
    HOLDING,
    /** What matches the pattern, everything below it, and each directory that it lies in. */
    AROUND
  }

  /** The parts of a path: the first is empty, or the {@code ~} of a path in a home. */
  static List<String> parts(String path) {
    return path.equals("/") ? List.of("") : List.of(path.split("/", -1));
  }

  /**
   * Whether this entry is about a grant.
   *
   * @param parts of the path of the host, normalized
   * @param wanted those of the pattern
   */
  boolean is(List<String> parts, List<String> wanted, Access access) {
    if (access.compareTo(least) < 0) {
      return false;
    }
    int depth = parts.size() - wanted.size();
    boolean deep =
        switch (reach) {
          case AT -> depth == 0;
          case WITHIN -> depth >= 0;
          case HOLDING -> depth <= 0;
          case AROUND -> true;
        };
    for (int i = 0; deep && i < Math.min(parts.size(), wanted.size()); i++) {
      deep = matches(parts.get(i), wanted.get(i));
    }
    return deep;
  }

  /**
   * What the pattern is about in a directory that matches its first parts, or null.
   *
   * @param parts of the directory
   */
  @Nullable String in(String directory, List<String> parts) {
    List<String> wanted = parts(pattern);
    if (wanted.size() <= parts.size()) {
      return null;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!matches(parts.get(i), wanted.get(i))) {
        return null;
      }
    }
    String rest = String.join("/", wanted.subList(parts.size(), wanted.size()));
    return PathKey.join(directory, "/" + rest);
  }

  private static boolean matches(String part, String wanted) {
    int star = wanted.indexOf('*');
    if (star < 0) {
      return part.equals(wanted);
    }
    return part.length() >= wanted.length() - 1
        && part.startsWith(wanted.substring(0, star))
        && part.endsWith(wanted.substring(star + 1));
  }
}
