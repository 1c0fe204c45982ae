package dev.broot.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the paths of this machine lead to: through symlinks, the names of processes, and other
 * mounts of the same directory. Nothing is listed, and only what is asked for is looked at.
 */
public final class HostObjects {
  /** How many symlinks the kernel follows on one path. */
  private static final int MOST = 40;

  private static final int TYPE = 0170000;

  private final MountTable mounts;
  private final Homes homes;
  private final Map<String, String> environment;
  private final Map<String, String> real = new HashMap<>();

  private HostObjects(MountTable mounts, Homes homes, Map<String, String> environment) {
    this.mounts = mounts;
    this.homes = homes;
    this.environment = environment;
  }

  /** This machine, seen with an environment. */
  public static HostObjects of(Map<String, String> environment) {
    Homes homes = Homes.of(environment, path -> resolve(path, MOST));
    return new HostObjects(MountTable.own(), homes, Map.copyOf(environment));
  }

  /** What kind of thing something is. */
  public enum Kind {
    DIRECTORY,
    FILE,
    SOCKET,
    DISK,
    OTHER,
    NOTHING
  }

  /** The caller's variables, by name. */
  public Set<String> variables() {
    return environment.keySet();
  }

  /** The value of one of them, or null. */
  public @Nullable String variable(String name) {
    return environment.get(name);
  }

  /** The homes of this machine: what its list of users says, and the caller's own. */
  public List<String> homes() {
    return homes.all();
  }

  /** What a path leads to, as far as there is something; the rest as it is. */
  public String real(String path) {
    return real.computeIfAbsent(path, one -> resolve(one, MOST));
  }

  /** What a path leads to, asked now. */
  public static String resolve(String path) {
    return resolve(path, MOST);
  }

  /** Whether nothing is at a path, which is not so where nobody can know. */
  public static boolean isGone(String path) {
    try {
      return Files.notExists(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String resolve(String path, int left) {
    try {
      Path at = Path.of(path);
      if (Files.exists(at)) {
        return at.toRealPath().toString();
      }
      Path parent = at.getParent();
      Path name = at.getFileName();
      if (parent == null || name == null || left == 0) {
        return path;
      }
      Path in = Path.of(resolve(parent.toString(), left - 1));
      Path here = in.resolve(name);
      return Files.isSymbolicLink(here)
          ? resolve(in.resolve(Files.readSymbolicLink(here)).toString(), left - 1)
          : here.normalize().toString();
    } catch (IOException | InvalidPathException e) {
      return path;
    }
  }

  /** All names of what a path leads to: its own first, then those by other mounts. */
  public List<String> names(String path) {
    Set<String> names = new LinkedHashSet<>();
    names.add(real(path));
    names.addAll(mounts.aliases(real(path)));
    return List.copyOf(names);
  }

  /** The name of what a path leads to that is the same for all names of it. */
  public String canonical(String path) {
    return mounts.canonical(real(path));
  }

  /** The names of what is mounted below a path, under which it is known elsewhere. */
  public List<String> mountedBelow(String path) {
    List<String> names = new ArrayList<>();
    for (String place : mounts.below(real(path))) {
      names.addAll(mounts.aliases(place));
    }
    return names;
  }

  /** Whether something is mounted below a path. */
  public boolean hasMounts(String path) {
    return !mounts.below(real(path)).isEmpty();
  }

  /** The text of the symlink at a path, or null where there is none. */
  public @Nullable String link(String path) {
    try {
      Path at = Path.of(path);
      return Files.isSymbolicLink(at) ? Files.readSymbolicLink(at).toString() : null;
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }

  /** What is at the end of a path, through symlinks. */
  public Kind kind(String path) {
    try {
      Path at = Path.of(path);
      if (!Files.exists(at)) {
        return Files.exists(at, LinkOption.NOFOLLOW_LINKS) ? Kind.OTHER : Kind.NOTHING;
      }
      int mode = (Integer) Files.getAttribute(at, "unix:mode");
      return switch (mode & TYPE) {
        case 0040000 -> Kind.DIRECTORY;
        case 0100000 -> Kind.FILE;
        case 0140000 -> Kind.SOCKET;
        case 0060000 -> Kind.DISK;
        default -> Kind.OTHER;
      };
    } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
      return Kind.OTHER;
    }
  }
}
