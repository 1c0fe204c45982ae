package dev.broot.permission;

import dev.broot.ir.Mount;
import dev.broot.ir.Paths;
import dev.broot.ir.Provenance;
import dev.broot.ir.Spec;
import dev.broot.ir.Value;
import dev.broot.permission.Seen.Kind;
import dev.broot.syntax.Statement.Access;
import dev.broot.syntax.Statement.Condition;
import dev.broot.syntax.Statement.Copied;
import dev.broot.syntax.Statement.Fresh;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's file system as the kernel makes it: mounts are made in order, the last one on a
 * path or above it wins, and a read-only parent does not protect a writable child.
 */
public final class View {
  private final Map<String, String> links = new HashMap<>();
  private final List<Seen> seen = new ArrayList<>();
  private final NavigableSet<String> places = new TreeSet<>();
  private final List<Mount.Raw> raw = new ArrayList<>();
  private String condition = "";

  private View() {}

  /** What the program of a spec finds. */
  public static View of(Spec spec) {
    View view = new View();
    spec.mounts().forEach(view::add);
    return view;
  }

  /** Everything, in the order in which it was mounted. */
  public List<Seen> all() {
    return List.copyOf(seen);
  }

  /** Arguments of bubblewrap that nobody has looked into. */
  public List<Mount.Raw> raw() {
    return List.copyOf(raw);
  }

  /** A path as the program would find it, through the sandbox's symlinks. */
  public String follow(String path) {
    return Paths.follow(Paths.normalize(path), links);
  }

  /** What a path of the sandbox lies in, the nearest mount; null in the empty root. */
  public @Nullable Seen covering(String path) {
    Seen best = null;
    for (Seen one : seen) {
      boolean covers = one.kind() != Kind.SYMLINK && Paths.isWithin(path, one.at());
      if (covers && (best == null || one.at().length() >= best.at().length())) {
        best = one;
      }
    }
    return best;
  }

  private void add(Mount mount) {
    if (mount instanceof Mount.Raw arguments) {
      raw.add(arguments);
      return;
    }
    Value target = Mount.target(mount);
    if (target == null) {
      throw new IllegalStateException("a mount without a target");
    }
    Provenance said = mount.provenance();
    condition = condition(mount);
    if (mount instanceof Mount.Symlink symlink) {
      String at = Paths.normalize(target.display());
      links.put(at, symlink.text().display());
      put(
          new Seen(
              at, Kind.SYMLINK, symlink.text().display(), false, false, true, List.of(), said));
      return;
    }
    String at = follow(target.display());
    if (mount instanceof Mount.Change change) {
      if (change.mode() == null) {
        seen.replaceAll(one -> one.at().equals(at) ? one.readOnly() : one);
      }
      return;
    }
    if (mount instanceof Mount.Overlay overlay) {
      overlay(overlay, at);
      return;
    }
    if (mount instanceof Mount.Bind bind) {
      boolean certain = condition.isEmpty();
      boolean devices = bind.access() == Access.DEV;
      boolean writable = bind.access() != Access.RO;
      put(host(at, bind.from().display(), writable, devices, certain, said));
    } else if (mount instanceof Mount.FreshMount fresh) {
      fresh(fresh.kind(), at, said);
    } else if (mount instanceof Mount.Devices devices) {
      put(new Seen(at, Kind.DEVICES, devices.name(), true, true, true, List.of(), said));
    } else if (mount instanceof Mount.Scratch) {
      put(new Seen(at, Kind.SCRATCH, "", true, false, true, List.of(), said));
    } else if (mount instanceof Mount.TextFile text) {
      put(new Seen(at, Kind.TEXT, text.content().display(), false, false, true, List.of(), said));
    } else if (mount instanceof Mount.Copy copy) {
      put(host(at, copy.from().display(), false, false, true, said));
      if (copy.as() != Copied.RO) {
        append(new Seen(at, Kind.MEMORY, "", true, false, true, List.of(), said));
      }
    } else if (mount instanceof Mount.Module module) {
      boolean certain = condition.isEmpty();
      put(new Seen(at, Kind.MODULE, module.name(), false, false, certain, List.of(), said));
    } else if (mount instanceof Mount.Libdir libdir) {
      Value given = libdir.libdir();
      put(
          host(
              at, given == null ? Mount.Libdir.SYSTEM : given.display(), false, false, true, said));
      if (given == null) {
        String inside = at + "/osbuild";
        put(new Seen(inside, Kind.MODULE, "osbuild", false, false, true, List.of(), said));
      }
    } else if (mount instanceof Mount.Apis apis) {
      directory(at, said);
      for (Mount.Endpoint endpoint : apis.apis()) {
        boolean api = endpoint instanceof Mount.Api;
        String source =
            endpoint instanceof Mount.Api given
                ? Paths.normalize(given.socket().display())
                : endpoint.name();
        put(
            new Seen(
                at + "/" + endpoint.name(),
                api ? Kind.SOCKET : Kind.PROVIDER,
                source,
                true,
                false,
                true,
                List.of(),
                endpoint.provenance()));
      }
    }
  }

