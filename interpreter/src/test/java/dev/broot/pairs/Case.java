package dev.broot.pairs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A pair of specs and the host on which they are run.
 *
 * @param before the old spec
 * @param after the new one
 * @param world what is at the volatile paths of the host
 * @param values the values of the parameters
 */
record Case(Side before, Side after, Map<String, String> world, Map<String, String> values) {
  /** Copies the maps. */
  Case {
    world = Map.copyOf(world);
    values = Map.copyOf(values);
  }

  /** The variables of the caller; each secret says whose it is. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    for (String name : List.of("S1", "S2", "VALUE_s", "VALUE_t")) {
      environment.put(name, "TOKEN<env " + name + ">");
    }
    environment.put("VALUE_p", String.valueOf(values.get("p")));
    environment.put("VALUE_q", String.valueOf(values.get("q")));
    String home = values.getOrDefault("home", "");
    if (!home.isEmpty()) {
      environment.put("HOME", home);
    }
    return environment;
  }

  /** Whether one of the sides needs a newer bubblewrap than most machines have. */
  boolean needsNewer() {
    return needsNewer(before) || needsNewer(after);
  }

  /** Whether it has labels of SELinux, which most machines have not. */
  boolean isLabelled() {
    return Stream.of(before, after)
        .flatMap(side -> side.lines().stream())
        .anyMatch(line -> line.kind() == Kind.LABEL);
  }

  private static boolean needsNewer(Side side) {
    return side.lines().stream()
        .anyMatch(
            line ->
                List.of("overlay", "argv0", "level-prefix", "not-a-security-boundary")
                    .contains(line.verb()));
  }

  Case with(Side one, Side other) {
    return new Case(one, other, world, values);
  }

  /** One spec and an empty one. */
  Case alone(Side side) {
    return with(side, side.with(List.of()));
  }

  Case turned() {
    return with(after, before);
  }

  static Map<String, String> values(Dice dice) {
    Map<String, String> values = new HashMap<>();
    for (String name : List.of("p", "q")) {
      values.put(
          name, dice.of("/srv/h/a", "/srv/h/d", "/srv/o", "/srv/h/link", "/srv/h/out", "/srv/h/v"));
    }
    // Where a program starts that no line tells where.
    values.put("home", dice.of("", "", "", "/m", "/m/away", "/proc/self/fd/4", "/srv/h/a"));
    values.put("s", "plain");
    values.put("t", "simple");
    return values;
  }

  static Map<String, String> world(Dice dice, Scope scope) {
    Map<String, String> world = new HashMap<>();
    for (String path : HostTree.VOLATILE) {
      world.put(path, dice.of(HostTree.STATES));
    }
    boolean twice = dice.percent(30) && scope.has(Kind.HOST_ALIAS);
    HostTree.SECOND.forEach((path, what) -> world.put(path, twice ? what : "none"));
    return world;
  }

  /** What somebody needs who looks at it. */
  String print() {
    StringBuilder all = new StringBuilder();
    all.append(before.print("old", values)).append(after.print("new", values));
    all.append("host: ").append(new TreeMap<>(world)).append('\n');
    if (before.isOpen() || after.isOpen()) {
      all.append("values: ").append(new TreeMap<>(values)).append('\n');
    }
    return all.toString();
  }
}
