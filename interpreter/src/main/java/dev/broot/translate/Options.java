package dev.broot.translate;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The options of bubblewrap 0.8 to 0.12, from its man page and help texts. */
final class Options {
  static final String DATA =
      "what the descriptor holds is not seen here; say which file it is with `--fd NUMBER=FILE`";

  private static final Map<String, Option> ALL = new TreeMap<>();

  static {
    for (String name :
        ("unshare-all share-net unshare-user unshare-user-try unshare-ipc unshare-pid unshare-net"
                + " unshare-uts unshare-cgroup unshare-cgroup-try disable-userns"
                + " assert-userns-disabled clearenv new-session die-with-parent as-pid-1"
                + " level-prefix not-a-security-boundary")
            .split(" ", -1)) {
      put(name, 0, null);
    }
    for (String name :
        ("uid gid hostname chdir argv0 unsetenv lock-file remount-ro overlay-src tmp-overlay"
                + " ro-overlay exec-label file-label proc dev tmpfs mqueue dir cap-add cap-drop"
                + " perms size")
            .split(" ", -1)) {
      put(name, 1, null);
    }
    for (String name :
        "setenv bind bind-try dev-bind dev-bind-try ro-bind ro-bind-try symlink chmod"
            .split(" ", -1)) {
      put(name, 2, null);
    }
    put("overlay", 3, null);
    put("help", 0, "it asks for help");
    put("version", 0, "it asks for the version");
    for (String name :
        "args userns userns2 pidns sync-fd block-fd userns-block-fd info-fd json-status-fd"
            .split(" ", -1)) {
      put(name, 1, null);
    }
    put("seccomp", 1, null);
    put("add-seccomp-fd", 1, null);
    for (String name : "file bind-data ro-bind-data".split(" ", -1)) {
      put(name, 2, null);
    }
    put("bind-fd", 2, null);
    put("ro-bind-fd", 2, null);
  }

  /**
   * An option.
   *
   * @param values how many arguments follow it
   * @param refusal why a spec cannot say it, or null
   */
  record Option(int values, @Nullable String refusal) {}

  private Options() {}

  private static void put(String name, int values, @Nullable String refusal) {
    ALL.put("--" + name, new Option(values, refusal));
  }

  static @Nullable Option find(String name) {
    return ALL.get(name);
  }
}
