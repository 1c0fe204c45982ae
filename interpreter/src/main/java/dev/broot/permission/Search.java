package dev.broot.permission;

import org.jspecify.annotations.Nullable;

/** Looks for a way around an {@code expect deny} on all hosts of a kind. */
final class Search {
  private final Worlds worlds;
  private boolean open;

  Search(Worlds worlds) {
    this.worlds = worlds;
  }

  /** Looks on one host. */
  interface Looking {
    @Nullable Way at(World world);
  }

  /** A way on some host, or null where there is none, or {@link #isOpen} is true from now on. */
  @Nullable Way find(Looking looking) {
    Worlds.Found found = worlds.find(world -> looking.at(world) != null);
    open |= found.answer() == Worlds.Answer.UNKNOWN;
    World world = found.world();
    return world == null ? null : looking.at(world);
  }

  /** Whether an answer depended on too many conditions. */
  boolean isOpen() {
    return open;
  }
}
