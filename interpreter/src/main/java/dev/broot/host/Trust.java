package dev.broot.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether nobody else can put something in the place of what a path names. So the thing itself and
 * each directory on the way to it, also where a symbolic link leads, belong to those who are
 * trusted, and others may not write there, or only with the sticky bit. A group of one user, which
 * has his number, is no other.
 *
 * <p>{@code trust.sh} decides the same for the scripts.
 */
public final class Trust {
  private static final int GROUP_WRITE = 020;
  private static final int OTHERS_WRITE = 02;
  private static final int STICKY = 01000;
  private static final int MOST_LINKS = 40;
  private static final Path ROOT = Path.of("/");
  private static final Pattern DESCRIPTOR =
      Pattern.compile("/proc/[0-9]+/(task/[0-9]+/)?fd/[0-9]+");

  private final int user;
  private final Set<Integer> owners;

  private Trust(int user, Set<Integer> owners) {
    this.user = user;
    this.owners = owners;
  }

  /** What root and this user own is trusted. */
  public static Trust of(int user) {
    return new Trust(user, new TreeSet<>(List.of(0, user)));
  }

  /** What root, this user, and the one who called sudo own is trusted. */
  public static Trust ofCaller(int user, Map<String, String> environment) {
    Set<Integer> owners = new TreeSet<>(List.of(0, user));
    String sudo = environment.getOrDefault("SUDO_UID", "");
    if (sudo.matches("[0-9]{1,9}")) {
      owners.add(Integer.parseInt(sudo));
    }
    return new Trust(user, owners);
  }

  /** The user that this process runs as. */
  public static int user() throws IOException {
    return number(Path.of("/proc/self"), "unix:uid");
  }

  private static int number(Path path, String name, LinkOption... options) throws IOException {
    return (Integer) Files.getAttribute(path, name, options);
  }

  /**
   * Why a directory is not used, as the start of a sentence; null when it is. The last part of the
   * path may not be a symbolic link.
   *
   * @throws IOException when there is none, or it cannot be looked at
   */
  public @Nullable String directory(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    String problem = way(absolute, absolute, true);
    return problem != null && problem.contains(" can be written by ")
        ? problem + "; take that right away, or set the sticky bit"
        : problem;
  }

  /**
   * Why a file is not used, as the start of a sentence; null when it is. The path may be a symbolic
   * link.
   *
   * @throws IOException when there is none, or it cannot be looked at
   */
  public @Nullable String file(Path path) throws IOException {
    return way(path.toAbsolutePath(), path, false);
  }

  /**
   * Whether no part of a path is a symbolic link that this user could replace: then a program in a
   * sandbox, which is the same user, could too. Links in the root directory are the system's.
   */
  public boolean isFixed(Path path) {
    for (Path at = path.toAbsolutePath(); at != null; at = at.getParent()) {
      Path parent = at.getParent();
      if (Files.isSymbolicLink(at)
          && parent != null
          && parent.getNameCount() > 0
          && Files.isWritable(parent)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable String way(Path path, Path said, boolean directory) throws IOException {
    Deque<Path> rest = new ArrayDeque<>();
    path.forEach(rest::add);
    Path at = ROOT;
    int links = 0;
    String problem = place(ROOT, ROOT);
    while (problem == null && !rest.isEmpty()) {
      Path name = rest.remove();
      if (name.toString().equals("..")) {
        at = at.getParent() == null ? ROOT : at.getParent();
      }
      if (name.toString().isEmpty()
          || name.toString().equals(".")
          || name.toString().equals("..")) {
        continue;
      }
      Path next = at.resolve(name);
      if (isOpen(next)) {
        // Not a link: the kernel's word for what a descriptor has open, wherever that lies.
        return rest.isEmpty() && !directory
            ? place(next, said)
            : way(next.toRealPath().resolve(join(rest)), said, directory);
      }
      if (!Files.isSymbolicLink(next)) {
        at = next;
        problem = rest.isEmpty() && !directory ? place(next, said) : place(next, next);
        continue;
      }
      if (rest.isEmpty() && directory) {
        return next + " is a symbolic link; name a directory itself";
      }
      if (++links > MOST_LINKS) {
        throw new IOException(path + ": too many symbolic links");
      }
      problem = owner(next, next);
      Path target = Files.readSymbolicLink(next);
      for (int i = target.getNameCount() - 1; i >= 0; i--) {
        rest.addFirst(target.getName(i));
      }
      at = target.isAbsolute() ? ROOT : at;
    }
    if (problem == null && directory && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
      return at + " is not a directory; name a directory itself";
    }
    return problem;
  }

  private static LinkOption[] links(Path path) {
    return isOpen(path) ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
  }

  private static boolean isOpen(Path path) {
    return DESCRIPTOR.matcher(path.toString()).matches();
  }

  private static Path join(Deque<Path> rest) {
    Path all = Path.of("");
    for (Path part : rest) {
      all = all.resolve(part);
    }
    return all;
  }

  private @Nullable String owner(Path path, Path said) throws IOException {
    int owner = number(path, "unix:uid", links(path));
    return owners.contains(owner) ? null : said + " belongs to user " + owner;
  }

  private @Nullable String place(Path path, Path said) throws IOException {
    int mode = number(path, "unix:mode", links(path));
    int group = number(path, "unix:gid", links(path));
    String problem = owner(path, said);
    boolean sticky = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && (mode & STICKY) != 0;
    if (problem != null || sticky) {
      return problem;
    } else if ((mode & OTHERS_WRITE) != 0) {
      return said + " can be written by everybody";
    } else if ((mode & GROUP_WRITE) != 0 && group != user) {
      return said + " can be written by group " + group;
    }
    return null;
  }
}
