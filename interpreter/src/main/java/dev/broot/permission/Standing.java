package dev.broot.permission;

import dev.broot.spec.Access;
import dev.broot.spec.Provenance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that stands at a place of the sandbox, from one moment of its making on.
 *
 * @param index when it was made: a later one has a greater number
 * @param thing what it is
 * @param access how it was mounted
 * @param place where, through symlinks; a {@link PathKey}
 * @param guard on which hosts it is at this place; on others it is elsewhere
 * @param conditions what has to hold for it to be made at all
 * @param hidden whether it is a part of another one, which speaks for it
 * @param provenance the line that says it, or null for the sandbox's own root
 */
record Standing(
    int index,
    Thing thing,
    Access access,
    String place,
    Map<HostFact, Boolean> guard,
    List<HostFact> conditions,
    boolean hidden,
    @Nullable Provenance provenance) {

  /** Copies the collections. */
  Standing {
    guard = Map.copyOf(guard);
    conditions = List.copyOf(conditions);
  }

  /** The same on those of the hosts on which this holds, too. */
  Standing where(Map<HostFact, Boolean> only) {
    Map<HostFact, Boolean> both = new HashMap<>(guard);
    both.putAll(only);
    return new Standing(index, thing, access, place, both, conditions, hidden, provenance);
  }

  /** The same, made at another moment. */
  Standing at(int moment) {
    return new Standing(moment, thing, access, place, guard, conditions, hidden, provenance);
  }

  /** Whether it stands there on every host. */
  boolean isCertain() {
    return guard.isEmpty() && conditions.isEmpty();
  }

  /** Whether it stands there on a host. */
  boolean isMade(World world) {
    return world.fits(guard) && world.holdsAll(conditions);
  }

  /** Whether it is this one and no other that looks the same. */
  boolean is(Standing other) {
    return index == other.index;
  }
}
