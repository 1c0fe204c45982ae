package dev.broot.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The mounts of this process, as {@code /proc/self/mountinfo} has them. */
final class MountTable {
  /**
   * A mount.
   *
   * @param device the file system
   * @param root which of its directories is mounted
   * @param place where
   */
  private record Mount(String device, String root, String place) {}

  private final List<Mount> mounts;

  private MountTable(List<Mount> mounts) {
    this.mounts = mounts;
  }

  /** Those of this process; none where they cannot be read. */
  static MountTable own() {
    try {
      return of(Files.readAllBytes(Path.of("/proc/self/mountinfo")));
    } catch (IOException e) {
      return new MountTable(List.of());
    }
  }

  static MountTable of(byte[] text) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : new String(text, StandardCharsets.UTF_8).split("\n", -1)) {
      String[] fields = line.split(" ", 6);
      if (fields.length == 6) {
        mounts.add(new Mount(fields[2], plain(fields[3]), plain(fields[4])));
      }
    }
    return new MountTable(mounts);
  }

  // The kernel writes blanks and the like as octal numbers.
  private static String plain(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  private static boolean isWithin(String path, String parent) {
    return path.equals(parent) || parent.equals("/") || path.startsWith(parent + "/");
  }

  private static String join(String parent, String path, String root) {
    String rest = root.equals("/") ? path : path.substring(root.length());
    String joined = parent.equals("/") ? rest : rest.equals("/") ? parent : parent + rest;
    return joined.isEmpty() ? "/" : joined;
  }

  // The mount in which a path lies: the last one of those with the longest place.
  private int in(String path) {
    int found = -1;
    for (int i = 0; i < mounts.size(); i++) {
      String place = mounts.get(i).place();
      boolean longer = found < 0 || place.length() >= mounts.get(found).place().length();
      found = longer && isWithin(path, place) ? i : found;
    }
    return found;
  }

  /** The other paths at which something is found that has no symlinks in its path. */
  List<String> aliases(String path) {
    int at = in(path);
    if (at < 0) {
      return List.of();
    }
    Mount mount = mounts.get(at);
    String inner = join(mount.root(), path, mount.place());
    List<String> found = new ArrayList<>();
    for (int i = 0; i < mounts.size(); i++) {
      Mount other = mounts.get(i);
      if (i != at && other.device().equals(mount.device()) && isWithin(inner, other.root())) {
        String name = join(other.place(), inner, other.root());
        if (in(name) == i) {
          found.add(name);
        }
      }
    }
    return found;
  }

  /** One of all names of something: the one by the mount of the most of its file system. */
  String canonical(String path) {
    String best = path;
    int shortest = in(path) < 0 ? 0 : mounts.get(in(path)).root().length();
    for (String name : aliases(path)) {
      int length = mounts.get(in(name)).root().length();
      if (length < shortest || (length == shortest && name.compareTo(best) < 0)) {
        best = name;
        shortest = length;
      }
    }
    return best;
  }

  /** The places of mounts strictly below a path. */
  List<String> below(String path) {
    return mounts.stream()
        .map(Mount::place)
        .filter(place -> !place.equals(path) && isWithin(place, path))
        .toList();
  }
}
