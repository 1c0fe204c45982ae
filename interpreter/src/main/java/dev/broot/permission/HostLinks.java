package dev.broot.permission;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The symlinks of the host, as far as they are known. Paths are {@link PathKey}. */
interface HostLinks {
  /** How many symlinks the kernel follows on one path. */
  int MOST = 40;

  /** What the symlink at a path says, or null where none is known there. */
  @Nullable String text(String path, World world);

  /** Whether a symlink with this last part may be known. */
  boolean mayBe(String last);

  /** What a path that is not known lexically leads to now, or the path itself. */
  default String looked(String path) {
    return path;
  }

  /** Whether the host is known to have something mounted below a path. */
  default boolean hasMounts(String path) {
    return false;
  }

  /** The other names of what the host is known to have mounted below a path. */
  default List<String> mountedBelow(String path) {
    return List.of();
  }

  /** Where a path of the host leads; on a loop, the path itself. */
  default String follow(String path, World world) {
    return walk(path, world, link -> {});
  }

  /** The symlinks on the way of a path, by their own names. */
  default List<String> passed(String path, World world) {
    List<String> passed = new ArrayList<>();
    walk(path, world, passed::add);
    return passed;
  }

  private String walk(String path, World world, Consumer<String> passing) {
    String from = PathKey.isOpaque(path) ? looked(path) : path;
    if (!from.startsWith(PathKey.ROOT) || !mayLead(from)) {
      return from;
    }
    Deque<String> left = new ArrayDeque<>();
    push(from, left);
    String at = PathKey.ROOT;
    int followed = 0;
    while (!left.isEmpty()) {
      String part = left.pop();
      if (part.equals("..")) {
        at = PathKey.parent(at);
        continue;
      }
      String next = PathKey.join(at, "/" + part);
      String text = text(next, world);
      if (text == null) {
        at = next;
      } else if (++followed > MOST) {
        return path;
      } else {
        passing.accept(next);
        at = text.startsWith("/") ? PathKey.ROOT : at;
        push(text, left);
      }
    }
    return at;
  }

  private boolean mayLead(String path) {
    for (int start = 1; start < path.length(); ) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      if (mayBe(path.substring(start, end))) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  /** Puts the parts of a path in front of what is left to walk. */
  static void push(String path, Deque<String> left) {
    List<String> parts = Arrays.asList(path.split("/", -1));
    Collections.reverse(parts);
    parts.stream().filter(part -> !part.isEmpty() && !part.equals(".")).forEach(left::push);
  }
}
