package dev.broot.permission;

import dev.broot.plan.Sandbox;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec.Namespaces.Held;
import org.jspecify.annotations.Nullable;

/**
 * What a program that root runs reaches of the host beside all mounts, as long as it is in the
 * host's user namespace: in one of its own, capabilities do not count for the host's files, and
 * ptrace(2) lets no process look into one of the namespace above (user_namespaces(7)).
 */
final class Rights {
  private final Permissions permissions;
  private final String verb;

  /**
   * Looks for ways.
   *
   * @param verb what is done to the host's files, in a word
   */
  Rights(Permissions permissions, String verb) {
    this.permissions = permissions;
    this.verb = verb;
  }

  /** What to do about a capability: the line to take away, or what else helps. */
  static String cure(Grant kept, String otherwise) {
    Provenance said = kept.provenance();
    Subject.Capability capability = (Subject.Capability) kept.subject();
    return said == null
        ? otherwise
        : "take away `cap add " + capability.name() + "` (" + said.origin().place() + ")";
  }

  private boolean owns(Namespace namespace) {
    Sandbox sandbox = permissions.plan().sandbox();
    return sandbox.namespaces().held(namespace) == Held.OWN;
  }

  /**
   * A way to every file of the host by a capability, or null. With CAP_DAC_READ_SEARCH,
   * open_by_handle_at(2) opens each file of a file system of which something is shown (measured);
   * the others do no less.
   */
  @Nullable Way kept(@Nullable Grant kept) {
    if (kept == null || owns(Namespace.USER)) {
      return null;
    }
    Subject.Capability capability = (Subject.Capability) kept.subject();
    return new Way(
        capability.held() + ", with which it can " + verb + " files of the host that no line shows",
        null,
        cure(kept, "add the line `cap drop ALL`, or `unshare user`"));
  }

  /** A way by the root directory of a process that root has without capabilities, or null. */
  @Nullable Way process(World world) {
    if (owns(Namespace.USER) || owns(Namespace.PID)) {
      return null;
    }
    Reach reach = permissions.reach();
    Reach.Item hosts = reach.find(Use.READ, "/proc", true, world);
    // A PID namespace that the caller passes may be his own.
    boolean passed = permissions.plan().sandbox().has(Setting.Kind.PIDNS);
    Reach.Item proc =
        hosts == null && passed ? reach.find(Use.READ, PathKey.OWN_PROC, true, world) : hosts;
    return proc == null
        ? null
        : new Way(
            "run by root, the program can "
                + verb
                + " it through `"
                + PathKey.display(proc.standing().place())
                + "`, where the host's processes have their roots (`/proc/PID/root`)",
            proc.standing(),
            "add the line `unshare pid`, or `unshare user`");
  }
}
