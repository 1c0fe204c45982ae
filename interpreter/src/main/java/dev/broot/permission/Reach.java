package dev.broot.permission;

import dev.broot.spec.Access;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which objects of the host a program reaches through the mounts of its sandbox. */
final class Reach {
  /**
   * A tree of names that is seen through a mount.
   *
   * @param standing the mount
   * @param tree the root of the tree; a {@link PathKey}
   * @param layer whether it is a layer of an overlay, so that others may hide what is in it
   */
  record Item(Standing standing, String tree, boolean layer) {
    /** Whether nobody writes to it through its mount. */
    boolean isLower() {
      boolean upper =
          standing.thing() instanceof Thing.Overlay overlay && tree.equals(overlay.upper());
      return layer && !upper;
    }

    /** The place of the sandbox at which a path of the tree is seen. */
    String place(String path, String root) {
      return PathKey.join(standing.place(), PathKey.below(path, root));
    }
  }

  /** A tree with the path to which it leads on some hosts. */
  private record Led(Item item, Map<HostFact, Boolean> guard) {}

  private final View view;
  private final Map<String, List<Led>> trees = new HashMap<>();
  private final List<Item> items = new ArrayList<>();

  Reach(View view) {
    this.view = view;
    for (Standing standing : view.mounts()) {
      boolean layer = standing.thing() instanceof Thing.Overlay;
      Trees.all(standing.thing()).forEach(tree -> add(new Item(standing, tree, layer)));
    }
  }

  private void add(Item item) {
    items.add(item);
    List<Worlds.Case<String>> leads = Worlds.ALL.each(world -> view.onHost(item.tree(), world));
    if (leads == null) {
      throw new IllegalStateException("a path with very many well-known names");
    }
    for (Worlds.Case<String> one : leads) {
      trees.computeIfAbsent(one.answer(), at -> new ArrayList<>()).add(new Led(item, one.guard()));
    }
  }

  /** All trees that are mounted, seen or hidden. */
  List<Item> items() {
    return items;
  }

  /**
   * The tree through which a program reaches a path on some host, or null.
   *
   * @param layers whether what layers of overlays may hide counts
   */
  @Nullable Item find(Use use, String path, boolean layers, World world) {
    for (String at = path; ; at = PathKey.parent(at)) {
      for (Led led : trees.getOrDefault(at, List.of())) {
        Item item = led.item();
        if ((layers || !item.layer())
            && world.fits(led.guard())
            && isSeen(item, path, at, world)
            && has(use, item, world)) {
          return item;
        }
      }
      if (PathKey.parent(at).equals(at)) {
        return null;
      }
    }
  }

  /** The layers of overlays in which a path is found on some host. */
  List<Item> layers(Use use, String path, World world) {
    List<Item> found = new ArrayList<>(0);
    for (String at = path; ; at = PathKey.parent(at)) {
      for (Led led : trees.getOrDefault(at, List.of())) {
        Item item = led.item();
        if (item.layer()
            && world.fits(led.guard())
            && isSeen(item, path, at, world)
            && has(use, item, world)) {
          found.add(item);
        }
      }
      if (PathKey.parent(at).equals(at)) {
        return found;
      }
    }
  }

  /** Whether a line of the spec names a path as a source. */
  boolean isTree(String path) {
    return trees.containsKey(path);
  }

  /** Whether a program reaches a path through a tree, which leads to {@code root} on this host. */
  boolean isSeen(Item item, String path, String root, World world) {
    Standing standing = item.standing();
    if (!standing.isMade(world)) {
      return false;
    }
    boolean open = PathKey.isOpaque(path) && !PathKey.isOpaque(root);
    if (open && hasHole(standing, world)) {
      return false;
    }
    String place = item.place(path, root);
    return view.table().covering(place, Table.END, world).is(standing)
        && view.closing().isEntered(standing.place(), world);
  }

  // A path that is not known may lie in what is hidden.
  private boolean hasHole(Standing standing, World world) {
    for (List<Standing> here : view.table().mountsBelow(standing.place())) {
      for (Standing one : here) {
        if (one.index() > standing.index() && one.isMade(world)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a mount allows something on a host. */
  boolean has(Use use, Item item, World world) {
    Standing mount = item.standing();
    boolean devices = mount.access() == Access.DEV || mount.thing() instanceof Thing.Overlay;
    return switch (use) {
      case READ -> true;
      case WRITE -> writes(item) && view.isWritable(mount, world);
      case WRITE_BELOW -> writes(item) && !item.layer();
      case DEVICES -> devices && view.hasDevices(mount, world);
      case DEVICES_BELOW -> devices && !item.layer();
    };
  }

  private static boolean writes(Item item) {
    return item.standing().access() != Access.RO && !item.isLower();
  }

  /**
   * Paths of the host at which something changes: between two of them, whoever reaches one reaches
   * what lies behind it.
   */
  void marks(Collection<String> to) {
    Map<String, List<Rooted>> byPlace = new HashMap<>();
    trees.forEach(
        (path, leads) -> {
          to.add(path);
          for (Led led : leads) {
            byPlace
                .computeIfAbsent(led.item().standing().place(), at -> new ArrayList<>())
                .add(new Rooted(path, led.item().standing()));
          }
        });
    byPlace.values().forEach(here -> here.sort(Comparator.comparing(Rooted::index).reversed()));
    for (Standing hole : view.mounts()) {
      for (String at = hole.place(); !at.equals(PathKey.ROOT); ) {
        at = PathKey.parent(at);
        holes(hole, byPlace.getOrDefault(at, List.of()), to);
      }
    }
  }

  /** A mount with the path of the host that is its root. */
  private record Rooted(String path, Standing standing) {
    int index() {
      return standing.index();
    }
  }

  // A mount hides parts of the newest ones above it, down to one that is always there.
  private static void holes(Standing hole, List<Rooted> newestFirst, Collection<String> to) {
    int certain = 0;
    for (Rooted one : newestFirst) {
      if (one.index() < certain) {
        return;
      } else if (one.index() < hole.index()) {
        String rest = PathKey.below(hole.place(), one.standing().place());
        to.add(PathKey.join(one.path(), rest));
        certain = one.standing().isCertain() ? one.index() : certain;
      }
    }
  }
}
