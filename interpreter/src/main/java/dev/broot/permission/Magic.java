package dev.broot.permission;

import java.util.List;
import java.util.Set;

/**
 * Names of the host that lead wherever a process stands: its working directory, its program and its
 * open files. What is behind them is not known before the run.
 */
final class Magic {
  private static final Set<String> IN_PROCESS = Set.of("cwd", "exe");
  private static final Set<String> HOLDS_NUMBERS = Set.of("fd", "map_files");
  private static final Set<String> IN_DEV = Set.of("stdin", "stdout", "stderr");

  private Magic() {}

  /** Whether a literal path may lead through one. */
  static boolean isWithin(String path) {
    return path.startsWith("/proc/") || path.startsWith("/dev/");
  }

  /** How many of the parts of a path lead to it; 0 where none does. */
  static int length(List<String> parts) {
    String first = part(parts, 0);
    if (first.equals("dev")) {
      int length = IN_DEV.contains(part(parts, 1)) ? 2 : part(parts, 1).equals("fd") ? 3 : 0;
      return Math.min(length, parts.size());
    }
    if (!first.equals("proc")) {
      return 0;
    }
    int at = part(parts, 2).equals("task") ? 4 : 2;
    String name = part(parts, at);
    int length = IN_PROCESS.contains(name) ? at + 1 : HOLDS_NUMBERS.contains(name) ? at + 2 : 0;
    return Math.min(length, parts.size());
  }

  private static String part(List<String> parts, int at) {
    return at < parts.size() ? parts.get(at) : "";
  }
}
