package dev.broot.spec;

import dev.broot.shipped.Shipped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of system calls for all architectures and kernels: their names, groups of them,
 * arguments, and which of them do the same.
 */
public final class SyscallNames {
  /** Calls that are compared with an argument, and where it stands: see {@link #argument}. */
  private static final Map<String, Argument> ARGUMENTS = arguments();

  /** What the group is called that {@code syscalls default} stands for. */
  public static final String DEFAULT = "@default";

  // Programs that find these missing take an older call instead; with another error many give up.
  private static final Set<String> MISSING =
      Set.of(
          "clone3",
          "close_range",
          "copy_file_range",
          "epoll_pwait2",
          "faccessat2",
          "fchmodat2",
          "openat2",
          "statx");

  // Without these nothing starts, or bubblewrap's own first process ends.
  private static final Set<String> NEEDED = Set.of("execve", "exit_group", "wait4", "write");

  // Calls that do the same as others, besides those that SUFFIXES tell.
  private static final Map<String, List<String>> TWINS =
      Map.ofEntries(
          Map.entry("fadvise64", List.of("fadvise64_64")),
          Map.entry("getrlimit", List.of("ugetrlimit")),
          Map.entry("lseek", List.of("_llseek")),
          Map.entry("mmap", List.of("mmap2")),
          Map.entry("newfstatat", List.of("fstatat64")),
          Map.entry("recvfrom", List.of("recv")),
          Map.entry("rt_sigaction", List.of("sigaction", "signal")),
          Map.entry("rt_sigpending", List.of("sigpending")),
          Map.entry("rt_sigprocmask", List.of("sigprocmask", "sgetmask", "ssetmask")),
          Map.entry("rt_sigreturn", List.of("sigreturn")),
          Map.entry("rt_sigsuspend", List.of("sigsuspend")),
          Map.entry("select", List.of("_newselect")),
          Map.entry("sendto", List.of("send")),
          Map.entry("sync_file_range", List.of("sync_file_range2", "arm_sync_file_range")),
          Map.entry("umount2", List.of("umount")),
          Map.entry("uname", List.of("olduname", "oldolduname")),
          Map.entry("waitid", List.of()),
          Map.entry("wait4", List.of("waitpid")));

  private static final List<String> SUFFIXES = List.of("32", "64", "_time64");

  // Each of a row does what the others do.
  private static final List<Set<String>> ALIKE =
      List.of(
          Set.of("open", "openat", "openat2"),
          Set.of("chmod", "fchmodat", "fchmodat2"),
          Set.of("chown", "fchownat", "lchown"),
          Set.of("link", "linkat"),
          Set.of("mkdir", "mkdirat"),
          Set.of("mknod", "mknodat"),
          Set.of("rename", "renameat", "renameat2"),
          Set.of("symlink", "symlinkat"),
          Set.of("unlink", "unlinkat"),
          Set.of("init_module", "finit_module"),
          Set.of("kexec_load", "kexec_file_load"),
          Set.of("clock_settime", "settimeofday"),
          Set.of("adjtimex", "clock_adjtime"),
          Set.of("mount", "move_mount"),
          Set.of("setxattr", "setxattrat"),
          Set.of("kill", "pidfd_send_signal", "tkill", "tgkill"),
          Set.of("setrlimit", "prlimit64"),
          Set.of("sendmsg", "sendmmsg"),
          Set.of("process_vm_readv", "ptrace"));

  // What the kernel does too for whoever asks through a ring.
  private static final String RING = "io_uring_setup";
  private static final Set<String> BY_RING =
      Set.of(
          "accept",
          "accept4",
          "bind",
          "connect",
          "linkat",
          "listen",
          "mkdirat",
          "openat",
          "openat2",
          "renameat",
          "renameat2",
          "sendmsg",
          "sendto",
          "socket",
          "symlinkat",
          "unlinkat");

  private static final SyscallNames ALL = new SyscallNames();

  private final Map<String, Integer> numbers = new TreeMap<>();
  private final Map<String, Map<String, String>> groups = new TreeMap<>();
  private final Map<String, String> purposes = new TreeMap<>();

  /**
   * An argument of a call.
   *
   * @param index which one, from 0
   * @param mask the bits that are compared
   * @param value theirs
   */
  public record Argument(int index, long mask, long value) {}

