package dev.broot.plan;

import dev.broot.spec.Capabilities;
import dev.broot.spec.Masking;
import dev.broot.spec.Mount;
import dev.broot.spec.Paths;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns {@code hide} and {@code protect} into operations, and takes away what undoes them. */
final class MaskPlanner {
  private MaskPlanner() {}

  /**
   * The operations of the masks, patterns last, so that those which start in the same directory are
   * together.
   *
   * @param made what the other mounts become
   */
  static List<Operation> plan(List<Mount> mounts, List<Operation> made) {
    List<Operation> all = new ArrayList<>();
    for (boolean patterns : List.of(false, true)) {
      for (Masking kind : List.of(Masking.PROTECT, Masking.HIDE)) {
        for (Mount mount : mounts) {
          if (mount instanceof Mount.Mask mask
              && mask.kind() == kind
              && (mask.pattern() != null) == patterns) {
            all.add(operation(mask, made));
          }
        }
      }
    }
    return all;
  }

  private static Operation operation(Mount.Mask mask, List<Operation> made) {
    Word path = Word.of(mask.path());
    Operation.Masked what =
        new Operation.Masked(path, shown(path, made), mask.pattern(), mask.optional());
    return switch (mask.kind()) {
      case HIDE -> new Operation.Hide(what, mask.provenance());
      case PROTECT -> new Operation.Protect(what, mask.provenance());
    };
  }

  // The path of the host that the program finds at a path of the sandbox.
  private static @Nullable Word shown(Word path, List<Operation> made) {
    Word inside = followed(path, made);
    Word found = null;
    for (Operation operation : made) {
      List<Showing> shown = Showing.of(operation);
      Word target = shown.isEmpty() ? null : shown.get(0).target();
      String rest = target == null ? null : rest(inside, followed(target, made));
      if (rest != null) {
        found =
            operation instanceof Operation.Bind bind
                    && bind.source() instanceof Source.HostPath source
                ? rest.isEmpty() ? source.path() : source.path().plus(rest)
                : null;
      }
    }
    return found == null || found.display().equals(path.display()) ? null : found;
  }

  // Through the sandbox's own symlinks, as far as that can be known.
  private static Word followed(Word path, List<Operation> made) {
    String literal = path.literal();
    if (literal == null) {
      return path;
    }
    Map<String, String> links = new HashMap<>();
    for (Operation operation : made) {
      if (operation instanceof Operation.Symlink link) {
        links.put(Paths.normalize(link.target().display()), link.text().display());
      }
    }
    return Word.of(Paths.follow(Paths.normalize(literal), links));
  }

  // What stands behind a path's parent, with a slash in front; null where it is not its parent.
  private static @Nullable String rest(Word path, Word parent) {
    List<Word.Part> parts = path.parts();
    List<Word.Part> parents = parent.parts();
    String last = parts.isEmpty() ? null : text(parts.get(parts.size() - 1));
    if (parent.literal() != null && path.literal() != null) {
      String of = parent.display();
      return Paths.isWithin(path.display(), of)
          ? path.display().substring(of.equals("/") ? 0 : of.length())
          : null;
    } else if (path.equals(parent)) {
      return "";
    } else if (last == null || !last.startsWith("/")) {
      return null;
    }
    boolean whole = new Word(parts.subList(0, parts.size() - 1)).equals(parent);
    if (whole) {
      return last;
    }
    String end = parents.isEmpty() ? null : text(parents.get(parents.size() - 1));
    boolean same =
        parts.size() == parents.size()
            && parts.subList(0, parts.size() - 1).equals(parents.subList(0, parts.size() - 1));
    return same && end != null && last.startsWith(end + "/") ? last.substring(end.length()) : null;
  }

  private static @Nullable String text(Word.Part part) {
    return part instanceof Word.Literal literal ? literal.text() : null;
  }

  /** The capabilities of a plan, without those with which a mask is undone. */
  static List<Spec.CapChange> capabilities(List<Spec.CapChange> said, List<Operation> operations) {
    List<Operation> masks = operations.stream().filter(MaskCalls::isMask).toList();
    boolean none = said.stream().anyMatch(cap -> cap.name().equals(Capabilities.ALL) && !cap.add());
    if (masks.isEmpty() || none) {
      return said;
    }
    List<Spec.CapChange> all = new ArrayList<>(said);
    for (String name : Capabilities.UNDO_MASKS) {
      if (said.stream().noneMatch(cap -> cap.name().equals(name))) {
        all.add(new Spec.CapChange(false, name, masks.get(0).provenance()));
      }
    }
    return all;
  }
}
