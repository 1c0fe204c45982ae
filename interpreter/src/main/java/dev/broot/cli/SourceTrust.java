package dev.broot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether what runs as root may be written by somebody else. The launcher asks the same. */
final class SourceTrust {
  private static final int GROUP_WRITE = 020;
  private static final int OTHERS_WRITE = 02;
  private static final int STICKY = 01000;

  private SourceTrust() {}

  /** The user that this process runs as. */
  static int user() throws IOException {
    return attribute(Path.of("/proc/self"), "unix:uid");
  }

  private static int attribute(Path path, String name) throws IOException {
    return (Integer) Files.getAttribute(path, name);
  }

  /**
   * The file or directory of a source that another user than root, or the one who called sudo, can
   * change, as the start of a sentence; null without one.
   */
  static @Nullable String writable(String source, Map<String, String> environment)
      throws IOException {
    Path file = Path.of(source);
    Path parent = file.toAbsolutePath().getParent();
    String problem = problem(file, environment);
    return problem == null && parent != null ? problem(parent, environment) : problem;
  }

  private static @Nullable String problem(Path path, Map<String, String> environment)
      throws IOException {
    int owner = attribute(path, "unix:uid");
    int group = attribute(path, "unix:gid");
    int mode = attribute(path, "unix:mode");
    boolean shared = (mode & STICKY) != 0;
    boolean ours = owner == 0 || String.valueOf(owner).equals(environment.get("SUDO_UID"));
    if (!ours) {
      return path + " belongs to user " + owner;
    } else if (!shared && (mode & OTHERS_WRITE) != 0) {
      return path + " can be written by everybody";
    } else if (!shared && (mode & GROUP_WRITE) != 0 && group != 0) {
      return path + " can be written by group " + group;
    }
    return null;
  }
}
