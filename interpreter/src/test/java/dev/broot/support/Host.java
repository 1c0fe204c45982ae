package dev.broot.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What a run must leave as it was: mounts and temporary directories. */
public final class Host {
  private Host() {}

  /** Skips a test that mounts where nobody may; never skipped in CI. */
  public static void assumeRoot() throws IOException {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (!root && System.getenv("CI") != null) {
      throw new IllegalStateException("CI runs as root");
    }
    Assumptions.assumeTrue(root, "needs root, to mount");
  }

  /** The mounts of this machine and broot's temporary directories, as a text to compare. */
  public static String state() throws IOException {
    TreeSet<String> state = new TreeSet<>(Files.readAllLines(Path.of("/proc/self/mounts")));
    for (String directory : List.of("/run/osbuild", "/var/tmp", "/tmp")) {
      if (Files.isDirectory(Path.of(directory))) {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
          files
              .map(Path::toString)
              .filter(name -> name.contains("/osbuild-") || name.contains("/broot-"))
              .forEach(state::add);
        }
      }
    }
    return String.join("\n", state);
  }
}
