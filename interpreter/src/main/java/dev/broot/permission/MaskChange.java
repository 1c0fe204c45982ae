package dev.broot.permission;

import dev.broot.permission.Grant.Level;
import dev.broot.plan.Operation;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Pattern;
import dev.broot.spec.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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
      boolean hides,
      boolean optional,
      String path,
      @Nullable Pattern pattern,
      String text,
      Provenance said) {
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
      String path = PathKey.of(shown == null ? what.path() : shown);
      return new Mask(hides, what.optional(), path, pattern, text, said);
    }

    // Whether it keeps something from a program that a bind shows.
    boolean isFor(Standing bind) {
      return bind.thing() instanceof Thing.Host && (hides || bind.access() != Access.RO);
    }

    // Whether some of it lies in a tree by what both lead to.
    private boolean isLed(String tree, View view) {
      return Worlds.ALL.find(world -> isLed(tree, view, world)).answer() != Worlds.Answer.NO;
    }

    private boolean isLed(String tree, View view, World world) {
      String leads = view.onHost(path, world);
      String shown = view.onHost(tree, world);
      if (PathKey.isWithin(path, tree) && leads.equals(path)) {
        return false;
      }
      // A bind shows with a tree what the host has mounted in it, which may have other names.
      return meets(leads, shown)
          || view.mountedBelow(shown).stream().anyMatch(name -> meets(leads, name));
    }

    private boolean meets(String leads, String shown) {
      return PathKey.isWithin(leads, shown) || (pattern != null && PathKey.isWithin(shown, leads));
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

    // Whether a bind shows some of it by its name.
    boolean isNamed(Standing bind) {
      String tree = Trees.of(bind.thing());
      return tree != null && (PathKey.isWithin(path, tree) || PathKey.isWithin(tree, path));
    }

    // Whether a bind may show some of it, and the table does not tell.
    boolean mayLieIn(Standing bind, View view) {
      if (!(bind.thing() instanceof Thing.Host host) || (!hides && bind.access() == Access.RO)) {
        return false;
      }
      String tree = host.source();
      if (PathKey.isWithin(path, tree) && pattern != null) {
        return true;
      } else if (isLed(tree, view)) {
        return true;
      } else if (PathKey.isWithin(path, tree)) {
        return false;
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

  private static boolean any(Permissions of, Predicate<Standing> what) {
    return of.view().table().all().stream().anyMatch(what);
  }

  /**
   * What the second masks and the first does not.
   *
   * @param notes takes what was taken for granted
   */
  static List<Grant> gained(Permissions of, Permissions not, Set<String> notes) {
    List<Grant> gained = new ArrayList<>();
    List<Mask> mine = masks(of);
    for (Mask mask : masks(not)) {
      boolean covered = mine.stream().anyMatch(one -> one.covers(mask));
      boolean shown = any(of, bind -> mask.mayLieIn(bind, of.view()));
      if (!covered && !shown && any(of, mask::isFor)) {
        // A run fails where no line shows what is masked: here, one does so by another name.
        shown = !mask.optional && mask.pattern == null && !any(not, mask::isNamed);
        notes.add("`" + mask.text + "` is taken to be of nothing that has another name here");
      }
      boolean matched = Matched.mayReach(of.plan(), mask.path);
      if ((shown || matched) && !covered) {
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
