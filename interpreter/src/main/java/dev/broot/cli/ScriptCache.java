package dev.broot.cli;

import dev.broot.host.Bytes;
import dev.broot.host.OutputFile;
import dev.broot.host.Sha256;
import dev.broot.host.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiled scripts under the user's cache directory. Written here, read by {@code bin/broot}.
 *
 * <p>An entry is a text: a line for the format, the key, the name of the script's file, a line with
 * the {@link Looks} of the sources and the script, a line of {@code sha256sum} for each source,
 * {@code end}. The script's file is named after its SHA-256.
 */
final class ScriptCache {
  /** How many entries are kept. */
  static final int MOST = 256;

  private static final String FORMAT = "broot cache 2";
  private static final String SCRIPT = ".sh";

  private final Path directory;

  private ScriptCache(Path directory) {
    this.directory = directory;
  }

  /** The cache of a user, or null when there is none or others could write it. */
  static @Nullable ScriptCache of(Map<String, String> environment) throws IOException {
    String base = environment.getOrDefault("XDG_CACHE_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (!base.startsWith("/") && home.isEmpty()) {
      return null;
    }
    Path cache = base.startsWith("/") ? Path.of(base) : Path.of(home, ".cache");
    return at(cache.resolve("broot/exec"));
  }

  private static @Nullable ScriptCache at(Path directory) throws IOException {
    Path own = directory.getParent();
    Path base = own == null ? null : own.getParent();
    if (own == null || base == null) {
      return null;
    }
    Files.createDirectories(base);
    int user = Trust.user();
    Trust trust = Trust.ofCaller(user, System.getenv());
    return trust.directory(base) == null
            && trust.isFixed(directory)
            && isPrivate(own, user)
            && isPrivate(directory, user)
        ? new ScriptCache(directory)
        : null;
  }

  private static boolean isPrivate(Path directory, int user) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (java.nio.file.FileAlreadyExistsException e) {
        // Another first call was faster.
      }
    }
    int mode = (Integer) Files.getAttribute(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    int owner = (Integer) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && owner == user
        && (mode & 07777) == 0700;
  }

  /**
   * Keeps a script. What cannot be kept is not: the next call compiles again.
   *
   * @param entry the file that the launcher looks for
   * @param key what the launcher compares
   * @param sources the files that went into the script
   */
  static void keep(String entry, String key, String script, Map<String, byte[]> sources) {
    try {
      Path file = Path.of(entry);
      Path directory = file.getParent();
      ScriptCache cache = directory == null ? null : at(directory);
      if (cache != null && sources.keySet().stream().allMatch(ScriptCache::isLasting)) {
        cache.keep(file, key, Bytes.encode(script), sources);
      }
    } catch (IOException | UncheckedIOException | InvalidPathException e) {
      // No space, no permission, a name that is too long: a cache may be missing.
    }
  }

  private static boolean isLasting(String path) {
    return !path.equals("-")
        && !path.startsWith("/dev/")
        && !path.startsWith("/proc/")
        && Files.isRegularFile(Path.of(path));
  }

  private void keep(Path entry, String key, byte[] script, Map<String, byte[]> sources)
      throws IOException {
    String body = Sha256.hex(script) + SCRIPT;
    OutputFile.write(directory.resolve(body), script, "rw-------");
    StringBuilder text = new StringBuilder();
    text.append(FORMAT).append('\n').append(key).append('\n').append(body).append('\n');
    text.append(Looks.of(sources, directory.resolve(body))).append('\n');
    for (Map.Entry<String, byte[]> source : sources.entrySet()) {
      text.append(sum(source.getKey(), source.getValue())).append('\n');
    }
    OutputFile.write(entry, Bytes.encode(text + "end\n"), "rw-------");
    bound();
  }

  // As sha256sum writes it: a name with a newline or a backslash is escaped, and the line says so.
  private static String sum(String path, byte[] bytes) {
    String escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return (escaped.equals(path) ? "" : "\\") + Sha256.hex(bytes) + "  " + escaped;
  }

  private void bound() throws IOException {
    List<Path> entries = entries();
    if (entries.size() > MOST) {
      entries.sort(Comparator.comparing(ScriptCache::modified));
      for (Path old : entries.subList(0, entries.size() - MOST)) {
        Files.deleteIfExists(old);
      }
      removeScripts();
    }
  }

  private static long modified(Path path) {
    try {
      return Files.getLastModifiedTime(path).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  private List<Path> list(boolean scripts) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return new ArrayList<>(
          files.filter(file -> file.toString().endsWith(SCRIPT) == scripts).toList());
    }
  }

  private List<Path> entries() throws IOException {
    return list(false);
  }

  // A script that an entry of this moment is about to name may go too: its run compiles again.
  private int removeScripts() throws IOException {
    List<String> named = new ArrayList<>();
    for (Path entry : entries()) {
      List<String> lines = lines(entry);
      if (lines.size() > 2) {
        named.add(lines.get(2));
      }
    }
    int removed = 0;
    for (Path script : list(true)) {
      if (!named.contains(String.valueOf(script.getFileName()))) {
        Files.deleteIfExists(script);
        removed++;
      }
    }
    return removed;
  }

  private static List<String> lines(Path entry) {
    try {
      return Files.readString(entry, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Removes entries whose sources are not what they were; says how many scripts went. */
  int clean() throws IOException {
    for (Path entry : entries()) {
      if (!isCurrent(lines(entry))) {
        Files.deleteIfExists(entry);
      }
    }
    return removeScripts();
  }

  // Relative sources were named from the directory of the call, the second word of the key.
  private boolean isCurrent(List<String> lines) {
    int end = lines.size() - 1;
    if (end < 4 || !lines.get(0).equals(FORMAT) || !lines.get(end).equals("end")) {
      return false;
    }
    String[] key = lines.get(1).split(" ", 3);
    try {
      for (String line : lines.subList(4, end)) {
        int space = line.indexOf("  ");
        String name =
            new String(
                line.substring(space + 2).getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8);
        Path source = Path.of(key[1]).resolve(name);
        if (!Files.isRegularFile(source)
            || !Sha256.hex(Files.readAllBytes(source)).equals(line.substring(0, space))) {
          return false;
        }
      }
      return Files.isRegularFile(directory.resolve(lines.get(2)));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
