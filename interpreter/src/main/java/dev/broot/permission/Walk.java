package dev.broot.permission;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows paths as the kernel does, through the sandbox's symlinks, and through those of the host
 * that are known.
 *
 * <p>While bubblewrap makes a sandbox, its root lies in a directory {@code /newroot}, and the host
 * in {@code /oldroot}: up to 0.11 an absolute symlink then leads to neither, unless it names one of
 * them, and a relative one may lead out. Later ones follow both in the sandbox, as the program does
 * (measured with 0.8 and 0.12).
 */
final class Walk {
  private static final String NEW_ROOT = "newroot";
  private static final String OLD_ROOT = "oldroot";

  /** Where a path ends. */
  enum Zone {
    /** At a place of the sandbox. */
    INSIDE,
    /** On the host itself, at a path of the host. */
    HOST,
    /** Where nobody sees it. */
    NOWHERE,
    /** That depends on the value of a parameter. */
    OPEN,
    /** Through what a process holds open, which is nobody's place. */
    HELD
  }

  /**
   * The end of a path.
   *
   * @param at the place or the path; the root where it says nothing
   */
  record End(Zone zone, String at) {
    private static final End NOWHERE = new End(Zone.NOWHERE, PathKey.ROOT);
    private static final End OPEN = new End(Zone.OPEN, PathKey.ROOT);
    private static final End HELD = new End(Zone.HELD, PathKey.ROOT);

    /** Whether it is a place of the sandbox. */
    boolean isInside() {
      return zone == Zone.INSIDE;
    }
  }

  private final Table table;
  private final HostLinks links;

  Walk(Table table, HostLinks links) {
    this.table = table;
    this.links = links;
  }

  /** Where the program finds a path. */
  End asProgram(String path, World world) {
    return new Steps(Table.END, world, false, false).walk(path, true);
  }

  /**
   * Where bubblewrap finds the directory in which the program starts: it changes to that while it
   * holds the host's procfs open.
   */
  End asStart(String path, World world) {
    return new Steps(Table.END, world, false, true).walk(path, true);
  }

  /**
   * Where bubblewrap finds a path at a moment.
   *
   * @param last whether a symlink at the end of the path is followed
   */
  End asMaker(String path, int before, boolean last, World world) {
    return new Steps(before, world, true, true).walk(path, last);
  }

  /** The path of the host, or of a procfs, that stands at a place of a mount; null for others. */
  @Nullable String behind(Standing mount, String place, World world) {
    String tree = Trees.of(mount.thing());
    return tree == null
        ? null
        : PathKey.join(links.follow(tree, world), PathKey.below(place, mount.place()));
  }

  /** Where a path of the host leads. */
  String follow(String path, World world) {
    return links.follow(path, world);
  }

  /** Whether the host is known to have something mounted below a path. */
  boolean hasMounts(String path) {
    return links.hasMounts(path);
  }

  List<String> mountedBelow(String path) {
    return links.mountedBelow(path);
  }

  /** The symlinks on the way of a path of the host, by their own names. */
  List<String> passed(String path, World world) {
    return links.passed(path, world);
  }

  /** One walk. */
  private final class Steps {
    private final int before;
    private final World world;
    private final boolean making;
    private final boolean holding;
    private final Deque<String> left = new ArrayDeque<>();
    private Zone zone = Zone.INSIDE;
    private String at = PathKey.ROOT;

    Steps(int before, World world, boolean making, boolean holding) {
      this.before = before;
      this.world = world;
      this.making = making;
      this.holding = holding;
    }

    End walk(String path, boolean last) {
      HostLinks.push(path, left);
      for (int followed = 0; !left.isEmpty(); ) {
        String part = left.pop();
        if (part.equals("..")) {
          up();
          continue;
        }
        if (zone == Zone.NOWHERE) {
          if (!fromBase(part)) {
            return End.NOWHERE;
          }
          continue;
        }
        String next = PathKey.join(at, "/" + part);
        if (holding && isHeld(part, next)) {
          return End.HELD;
        }
        String text = last || !left.isEmpty() ? text(next) : null;
        if (text == null) {
          at = next;
        } else if (PathKey.hasParameter(text)) {
          return End.OPEN;
        } else if (++followed > HostLinks.MOST) {
          return End.NOWHERE;
        } else {
          lead(text);
        }
      }
      return new End(zone, at);
    }

    // Of a procfs; what the host's own shows there, nobody knows either.
    private boolean isHeld(String part, String next) {
      if (!HeldPaths.mayBeHeld(part)) {
        return false;
      }
      String host =
          zone == Zone.HOST ? next : behind(table.covering(next, before, world), next, world);
      return host != null && HeldPaths.isHeld(host);
    }

    private void up() {
      if (at.equals(PathKey.ROOT) && zone != Zone.NOWHERE && isLeft()) {
        zone = Zone.NOWHERE;
      }
      at = PathKey.parent(at);
    }

    // Whether a way can lead out of the sandbox.
    private boolean isLeft() {
      return making && !world.holds(new HostFact.StaysInside());
    }

    private boolean fromBase(String part) {
      zone = part.equals(NEW_ROOT) ? Zone.INSIDE : Zone.HOST;
      return part.equals(NEW_ROOT) || part.equals(OLD_ROOT);
    }

    private void lead(String text) {
      if (text.startsWith("/")) {
        at = PathKey.ROOT;
        zone = isLeft() ? Zone.NOWHERE : Zone.INSIDE;
      }
      HostLinks.push(text, left);
    }

    // What the symlink at a place says, or null where there is none.
    private @Nullable String text(String next) {
      if (zone == Zone.HOST) {
        return onHost(next);
      }
      if (table.mayHaveEntry(next)) {
        Standing entry = table.entry(next, before, world);
        if (entry != null) {
          return entry.thing() instanceof Thing.Link link ? link.text() : null;
        }
      }
      String name = PathKey.last(next);
      boolean may =
          links.mayBe(name)
              || table.hostLinks().stream().anyMatch(path -> PathKey.last(path).equals(name));
      if (!may) {
        return null;
      }
      Standing mount = table.covering(next, before, world);
      String host = mount.place().equals(next) ? null : behind(mount, next, world);
      return host == null ? null : onHost(host);
    }

    private @Nullable String onHost(String path) {
      String made = table.hostLink(path, before, world);
      return made != null ? made : links.text(path, world);
    }
  }
}
