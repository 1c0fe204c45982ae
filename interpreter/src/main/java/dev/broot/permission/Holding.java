package dev.broot.permission;

import java.util.function.Predicate;

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
}
