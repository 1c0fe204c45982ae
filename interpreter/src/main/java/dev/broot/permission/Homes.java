package dev.broot.permission;

import java.util.ArrayList;
import java.util.List;

/**
 * Which directories of the host are homes.
 *
 * @param patterns normalized paths, in which a part {@code *} is any name
 */
record Homes(List<String> patterns) {
  /** Where homes are on most hosts; others are in a host's own list of users. */
  static final Homes USUAL = new Homes(List.of("/root", "/home/*", "/var/home/*", "/var/roothome"));

  /** Copies the list. */
  Homes {
    patterns = List.copyOf(patterns);
  }

  /** The names by which the list of dangers may know a path: its own, and those in homes. */
  List<List<String>> names(String path) {
    List<String> parts = Danger.parts(path);
    List<List<String>> names = new ArrayList<>();
    names.add(parts);
    for (String pattern : patterns) {
      List<String> home = Danger.parts(pattern);
      int common = Math.min(parts.size(), home.size());
      boolean same = true;
      for (int i = 0; same && i < common; i++) {
        same = home.get(i).equals("*") || home.get(i).equals(parts.get(i));
      }
      if (same && parts.size() >= home.size()) {
        List<String> below = new ArrayList<>(List.of("~"));
        below.addAll(parts.subList(home.size(), parts.size()));
        names.add(below);
      } else if (same && parts.size() > 1) {
        // A directory in which a home lies.
        names.add(List.of("~"));
      }
    }
    return names;
  }
}
