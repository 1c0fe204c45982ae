package dev.broot.permission;

import dev.broot.diagnostic.Code;
import dev.broot.spec.Limit;
import dev.broot.spec.Provenance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits that the program can leave, since it may do more than they count on. */
final class LimitLints {
  private static final String CGROUPS = "/sys/fs/cgroup";

  private static final String CHOOSING = "sched_setaffinity";

  private final Permissions permissions;
  private final Warnings warnings;

  LimitLints(Permissions permissions, Warnings warnings) {
    this.permissions = permissions;
    this.warnings = warnings;
  }

  void look() {
    for (Limit limit : permissions.plan().sandbox().limits()) {
      if (!limit.bestEffort()) {
        look(limit);
      }
    }
  }

  private void look(Limit limit) {
    switch (limit.kind().holder()) {
      case CGROUP -> cgroup(limit);
      case RLIMIT -> capability(limit, "CAP_SYS_RESOURCE");
      case PROCESS -> process(limit);
    }
  }

  private void process(Limit limit) {
    switch (limit.kind()) {
      case CPUS -> {
        if (Calls.denied(CHOOSING, permissions.plan().sandbox().syscalls()) == null) {
          warn(
              limit,
              "the program can choose other processors again",
              "say `syscalls deny " + CHOOSING + "` too",
              null);
        }
      }
      case NICE -> capability(limit, "CAP_SYS_NICE");
      default -> capability(limit, "CAP_SYS_RESOURCE");
    }
  }

  // Whoever writes there leaves the cgroup of the run for another one.
  private void cgroup(Limit limit) {
    Standing by = writable();
    Grant undoes = permissions.undoing();
    if (by != null) {
      warn(
          limit,
          "the program can write to the host's cgroups, and leave the one of this limit",
          "show `" + CGROUPS + "` read-only, or not at all",
          by.provenance());
    } else if (undoes != null) {
      capability(limit, ((Subject.Capability) undoes.subject()).name());
    }
  }

  private @Nullable Standing writable() {
    World now = World.usual();
    for (Reach.Item item : permissions.reach().items()) {
      String tree = permissions.view().onHost(item.tree(), now);
      boolean above = PathKey.isWithin(CGROUPS, tree);
      String path = above ? CGROUPS : tree;
      if ((above || PathKey.isWithin(tree, CGROUPS))
          && permissions.reach().isSeen(item, path, tree, now)
          && permissions.reach().has(Use.WRITE, item, now)) {
        return item.standing();
      }
    }
    return null;
  }

  private void capability(Limit limit, String name) {
    for (boolean ofRoot : List.of(false, true)) {
      if (!permissions.of(new Subject.Capability(name, ofRoot)).isEmpty()) {
        warn(
            limit,
            (ofRoot ? "run by root, the program keeps " : "the program has ")
                + name
                + ", with which it takes this limit away",
            "add the line `cap drop " + name + "`",
            null);
        return;
      }
    }
  }

  private void warn(Limit limit, String what, String hint, @Nullable Provenance by) {
    warnings.warn(
        Code.LIMIT_LEFT,
        limit.provenance(),
        "`limit " + limit.kind().word() + "` does not hold the program: " + what,
        hint + "; " + Warnings.MEANT,
        by);
  }
}
