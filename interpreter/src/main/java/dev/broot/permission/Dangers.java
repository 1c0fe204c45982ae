package dev.broot.permission;

import dev.broot.spec.Access;
import dev.broot.spec.Mount;
import dev.broot.spec.Paths;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list of grants that need {@code unsafe} and {@code because}; documented in {@code
 * docs/language.md}.
 */
public final class Dangers {
  private static final Pattern HOME = Pattern.compile("/root|/home|/home/[^/]+");
  private static final Pattern SOCKET =
      Pattern.compile(
          "(/var)?/run/docker\\.sock|(/var)?/run/podman/podman\\.sock"
              + "|(/var)?/run/containerd/containerd\\.sock|(/var)?/run/dbus/system_bus_socket"
              + "|(/var)?/run/user/[^/]+/(bus|docker\\.sock|podman/podman\\.sock)");

  private Dangers() {}

  /** Whether writing to a path of the host is as good as control over it; normalized. */
  public static boolean isControl(String path) {
    return path.equals("/")
        || path.equals("/etc")
        || path.startsWith("/etc/")
        || HOME.matcher(path).matches();
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
      if (source == null) {
        return null;
      }
      String path = Paths.normalize(source);
      if (bind.access() != Access.RO) {
        if (path.equals("/")) {
          return "makes the whole host writable";
        }
        if (path.equals("/etc") || path.startsWith("/etc/")) {
          return "makes the host's configuration writable";
        }
        if (HOME.matcher(path).matches()) {
          return "makes a whole home writable";
        }
      }
      return socket(path);
    }
    return null;
  }

  /** Why binding this socket is dangerous, or null. */
  public static @Nullable String socket(String path) {
    boolean near = path.startsWith("/run/") || path.startsWith("/var/run/");
    return near && SOCKET.matcher(path).matches()
        ? "gives control over a service of the host that is as good as root or the session"
        : null;
  }
}
