package dev.broot.permission;

import dev.broot.spec.Access;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a bind shows of what is well known on hosts, where no other line hides it. */
final class Shown {
  private static final String SOMEBODY = "somebody";
  private static final List<String> HOMES = List.of("/root", "/home");

  private final View view;
  private final Reach reach;
  private final Homes all;
  private final World usual = World.usual();

  Shown(Permissions permissions, Homes homes) {
    all = homes;
    view = permissions.view();
    reach = permissions.reach();
  }

  /** Whether a bind of a source shows a path of the host, at its own place. */
  boolean shows(Seen seen, String source, String path) {
    String root = view.onHost(source, usual);
    if (!PathKey.isWithin(path, root)) {
      return false;
    }
    for (Reach.Item item : reach.items()) {
      if (view.onHost(item.tree(), usual).equals(root)
          && seen.provenance().equals(item.standing().provenance())
          && reach.isSeen(item, path, root, usual)) {
        return true;
      }
    }
    return false;
  }

  /** The place of the sandbox at which a bind of a source shows a path. */
  String place(Seen seen, String source, String path) {
    String root = view.onHost(source, usual);
    return PathKey.isWithin(path, root)
        ? PathKey.join(seen.at(), PathKey.below(path, root))
        : seen.at();
  }

  /** Patterns of sockets on the list of dangers that a bind of a directory above shows. */
  List<String> sockets(Seen seen, String source) {
    List<String> found = new ArrayList<>();
    for (Danger danger : Dangers.list()) {
      String pattern = danger.pattern();
      if (danger.least() == Access.RO
          && pattern.startsWith("/")
          && !pattern.equals(source)
          && PathKey.isWithin(pattern, source)
          && shows(seen, source, pattern.replace("*", SOMEBODY))) {
        found.add(pattern);
      }
    }
    return found;
  }

  /** The statements that hide sockets, as people write them. */
  String hiding(Seen seen, String source, List<String> sockets) {
    Set<String> statements = new LinkedHashSet<>();
    for (String socket : sockets) {
      String top = socket.substring(0, socket.indexOf('/', 1));
      boolean whole = (top.equals("/run") || top.equals("/tmp")) && !top.equals(source);
      statements.add(
          whole ? "`tmpfs " + place(seen, source, top) + "`" : "`hide " + socket + " optional`");
    }
    return statements.stream().collect(Collectors.joining(", "));
  }

  /** The homes that a bind shows as a whole, or the directories of homes. */
  List<String> homes(Seen seen, String source) {
    List<String> found = new ArrayList<>();
    for (String home : HOMES) {
      if (PathKey.isWithin(home, source) && shows(seen, source, home + "/" + SOMEBODY)) {
        found.add(home);
      }
    }
    // On few hosts there are homes in /var.
    boolean one =
        found.isEmpty()
            && !PathKey.isOpaque(source)
            && !source.equals("/var")
            && all.names(source).contains(List.of("~"));
    if (one && shows(seen, source, source + "/." + SOMEBODY)) {
      found.add(source);
    }
    return found;
  }
}
