package dev.broot.support;

import java.nio.file.Path;
import java.util.List;

/** A host that gives its users other users and groups of their own. */
public final class SubordinateIds {
  private SubordinateIds() {}

  /** What stands before a command that sees these files as /etc/subuid and /etc/subgid. */
  public static List<String> given(Path users, Path groups) {
    String mounts =
        "mount --bind \"$1\" /etc/subuid; mount --bind \"$2\" /etc/subgid; shift 2; exec \"$@\"";
    return List.of("unshare", "-m", "sh", "-ec", mounts, "sh", users.toString(), groups.toString());
  }
}