  // What is asked of the host before a mount is made; empty where it is always made.
  private static String condition(Mount mount) {
    if (mount instanceof Mount.Bind bind && bind.condition() != Condition.NONE) {
      return bind.condition() + " " + bind.from().display();
    }
    Value empty = mount instanceof Mount.Module module ? module.ifEmpty() : null;
    return empty == null ? "" : "EMPTY " + empty.display();
  }

  private void overlay(Mount.Overlay overlay, String at) {
    Value upper = overlay.upper();
    Value first = upper == null ? overlay.lower().get(0) : upper;
    put(host(at, first.display(), upper != null, false, true, overlay.provenance()));
    for (Value lower : overlay.lower().subList(upper == null ? 1 : 0, overlay.lower().size())) {
      append(host(at, lower.display(), false, false, true, overlay.provenance()));
    }
    if (overlay.writable() && upper == null) {
      append(new Seen(at, Kind.MEMORY, "", true, false, true, List.of(), overlay.provenance()));
    }
  }

  private static Seen host(
      String at,
      String source,
      boolean writable,
      boolean devices,
      boolean certain,
      Provenance said) {
    return new Seen(
        at, Kind.HOST, Paths.normalize(source), writable, devices, certain, List.of(), said);
  }

  private void fresh(Fresh kind, String at, Provenance said) {
    switch (kind) {
      case DIR -> directory(at, said);
      case TMPFS -> put(new Seen(at, Kind.MEMORY, "", true, false, true, List.of(), said));
      case PROC -> put(new Seen(at, Kind.PROC, "", true, false, true, List.of(), said));
      case MQUEUE -> put(new Seen(at, Kind.MEMORY, "", true, false, true, List.of(), said));
      case DEV -> put(new Seen(at, Kind.DEV, "", true, true, true, List.of(), said));
    }
  }

  // bubblewrap makes a directory where there is none; where there is one, nothing changes.
  private void directory(String at, Provenance said) {
    Seen parent = covering(at);
    boolean memory = parent == null || parent.kind() == Kind.MEMORY;
    if (memory && seen.stream().noneMatch(one -> one.at().equals(at))) {
      append(new Seen(at, Kind.MEMORY, "", true, false, true, List.of(), said));
    }
  }

  // What is certain hides what was mounted there and below; what may be missing may not hide it.
  private void put(Seen one) {
    if (one.kind() != Kind.SYMLINK) {
      if (one.certain() && holdsPlaces(one.at())) {
        seen.removeIf(other -> Paths.isWithin(other.at(), one.at()));
        places.clear();
        seen.forEach(other -> places.add(other.at()));
      }
      for (int i = liesInPlaces(one.at()) ? 0 : seen.size(); i < seen.size(); i++) {
        Seen other = seen.get(i);
        boolean below = Paths.isWithin(one.at(), other.at()) && !one.at().equals(other.at());
        if (below && other.kind() == Kind.HOST) {
          seen.set(i, other.withHole(new Seen.Hole(other.inSource(one.at()), condition)));
        }
      }
    }
    append(one);
  }

  private void append(Seen one) {
    seen.add(one);
    places.add(one.at());
  }

  // These two keep large specs linear: most mounts lie beside each other.
  private boolean holdsPlaces(String at) {
    String first = places.ceiling(at.equals("/") ? "/" : at + "/");
    return places.contains(at) || (first != null && Paths.isWithin(first, at));
  }

  private boolean liesInPlaces(String at) {
    for (int end = at.lastIndexOf('/'); end > 0; end = at.lastIndexOf('/', end - 1)) {
      if (places.contains(at.substring(0, end))) {
        return true;
      }
    }
    return places.contains("/");
  }
}
