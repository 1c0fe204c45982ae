package dev.broot.permission;

import dev.broot.spec.Provenance;
import java.util.Map;

/**
 * What a {@code chmod} does.
 *
 * @param index when it is done, as {@link Standing} counts
 * @param host whether it is of an object of the host; else of something in memory
 * @param path of that
 * @param mode what it is from then on
 * @param guard on which hosts
 * @param provenance the line that changes it
 */
record NewMode(
    int index,
    boolean host,
    String path,
    int mode,
    Map<HostFact, Boolean> guard,
    Provenance provenance) {
  /** Copies the map. */
  NewMode {
    guard = Map.copyOf(guard);
  }
}
