package dev.broot.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which directories of the host are homes. */
final class Homes {
  private static final List<String> PATTERNS =
      List.of("/root", "/home/*", "/var/home/*", "/var/roothome");

  /** Where homes are on most hosts; others are in a host's own list of users. */
  static final Homes USUAL = new Homes(List.of());

  // The parts of each; a part `*` is any name.
  private final List<List<String>> homes;

  /**
   * @param more homes beside the usual ones: normalized paths
   */
  Homes(List<String> more) {
    homes = Stream.concat(PATTERNS.stream(), more.stream()).map(Danger::parts).toList();
  }

  /** The names by which the list of dangers may know a path: its own, and those in homes. */
  List<List<String>> names(String path) {
    List<String> parts = Danger.parts(path);
    List<List<String>> names = new ArrayList<>();
    names.add(parts);
    for (List<String> home : homes) {
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
