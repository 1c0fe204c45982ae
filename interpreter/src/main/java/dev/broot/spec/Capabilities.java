package dev.broot.spec;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The capabilities of Linux, from capabilities(7). */
public final class Capabilities {
  /** All of them. */
  public static final String ALL = "ALL";

  private static final List<String> NAMES =
      List.of(
          Capabilities.ALL,
          "CAP_AUDIT_CONTROL",
          "CAP_AUDIT_READ",
          "CAP_AUDIT_WRITE",
          "CAP_BLOCK_SUSPEND",
          "CAP_BPF",
          "CAP_CHECKPOINT_RESTORE",
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_DAC_READ_SEARCH",
          "CAP_FOWNER",
          "CAP_FSETID",
          "CAP_IPC_LOCK",
          "CAP_IPC_OWNER",
          "CAP_KILL",
          "CAP_LEASE",
          "CAP_LINUX_IMMUTABLE",
          "CAP_MAC_ADMIN",
          "CAP_MAC_OVERRIDE",
          "CAP_MKNOD",
          "CAP_NET_ADMIN",
          "CAP_NET_BIND_SERVICE",
          "CAP_NET_BROADCAST",
          "CAP_NET_RAW",
          "CAP_PERFMON",
          "CAP_SETFCAP",
          "CAP_SETGID",
          "CAP_SETPCAP",
          "CAP_SETUID",
          "CAP_SYSLOG",
          "CAP_SYS_ADMIN",
          "CAP_SYS_BOOT",
          "CAP_SYS_CHROOT",
          "CAP_SYS_MODULE",
          "CAP_SYS_NICE",
          "CAP_SYS_PACCT",
          "CAP_SYS_PTRACE",
          "CAP_SYS_RAWIO",
          "CAP_SYS_RESOURCE",
          "CAP_SYS_TIME",
          "CAP_SYS_TTY_CONFIG",
          "CAP_WAKE_ALARM");

  // From linux/capability.h, the first is 0.
  private static final String BY_NUMBER =
      "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL "
          + "SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST "
          + "NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO "
          + "SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE "
          + "SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE "
          + "AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM "
          + "BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE";

  /** What container runtimes give by default, and what osbuild needs to label files. */
  private static final Set<String> ORDINARY =
      Set.of(
          "CAP_AUDIT_WRITE",
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_FOWNER",
          "CAP_FSETID",
          "CAP_KILL",
          "CAP_MAC_ADMIN",
          "CAP_MKNOD",
          "CAP_NET_BIND_SERVICE",
          "CAP_SETFCAP",
          "CAP_SETGID",
          "CAP_SETPCAP",
          "CAP_SETUID",
          "CAP_SYS_CHROOT");

  /**
   * With each of these a program sees what is hidden from it: it can unmount what hides it, open a
   * file by its number, look into a process that sees more, or change the kernel. The plainest
   * stands first.
   */
  public static final List<String> UNDO_MASKS =
      List.of(
          "CAP_SYS_ADMIN",
          "CAP_DAC_READ_SEARCH",
          "CAP_SYS_MODULE",
          "CAP_SYS_PTRACE",
          "CAP_SYS_RAWIO");

  private Capabilities() {}

  /** Those of a set as /proc has it, a bit for each. */
  public static Set<String> of(long set) {
    Set<String> names = new TreeSet<>();
    String[] all = BY_NUMBER.split(" ", -1);
    for (int i = 0; i < all.length; i++) {
      if (((set >> i) & 1) == 1) {
        names.add("CAP_" + all[i]);
      }
    }
    return names;
  }

  /** Their names, with {@code ALL}. */
  public static List<String> names() {
    return NAMES;
  }

  public static boolean isKnown(String name) {
    return NAMES.contains(name);
  }

  /** Whether adding it needs a reason. */
  public static boolean isDangerous(String name) {
    return !ORDINARY.contains(name);
  }
}
