package dev.broot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files so that they are there whole or not at all. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Writes beside the file and renames.
   *
   * @param permissions as in {@code rw-r--r--}
   */
  static void write(Path file, byte[] bytes, String permissions) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path temporary =
        Files.createTempFile(directory == null ? Path.of(".") : directory, ".broot-", ".tmp");
    try {
      Files.write(temporary, bytes);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
