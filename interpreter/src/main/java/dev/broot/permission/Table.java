package dev.broot.permission;

import dev.broot.spec.Access;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The mount table of a sandbox: what stands at which place from when on. The last one at a place or
 * above it is what is found there; what stood there before is hidden, symlinks and files in it
 * included.
 */
final class Table {
  /** Behind everything that was made. */
  static final int END = Integer.MAX_VALUE;

  /** A mount that became read-only. */
  private record Remount(int index, String place, Map<HostFact, Boolean> guard) {}

  /** A symlink that was made in a directory of the host, where it stays. */
  private record HostLink(
      int index, String text, Map<HostFact, Boolean> guard, List<HostFact> conditions) {}

  private final Standing root;
  private final List<Standing> all = new ArrayList<>();
  private final NavigableMap<String, List<Standing>> mounts = new TreeMap<>();
  // The same by place alone: a look at one is most of what is asked.
  private final Map<String, List<Standing>> mountsAt = new HashMap<>();
  private final NavigableMap<String, List<Standing>> entries = new TreeMap<>();
  private final Map<String, List<Remount>> remounts = new HashMap<>();
  private final Map<String, List<HostLink>> hostLinks = new HashMap<>();
  private final Map<HostFact, Boolean> hidden = new HashMap<>();
  private final Map<String, List<Standing>> pins = new HashMap<>();
  private int next = 1;

  /** A sandbox whose root is in memory, and empty. */
  Table() {
    root =
        new Standing(
            0,
            new Thing.Memory(true, null, 0755),
            Access.RW,
            PathKey.ROOT,
            Map.of(),
            List.of(),
            false,
            null);
    mountsAt(PathKey.ROOT).add(root);
  }

  /** The number of what is made next. */
  int next() {
    return next;
  }

  /** A number for what is made now. */
  int take() {
    return next++;
  }

  /** Mounts something. */
  void mount(Standing standing) {
    all.add(standing);
    mountsAt(standing.place()).add(standing);
  }

  private List<Standing> mountsAt(String place) {
    return mountsAt.computeIfAbsent(
        place, at -> mounts.computeIfAbsent(at, also -> new ArrayList<>()));
  }

  /** Makes a file, a directory or a symlink in what lies at its place. */
  void enter(Standing standing) {
    all.add(standing);
    entries.computeIfAbsent(standing.place(), at -> new ArrayList<>()).add(standing);
  }

  /** Makes a mount read-only, without those below it. */
  void remount(String place, Map<HostFact, Boolean> guard) {
    remounts.computeIfAbsent(place, at -> new ArrayList<>()).add(new Remount(take(), place, guard));
  }

  /** Makes a symlink on the host. */
  void hostLink(String path, String text, Map<HostFact, Boolean> guard, List<HostFact> conditions) {
    hostLinks
        .computeIfAbsent(path, at -> new ArrayList<>())
        .add(new HostLink(take(), text, guard, conditions));
  }

  /** Says that something is mounted on an object of the host, which cannot be renamed then. */
  void pin(String path, Standing by) {
    pins.computeIfAbsent(path, at -> new ArrayList<>()).add(by);
  }

  /** Notes what is hidden where it is there. */
  void hides(HostFact there) {
    hidden.put(there, true);
  }

  /** All that is hidden is there: where nothing is, nothing can be read. */
  Map<HostFact, Boolean> hidden() {
    return hidden;
  }

  /** Everything that was made, in order. */
  List<Standing> all() {
    return all;
  }

  /** The root in memory. */
  Standing root() {
    return root;
  }

  /** The mount in which a place lies, before the moment of an index. */
  Standing covering(String place, int before, World world) {
    List<Standing> perhaps = new ArrayList<>(0);
    Standing certain = root;
    for (String at = place; ; at = PathKey.parent(at)) {
      List<Standing> here = mountsAt.get(at);
      for (int i = here == null ? -1 : here.size() - 1; here != null && i >= 0; i--) {
        Standing one = here.get(i);
        if (one.index() < certain.index()) {
          break;
        } else if (one.index() >= before) {
          continue;
        } else if (one.isCertain()) {
          certain = one;
          break;
        }
        perhaps.add(one);
      }
      if (at.equals(PathKey.ROOT)) {
        break;
      }
    }
    return newest(perhaps, certain, world);
  }

  // What is asked of a host is asked of the newest first: it may be all that matters.
  private static Standing newest(List<Standing> perhaps, Standing certain, World world) {
    if (!perhaps.isEmpty()) {
      perhaps.sort(Comparator.comparing(Standing::index).reversed());
      for (Standing one : perhaps) {
        if (one.index() > certain.index() && one.isMade(world)) {
          return one;
        }
      }
    }
    return certain;
  }

  /** The file, directory or symlink that was made at a place in its mount, or null. */
  @Nullable Standing entry(String place, int before, World world) {
    List<Standing> here = entries.get(place);
    if (here == null) {
      return null;
    }
    Standing mount = covering(place, before, world);
    for (int i = here.size() - 1; i >= 0; i--) {
      Standing one = here.get(i);
      if (one.index() < before && one.index() > mount.index() && one.isMade(world)) {
        return one;
      }
    }
    return null;
  }

  /** Whether an entry may be there. */
  boolean mayHaveEntry(String place) {
    return entries.containsKey(place);
  }

  /** What the symlink at a path of the host says that was made before, or null. */
  @Nullable String hostLink(String path, int before, World world) {
    List<HostLink> here = hostLinks.getOrDefault(path, List.of());
    for (int i = here.size() - 1; i >= 0; i--) {
      HostLink one = here.get(i);
      boolean made = world.fits(one.guard()) && world.holdsAll(one.conditions());
      if (one.index() < before && made) {
        return one.text();
      }
    }
    return null;
  }

  /** The paths of the host at which symlinks are made. */
  java.util.Set<String> hostLinks() {
    return hostLinks.keySet();
  }

  /** Whether something was made read-only after it was mounted. */
  boolean isRemounted(Standing mount, int before, World world) {
    for (Remount remount : remounts.getOrDefault(mount.place(), List.of())) {
      if (remount.index() > mount.index()
          && remount.index() < before
          && world.fits(remount.guard())
          && covering(mount.place(), remount.index(), world).is(mount)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an object of the host cannot be renamed, since something is mounted on it. */
  boolean isPinned(String path, World world) {
    for (Standing by : pins.getOrDefault(path, List.of())) {
      if (by.isMade(world)) {
        return true;
      }
    }
    return false;
  }

  /** All mounts at places strictly below a place. */
  java.util.Collection<List<Standing>> mountsBelow(String place) {
    String start = place.equals(PathKey.ROOT) ? PathKey.ROOT : place + "/";
    String end = start.substring(0, start.length() - 1) + (char) ('/' + 1);
    return mounts.subMap(start, !place.equals(PathKey.ROOT), end, false).values();
  }

  /** All entries at places strictly below a place. */
  java.util.Collection<List<Standing>> entriesBelow(String place) {
    String start = place.equals(PathKey.ROOT) ? PathKey.ROOT : place + "/";
    String end = start.substring(0, start.length() - 1) + (char) ('/' + 1);
    return entries.subMap(start, true, end, false).values();
  }
}
