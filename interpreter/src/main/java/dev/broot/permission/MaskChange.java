package dev.broot.permission;

import dev.broot.permission.Grant.Level;
import dev.broot.plan.Operation;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Pattern;
import dev.broot.spec.Provenance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Masks of which the table of mounts knows nothing: what a pattern matches, and what lies in a bind
 * whose source is known at the run only. They are compared by what they say.
 */
final class MaskChange {
  private MaskChange() {}

  /**
   * A mask.
   *
   * @param hides whether nothing of it can be read; otherwise it cannot be changed
   */
  private record Mask(
      boolean hides, String path, @Nullable Pattern pattern, String text, Provenance said) {
    static @Nullable Mask of(Operation operation) {
      if (operation instanceof Operation.Hide hide) {
        return of(true, hide.what(), hide.provenance());
      }
      return operation instanceof Operation.Protect protect
          ? of(false, protect.what(), protect.provenance())
          : null;
    }

    private static Mask of(boolean hides, Operation.Masked what, Provenance said) {
      Word shown = what.shown();
      Pattern pattern = what.pattern();
      String text =
          (hides ? "hide " : "protect ")
              + what.path().display()
              + (pattern == null ? "" : "/" + pattern.glob().display());
      return new Mask(hides, PathKey.of(shown == null ? what.path() : shown), pattern, text, said);
    }

    // Whether it masks all that another one does.
    boolean covers(Mask other) {
      if (other.hides && !hides) {
        return false;
      }
      if (pattern == null) {
        return PathKey.isWithin(other.path, path);
      }
      return other.pattern != null
          && path.equals(other.path)
          && pattern.glob().equals(other.pattern.glob())
          && other.pattern.except().containsAll(pattern.except());
    }

    // Whether a bind may show some of it, and the table does not tell.
    boolean mayLieIn(Standing bind) {
      if (!(bind.thing() instanceof Thing.Host host) || (!hides && bind.access() == Access.RO)) {
        return false;
      }
      String tree = host.source();
      if (PathKey.isWithin(path, tree)) {
        return pattern != null;
      }
      boolean open = PathKey.isOpaque(tree) || PathKey.isOpaque(path);
      return open || (pattern != null && PathKey.isWithin(tree, path));
    }
  }

  private static List<Mask> masks(Permissions of) {
    List<Mask> masks = new ArrayList<>();
    for (Operation operation : of.plan().sandbox().operations()) {
      Mask mask = Mask.of(operation);
      if (mask != null) {
        masks.add(mask);
      }
    }
    return masks;
  }

  /** What the second masks and the first does not. */
  static List<Grant> gained(Permissions of, Permissions not) {
    List<Grant> gained = new ArrayList<>();
    List<Mask> mine = masks(of);
    for (Mask mask : masks(not)) {
      boolean shown = of.view().table().all().stream().anyMatch(mask::mayLieIn);
      boolean matched = Matched.mayReach(of.plan(), mask.path);
      if ((shown || matched) && mine.stream().noneMatch(one -> one.covers(mask))) {
        gained.add(
            new Grant(
                mask.hides ? Level.HOST_READ : Level.HOST_WRITE,
                new Subject.Sight("the mask", mask),
                "use what `" + mask.text + "` keeps from it",
                mask.said));
      }
    }
    return gained;
  }
}
