package dev.broot.permission;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names that are symlinks on many hosts: merged /usr, /var/run, the homes of ostree, and the roots
 * of processes. Whether one of them is a symlink here is a {@link HostFact}; that broot's own root
 * is the host's is certain.
 */
final class WellKnown implements HostLinks {
  /** The only one. */
  static final HostLinks LINKS = new WellKnown();

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("/bin", "usr/bin"),
          Map.entry("/sbin", "usr/sbin"),
          Map.entry("/lib", "usr/lib"),
          Map.entry("/lib32", "usr/lib32"),
          Map.entry("/lib64", "usr/lib64"),
          Map.entry("/libx32", "usr/libx32"),
          Map.entry("/usr/sbin", "bin"),
          Map.entry("/usr/lib64", "lib"),
          Map.entry("/home", "var/home"),
          Map.entry("/var/run", "/run"),
          Map.entry("/var/lock", "/run/lock"),
          Map.entry("/run/shm", "/dev/shm"));

  private static final Set<String> LAST =
      NAMES.keySet().stream().map(PathKey::last).collect(Collectors.toSet());

  private static final Pattern ROOT =
      Pattern.compile("/proc/(self|thread-self|[0-9]+)(/task/[0-9]+)?/root");

  private WellKnown() {}

  @Override
  public @Nullable String text(String path, World world) {
    String text = NAMES.get(path);
    if (text != null) {
      return world.holds(new HostFact.Leads(path)) ? text : null;
    }
    if (!path.startsWith("/proc/") || !path.endsWith("/root")) {
      return null;
    }
    Matcher root = ROOT.matcher(path);
    boolean own = root.matches() && root.group(1).endsWith("self");
    boolean other = root.matches() && world.holds(new HostFact.Leads(path));
    return own || other ? PathKey.ROOT : null;
  }

  /** What a path through the root of a process is from there on, or null for any other path. */
  static @Nullable String behindRoot(String path) {
    Matcher root = ROOT.matcher(path);
    String rest = root.lookingAt() ? path.substring(root.end()) : "-";
    return rest.isEmpty() ? PathKey.ROOT : rest.startsWith("/") ? rest : null;
  }

  @Override
  public boolean mayBe(String last) {
    return LAST.contains(last) || last.equals("root");
  }
}
