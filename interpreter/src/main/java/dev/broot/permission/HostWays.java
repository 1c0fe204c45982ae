package dev.broot.permission;

import dev.broot.plan.Sandbox;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec.Namespaces.Held;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program reaches of the host beside all mounts and namespaces: by services that act for it,
 * and, where root runs it in the host's user namespace, by itself. In one of its own, capabilities
 * do not count for the host's files, and ptrace(2) lets no process look into one of the namespace
 * above (user_namespaces(7)).
 */
public final class HostWays {
  private static final String SETTING = "/sys/kernel/core_pattern";

  /** Files that name programs which the kernel starts on the host; uid 0 writes them (core(5)). */
  private static final List<String> SETTINGS =
      List.of(
          "/proc" + SETTING,
          "/proc/sys/kernel/modprobe",
          "/proc/sys/kernel/hotplug",
          "/proc/sys/fs/binfmt_misc/register",
          "/sys/kernel/uevent_helper");

  private final Permissions permissions;
  private final View view;
  private final String does;

  /**
   * Looks for ways.
   *
   * @param does what the program can do by one, behind "can"
   */
  HostWays(Permissions permissions, String does) {
    this.permissions = permissions;
    view = permissions.view();
    this.does = does;
  }

  /**
   * A way in words, as a sentence without a point; null where there is none.
   *
   * @param does what the program can do by it, behind "can"
   */
  public static @Nullable String told(Permissions permissions, String does) {
    Way way = any(permissions, does);
    return way == null ? null : way.text();
  }

  /** A way on some host, or null. */
  static @Nullable Way any(Permissions permissions, String does) {
    Search search = new Search(permissions.view().worlds(false));
    return search.orOpen(new HostWays(permissions, does).find(search), does);
  }

  /** What to do about a capability: the line to take away, or what else helps. */
  static String cure(Grant kept, String otherwise) {
    Provenance said = kept.provenance();
    Subject.Capability capability = (Subject.Capability) kept.subject();
    return said == null
        ? otherwise
        : "take away `cap add " + capability.name() + "` (" + said.origin().place() + ")";
  }

  /** A way, or null. */
  @Nullable Way find(Search search) {
    Way way = search.find(this::process);
    way = way == null ? kept() : way;
    way = way == null ? search.find(this::setting) : way;
    way = way == null ? search.find(new DeviceWays(permissions, does)::in) : way;
    way = way == null ? service() : way;
    return way == null ? traced() : way;
  }

  // What is hidden lets nobody connect, whatever is asked for.
  private @Nullable Way service() {
    Search search = new Search(view.worlds(true));
    return search.orOpen(search.find(new ServiceWays(permissions, does)::in), does);
  }

  private boolean owns(Namespace namespace) {
    Sandbox sandbox = permissions.plan().sandbox();
    return sandbox.namespaces().held(namespace) == Held.OWN;
  }

  // With CAP_DAC_READ_SEARCH, open_by_handle_at(2) opens each file of a file system of which
  // something is shown (measured); the others do no less: with CAP_SYS_ADMIN, setns(2) enters the
  // network of a process of the host (measured).
  private @Nullable Way kept() {
    Grant kept = permissions.undoing();
    if (kept == null || owns(Namespace.USER)) {
      return null;
    }
    Subject.Capability capability = (Subject.Capability) kept.subject();
    return new Way(
        capability.held() + ", with which it can " + does,
        null,
        cure(kept, "add the line `cap drop ALL`, or `unshare user`"));
  }

  // By the root directory of a process that root has without capabilities, as bubblewrap's own
  // that waits outside of the sandbox. The host's procfs shows it also to a PID namespace of its
  // own (measured).
  private @Nullable Way process(World world) {
    if (owns(Namespace.USER)) {
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
                + does
                + " by `"
                + PathKey.display(proc.standing().place())
                + "`, where the host's processes have their roots (`/proc/PID/root`)",
            proc.standing(),
            hosts != null && owns(Namespace.PID)
                ? "add the line `proc "
                    + PathKey.display(hosts.place("/proc", view.onHost(hosts.tree(), world)))
                    + "`, or `unshare user`"
                : "add the line `unshare pid`, or `unshare user`");
  }

  // Without a procfs, whoever is root traces that process (ptrace(2), measured).
  private @Nullable Way traced() {
    return owns(Namespace.USER) || owns(Namespace.PID)
        ? null
        : new Way(
            "run by root, the program can "
                + does
                + " by the processes of the host, among them bubblewrap's own (ptrace(2))",
            null,
            "add the line `unshare pid`, or `unshare user`");
  }

  // A setting of the kernel names a program that it starts on the host, as root (core(5)); uid 0
  // writes it without any capability, and is uid 0 in a user namespace of its own too: the kernel
  // asks for the number that the host knows (measured).
  private @Nullable Way setting(World world) {
    for (Standing standing : view.mounts()) {
      if (!(standing.thing() instanceof Thing.Proc proc)
          || !proc.part().isEmpty()
          || !standing.isMade(world)) {
        continue;
      }
      String at = PathKey.join(standing.place(), SETTING);
      if (view.table().covering(at, Table.END, world).is(standing)
          && view.isWritable(standing, world)
          && !view.isOthers(at, standing.place(), world)) {
        String place = PathKey.display(standing.place());
        String hint = "write `bind ro /proc/sys -> " + place + "/sys if owned` behind it";
        return setting(standing, at, hint);
      }
    }
    for (String path : SETTINGS) {
      Reach.Item hosts = permissions.reach().find(Use.WRITE, path, true, world);
      if (hosts != null) {
        String place = hosts.place(path, view.onHost(hosts.tree(), world));
        return setting(hosts.standing(), place, "bind it `ro`");
      }
    }
    return null;
  }

  private Way setting(Standing standing, String place, String hint) {
    return new Way(
        "run by root, the program can "
            + does
            + " by `"
            + PathKey.display(place)
            + "`, which names a program that the kernel starts on the host as root",
        standing,
        hint);
  }
}
