package dev.broot.plan;

import dev.broot.spec.Paths;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes along a {@link Ways.Way} on a host, as bubblewrap and the kernel would. */
final class WayWalk {
  // As many as the kernel follows (path_resolution(7)).
  private static final int MOST = 40;
  // Where bubblewrap has the host, and the sandbox, while it makes the mounts.
  private static final List<String> ROOTS = List.of("oldroot", "newroot");

  private final Ways.Way way;
  private final Host host;

  private WayWalk(Ways.Way way, Host host) {
    this.way = way;
    this.host = host;
  }

  /** The symlink that counts on a way, or null; all words are known. */
  static @Nullable String symlink(Ways.Way resolved, Host host) {
    WayWalk walk = new WayWalk(resolved, host);
    String target = Paths.normalize(resolved.target().display());
    for (Ways.Under under : resolved.under()) {
      String place = Paths.normalize(under.place().display());
      if (!Paths.isWithin(target, place) || target.equals(place)) {
        continue;
      }
      Word source = under.source();
      String rest = target.substring(place.equals("/") ? 0 : place.length());
      String found =
          source == null
              ? null
              : walk.in(source.display().replaceFirst("/$", ""), rest, under.every());
      if (found != null || under.certain()) {
        return found;
      }
    }
    return null;
  }

  private @Nullable String in(String top, String rest, boolean every) {
    Deque<String> left = new ArrayDeque<>(parts(rest));
    String at = top;
    for (int followed = 0; !left.isEmpty(); ) {
      String part = left.pop();
      if (part.equals("..")) {
        if (at.equals(top)) {
          return null;
        }
        at = at.substring(0, at.lastIndexOf('/'));
        continue;
      }
      String next = at + "/" + part;
      String text = left.isEmpty() && !way.last() ? null : host.link(next);
      if (text == null) {
        at = next;
        continue;
      }
      List<String> parts = parts(text);
      boolean unknown = text.indexOf('\uFFFD') >= 0 || ++followed > MOST;
      if (every || unknown || parts.stream().anyMatch(ROOTS::contains)) {
        return next;
      } else if (text.startsWith("/")) {
        // Nothing else lies in bubblewrap's root.
        return null;
      }
      for (int i = parts.size() - 1; i >= 0; i--) {
        left.push(parts.get(i));
      }
    }
    return null;
  }

  private static List<String> parts(String path) {
    return Arrays.stream(path.split("/"))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .toList();
  }
}
