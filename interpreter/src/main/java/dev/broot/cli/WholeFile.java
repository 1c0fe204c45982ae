package dev.broot.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
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
    Path temporary = create(directory == null ? Path.of(".") : directory);
    try {
      Files.write(temporary, bytes);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  // Files.createTempFile starts a random number generator, 10 ms at a cold start. The name has to
  // be
  // free, not unknown.
  private static Path create(Path directory) throws IOException {
    FileAttribute<?> ours =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    while (true) {
      try {
        return Files.createFile(directory.resolve(".broot-" + System.nanoTime() + ".tmp"), ours);
      } catch (FileAlreadyExistsException e) {
        // Somebody was as fast.
      }
    }
  }
}
