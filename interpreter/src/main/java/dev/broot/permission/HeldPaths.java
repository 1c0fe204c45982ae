package dev.broot.permission;

import java.util.List;
import java.util.regex.Pattern;

/** Names in a procfs that lead to what a process holds open: its files, directories and program. */
final class HeldPaths {
  private static final String PROCESS = "(?:self|thread-self|[0-9]+)";
  private static final String HELD = "(?:cwd|exe|root|fd|map_files)";

  // In a directory of a process, the sandbox's own or the host's.
  private static final Pattern PATH =
      Pattern.compile(
          "(?:/proc|\\Q"
              + PathKey.OWN_PROC
              + "\\E)/"
              + PROCESS
              + "(?:/task/[0-9]+)?/"
              + HELD
              + "(?:/.*)?");
  private static final Pattern PART = Pattern.compile(HELD + "|[0-9]+");
  private static final Pattern WITH_PROCESS = within(PROCESS);
  private static final Pattern WITH_HELD = within(HELD);

  private HeldPaths() {}

  private static Pattern within(String part) {
    return Pattern.compile("(?:^|/)" + part + "(?:/|\\z)");
  }

  /** Whether one may be put together from these texts. */
  static boolean mayBeIn(List<String> texts) {
    return texts.stream().anyMatch(text -> WITH_PROCESS.matcher(text).find())
        && texts.stream().anyMatch(text -> WITH_HELD.matcher(text).find());
  }

  /** Whether a part of a path may be what a process holds open, or lie in it. */
  static boolean mayBeHeld(String part) {
    return PART.matcher(part).matches();
  }

  /** Whether a path of the host, or of a procfs, is what a process holds open, or lies in it. */
  static boolean isHeld(String path) {
    return PATH.matcher(path).matches() || PATH.matcher(PathKey.display(path)).matches();
  }
}
