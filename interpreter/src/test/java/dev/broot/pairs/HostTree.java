package dev.broot.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The host of the sandboxes: a tree below {@code /srv} that the driver makes in a mount namespace
 * of its own. Each directory has a file {@code id}, and each file says who it is.
 */
final class HostTree {
  /** An ordinary user, who owns a part of the tree. */
  static final int USER = 12345;

  /** Paths where there is something, something else, or nothing, as the world says. */
  static final List<String> VOLATILE = List.of("/srv/h/v", "/srv/h/a/v", "/srv/o/v");

  /** What may be at a volatile path. */
  static final List<String> STATES =
      List.of("none", "directory", "directory", "file", "link /srv/o", "link a", "link nowhere");

  /** Where the host may have mounted something for a second time, and what. */
  static final Map<String, String> SECOND =
      Map.of("/srv/h/alias", "alias /srv/o", "/srv/h/sub/r", "alias /srv/h/d");

  static final List<String> DIRECTORIES =
      List.of("/srv/h", "/srv/h/a", "/srv/h/a/b", "/srv/h/a/b/c", "/srv/h/d", "/srv/o", "/srv/o/d");

  static final List<String> FILES = List.of("/srv/h/f", "/srv/h/a/f", "/srv/h/u/f", "/srv/o/f");

  static final List<String> OWNED = List.of("/srv/h/u", "/srv/h/p", "/srv/h/s");

  static final List<String> SUBMOUNTS = List.of("/srv/h/sub", "/srv/h/sub/m", "/srv/h/sub/r");

  static final List<String> SYMLINKS =
      List.of("/srv/h/link", "/srv/h/up", "/srv/h/out", "/srv/h/out/d", "/srv/h/lf", "/srv/h/root");

  static final List<String> DOTS =
      List.of(
          "/srv/h/a/..",
          "/srv/h/link/..",
          "/srv/h/up/..",
          "/srv/h/out/..",
          "/srv/h/out/../h/a",
          "/srv/h/./a",
          "/srv//h/a/b/",
          "/srv/h/a/b/../f");

  static final List<String> ALIASES =
      List.of(
          "/srv/h/alias",
          "/srv/h/alias/d",
          "/proc/self/root/srv/h/a",
          "/proc/self/root/srv/h",
          "/proc/1/root/srv/h/d",
          "/proc/self/cwd/../srv/h/a");

  /** What a path of the host leads to, where it is not what it says. */
  static final Map<String, String> LEADS =
      Map.of(
          "/srv/h/link", "/srv/h/a",
          "/srv/h/up", "/srv/h/a/b",
          "/srv/h/out", "/srv/o",
          "/srv/h/alias", "/srv/o");

  private HostTree() {}

  /** Paths that are what they say. */
  static List<String> plain() {
    return Stream.of(DIRECTORIES, FILES, OWNED, SUBMOUNTS, VOLATILE).flatMap(List::stream).toList();
  }

  private static List<String> entry(String kind, String mode, int owner, String path, String text) {
    return List.of(kind, mode, Integer.toString(owner), path, text);
  }

  private static List<String> directory(String path) {
    return entry("d", "755", 0, path, "");
  }

  /** What the driver makes, in this order: kind, mode, owner, path, text. */
  static List<List<String>> entries() {
    List<List<String>> all = new ArrayList<>();
    for (String path : List.of("/srv/o", "/srv/o/d", "/srv/h", "/srv/h/a", "/srv/h/a/b")) {
      all.add(directory(path));
    }
    for (String path : List.of("/srv/h/a/b/c", "/srv/h/d", "/srv/h/sub", "/srv/h/alias")) {
      all.add(directory(path));
    }
    all.add(entry("d", "755", USER, "/srv/h/u", ""));
    all.add(entry("d", "700", 0, "/srv/h/p", ""));
    all.add(entry("d", "755", 0, "/srv/h/s", ""));
    all.add(entry("s", "666", 0, "/srv/h/s/sock", ""));
    all.add(entry("s", "666", 0, "/srv/o/sock", ""));
    for (String path : FILES) {
      all.add(entry("f", "644", path.contains("/u/") ? USER : 0, path, ""));
    }
    all.add(entry("l", "0", 0, "/srv/h/link", "a"));
    all.add(entry("l", "0", 0, "/srv/h/up", "a/b"));
    all.add(entry("l", "0", 0, "/srv/h/out", "/srv/o"));
    all.add(entry("l", "0", 0, "/srv/h/lf", "f"));
    all.add(entry("l", "0", 0, "/srv/h/root", "/"));
    // Where bubblewrap has the host while it makes the mounts.
    for (String path : List.of("/srv/h/away", "/srv/h/a/away", "/srv/h/u/away", "/srv/o/away")) {
      all.add(entry("l", "0", 0, path, "../../../oldroot/srv/o"));
    }
    all.add(entry("l", "0", 0, "/srv/h/hop", "./u/../away"));
    all.add(entry("t", "755", 0, "/srv/h/sub/m", ""));
    all.add(directory("/srv/h/sub/r"));
    for (String path : List.of("/srv/h/upper", "/srv/h/work")) {
      all.add(entry("e", "755", 0, path, ""));
    }
    all.add(entry("t", "1777", 0, "/srv/v", ""));
    all.add(entry("t", "1777", 0, "/srv/run", ""));
    all.add(entry("x", "644", 0, "/srv/filter1", filter(true)));
    all.add(entry("x", "644", 0, "/srv/filter2", filter(false)));
    all.add(entry("x", "644", 0, "/srv/filter3", filter(true)));
    all.add(entry("x", "755", 0, "/srv/server", hex(SERVER)));
    return all;
  }

  private static final String SERVER =
      """
      import _socket, sys
      server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
      # What `api y add` says comes behind the socket.
      place = [word for word in sys.argv if word.startswith("/")][-1]
      server.bind(place)
      server.listen(5)
      while True:
          client, _ = server._accept()
          client = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, 0, client)
          client.sendall(repr([word for word in sys.argv[1:] if word != place]).encode())
          client.close()
      """;

  private static String hex(String text) {
    return java.util.HexFormat.of()
        .formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** A compiled filter (seccomp(2)) that refuses {@code personality} or {@code sysinfo}. */
  private static String filter(boolean personality) {
    boolean arm = "aarch64".equals(System.getProperty("os.arch"));
    int call = personality ? (arm ? 92 : 135) : (arm ? 179 : 99);
    return String.format(
        "2000000000000000" + "15000001%02x000000" + "0600000001000500" + "060000000000ff7f", call);
  }
}
