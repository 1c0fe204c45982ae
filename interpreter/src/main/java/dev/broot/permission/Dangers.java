package dev.broot.permission;

import static dev.broot.permission.Danger.Reach.AT;
import static dev.broot.permission.Danger.Reach.WITHIN;

import dev.broot.spec.Access;
import dev.broot.spec.Mount;
import dev.broot.spec.Paths;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of grants that need {@code unsafe} and {@code because}; documented in {@code
 * docs/language.md}.
 */
public final class Dangers {
  private static final String HOME = "makes a whole home writable";
  private static final String SERVICE =
      "gives control over a service of the host that is as good as root or the session";
  private static final List<Danger> LIST =
      List.of(
          new Danger("/", AT, Access.RW, "makes the whole host writable"),
          new Danger("/etc", WITHIN, Access.RW, "makes the host's configuration writable"),
          new Danger("/root", AT, Access.RW, HOME),
          new Danger("/home", AT, Access.RW, HOME),
          new Danger("/home/*", AT, Access.RW, HOME),
          service("/run/docker.sock"),
          service("/run/podman/podman.sock"),
          service("/run/containerd/containerd.sock"),
          service("/run/dbus/system_bus_socket"),
          service("/run/user/*/bus"),
          service("/run/user/*/docker.sock"),
          service("/run/user/*/podman/podman.sock"));

  private Dangers() {}

  private static Danger service(String path) {
    return new Danger(path, AT, Access.RO, SERVICE);
  }

  /** The whole list; the first entry that is about a grant says what it does. */
  public static List<Danger> list() {
    return LIST;
  }

  /**
   * Why it is dangerous to have something of the host in a sandbox, or null.
   *
   * @param path of the host, normalized
   */
  public static @Nullable String of(String path, Access access) {
    // On nearly all hosts one is a symlink to the other.
    String known = path.startsWith("/var/run/") ? path.substring("/var".length()) : path;
    for (Danger danger : LIST) {
      if (danger.is(known, access)) {
        return danger.meaning();
      }
    }
    return null;
  }

  /** Whether writing to a path of the host is as good as control over it; normalized. */
  public static boolean isControl(String path) {
    return of(path, Access.RW) != null && socket(path) == null;
  }

  /** Why a mount is dangerous, as the end of a sentence, or null. */
  public static @Nullable String of(Mount mount) {
    if (mount instanceof Mount.Raw) {
      return "passes arguments that broot does not look into";
    }
    if (mount instanceof Mount.Overlay overlay && overlay.upper() != null) {
      String upper = overlay.upper().literal();
      return upper != null && isControl(Paths.normalize(upper))
          ? "makes the host's configuration or a home writable"
          : null;
    }
    if (mount instanceof Mount.Bind bind) {
      String source = bind.from().literal();
      return source == null ? null : of(Paths.normalize(source), bind.access());
    }
    return null;
  }

  /** Why binding this socket is dangerous, or null; normalized. */
  public static @Nullable String socket(String path) {
    return of(path, Access.RO);
  }
}
