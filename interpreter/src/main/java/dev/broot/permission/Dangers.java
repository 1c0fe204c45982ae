package dev.broot.permission;

import dev.broot.spec.Access;
import dev.broot.spec.Glob;
import dev.broot.spec.Mount;
import dev.broot.spec.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list of grants that need {@code unsafe} and {@code because}; documented in {@code
 * docs/language.md}.
 */
public final class Dangers {
  // Names that lead to the host's root: those of a process, which may have another one.
  private static final Pattern ROOT =
      Pattern.compile("/proc/[^/]+(?:/task/[^/]+)?/root(?=/|$)(.*)");

  // Character devices with which a program reads or changes the host: memory, consoles, what is
  // typed, raw disks, and the processor's registers.
  private static final List<String> NODES = List.of("1:1", "1:2", "1:4", "10:223");
  private static final List<Integer> MAJORS = List.of(7, 13, 21, 202);

  private static final Map<String, List<Entry>> BY_START = byStart();

  /** An entry with the parts of its pattern. */
  private record Entry(Danger danger, List<String> wanted) {}

  private Dangers() {}

  // By their first two parts, so that a grant is compared with few of them.
  private static Map<String, List<Entry>> byStart() {
    Map<String, List<Entry>> index = new HashMap<>();
    for (Danger danger : DangerList.list()) {
      List<String> wanted = Danger.parts(danger.pattern());
      String first = wanted.get(0);
      Entry entry = new Entry(danger, wanted);
      index.computeIfAbsent(first, at -> new ArrayList<>()).add(entry);
      String second = wanted.size() < 2 || wanted.get(1).contains("*") ? "*" : wanted.get(1);
      index.computeIfAbsent(first + "/" + second, at -> new ArrayList<>()).add(entry);
    }
    return index;
  }

  /** The whole list; the first entry that is about a grant says what it does. */
  public static List<Danger> list() {
    return DangerList.list();
  }

  /** Sockets outside of homes of services that act for whoever connects. */
  public static List<Danger> services() {
    return list().stream()
        .filter(danger -> danger.meaning().equals(DangerList.SERVICE))
        .filter(danger -> danger.pattern().startsWith("/"))
        .toList();
  }

  /**
   * Why it is dangerous to have something of the host in a sandbox, or null.
   *
   * @param path of the host, normalized
   */
  public static @Nullable String of(String path, Access access) {
    return of(path, access, Homes.USUAL);
  }

  static @Nullable String of(String path, Access access, Homes homes) {
    for (List<String> name : homes.names(known(path))) {
      String why = ofParts(name, access);
      if (why != null) {
        return why;
      }
    }
    return null;
  }

  private static @Nullable String ofParts(List<String> parts, Access access) {
    String first = parts.get(0);
    if (parts.size() < 2) {
      return find(first, parts, access);
    }
    String why = find(first + "/" + parts.get(1), parts, access);
    return why != null ? why : find(first + "/*", parts, access);
  }

  private static @Nullable String find(String start, List<String> parts, Access access) {
    for (Entry entry : BY_START.getOrDefault(start, List.of())) {
      if (entry.danger().is(parts, entry.wanted(), access)) {
        return entry.danger().meaning();
      }
    }
    return null;
  }

  // The name by which the list knows what on nearly all hosts has other names, too.
  private static String known(String path) {
    Matcher root = ROOT.matcher(path);
    if (root.matches()) {
      return root.group(1).isEmpty() ? "/" : known(root.group(1));
    }
    return path.equals("/var/run") || path.startsWith("/var/run/")
        ? path.substring("/var".length())
        : path;
  }

  /** Whether writing to a path of the host is as good as control over it; normalized. */
  public static boolean isControl(String path) {
    return of(path, Access.RW) != null && socket(path) == null;
  }

  /** Why a device that matches may be dangerous, by the names that the list knows, or null. */
  static @Nullable String matching(String root, Glob glob) {
    List<String> parts = new ArrayList<>(Danger.parts(root));
    parts.addAll(glob.parts());
    int any = parts.indexOf(Glob.ANY_PARTS);
    for (Danger danger : DangerList.list()) {
      List<String> wanted = Danger.parts(danger.pattern());
      if (danger.least() == Access.DEV && parts.size() >= wanted.size()) {
        int known = any < 0 ? wanted.size() : Math.min(any, wanted.size());
        boolean met = true;
        for (int i = 0; met && i < known; i++) {
          met = Glob.meet(parts.get(i), wanted.get(i));
        }
        // The pattern may go on in any way.
        if (met && (danger.reach() != Danger.Reach.AT || parts.size() == wanted.size())) {
          return danger.meaning();
        }
      }
    }
    return null;
  }

  /** Why a device in a directory of devices is dangerous, or null. */
  public static @Nullable String of(Mount.Device device) {
    if (device instanceof Mount.HostDevice host) {
      return of(Paths.normalize("/dev/" + host.name()), Access.DEV);
    }
    boolean dangerous = device instanceof Mount.Node node && isNode(node.major(), node.minor());
    return dangerous ? DangerList.DEVICE : null;
  }

  /** Whether a program can read or change the whole host with a character device. */
  static boolean isNode(int major, int minor) {
    return MAJORS.contains(major) || NODES.contains(major + ":" + minor);
  }

  /** Why binding this socket is dangerous, or null; normalized. */
  public static @Nullable String socket(String path) {
    return of(path, Access.RO);
  }
}
