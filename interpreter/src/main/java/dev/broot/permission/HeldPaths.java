package dev.broot.permission;

import java.util.Set;
import java.util.regex.Pattern;

/** Names in a procfs that lead to what a process holds open: its files, directories and program. */
final class HeldPaths {
  // In a directory of a process, the sandbox's own or the host's.
  private static final Pattern HELD =
      Pattern.compile(
          "(?:/proc|\\Q"
              + PathKey.OWN_PROC
              + "\\E)/(?:self|thread-self|[0-9]+)(?:/task/[0-9]+)?"
              + "/(?:cwd|exe|root|fd|map_files)(?:/.*)?");
  private static final Set<String> MAY_BE_HELD = Set.of("cwd", "exe", "root", "fd", "map_files");

  private HeldPaths() {}

  /** Whether a part of a path may be what a process holds open, or lie in it. */
  static boolean mayBeHeld(String part) {
    return MAY_BE_HELD.contains(part) || part.matches("[0-9]+");
  }

  /** Whether a path of the host, or of a procfs, is what a process holds open, or lies in it. */
  static boolean isHeld(String path) {
    return HELD.matcher(path).matches() || HELD.matcher(PathKey.display(path)).matches();
  }
}
