package dev.broot.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The homes of a machine: those of people who may log in by {@code /etc/passwd}, and the caller's
 * own. A directory of homes may be a symlink; a home is not looked at, since that may mount it.
 */
final class Homes {
  // A home that is one of these is nobody's own.
  private static final Set<String> PUBLIC =
      Set.of("/", "/tmp", "/var/tmp", "/dev/shm", "/dev", "/proc", "/sys", "/nonexistent");

  private static final Set<String> NO_SHELLS =
      Set.of("nologin", "false", "true", "sync", "shutdown", "halt");

  private final List<String> all;

  private Homes(Set<String> all) {
    this.all = List.copyOf(all);
  }

  static Homes of(Map<String, String> environment, UnaryOperator<String> real) {
    String users;
    try {
      users = new String(Files.readAllBytes(Path.of("/etc/passwd")), StandardCharsets.UTF_8);
    } catch (IOException e) {
      users = "";
    }
    return new Homes(all(users, environment.getOrDefault("HOME", ""), real));
  }

  // Asked when the rest is made.
  List<String> all() {
    return all;
  }

  static Set<String> all(String users, String own, UnaryOperator<String> real) {
    Set<String> homes = new LinkedHashSet<>();
    Map<String, String> parents = new HashMap<>();
    for (String line : users.split("\n", -1)) {
      String[] fields = line.split(":", -1);
      if (fields.length == 7 && isLogin(fields[6])) {
        String home = normal(fields[5]);
        add(home, homes);
        int slash = home.lastIndexOf('/');
        if (slash > 0) {
          String parent = parents.computeIfAbsent(home.substring(0, slash), real);
          add(parent + home.substring(slash), homes);
        }
      }
    }
    if (own.startsWith("/")) {
      add(normal(own), homes);
      add(real.apply(own), homes);
    }
    return homes;
  }

  private static void add(String home, Set<String> homes) {
    if (home.startsWith("/") && !PUBLIC.contains(home)) {
      homes.add(home);
    }
  }

  private static String normal(String home) {
    return home.startsWith("/") ? Path.of(home).normalize().toString() : "";
  }

  private static boolean isLogin(String shell) {
    return !NO_SHELLS.contains(shell.substring(shell.lastIndexOf('/') + 1));
  }
}
