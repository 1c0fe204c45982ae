package dev.broot.permission;

import dev.broot.plan.Plan;
import dev.broot.spec.IdMap;
import java.util.List;

/** Users and groups of the host that a program has, and did not have before. */
final class MapChange {
  private MapChange() {}

  /** What the first may use and the second may not. */
  static List<Grant> gained(Plan of, Plan not) {
    return of.sandbox().maps().stream()
        .filter(map -> not.sandbox().maps().stream().noneMatch(other -> other.covers(map)))
        .map(MapChange::grant)
        .toList();
  }

  private static Grant grant(IdMap map) {
    String kind = map.kind().word();
    String which =
        map.automatic()
            ? "the subordinate " + kind + " of whoever runs it"
            : "the host's " + kind + " of `" + map.text() + "`";
    return new Grant(
        Grant.Level.RESOURCE, new Subject.Mapped(map.kind()), "use " + which, map.provenance());
  }
}
