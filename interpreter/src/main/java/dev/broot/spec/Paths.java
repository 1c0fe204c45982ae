package dev.broot.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lexical questions about paths inside the sandbox and on the host. */
public final class Paths {
  private Paths() {}

  /** The path without empty and {@code .} parts and with {@code ..} folded; "/" for the root. */
  public static String normalize(String path) {
    // Nearly all paths are written as they are.
    boolean plain =
        path.startsWith("/") && !path.endsWith("/") && !path.contains("//") && !path.contains("/.");
    if (plain) {
      return path;
    }
    List<String> kept = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        if (!kept.isEmpty()) {
          kept.remove(kept.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        kept.add(part);
      }
    }
    return "/" + String.join("/", kept);
  }

  /** Whether {@code path} is {@code parent} or lies below it; both normalized. */
  public static boolean isWithin(String path, String parent) {
    int end = parent.length();
    return parent.equals("/")
        || (path.startsWith(parent) && (path.length() == end || path.charAt(end) == '/'));
  }

  /** Whether {@code path} is one of {@code parents} or lies below one; all normalized. */
  public static boolean isWithinAny(String path, Set<String> parents) {
    String at = path;
    while (at.length() > 1 && !parents.contains(at)) {
      at = at.substring(0, Math.max(1, at.lastIndexOf('/')));
    }
    return parents.contains(at);
  }

  /** Whether the path has a part {@code ..}. */
  public static boolean hasParentPart(String path) {
    return ("/" + path + "/").contains("/../");
  }

  /** The last part of a path, without trailing slashes; empty for the root. */
  public static String lastPart(String path) {
    String normal = normalize(path);
    return normal.substring(normal.lastIndexOf('/') + 1);
  }

  /**
   * Follows symlinks as the kernel does inside the sandbox.
   *
   * @param path normalized
   * @param links normalized places of symlinks with their texts
   */
  public static String follow(String path, Map<String, String> links) {
    String current = path;
    for (int hops = 0; hops < 40; hops++) {
      String next = followOnce(current, links);
      if (next.equals(current)) {
        return current;
      }
      current = next;
    }
    return current;
  }

  private static String followOnce(String path, Map<String, String> links) {
    if (links.isEmpty()) {
      return path;
    }
    int end = path.indexOf('/', 1);
    while (true) {
      String head = end < 0 ? path : path.substring(0, end);
      String text = links.get(head);
      if (text != null) {
        String rest = end < 0 ? "" : path.substring(end);
        String directory = head.substring(0, head.lastIndexOf('/') + 1);
        return normalize((text.startsWith("/") ? text : directory + text) + rest);
      }
      if (end < 0) {
        return path;
      }
      end = path.indexOf('/', end + 1);
    }
  }

  /** A normalized path for people: one that starts with a parameter starts with no slash. */
  public static String shown(String path) {
    return path.startsWith("/${") ? path.substring(1) : path;
  }
}
