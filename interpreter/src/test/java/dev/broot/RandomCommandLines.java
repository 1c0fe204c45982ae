package dev.broot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random command lines, with every option that bubblewrap has. */
final class RandomCommandLines {
  private RandomCommandLines() {}

  static final String ARGS = "/args";

  private static final List<String> ODD =
      List.of(
          "/a", "/a b", "/a\"q", "/$x", "/#h", "/-d", "/n\nl", "/é", "/b\\s", "/t ", "/c:d",
          "/x,y]");

  static List<String> next(Random random) {
    List<String> arguments = new ArrayList<>();
    List<String> once =
        new ArrayList<>(
            List.of(
                "--unshare-user",
                "--unshare-ipc",
                "--unshare-pid",
                "--unshare-net",
                "--unshare-uts",
                "--unshare-cgroup-try",
                "--unshare-cgroup",
                "--unshare-user-try",
                "--assert-userns-disabled",
                "--level-prefix",
                "--not-a-security-boundary",
                "--new-session",
                "--die-with-parent",
                "--unshare-all"));
    once.removeIf(option -> random.nextBoolean());
    arguments.addAll(once);
    if (once.contains("--unshare-all") && random.nextBoolean()) {
      arguments.add("--share-net");
    }
    if (once.contains("--unshare-all") || once.contains("--unshare-uts")) {
      arguments.addAll(List.of("--hostname", "box" + random.nextInt(3)));
    }
    if (once.contains("--unshare-all") || once.contains("--unshare-user")) {
      arguments.addAll(List.of("--uid", "" + random.nextInt(3), "--gid", "7"));
    }
    boolean own = once.contains("--unshare-user");
    if (own) {
      arguments.add("--disable-userns");
    } else if (!once.contains("--unshare-all") && !once.contains("--unshare-user-try")) {
      arguments.addAll(
          random.nextBoolean() ? List.of("--userns", "20", "--userns2", "21") : List.of());
    }
    if (once.contains("--unshare-pid") && random.nextBoolean()) {
      arguments.add("--as-pid-1");
    }
    for (String descriptor :
        List.of("--info-fd", "--json-status-fd", "--sync-fd", "--block-fd", "--pidns")) {
      arguments.addAll(random.nextInt(4) == 0 ? List.of(descriptor, "22") : List.of());
    }
    if (own && arguments.contains("--info-fd") && random.nextBoolean()) {
      arguments.addAll(List.of("--userns-block-fd", "23"));
    }
    for (int i = random.nextInt(12); i > 0; i--) {
      String path = ODD.get(random.nextInt(ODD.size()));
      String to = "/to" + i + path;
      String value = path.substring(1);
      switch (random.nextInt(33)) {
        case 0 -> arguments.addAll(List.of("--setenv", "V" + random.nextInt(3), value));
        case 1 -> arguments.addAll(List.of("--unsetenv", "V" + random.nextInt(3)));
        case 2 -> arguments.addAll(random.nextInt(4) == 0 ? List.of("--clearenv") : List.of());
        case 3 -> arguments.addAll(List.of("--chdir", path));
        case 4 ->
            arguments.addAll(
                List.of("--cap-add", "CAP_" + (random.nextBoolean() ? "CHOWN" : "SYS_ADMIN")));
        case 5 ->
            arguments.addAll(List.of("--cap-drop", random.nextBoolean() ? "ALL" : "CAP_CHOWN"));
        case 6 -> arguments.addAll(List.of("--perms", "0" + random.nextInt(8) + "0", "--dir", to));
        case 7 ->
            arguments.addAll(List.of("--size", "" + (1 + random.nextInt(9) * 1024), "--tmpfs", to));
        case 8 -> arguments.addAll(List.of("--symlink", value.isBlank() ? "x" : value, to));
        case 9 -> arguments.addAll(List.of("--dev-bind-try", path, to));
        case 10 -> arguments.addAll(List.of("--ro-bind", path, to));
        case 11 -> arguments.addAll(List.of("--bind", path, to));
        case 12 -> arguments.addAll(List.of("--proc", to, "--remount-ro", to));
        case 13 -> arguments.addAll(List.of("--dev", to, "--mqueue", to + "/mq"));
        case 18 -> arguments.addAll(List.of("--ro-bind-try", path, to));
        case 19 -> arguments.addAll(List.of("--bind-try", path, to));
        case 20 -> arguments.addAll(List.of("--dev-bind", path, to));
        case 21 -> arguments.addAll(List.of("--perms", "1777", "--tmpfs", to));
        case 22 -> arguments.addAll(List.of("--dir", to));
        case 23 -> arguments.addAll(List.of("--bind-data", "11", to));
        case 24 -> arguments.addAll(List.of("--overlay-src", path, "--tmp-overlay", to));
        case 25 -> arguments.addAll(List.of("--argv0", path));
        case 26 -> arguments.addAll(List.of("--exec-label", value.isBlank() ? "x" : value));
        case 27 -> arguments.addAll(List.of("--file-label", "label"));
        case 28 -> // bubblewrap refuses both.
            arguments.addAll(
                arguments.contains("--as-pid-1") ? List.of() : List.of("--lock-file", to));
        case 29 -> arguments.addAll(List.of("--bind-fd", "10", to));
        case 30 -> arguments.addAll(List.of("--ro-bind-fd", "11", to));
        case 31 -> arguments.addAll(List.of("--cap-add", "ALL"));
        case 16 -> arguments.addAll(List.of("--file", "10", to));
        case 17 -> arguments.addAll(List.of("--perms", "0640", "--ro-bind-data", "11", to));
        case 14 -> arguments.addAll(List.of("--chmod", "750", to));
        case 15 ->
            arguments.addAll(
                List.of("--overlay-src", path, "--overlay-src", "/l", "--ro-overlay", to));
        default -> arguments.addAll(List.of("--overlay-src", path, "--overlay", "/up", "/wk", to));
      }
    }
    return arguments;
  }

  /** What the descriptors of a command line hold. */
  static final Map<String, String> FILES =
      Map.of("10", "/a file", "11", "/data", "12", "/filter.bpf", "13", ARGS);

  // As a plan shows a descriptor.
  static String named(String argument) {
    String file = FILES.get(argument);
    return file == null ? argument : "<" + file;
  }
}