  private SyscallNames() {
    for (String line : lines("names")) {
      String[] words = line.split(" ", 2);
      numbers.put(words[0], words.length == 1 ? -1 : Integer.parseInt(words[1]));
    }
    String group = "";
    for (String line : lines("groups")) {
      String[] words = line.split(" ", 2);
      if (words.length == 1) {
        groups.getOrDefault(group, Map.of()).putAll(groups.getOrDefault(words[0], Map.of()));
      } else if (line.startsWith("@")) {
        group = words[0];
        purposes.put(group, words[1]);
        groups.put(group, new TreeMap<>());
      } else {
        groups.getOrDefault(group, Map.of()).put(words[0], words[1]);
      }
    }
  }

  private static List<String> lines(String name) {
    return Shipped.text("syscalls/" + name + ".txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  // linux/sched.h, asm-generic/ioctls.h. The kernel looks at the lower half of these arguments.
  private static Map<String, Argument> arguments() {
    long half = 0xffffffffL;
    Map<String, Argument> all = new LinkedHashMap<>();
    all.put("ioctl(TIOCSTI)", new Argument(1, half, 0x5412));
    all.put("ioctl(TIOCLINUX)", new Argument(1, half, 0x541c));
    Map<String, Long> flags = new TreeMap<>();
    flags.put("CLONE_NEWNS", 0x20000L);
    flags.put("CLONE_NEWCGROUP", 0x2000000L);
    flags.put("CLONE_NEWUTS", 0x4000000L);
    flags.put("CLONE_NEWIPC", 0x8000000L);
    flags.put("CLONE_NEWUSER", 0x10000000L);
    flags.put("CLONE_NEWPID", 0x20000000L);
    flags.put("CLONE_NEWNET", 0x40000000L);
    for (Map.Entry<String, Long> flag : flags.entrySet()) {
      long bit = flag.getValue();
      all.put("clone(" + flag.getKey() + ")", new Argument(0, bit, bit));
      all.put("unshare(" + flag.getKey() + ")", new Argument(0, bit, bit));
    }
    return Collections.unmodifiableMap(all);
  }

  /** The names of all calls. */
  public static Set<String> calls() {
    return Collections.unmodifiableSet(ALL.numbers.keySet());
  }

  /** The names of all groups, with their {@code @}. */
  public static Set<String> groups() {
    return Collections.unmodifiableSet(ALL.groups.keySet());
  }

  /** The calls of a group, each with what it does; none where there is no such group. */
  public static Map<String, String> group(String name) {
    return Collections.unmodifiableMap(ALL.groups.getOrDefault(name, Map.of()));
  }

  /** What the calls of a group do. */
  public static String purpose(String group) {
    return ALL.purposes.getOrDefault(group, "");
  }

  /** The calls that are known with an argument, as {@code ioctl(TIOCSTI)}. */
  public static Set<String> withArguments() {
    return ARGUMENTS.keySet();
  }

  /** The argument of a call that is held with it, or null. */
  public static @Nullable Argument argument(Syscall call) {
    return ARGUMENTS.get(call.text());
  }

  /** The number that a call has on every architecture, or -1 where it has several. */
  public static int number(String name) {
    return ALL.numbers.getOrDefault(name, -1);
  }

  /** Whether a call fails as if the kernel did not know it, so that programs take another one. */
  public static boolean isMissing(String name) {
    return MISSING.contains(name);
  }

  /** Whether nothing starts without it. */
  public static boolean isNeeded(String name) {
    return NEEDED.contains(name);
  }

  /** A call, and what other architectures call the same with other sizes. */
  public static List<String> twins(String name) {
    Set<String> all = new LinkedHashSet<>(List.of(name));
    all.addAll(TWINS.getOrDefault(name, List.of()));
    for (String suffix : SUFFIXES) {
      all.add(name + suffix);
    }
    all.add("old" + name);
    all.retainAll(ALL.numbers.keySet());
    return new ArrayList<>(all);
  }

  /** Other calls that do what this one does. */
  public static Set<String> alike(String name) {
    Set<String> all = new TreeSet<>();
    ALIKE.stream().filter(row -> row.contains(name)).forEach(all::addAll);
    if (name.equals("clone")) {
      // Not the other way round: without clone3, programs are to take clone.
      all.add("clone3");
    }
    if (BY_RING.contains(name)) {
      all.add(RING);
    }
    all.remove(name);
    return all;
  }
}
