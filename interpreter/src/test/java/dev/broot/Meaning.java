package dev.broot;

import dev.broot.bwrap.CommandLine;
import dev.broot.plan.Plan;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a command line of bubblewrap means, written without a look at the importer.
 *
 * @param mounts in order
 * @param rest everything else, whose order says nothing
 */
record Meaning(List<String> mounts, Set<String> rest) {
  private static final Set<String> MOUNTS =
      Set.of(
          "--bind",
          "--ro-bind",
          "--dev-bind",
          "--bind-try",
          "--ro-bind-try",
          "--dev-bind-try",
          "--tmpfs",
          "--dir",
          "--proc",
          "--dev",
          "--mqueue",
          "--symlink",
          "--remount-ro",
          "--chmod",
          "--overlay",
          "--tmp-overlay",
          "--ro-overlay",
          "--file",
          "--bind-data",
          "--ro-bind-data",
          "--bind-fd",
          "--ro-bind-fd");

  /** Whose number is the caller's affair. */
  private static final List<String> CALLERS =
      List.of(
          "--info-fd",
          "--json-status-fd",
          "--sync-fd",
          "--block-fd",
          "--userns-block-fd",
          "--userns",
          "--userns2",
          "--pidns");

  /** How many values an option has. */
  static int values(String option) {
    return switch (option) {
      case "--overlay" -> 3;
      case "--setenv",
          "--symlink",
          "--chmod",
          "--bind",
          "--ro-bind",
          "--dev-bind",
          "--bind-try",
          "--ro-bind-try",
          "--dev-bind-try",
          "--file",
          "--bind-data",
          "--ro-bind-data",
          "--bind-fd",
          "--ro-bind-fd" ->
          2;
      case "--tmpfs",
          "--dir",
          "--proc",
          "--dev",
          "--mqueue",
          "--remount-ro",
          "--tmp-overlay",
          "--ro-overlay",
          "--overlay-src",
          "--perms",
          "--size",
          "--chdir",
          "--uid",
          "--gid",
          "--hostname",
          "--unsetenv",
          "--cap-add",
          "--cap-drop",
          "--lock-file",
          "--argv0",
          "--exec-label",
          "--file-label",
          "--seccomp",
          "--add-seccomp-fd" ->
          1;
      default -> CALLERS.contains(option) ? 1 : 0;
    };
  }

  static Meaning of(List<String> arguments) {
    List<String> mounts = new ArrayList<>();
    Set<String> rest = new TreeSet<>();
    Map<String, String> last = new LinkedHashMap<>();
    Map<String, String> environment = new LinkedHashMap<>();
    Set<String> caps = new TreeSet<>();
    boolean cleared = false;
    String before = "";
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      List<String> values = arguments.subList(i + 1, i + 1 + values(option));
      i += values.size();
      switch (option) {
        case "--perms" -> before += " perms " + Integer.parseInt(values.get(0), 8);
        case "--size" -> before = " size " + values.get(0) + before;
        case "--overlay-src" -> before += " src " + values;
        case "--clearenv" -> {
          cleared = true;
          environment.clear();
        }
        case "--setenv" -> environment.put(values.get(0), "=" + values.get(1));
        case "--unsetenv" -> environment.put(values.get(0), "unset");
        case "--chdir", "--uid", "--gid", "--hostname", "--argv0", "--exec-label", "--file-label" ->
            last.put(option, values.get(0));
        case "--cap-add", "--cap-drop" -> {
          if (values.get(0).equals("ALL")) {
            caps.clear();
            caps.add(option);
          } else {
            caps.remove("--cap-add " + values.get(0));
            caps.remove("--cap-drop " + values.get(0));
            if (!caps.contains(option)) {
              caps.add(option + " " + values.get(0));
            }
          }
        }
        default -> {
          if (MOUNTS.contains(option)) {
            String said =
                switch (option) {
                  case "--chmod" -> option + Integer.parseInt(values.get(0), 8) + values.get(1);
                  // A descriptor of a directory is that directory.
                  case "--bind-fd", "--ro-bind-fd" ->
                      option.replace("-fd", "")
                          + List.of(values.get(0).substring(1), values.get(1));
                  default -> option + values;
                };
            mounts.add(said + before);
            before = "";
          } else {
            rest.add(option + (CALLERS.contains(option) ? "" : values));
          }
        }
      }
    }
    boolean anew = cleared;
    environment.forEach(
        (name, value) -> {
          if (!anew || !value.equals("unset")) {
            rest.add(name + value);
          }
        });
    last.forEach((name, value) -> rest.add(name + " " + value));
    rest.addAll(caps);
    if (cleared) {
      rest.add("clear");
    }
    if (rest.contains("--unshare-all[]")) {
      rest.removeAll(
          List.of("--unshare-ipc[]", "--unshare-pid[]", "--unshare-net[]", "--unshare-uts[]"));
    } else {
      rest.remove("--share-net[]");
    }
    return new Meaning(mounts, rest);
  }

  static Meaning of(Plan plan) {
    List<String> arguments = new ArrayList<>();
    CommandLine.of(plan)
        .forEach(option -> option.words().forEach(word -> arguments.add(word.display())));
    if (!plan.env().inherit()) {
      arguments.add("--clearenv");
      for (Spec.Variable variable : plan.env().variables()) {
        Spec.SetVariable set = (Spec.SetVariable) variable;
        arguments.addAll(List.of("--setenv", set.name(), set.value().display()));
      }
    }
    return of(arguments);
  }

  /** Every option of bubblewrap 0.12 but help and version. */
  static final List<String> SAYABLE =
      List.of(
          ("--add-seccomp-fd --args --argv0 --as-pid-1 --assert-userns-disabled --bind --bind-data"
                  + " --bind-fd --bind-try --block-fd --cap-add --cap-drop --chdir --chmod --clearenv"
                  + " --dev --dev-bind --dev-bind-try --die-with-parent --dir --disable-userns"
                  + " --exec-label --file --file-label --gid --hostname --info-fd --json-status-fd --level-prefix"
                  + " --lock-file --mqueue --new-session --not-a-security-boundary --overlay"
                  + " --overlay-src --perms --pidns --proc --remount-ro --ro-bind --ro-bind-data"
                  + " --ro-bind-fd --ro-bind-try --ro-overlay --seccomp --setenv --share-net --size"
                  + " --symlink --sync-fd --tmp-overlay --tmpfs --uid --unsetenv --unshare-all"
                  + " --unshare-cgroup --unshare-cgroup-try --unshare-ipc --unshare-net"
                  + " --unshare-pid --unshare-user --unshare-user-try --unshare-uts --userns"
                  + " --userns-block-fd --userns2")
              .split(" ", -1));
}
