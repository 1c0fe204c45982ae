package dev.broot.permission;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What modes that a spec says itself keep from a program that obeys them: what lies in a directory
 * in memory that its owner may not enter, and copies and texts that their owner may not read. On
 * some hosts a program does not obey modes, as one that root runs with all capabilities.
 */
final class Closing {
  private static final int ENTER = 0100;
  private static final int READ = 0400;

  private final Table table;
  private final List<NewMode> changes;
  private final Set<String> narrow = new HashSet<>();

  Closing(Table table, List<NewMode> changes) {
    this.table = table;
    this.changes = changes.stream().filter(change -> !change.host()).toList();
    for (Standing standing : table.all()) {
      if (!allows(mode(standing), ENTER)) {
        narrow.add(standing.place());
      }
    }
    for (NewMode change : this.changes) {
      if (!allows(change.mode(), ENTER)) {
        narrow.add(change.path());
      }
    }
  }

  private static boolean allows(int mode, int right) {
    return (mode & right) != 0;
  }

  // The mode with which something is made; of what is of the host, nobody knows it.
  private static int mode(Standing standing) {
    return standing.thing() instanceof Thing.Moded made ? made.mode() : 0777;
  }

  /** Whether a program comes to a place through all directories above it. */
  boolean isEntered(String place, World world) {
    for (String at = place; !narrow.isEmpty() && !at.equals(PathKey.ROOT); ) {
      at = PathKey.parent(at);
      if (narrow.contains(at) && !allows(directory(at, world), ENTER)) {
        return world.holds(new HostFact.IgnoresModes());
      }
    }
    return true;
  }

  /** Whether a program reads a copy or a text where it finds it. */
  boolean isRead(Standing standing, World world) {
    return allows(changed(standing, mode(standing), world), READ)
        || world.holds(new HostFact.IgnoresModes());
  }

  private int directory(String place, World world) {
    Standing mount = table.covering(place, Table.END, world);
    Standing made = mount;
    for (Standing one : table.all()) {
      boolean first =
          made.is(mount)
              && !mount.place().equals(place)
              && one.thing() instanceof Thing.Directory
              && one.place().equals(place);
      if (first && one.index() > mount.index() && one.isMade(world)) {
        made = one;
      }
    }
    // What is there already keeps its mode.
    boolean before =
        made.is(mount)
            || isMade(table.mountsBelow(place), mount, made, world)
            || isMade(table.entriesBelow(place), mount, made, world);
    return changed(made, before && !mount.place().equals(place) ? 0777 : mode(made), place, world);
  }

  private static boolean isMade(
      Collection<List<Standing>> below, Standing mount, Standing made, World world) {
    for (List<Standing> here : below) {
      for (Standing one : here) {
        if (one.index() > mount.index() && one.index() < made.index() && one.isMade(world)) {
          return true;
        }
      }
    }
    return false;
  }

  private int changed(Standing made, int mode, World world) {
    return changed(made, mode, made.place(), world);
  }

  private int changed(Standing made, int mode, String place, World world) {
    int last = mode;
    for (NewMode change : changes) {
      boolean later = change.index() > made.index() && change.path().equals(place);
      last = later && world.fits(change.guard()) ? change.mode() : last;
    }
    return last;
  }
}
