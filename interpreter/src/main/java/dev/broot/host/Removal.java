package dev.broot.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Removes a tree of ours, on open directories: no link is followed, also none that appears
 * meanwhile. Read-only directories, as Go's module cache has them, are no obstacle for who owns
 * them.
 */
public final class Removal {
  private Removal() {}

  /**
   * Removes a directory with all that is in it. Goes on where something cannot be removed.
   *
   * @throws IOException the first failure; of a mount point, say
   */
  public static void remove(Path tree) throws IOException {
    Path parent = tree.toAbsolutePath().getParent();
    Path name = tree.getFileName();
    if (parent == null || name == null) {
      throw new IOException("the root directory is not removed");
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent)) {
      new Tree(tree).remove(secure(stream), name, tree);
    }
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream)
      throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    throw new IOException("this JDK opens directories by their names only");
  }

  private static final class Tree {
    private final Object device;
    private @Nullable IOException failure;

    Tree(Path tree) throws IOException {
      device = Files.getAttribute(tree, "unix:dev", LinkOption.NOFOLLOW_LINKS);
    }

    void remove(SecureDirectoryStream<Path> parent, Path name, Path path) throws IOException {
      directory(parent, name, path);
      if (failure != null) {
        throw failure;
      }
    }

    private void directory(SecureDirectoryStream<Path> parent, Path name, Path path) {
      try {
        if (!device.equals(Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS))) {
          throw new IOException(path + " is a mount point");
        }
        open(path);
        try (SecureDirectoryStream<Path> inside =
            parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
          inside
              .getFileAttributeView(PosixFileAttributeView.class)
              .setPermissions(PosixFilePermissions.fromString("rwx------"));
          for (Path child : inside) {
            child(inside, child.getFileName(), path);
          }
        }
        parent.deleteDirectory(name);
      } catch (IOException e) {
        failed(e);
      }
    }

    private void child(SecureDirectoryStream<Path> inside, @Nullable Path name, Path path) {
      if (name == null) {
        return;
      }
      try {
        if (inside
            .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes()
            .isDirectory()) {
          directory(inside, name, path.resolve(name));
        } else {
          inside.deleteFile(name);
        }
      } catch (NoSuchFileException e) {
        // Somebody was faster.
      } catch (IOException e) {
        failed(e);
      }
    }

    // A directory that we may not even list has no descriptor to change it by.
    private static void open(Path path) throws IOException {
      if (!Files.isReadable(path) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      }
    }

    private void failed(IOException e) {
      if (failure == null) {
        failure = e;
      }
    }
  }
}
