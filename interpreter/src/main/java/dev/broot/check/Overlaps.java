package dev.broot.check;

import dev.broot.check.Mounts.Placed;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.spec.Fresh;
import dev.broot.spec.Mount;
import dev.broot.spec.Paths;
import dev.broot.spec.Provenance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds mounts that hide earlier ones: bubblewrap makes them in order, and {@code --bind X /tmp/x
 * --tmpfs /tmp} silently loses the first (measured with 0.8).
 */
final class Overlaps {
  private final Diagnostics diagnostics;
  private final Map<String, String> links = new HashMap<>();

  /** What was made so far, by normalized target; a parent sorts right before its children. */
  private final NavigableMap<String, Made> made = new TreeMap<>();

  private boolean judging = true;

  private record Made(Provenance provenance, boolean directoryOnly) {}

  Overlaps(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(List<Placed> mounts) {
    check(mounts, true);
    for (Placed placed : mounts) {
      if (placed.mount() instanceof Mount.Matching matching) {
        mounts.forEach(other -> meets(matching, other));
      }
    }
  }

  // Which of the two would be seen, the run decides, and no review.
  private void meets(Mount.Matching matching, Placed other) {
    String target = other.mount().to() == null ? null : other.to().literal();
    String root = matching.root().literal();
    if (other.mount() != matching
        && target != null
        && root != null
        && matching.glob().mayBe(Paths.normalize(target), Paths.normalize(root))) {
      diagnostics.error(
          Code.HIDES,
          matching.provenance().origin(),
          "what matches may be `" + target + "`, on which another line mounts something",
          "remove one of the two",
          new Note("the other line", other.mount().provenance().origin()));
    }
  }

  /**
   * Looks at the next mounts.
   *
   * @param report whether what they hide is an error
   */
  void check(List<Placed> mounts, boolean report) {
    judging = report;
    for (Placed placed : mounts) {
      Mount mount = placed.mount();
      String written = placed.to().literal();
      if (mount.to() == null || mount instanceof Mount.Change || written == null) {
        continue;
      }
      String target = Paths.follow(Paths.normalize(written), links);
      if (mount instanceof Mount.Symlink symlink) {
        String text = symlink.text().literal();
        if (text != null && !text.isEmpty()) {
          links.put(Paths.normalize(written), text);
        }
        made.put(Paths.normalize(written), new Made(mount.provenance(), false));
        continue;
      }
      boolean directory =
          (mount instanceof Mount.FreshMount fresh && fresh.kind() == Fresh.DIR)
              || mount instanceof Mount.Apis;
      if (!directory) {
        hides(placed, target);
        made.put(target, new Made(mount.provenance(), false));
      } else {
        made.putIfAbsent(target, new Made(mount.provenance(), true));
      }
      if (mount instanceof Mount.Apis apis) {
        for (Mount.Endpoint api : apis.apis()) {
          String endpoint = target + "/" + api.name();
          report(hidden(endpoint), endpoint, api.provenance(), false, placed);
          made.put(endpoint, new Made(api.provenance(), false));
        }
      }
    }
  }

  private void hides(Placed placed, String target) {
    report(hidden(target), target, placed.mount().provenance(), placed.over(), placed);
  }

  private @Nullable Made hidden(String target) {
    Made same = made.get(target);
    if (same != null && !same.directoryOnly()) {
      return same;
    }
    String below = target.equals("/") ? "/" : target + "/";
    Map.Entry<String, Made> child = made.higherEntry(below);
    if (target.equals("/") || child == null || !child.getKey().startsWith(below)) {
      return target.equals("/") && child != null ? child.getValue() : null;
    }
    return child.getValue();
  }

  private void report(
      @Nullable Made hidden, String target, Provenance by, boolean over, Placed placed) {
    if (!judging) {
      return;
    }
    if (hidden == null && over) {
      diagnostics.error(
          Code.NO_EFFECT,
          by.origin(),
          "`over` on a mount that hides nothing",
          "remove the word `over`");
    } else if (hidden != null && !over) {
      boolean canSayOver = !(placed.mount() instanceof Mount.Apis);
      diagnostics.error(
          Code.HIDES,
          by.origin(),
          "this mount on `" + target + "` hides an earlier one",
          canSayOver
              ? "change the order, remove one line, or end this line in `over` to hide the earlier mount"
              : "name another target for one of the two",
          new Note("this would be hidden", hidden.provenance().origin()));
    }
  }
}
