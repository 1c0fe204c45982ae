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

  /** A way on some host, or null where there is none, or that is not known. */
  @Nullable Way find(Looking looking) {
    Worlds.Found found = worlds.find(world -> looking.at(world) != null);
    open |= found.answer() == Worlds.Answer.UNKNOWN;
    World world = found.world();
    return world == null ? null : looking.at(world);
  }

  /**
   * The way that was found; where none was, one that says so if an answer depended on too many
   * conditions, or null.
   *
   * @param does what was looked for, behind "can"
   */
  @Nullable Way orOpen(@Nullable Way way, String does) {
    return way == null && open
        ? new Way("whether the program can " + does + " depends on too many conditions", null)
        : way;
  }
}
