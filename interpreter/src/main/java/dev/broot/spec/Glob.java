package dev.broot.spec;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A pattern for paths below a directory: {@code *} is any text in one part of a path, {@code ?} one
 * byte of it, and a part {@code **} any number of parts, none among them. Nothing else is special,
 * and a dot at the start is not.
 *
 * @param parts of the path; where a character of a name would be special, a backslash stands before
 *     it
 */
public record Glob(List<String> parts) {
  /** Any number of parts. */
  public static final String ANY_PARTS = "**";

  /** Copies the parts. */
  public Glob {
    parts = List.copyOf(parts);
  }

  /** A text without wildcards as a pattern has it. */
  public static String literal(String text) {
    return text.replaceAll("[\\\\*?]", "\\\\$0");
  }

  /** A text with wildcards as a pattern has it. */
  public static String wild(String text) {
    return text.replace("\\", "\\\\");
  }

  /** Whether a text has a wildcard. */
  public static boolean isWild(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /** The pattern for people. */
  public String display() {
    return String.join("/", parts);
  }

  /** The last part as {@code find -name} reads it. */
  public String name() {
    String last = parts.get(parts.size() - 1);
    return last.equals(ANY_PARTS) ? "*" : last.replace("[", "\\[");
  }

  /** Whether every path with that last part matches. */
  public boolean isNameAlone() {
    return parts.size() == 2 && parts.get(0).equals(ANY_PARTS);
  }

  /** How deep it looks, or 0 for any depth. */
  public int depth() {
    return parts.contains(ANY_PARTS) ? 0 : parts.size();
  }

  /**
   * Whether a path may match below a directory; also one with wildcards of its own.
   *
   * @param path normalized
   * @param root normalized
   */
  public boolean mayBe(String path, String root) {
    if (!Paths.isWithin(path, root) || path.equals(root)) {
      return false;
    }
    String[] others = path.substring(root.equals("/") ? 1 : root.length() + 1).split("/", -1);
    if (parts.contains(ANY_PARTS)) {
      return true;
    }
    boolean same = others.length == parts.size();
    for (int i = 0; same && i < others.length; i++) {
      same = meet(parts.get(i), others[i]);
    }
    return same;
  }

  /**
   * Whether there is a name that matches both. Each pair of ends of the two is looked at once,
   * since a pattern of many stars has more ways to match than anybody can wait for.
   */
  public static boolean meet(String one, String other) {
    int end = other.length();
    // Whether what follows a place of the one, and each place of the other, have a name in common.
    boolean[] next = new boolean[end + 1];
    next[end] = true;
    for (int j = end - 1; j >= 0; j--) {
      next[j] = other.charAt(j) == '*' && next[j + 1];
    }
    for (int i = one.length() - 1; i >= 0; i--) {
      char first = one.charAt(i);
      boolean[] now = new boolean[end + 1];
      now[end] = first == '*' && next[end];
      for (int j = end - 1; j >= 0; j--) {
        char second = other.charAt(j);
        if (first == '*') {
          now[j] = next[j] || now[j + 1];
        } else if (second == '*') {
          now[j] = now[j + 1] || next[j];
        } else if (first == '\\') {
          now[j] = next[j];
        } else {
          now[j] = (first == second || first == '?' || second == '?') && next[j + 1];
        }
      }
      next = now;
    }
    return next[0];
  }

  /** The whole path as an extended regular expression of POSIX. */
  public String regex() {
    String last = parts.get(parts.size() - 1);
    String above =
        parts.subList(0, parts.size() - 1).stream()
            .map(part -> part.equals(ANY_PARTS) ? "([^/]+/)*" : regex(part) + "/")
            .collect(Collectors.joining());
    return above + (last.equals(ANY_PARTS) ? "([^/]+/)*[^/]+" : regex(last));
  }

  /**
   * Whether a path matches, or lies below one that does.
   *
   * @param path relative to where the pattern starts, normalized; may start with a slash
   */
  public boolean covers(String path) {
    return path.replaceFirst("^/", "").matches("(?s)" + regex() + "(/.*)?");
  }

  /** Whether it is the same below any directories: it starts with any number of parts. */
  public boolean isBelow() {
    return parts.size() > 1 && parts.get(0).equals(ANY_PARTS);
  }

  /** The path below any directories as an expression, where {@link #isBelow}. */
  public String regexBelow() {
    return new Glob(parts.subList(1, parts.size())).regex();
  }

  private static String regex(String part) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      switch (c) {
        case '*' -> text.append("[^/]*");
        case '?' -> text.append("[^/]");
        case '\\' -> quote(part.charAt(++i), text);
        default -> quote(c, text);
      }
    }
    return text.toString();
  }

  private static void quote(char c, StringBuilder text) {
    text.append(".[]{}()\\*+?^$|".indexOf(c) >= 0 ? "\\" : "").append(c);
  }
}
