package dev.broot.cli;

import dev.broot.host.Bytes;
import dev.broot.host.OnPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bubblewrap that a script will find on this PATH. */
final class InstalledBwrap {
  private final String path;
  private final byte[] bytes;
  private final String version;

  private InstalledBwrap(String path, byte[] bytes, String version) {
    this.path = path;
    this.bytes = bytes;
    this.version = version;
  }

  /** Where it is. */
  String path() {
    return path;
  }

  /** What tells it from another one at the same path. */
  byte[] bytes() {
    return bytes;
  }

  /** What it says of itself. */
  String version() {
    return version;
  }

  /** Looks for it as the scripts do; null where it is not found, or cannot be read or asked. */
  static @Nullable InstalledBwrap on(Map<String, String> environment) {
    String path = OnPath.find("bwrap", environment.getOrDefault("PATH", ""));
    try {
      return path == null
          ? null
          : new InstalledBwrap(path, Files.readAllBytes(Path.of(path)), version(path));
    } catch (IOException e) {
      return null;
    }
  }

  private static String version(String path) throws IOException {
    Process process =
        new ProcessBuilder(path, "--version")
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return Bytes.decode(process.getInputStream().readNBytes(1000));
  }
}
