package dev.broot.permission;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A grant, and on which hosts a spec gives it.
 *
 * @param when on which hosts
 */
record Holding(Grant grant, Predicate<World> when) {
  /** A grant on every host. */
  static Holding always(Grant grant) {
    return new Holding(grant, world -> true);
  }

  /** A grant on hosts on which something holds; on every host where that is null. */
  static Holding where(@Nullable HostFact fact, Grant grant) {
    return fact == null ? always(grant) : new Holding(grant, world -> world.holds(fact));
  }
}
