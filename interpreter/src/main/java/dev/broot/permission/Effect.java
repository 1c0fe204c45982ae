package dev.broot.permission;

import dev.broot.spec.Provenance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that the making of a sandbox does to the host, and that stays.
 *
 * @param how what is done
 * @param path to which object of the host; a {@link PathKey}
 * @param mode the new mode, or null
 * @param thing what is written there, or null
 * @param guard on which hosts
 * @param conditions what has to hold for it
 * @param provenance the line that does it
 */
record Effect(
    How how,
    String path,
    @Nullable Integer mode,
    @Nullable Thing thing,
    Map<HostFact, Boolean> guard,
    List<HostFact> conditions,
    Provenance provenance) {
  /** What is done. */
  enum How {
    /** A directory or an empty file is made where nothing is. */
    MAKES,
    /** A file is made or overwritten, or a symlink is made. */
    WRITES,
    /** A mode is changed. */
    CHANGES_MODE
  }

  /** Copies the collections. */
  Effect {
    guard = Map.copyOf(guard);
    conditions = List.copyOf(conditions);
  }

  /** Whether it happens on a host. */
  boolean happens(World world) {
    return world.fits(guard) && world.holdsAll(conditions);
  }
}
