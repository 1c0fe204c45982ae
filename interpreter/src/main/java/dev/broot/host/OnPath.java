package dev.broot.host;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Programs on a PATH, found as the scripts find them (`broot_find`). */
public final class OnPath {
  private OnPath() {}

  /**
   * The first regular file of this name that we may execute, or null. An empty directory is the
   * working directory, but not behind the last colon, where a shell that splits PATH sees none.
   */
  public static @Nullable String find(String name, String path) {
    String whole = path.endsWith(":") ? path.substring(0, path.length() - 1) : path;
    if (path.isEmpty()) {
      return null;
    }
    for (String directory : whole.split(":", -1)) {
      String found = (directory.isEmpty() ? "." : directory) + "/" + name;
      if (isExecutable(found)) {
        return found;
      }
    }
    return null;
  }

  private static boolean isExecutable(String path) {
    try {
      Path file = Path.of(path);
      return Files.isRegularFile(file) && Files.isExecutable(file);
    } catch (InvalidPathException e) {
      // Not a name in this JVM's locale, so that nothing could be started from it either.
      return false;
    }
  }
}
