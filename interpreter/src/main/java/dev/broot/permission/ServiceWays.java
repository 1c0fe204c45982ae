package dev.broot.permission;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ways to the whole host by a service that acts for whoever connects to its socket: it is as good
 * as root or the session, whatever namespaces and capabilities the program itself has.
 */
final class ServiceWays {
  /** In the place of a star: no name that a host would have. */
  private static final String SOMEBODY = "somebody";

  /** The sockets outside of homes, in which a bind of a directory above shows them. */
  private static final List<String> SOCKETS =
      DangerList.list().stream()
          .filter(
              danger ->
                  danger.meaning().equals(DangerList.SERVICE) && danger.pattern().startsWith("/"))
          .map(danger -> danger.pattern().replace("*", SOMEBODY))
          .toList();

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
    for (String socket : SOCKETS) {
      Reach.Item item = reach.find(Use.READ, socket, true, world);
      if (item != null) {
        return by(item.standing(), socket.replace(SOMEBODY, "*"), hide(socket, item, world));
      }
    }
    return null;
  }

  // All of them in /run, or in /tmp, at once.
  private String hide(String socket, Reach.Item item, World world) {
    String tree = permissions.view().onHost(item.tree(), world);
    String top = socket.substring(0, socket.indexOf('/', 1));
    boolean whole = (top.equals("/run") || top.equals("/tmp")) && !top.equals(tree);
    String place = PathKey.display(item.place(whole ? top : socket, tree));
    String line = whole ? "tmpfs " + place : "hide " + place.replace(SOMEBODY, "*");
    return "add the line `" + line + (whole || socket.contains(SOMEBODY) ? "`" : " optional`");
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
