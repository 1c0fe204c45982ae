package dev.broot.translate;

import dev.broot.spec.Namespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of a spec for namespaces, capabilities and the environment. */
final class AuthorityLines {
  private static final String SHARE_NET = "share-net";

  private final Map<String, String> namespaces = new LinkedHashMap<>();
  private final Map<String, Boolean> capabilities = new LinkedHashMap<>();
  // Each with its line, as it is with and without an environment of the caller's.
  private final Map<String, Variable> environment = new LinkedHashMap<>();
  private boolean cleared;

  private record Variable(@Nullable String inherited, @Nullable String alone) {}

  void unshare(Namespace namespace) {
    namespaces.put(namespace.word(), "unshare " + namespace.word());
  }

  void shareNet() {
    namespaces.put(SHARE_NET, "share net");
  }

  void clear() {
    cleared = true;
    environment.clear();
  }

  /** Sets a variable to a word of a spec. */
  void set(String name, String value) throws Refused {
    String line = "env " + checked(name) + " = " + value;
    environment.put(name, new Variable(line, line));
  }

  void unset(String name) throws Refused {
    environment.put(checked(name), new Variable("env unset " + name, null));
  }

  void pass(String name) throws Refused {
    environment.put(checked(name), new Variable(null, "env pass " + name));
  }

  private static String checked(String name) throws Refused {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new Refused("`" + name + "` is not the name of a variable");
    }
    return name;
  }

  void capability(String name, boolean add) throws Refused {
    if (!name.matches("[A-Za-z0-9_]+")) {
      throw new Refused("`" + name + "` is not the name of a capability");
    }
    if (name.equalsIgnoreCase("ALL")) {
      capabilities.clear();
    }
    String full = name.toUpperCase(Locale.ROOT);
    capabilities.remove(full);
    capabilities.put(full, add);
  }

  /** All, in order. */
  List<String> all() {
    List<String> lines = namespaces();
    Boolean all = capabilities.get("ALL");
    capabilities.forEach(
        (name, add) -> {
          boolean needless = !name.equals("ALL") && all != null && all.equals(add);
          if (!needless) {
            lines.add("cap " + (add ? "add " : "drop ") + name);
          }
        });
    if (!cleared) {
      lines.add("env inherit");
    }
    for (Variable variable : environment.values()) {
      String line = cleared ? variable.alone() : variable.inherited();
      if (line != null) {
        lines.add(line);
      }
    }
    return lines;
  }

  // Said twice, or by `all` too, it is said once; `all` only tries `user` and `cgroup`.
  private List<String> namespaces() {
    List<String> lines = new ArrayList<>();
    if (namespaces.containsKey("all")) {
      namespaces.keySet().removeIf(name -> List.of("ipc", "pid", "net", "uts").contains(name));
    }
    String share = namespaces.remove(SHARE_NET);
    if (share != null && namespaces.containsKey("all")) {
      namespaces.put(SHARE_NET, share);
    } else if (share != null && namespaces.remove("net") == null) {
      lines.add("# `--share-net` changes nothing here: the network is shared");
    }
    lines.addAll(namespaces.values());
    return lines;
  }
}
