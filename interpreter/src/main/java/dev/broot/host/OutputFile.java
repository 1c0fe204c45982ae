package dev.broot.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files that somebody asked for by name: there whole or not at all. A new file is made in the
 * directory, held open, written through the descriptor that made it, and renamed, so that nobody
 * who can write to the directory has us write elsewhere. What is no file (a device, a pipe, a
 * descriptor) is written to as it is; a symbolic link is refused. {@code output.sh} does the same
 * for the status files of scripts.
 */
public final class OutputFile {
  private static final Pattern DESCRIPTOR =
      Pattern.compile("/dev/(stdout|stderr|fd/[0-9]+)|/proc/self/fd/[0-9]+");

  private static final Set<OpenOption> INTO =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  private static final Set<OpenOption> INTO_ITSELF =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> FRESH =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);

  private static final String NAMES_ONLY = "this JDK opens directories by their names only";

  private OutputFile() {}

  /**
   * Writes a file, or to what stands in its place.
   *
   * @param permissions of a new file, as in {@code rw-r--r--}; the umask takes from them
   * @throws IOException when it cannot be written, or is a symbolic link
   */
  public static void write(Path file, byte[] bytes, String permissions) throws IOException {
    boolean descriptor = DESCRIPTOR.matcher(file.toString()).matches();
    if (!descriptor && Files.isSymbolicLink(file)) {
      throw new IOException(
          file
              + " is a symbolic link to "
              + Files.readSymbolicLink(file)
              + "; name the file itself");
    }
    if (descriptor) {
      try (WritableByteChannel out = Files.newByteChannel(file, INTO)) {
        drain(bytes, out);
      }
      return;
    }
    Path absolute = file.toAbsolutePath();
    Path directory = absolute.getParent();
    Path name = absolute.getFileName();
    if (directory == null || name == null || Files.isDirectory(file)) {
      throw new IOException(file + " is a directory");
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      if (!(stream instanceof SecureDirectoryStream<Path> open)) {
        throw new IOException(NAMES_ONLY);
      }
      if (isNoFile(open, name)) {
        try (WritableByteChannel out = open.newByteChannel(name, INTO_ITSELF)) {
          drain(bytes, out);
        }
      } else {
        replace(open, name, bytes, permissions, null);
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  // By its own name, and not by the one that it has while it is written.
  private static IOException failure(Path file, IOException e) {
    String why = e instanceof NoSuchFileException ? "there is no such directory" : Failures.why(e);
    return new IOException("cannot write " + file + ": " + why, e);
  }

  /**
   * Writes a file anew that is there; its mode, owner and group stay.
   *
   * @throws IOException when it cannot be written, is no plain file, or its owner cannot stay
   */
  public static void rewrite(Path file, byte[] bytes) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path directory = absolute.getParent();
    Path name = absolute.getFileName();
    if (directory == null
        || name == null
        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is no plain file");
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      if (!(stream instanceof SecureDirectoryStream<Path> open)) {
        throw new IOException(NAMES_ONLY);
      }
      PosixFileAttributes before = posix(open, name).readAttributes();
      replace(open, name, bytes, "rw-------", before);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static PosixFileAttributeView posix(SecureDirectoryStream<Path> directory, Path name) {
    return directory.getFileAttributeView(
        name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static void keep(PosixFileAttributeView view, PosixFileAttributes before)
      throws IOException {
    PosixFileAttributes made = view.readAttributes();
    if (!made.owner().equals(before.owner())) {
      view.setOwner(before.owner());
    }
    if (!made.group().equals(before.group())) {
      view.setGroup(before.group());
    }
    view.setPermissions(before.permissions());
  }

  private static boolean isNoFile(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    try {
      BasicFileAttributes attributes =
          directory
              .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes();
      return attributes.isOther();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static void replace(
      SecureDirectoryStream<Path> directory,
      Path name,
      byte[] bytes,
      String permissions,
      @Nullable PosixFileAttributes like)
      throws IOException {
    FileAttribute<?> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    while (true) {
      // The name has to be free, not unknown; a random one costs 10 ms at a cold start.
      Path temporary = Path.of(".broot-" + System.nanoTime() + ".tmp");
      try (SeekableByteChannel out = directory.newByteChannel(temporary, FRESH, mode)) {
        boolean renamed = false;
        try {
          drain(bytes, out);
          if (like != null) {
            keep(posix(directory, temporary), like);
          }
          directory.move(temporary, directory, name);
          renamed = true;
        } finally {
          if (!renamed) {
            directory.deleteFile(temporary);
          }
        }
        return;
      } catch (FileAlreadyExistsException e) {
        // Somebody was as fast.
      }
    }
  }

  private static void drain(byte[] bytes, WritableByteChannel out) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      out.write(rest);
    }
  }
}
