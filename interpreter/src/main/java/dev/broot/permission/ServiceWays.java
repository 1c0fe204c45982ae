package dev.broot.permission;

import org.jspecify.annotations.Nullable;

/**
 * Ways to the whole host by a service that acts for whoever connects to its socket: it is as good
 * as root or the session, whatever namespaces and capabilities the program itself has.
 */
final class ServiceWays {
  private final Permissions permissions;
  private final String does;

  /**
   * Looks for ways.
   *
   * @param does what the program can do by one, behind "can"
   */
  ServiceWays(Permissions permissions, String does) {
    this.permissions = permissions;
    this.does = does;
  }

  /** A way on a host, or null. */
  @Nullable Way in(World world) {
    Reach reach = permissions.reach();
    View view = permissions.view();
    for (Reach.Item item : reach.items()) {
      String host = view.onHost(item.tree(), world);
      if (DangerList.SERVICE.equals(Dangers.socket(host))
          && reach.has(Use.READ, item, world)
          && view.isFound(item.standing(), world)) {
        return by(item.standing(), host, "take away this line");
      }
    }
    for (Reach.Item item : reach.items()) {
      String tree = view.onHost(item.tree(), world);
      for (String socket : Shown.socketsIn(tree, DangerList.SERVICE)) {
        if (reach.isSeen(item, Shown.somebodys(socket), tree, world)
            && reach.has(Use.READ, item, world)) {
          String line = Shown.hiding(socket, tree, path -> PathKey.display(item.place(path, tree)));
          return by(item.standing(), socket, "add the line " + line);
        }
      }
    }
    return null;
  }

  private Way by(Standing standing, String socket, String hint) {
    return new Way(
        "the program can "
            + does
            + ", by the service of the host that listens at `"
            + PathKey.display(socket)
            + "`",
        standing,
        hint);
  }
}
