package dev.broot.pairs;

import java.util.ArrayList;
import java.util.List;

/** The statements that are no mounts. */
final class Authorities {
  private final Dice dice;

  Authorities(Dice dice) {
    this.dice = dice;
  }

  List<String> texts(Kind kind) {
    return switch (kind) {
      case ENV -> List.of(variable());
      case ENV_INHERIT -> inherit();
      case UNSHARE -> List.of("unshare " + namespace());
      case SHARE -> List.of("share " + dice.of("net", "net", "pid", "ipc", "uts", "user"));
      case CAP -> List.of(capability());
      case SECCOMP -> List.of(calls());
      case SETTING -> setting();
      case LIMIT ->
          List.of(
              "limit "
                  + dice.of(
                      "open-files 64",
                      "open-files 512",
                      "file-size 4KiB",
                      "core 0",
                      "nice 5",
                      "oom-score 500",
                      "locked-memory 4KiB",
                      "stack 8MiB",
                      "cpu-time 10min",
                      "address-space 16GiB",
                      "processes 500",
                      "memory 1GiB best-effort",
                      "pids 500 best-effort",
                      "cpu 150% best-effort",
                      "io-weight 50 best-effort",
                      "cpus 0",
                      "cpus 0-1"));
      case NETWORK -> List.of("net none");
      case LABEL -> List.of(dice.of("exec-label", "file-label") + " " + dice.of("a_t", "b_t"));
      default -> throw new IllegalStateException("no line of kind " + kind);
    };
  }

  private String calls() {
    return dice.of(
        "seccomp /srv/filter1",
        "seccomp /srv/filter2",
        "seccomp /srv/filter3",
        "syscalls deny ptrace",
        "syscalls deny @terminal",
        "syscalls deny @debug keyctl",
        "syscalls log ptrace",
        "syscalls default");
  }

  private String variable() {
    return dice.of(
        "env A = x",
        "env S1 = none",
        "env pass S1",
        "env pass S2",
        "env pass S2 else none",
        "env pass MISSING else none",
        "env X = ${s}",
        "env X = ${t}",
        "env X = ${p}");
  }

  private List<String> inherit() {
    List<String> all = new ArrayList<>(List.of("env inherit"));
    if (dice.percent(50)) {
      all.add(dice.of("env unset S1", "env unset S2", "env S1 = none", "env S2 = none"));
    }
    return all;
  }

  private String namespace() {
    return dice.of(
        "user",
        "user-try",
        "ipc",
        "pid",
        "pid",
        "net",
        "net",
        "uts",
        "cgroup",
        "cgroup-try",
        "all");
  }

  private String capability() {
    return dice.of(
        "cap drop ALL",
        "cap drop ALL",
        "cap drop CAP_MKNOD",
        "cap drop CAP_SYS_ADMIN",
        "cap drop CAP_SYSLOG",
        "cap add CAP_CHOWN",
        "cap add CAP_SYS_ADMIN",
        "cap add CAP_MKNOD",
        "cap add CAP_DAC_OVERRIDE",
        "cap add ALL");
  }

  private List<String> setting() {
    return switch (dice.below(19)) {
      case 0 ->
          List.of(
              "chdir " + dice.of("/", "/m", "/usr", "/m/a", "/m/away", "/m/link", "/k", "/n/away"));
      case 1 -> List.of("unshare uts", "hostname box");
      case 2 -> List.of("unshare user", "uid 1000", "gid 1000");
      case 3 -> List.of("unshare pid", "as-pid-1");
      case 4 -> List.of("argv0 x");
      case 5 -> List.of(dice.of("new-session", "die-with-parent", "closed-parents"));
      case 6 -> List.of("unshare user", "disable-userns");
      case 7 -> List.of("unshare user", "disable-userns", "assert-userns-disabled");
      case 8, 9 -> List.of("stdin " + dice.of("null", "inherit"));
      case 10 -> List.of("lock-file /usr/bin/env");
      case 11 -> List.of("level-prefix", "limit core 0");
      case 12 -> List.of("not-a-security-boundary");
      case 13 -> List.of("entry /usr/bin/env");
      case 14 -> List.of("root /srv/h", "bind ro ${root}/" + dice.of("a", "d") + " -> /m");
      case 15 -> List.of("mounts-here", "require root", "root /srv/o", "bind ro ${root}/d -> /n");
      case 16 -> List.of("runner /usr/bin/env", "env RUNNER = ${runner-name}");
      case 17 -> List.of("descriptor inherit jobs");
      default -> List.of("descriptor sync");
    };
  }
}
