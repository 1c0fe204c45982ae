package dev.broot.bwrap;

import dev.broot.plan.Operation;
import dev.broot.plan.Showing;
import dev.broot.plan.Word;
import dev.broot.spec.Paths;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The directories that bubblewrap makes for the targets of a sandbox, and closes to all but its own
 * user. Before one of them is made so, it is made open, by an option of its own. That is done only
 * in the sandbox's own memory: what lies on the host, or may lie there, is bubblewrap's affair.
 */
final class Parents {
  /** What was mounted last at a place, and as the how manieth. */
  private record Standing(int number, boolean own) {}

  private final Map<String, Standing> mounts = new HashMap<>(Map.of("/", new Standing(0, true)));
  private final Set<String> links = new HashSet<>();
  private final NavigableSet<String> made = new TreeSet<>(Set.of("/"));
  private int number;
  private int lastUnknown = -1;
  private boolean known = true;

  /** The directory to make before an operation, or null; the operations are asked for in order. */
  @Nullable Word before(Operation operation) {
    known &= !(operation instanceof Operation.Raw);
    String target = target(operation);
    String parent = target == null ? null : parent(target);
    boolean open = parent != null && known && !made.contains(parent) && isOwn(parent);
    note(operation, target);
    return open && parent != null && !isPublic(operation) ? Word.of(parent) : null;
  }

  private static @Nullable String target(Operation operation) {
    Word target =
        operation instanceof Operation.Symlink link
            ? link.target()
            : operation instanceof Operation.Matching matching
                ? matching.path()
                : operation instanceof Operation.Directory directory
                    ? directory.target()
                    : operation instanceof Operation.Data data
                        ? data.target()
                        : Showing.of(operation).stream()
                            .map(Showing::target)
                            .findFirst()
                            .orElse(null);
    String literal = target == null ? null : target.literal();
    return literal == null ? null : Paths.normalize(literal);
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  // The last mount on it or above it, and no symlink on the way.
  private boolean isOwn(String path) {
    for (String part = path; !part.equals("/"); part = parent(part)) {
      if (links.contains(part)) {
        return false;
      }
    }
    Standing last = new Standing(lastUnknown, false);
    for (String part = path; ; part = parent(part)) {
      Standing here = mounts.get(part);
      last = here != null && here.number() > last.number() ? here : last;
      if (part.equals("/")) {
        return last.own();
      }
    }
  }

  private void note(Operation operation, @Nullable String target) {
    if (operation instanceof Operation.Symlink) {
      if (target != null) {
        links.add(target);
      }
    } else if (!Showing.of(operation).isEmpty()) {
      boolean own = operation instanceof Operation.Tmpfs || operation instanceof Operation.Dev;
      number++;
      if (target == null || target.equals("/")) {
        made.clear();
      } else {
        made.remove(target);
        made.subSet(target + "/", target + (char) ('/' + 1)).clear();
      }
      if (target == null) {
        lastUnknown = number;
      } else {
        mounts.put(target, new Standing(number, own));
      }
    }
    boolean optional =
        operation instanceof Operation.Matching
            || (operation instanceof Operation.Bind bind && bind.optional());
    if (operation.question() == null && !optional && target != null) {
      for (String part = target; made.add(part); part = parent(part)) {}
    }
  }

  // bubblewrap opens what lies above a directory or file that is itself open.
  private static boolean isPublic(Operation operation) {
    Integer mode =
        operation instanceof Operation.Tmpfs tmpfs
            ? tmpfs.mode()
            : operation instanceof Operation.Directory directory
                ? directory.mode()
                : operation instanceof Operation.Data data ? data.mode() : null;
    boolean open = operation instanceof Operation.Tmpfs || operation instanceof Operation.Directory;
    return mode == null ? open : (mode & 070) != 0 && (mode & 07) != 0;
  }
}
