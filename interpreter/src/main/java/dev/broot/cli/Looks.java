package dev.broot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * By what {@code bin/.cache} knows files without reading them: device, inode, size, and when they
 * were modified and changed. The change time (ctime) is the kernel's; no call sets it (stat(2)).
 *
 * <p>They are a line of words. The first one says whether they may be used: {@code old}; {@code
 * young}, when a file was changed so short a time ago that a further change might leave the same
 * time, and the launcher notes them later; {@code sum}, where the file system may say what it
 * likes.
 */
final class Looks {
  // Those of the kernel whose devices have no number of their own.
  private static final Set<String> LOCAL =
      Set.of("tmpfs", "overlay", "btrfs", "zfs", "bcachefs", "ramfs");
  // Seconds; kernels count changes by their tick, at most 10 ms.
  private static final Duration OLD = Duration.ofSeconds(2);

  private Looks() {}

  /**
   * The looks of the files that went into a script, and of the script's own.
   *
   * @param sources what was read of each
   */
  static String of(Map<String, byte[]> sources, Path script) throws IOException {
    boolean young = false;
    boolean known = true;
    StringBuilder words = new StringBuilder();
    for (Map.Entry<String, byte[]> source : sources.entrySet()) {
      Path path = Path.of(source.getKey());
      Map<String, Object> before = attributes(path);
      known &= isLocal(path, before);
      boolean same = Arrays.equals(Files.readAllBytes(path), source.getValue());
      young |= !same || !attributes(path).equals(before) || !isOld(before);
      words.append(' ').append(look(before));
    }
    Map<String, Object> own = attributes(script);
    known &= isLocal(script, own);
    return (!known ? "sum" : young ? "young" : "old") + words + " " + look(own);
  }

  private static Map<String, Object> attributes(Path path) throws IOException {
    return Files.readAttributes(path, "unix:dev,ino,size,lastModifiedTime,ctime");
  }

  private static boolean isOld(Map<String, Object> attributes) {
    return time(attributes, "ctime").toInstant().isBefore(Instant.now().minus(OLD));
  }

  private static boolean isLocal(Path path, Map<String, Object> attributes) throws IOException {
    long device = number(attributes, "dev");
    // The higher part of a number as glibc's major(3) has it: 0 where there is no block device.
    long major = (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
    return major != 0 || LOCAL.contains(Files.getFileStore(path).type());
  }

  // As `stat -c %d:%i:%s:%.9Y:%.9Z` of GNU writes it.
  private static String look(Map<String, Object> attributes) {
    return number(attributes, "dev")
        + ":"
        + number(attributes, "ino")
        + ":"
        + number(attributes, "size")
        + ":"
        + seconds(time(attributes, "lastModifiedTime"))
        + ":"
        + seconds(time(attributes, "ctime"));
  }

  private static String seconds(FileTime time) {
    Instant instant = time.toInstant();
    String nanos = String.valueOf(instant.getNano());
    return instant.getEpochSecond() + "." + "0".repeat(9 - nanos.length()) + nanos;
  }

  private static long number(Map<String, Object> attributes, String name) {
    Object value = attributes.get(name);
    return value instanceof Number known ? known.longValue() : -1;
  }

  private static FileTime time(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof FileTime known ? known : FileTime.fromMillis(0);
  }
}
