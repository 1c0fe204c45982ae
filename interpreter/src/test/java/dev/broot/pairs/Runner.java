package dev.broot.pairs;

import dev.broot.support.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs the sides of pairs, and takes out of them what bubblewrap cannot make. */
final class Runner {
  private static final Pattern PATH = Pattern.compile("(?:/newroot)?(/[^\\s:\",]+)");

  private final Workshop workshop;
  private final Sandbox sandbox;

  Runner(Workshop workshop, Sandbox sandbox) {
    this.workshop = workshop;
    this.sandbox = sandbox;
  }

  /** Runs one side; null where it was refused, or the probe could not look at everything. */
  @Nullable Found run(Case pair, Side side, int user, List<String> more) throws IOException {
    Found found = attempt(pair, side, user, more);
    return found != null && found.seen() && !found.cut() ? found : null;
  }

  private @Nullable Found attempt(Case pair, Side side, int user, List<String> more)
      throws IOException {
    String path = workshop.write(side, "run", pair.values(), more);
    List<String> words = new ArrayList<>(List.of("compile", path));
    for (String name : List.of("sync", "jobs")) {
      if (side.lines().stream().anyMatch(line -> line.text().matches("descriptor .*" + name))) {
        words.addAll(List.of("--pass-fd", name + "=1" + (name.equals("jobs") ? 1 : 0)));
      }
    }
    Run.Result script = Workshop.ask(words, side.given(), pair.values());
    return script.status() != 0
        ? null
        : sandbox.run(script.out(), user, pair.world(), pair.environment(), pair.needsNewer());
  }

  /** The pair without the lines that bubblewrap has no place for; null when that is not enough. */
  @Nullable Case runnable(Case pair) throws IOException {
    Side before = runnable(pair, pair.before());
    Side after = before == null ? null : runnable(pair, pair.after());
    return before == null || after == null || before.equals(after)
        ? null
        : pair.with(before, after);
  }

  private @Nullable Side runnable(Case pair, Side side) throws IOException {
    Side now = side;
    for (int attempts = 0; attempts < 5; attempts++) {
      Found found = attempt(pair, now, 0, List.of());
      if (found == null || found.seen()) {
        return found == null ? null : now;
      }
      Side next = without(now, found.err());
      next = next == null ? null : workshop.mended(next, pair.values());
      if (next == null) {
        return null;
      }
      now = next;
    }
    return null;
  }

  // Without the last line that speaks of the path that an error speaks of.
  private static @Nullable Side without(Side side, String error) {
    List<Line> lines = new ArrayList<>(side.lines());
    Matcher matcher = PATH.matcher(error);
    while (matcher.find()) {
      for (int i = lines.size() - 1; i >= 0; i--) {
        boolean about =
            List.of(lines.get(i).text().split("[ \"\\[\\],]+", -1)).contains(matcher.group(1));
        if (about) {
          lines.remove(i);
          return side.with(lines);
        }
      }
    }
    return null;
  }
}
