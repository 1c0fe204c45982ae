package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;

import dev.broot.plan.Sandbox;
import dev.broot.spec.IdMap;

/** The part of a script that gives a sandbox its users and groups; the library uses it too. */
public final class MapScript {
  private MapScript() {}

  /** What is done before the run. */
  static String write(Sandbox sandbox) {
    if (sandbox.maps().isEmpty()) {
      return "\nbroot_maps=\n";
    }
    int index = sandbox.firstInput() + sandbox.inputs().size();
    return "\n"
        + ScriptParts.read("map")
        + "broot_maps="
        + ScriptWords.descriptor(index)
        + "\n"
        + ranges(sandbox);
  }

  /**
   * A script for {@code sh -c} that gives them to the process whose number is its argument, and
   * says on stdout why it cannot, or nothing.
   */
  public static String once(Sandbox sandbox) {
    return "broot_fail() {\n  printf '%s\\n' \"$*\"\n  exit 0\n}\n"
        + ScriptParts.read("ids")
        + ScriptParts.read("map")
        + ranges(sandbox)
        + "broot_ids_write \"$1\" \"$broot_map_users\" \"$broot_map_groups\" 2>&1 || :\n";
  }

  /**
   * A script for {@code sh -c} that removes the directories that are its arguments, where a sandbox
   * with users and groups has written there.
   */
  public static String erase() {
    return ScriptParts.read("ids") + "broot_erase_theirs \"$@\"\n";
  }

  private static String ranges(Sandbox sandbox) {
    StringBuilder out = new StringBuilder();
    String first = said(sandbox.maps().get(0));
    out.append("broot_map_said=")
        .append(quote(sandbox.maps().get(0).provenance().origin().place()));
    out.append("\nbroot_map_ready ").append(quote(first)).append('\n');
    for (IdMap.Kind kind : IdMap.Kind.values()) {
      StringBuilder ranges = new StringBuilder();
      for (IdMap map : sandbox.maps()) {
        if (map.kind() == kind && map.automatic()) {
          out.append("broot_map_auto ").append(kind == IdMap.Kind.USERS ? "uid " : "gid ");
          out.append(quote(said(map))).append('\n');
          ranges.append("$broot_ids_found");
        } else if (map.kind() == kind) {
          ranges.append(' ').append(map.inside()).append(' ').append(map.outside());
          ranges.append(' ').append(map.count());
        }
      }
      String self = kind == IdMap.Kind.USERS ? "$broot_ids_user" : "$broot_ids_group";
      out.append("broot_map_").append(kind.word()).append("=\"0 ").append(self).append(" 1");
      out.append(ranges).append("\"\n");
    }
    return out.toString();
  }

  private static String said(IdMap map) {
    return map.provenance().origin().place() + ": " + map.text();
  }
}
