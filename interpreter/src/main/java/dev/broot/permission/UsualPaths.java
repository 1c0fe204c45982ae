package dev.broot.permission;

import dev.broot.spec.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the variables of sessions point on most hosts; in homes as the list of dangers has them.
 */
final class UsualPaths {
  private static final Map<String, String> PATHS =
      Map.of(
          "HOME", "~",
          "XDG_CONFIG_HOME", "~/.config",
          "XDG_CACHE_HOME", "~/.cache",
          "XDG_DATA_HOME", "~/.local/share",
          "GNUPGHOME", "~/.gnupg",
          "CARGO_HOME", "~/.cargo",
          "XDG_RUNTIME_DIR", "/run/user/1000",
          "SSH_AUTH_SOCK", "/tmp/ssh-agent/agent");

  private UsualPaths() {}

  /**
   * What a path with parameters of the caller's environment is, or null where that is not known.
   */
  static @Nullable String of(Value value) {
    StringBuilder path = new StringBuilder();
    for (Value.Part part : value.parts()) {
      if (part instanceof Value.Literal literal) {
        path.append(literal.text());
      } else if (part instanceof Value.Open open) {
        String variable = open.param().variable();
        String usual = variable == null ? null : PATHS.get(variable);
        if (usual == null) {
          return null;
        }
        path.append(usual);
      } else {
        return null;
      }
    }
    String text = path.toString();
    return text.contains("/.") && text.matches(".*/\\.\\.?(/.*)?") ? null : trimmed(text);
  }

  private static String trimmed(String path) {
    String one = path.replaceAll("/+", "/");
    return one.length() > 1 && one.endsWith("/") ? one.substring(0, one.length() - 1) : one;
  }
}
