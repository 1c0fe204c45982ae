package dev.broot.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where entries of runs lie: a directory of this user, in which each run and each root has a file,
 * locked as long as it lives, with the paths of its temporary directories. {@code state.sh} finds
 * the same for the scripts.
 */
public final class StateDirectory {
  private StateDirectory() {}

  /**
   * Finds or makes the directory. A name under /tmp that somebody else has taken is let alone.
   *
   * @param user who runs
   * @param environment the caller's
   * @param id the number of the run, for a name that nobody has taken
   * @throws IOException when there is none and none can be made, or others can write to it
   */
  public static Path make(int user, Map<String, String> environment, String id) throws IOException {
    List<Path> places = places(user, environment);
    places.add(Path.of("/tmp/.broot-" + user + "." + id));
    for (Path place : places) {
      if (isMade(place) && isOurs(place, user)) {
        String problem = Trust.of(user).directory(place);
        if (problem != null) {
          throw new IOException(problem);
        }
        return place;
      }
    }
    throw new IOException("cannot make the directory " + places.get(0));
  }

  private static List<Path> places(int user, Map<String, String> environment) throws IOException {
    List<Path> places = new ArrayList<>();
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (user == 0) {
      places.add(Path.of("/run/broot"));
    } else if (runtime.startsWith("/") && isOurs(Path.of(runtime), user)) {
      places.add(Path.of(runtime, "broot"));
    }
    String name = ".broot-" + user;
    places.add(Path.of("/tmp", name));
    Pattern others = Pattern.compile(Pattern.quote(name) + "\\..+");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/tmp"))) {
      for (Path file : files) {
        if (others.matcher(String.valueOf(file.getFileName())).matches()) {
          places.add(file);
        }
      }
    } catch (IOException e) {
      // No /tmp, or none that we may list.
    }
    return places;
  }

  /**
   * Whether a directory that a sandbox may write has entries or compiled scripts in it, or lies
   * among them. Where that cannot be found out, it is taken to be so.
   */
  public static boolean isReached(Path written, Map<String, String> environment) {
    List<Path> own = new ArrayList<>(List.of(Path.of("/run/broot"), Path.of("/tmp/.broot-")));
    String home = environment.getOrDefault("HOME", "");
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (cache.startsWith("/")) {
      own.add(Path.of(cache, "broot"));
    } else if (!home.isEmpty()) {
      own.add(Path.of(home, ".cache", "broot"));
    }
    if (runtime.startsWith("/")) {
      own.add(Path.of(runtime, "broot"));
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/tmp"), ".broot-*")) {
      files.forEach(own::add);
    } catch (IOException e) {
      // No /tmp, or none that we may list.
    }
    if (!Files.exists(written)) {
      return false;
    }
    try {
      for (Path place : own) {
        if (isWithin(place, written) || (Files.exists(place) && isWithin(written, place))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  // By what they are, whatever their names: other mounts may show the same.
  private static boolean isWithin(Path path, Path directory) throws IOException {
    Path at = path.toAbsolutePath();
    while (!Files.exists(at)) {
      at = at.resolve("..").normalize();
    }
    for (Path up = at.toRealPath(); up != null; up = up.getParent()) {
      if (Files.isSameFile(up, directory)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMade(Path place) {
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createDirectory(
            place,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException e) {
        // Another root was faster.
      } catch (IOException e) {
        return false;
      }
    }
    return Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isOurs(Path path, int user) {
    try {
      return Files.getAttribute(path, "unix:uid").equals(user);
    } catch (IOException e) {
      return false;
    }
  }
}
