package dev.broot.permission;

import dev.broot.diagnostic.Code;
import dev.broot.host.HostObjects;
import dev.broot.plan.Cautions;
import dev.broot.spec.Access;
import dev.broot.spec.Provenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Warns of mount points: those that may be missing, and those that can be renamed away. */
final class PointLints {
  // They are on every host.
  private static final List<String> KNOWN =
      List.of("/dev", "/proc", "/sys", "/tmp", "/run", "/var", "/etc", "/home", "/root", "/usr");

  private final View view;
  private final Replacing replacing;
  private final @Nullable HostObjects host;
  private final Warnings warnings;
  private final Set<Provenance> masks = new HashSet<>();
  private final NavigableSet<String> sources = new TreeSet<>();
  private final Map<String, List<Standing>> readOnly = new HashMap<>();

  PointLints(Permissions permissions, @Nullable HostObjects host, Warnings warnings) {
    this.host = host;
    view = permissions.view();
    for (Cautions.Caution caution : Cautions.of(view.plan().sandbox().operations())) {
      if (caution.kind() == Cautions.Kind.MISSING) {
        masks.add(caution.operation().provenance());
      }
    }
    replacing = permissions.replacing();
    this.warnings = warnings;
    for (HostFact fact : view.known().keySet()) {
      if (fact instanceof HostFact.Exists there) {
        sources.addAll(leads(there.path()));
      }
    }
    for (Standing standing : view.table().all()) {
      if (standing.access() == Access.RO && standing.thing() instanceof Thing.Host) {
        readOnly.computeIfAbsent(standing.place(), at -> new ArrayList<>()).add(standing);
      }
    }
  }

  void look() {
    for (View.Point point : view.points()) {
      Provenance by = point.in().provenance();
      if (by != null && !isCertainlyThere(point)) {
        missing(point, by);
      }
      if (by != null && point.writable()) {
        renamed(point, by);
      }
    }
  }

  // bubblewrap makes a mount point that is missing, on the host if need be.
  private void missing(View.Point point, Provenance by) {
    String at = PathKey.display(point.place());
    if (masks.contains(point.provenance())) {
      warnings.warn(
          Code.MADE_ON_HOST,
          point.provenance(),
          "where `"
              + at
              + "` is missing, the run is refused: bubblewrap would make it on the host, and leave it"
              + " there",
          "write `hide "
              + at
              + " optional`, which does nothing where nothing is, or make it before the run; "
              + Warnings.MEANT,
          by);
      return;
    }
    String tree = Trees.of(point.in().thing());
    warnings.warn(
        point.writable() ? Code.MADE_ON_HOST : Code.MOUNT_POINT_MISSING,
        point.provenance(),
        point.writable()
            ? "where `" + at + "` is missing, bubblewrap makes it on the host, and leaves it there"
            : "`"
                + at
                + "` has to be there in `"
                + (tree == null ? "" : PathKey.display(tree))
                + "`, or bubblewrap fails",
        Warnings.MEANT,
        by);
  }

  // The host's own directories are where they always are, and what is bound is there: before it
  // makes anything, bubblewrap looks whether all sources are.
  private boolean isCertainlyThere(View.Point point) {
    String path = point.host();
    String source = point.source();
    return KNOWN.contains(path)
        || (source != null && leads(source).stream().anyMatch(at -> PathKey.isWithin(at, path)))
        || holdsSource(path)
        || path.startsWith(PathKey.OWN_PROC)
        || (host != null && host.kind(PathKey.display(path)) != HostObjects.Kind.NOTHING);
  }

  private boolean holdsSource(String path) {
    String below = sources.higher(path + "/");
    return sources.contains(path) || (below != null && PathKey.isWithin(below, path));
  }

  // All paths that a name may lead to, on some hosts.
  private List<String> leads(String path) {
    List<Worlds.Case<String>> cases = Worlds.ALL.each(world -> view.onHost(path, world));
    return cases == null ? List.of(path) : cases.stream().map(Worlds.Case::answer).toList();
  }

  // What is read-only there stays so, but under another name.
  private void renamed(View.Point point, Provenance by) {
    Standing mount = readOnly(point);
    String name = mount == null ? null : replacing.byProgram(point.host(), World.usual());
    if (mount != null && name != null) {
      String path = PathKey.display(point.host());
      boolean same = point.host().equals(point.source());
      warnings.warn(
          Code.RENAMED,
          point.provenance(),
          "the program can rename `"
              + PathKey.display(name)
              + "`, and make another `"
              + path
              + "` that it can write",
          (same ? "write `protect " + path + "` instead" : "write `hide " + path + " optional`")
              + ", which holds the directories above, too; "
              + Warnings.MEANT,
          by);
    }
  }

  private @Nullable Standing readOnly(View.Point point) {
    for (Standing standing : readOnly.getOrDefault(point.place(), List.of())) {
      if (point.provenance().equals(standing.provenance())
          && view.isFound(standing, World.usual())) {
        return standing;
      }
    }
    return null;
  }
}
