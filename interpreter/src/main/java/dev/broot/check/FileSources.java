package dev.broot.check;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from the host's file system. */
public final class FileSources implements Sources {
  private final List<Path> roots;

  /** What a file brings in lies in its tree. */
  public FileSources() {
    this(List.of());
  }

  /**
   * What a file brings in lies in its tree, or in one of these.
   *
   * @param roots directories
   */
  public FileSources(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  @Override
  public Bytes read(String path) throws IOException {
    if (path.equals("-")) {
      return new Bytes(System.in.readNBytes(MAX_BYTES + 1), "-");
    }
    return reading(
        path,
        file -> {
          if (Files.isDirectory(file)) {
            throw new FileNotFoundException("it is a directory");
          }
          try (InputStream in = Files.newInputStream(file)) {
            return new Bytes(in.readNBytes(MAX_BYTES + 1), file.toRealPath().toString());
          }
        });
  }

  // Whether it lies in the tree is asked of the nearest thing that is there: whether a file of
  // somewhere else exists is not for the one who wrote the spec.
  @Override
  public Bytes bring(String path, String asked) throws IOException {
    return reading(
        path,
        file -> {
          Path tree = tree(asked);
          Path at = file.toAbsolutePath();
          for (Path up = at.getParent();
              up != null && !Files.exists(at, LinkOption.NOFOLLOW_LINKS);
              up = at.getParent()) {
            at = up;
          }
          if (!isWithin(tree, at.toRealPath())) {
            throw new ElsewhereException(tree.toString());
          }
          Path real = file.toRealPath();
          if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileNotFoundException("it is no plain file");
          }
          try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
            return new Bytes(in.readNBytes(MAX_BYTES + 1), real.toString());
          }
        });
  }

  private boolean isWithin(Path tree, Path real) throws IOException {
    if (real.startsWith(tree)) {
      return true;
    }
    for (Path root : roots) {
      if (real.startsWith(root.toRealPath())) {
        return true;
      }
    }
    return false;
  }

  /**
   * The git work tree of a file, else its directory. A work tree counts where it belongs to whom
   * the directory belongs: another user's {@code /tmp/.git} does not make /tmp one.
   */
  private static Path tree(String asked) throws IOException {
    Path parent = asked.equals("-") ? null : Path.of(asked).getParent();
    Path directory = (parent == null ? Path.of("") : parent).toRealPath();
    Object owner = owner(directory);
    for (Path up = directory; up != null && up.getParent() != null; up = up.getParent()) {
      Path git = up.resolve(".git");
      if (Files.exists(git) && owner.equals(owner(up)) && owner.equals(owner(git))) {
        return up;
      }
    }
    return directory;
  }

  private static Object owner(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** Reads, and says in words for people what is wrong. */
  private interface Reading {
    Bytes read(Path file) throws IOException;
  }

  private static Bytes reading(String path, Reading reading) throws IOException {
    try {
      return reading.read(Path.of(path));
    } catch (NoSuchFileException e) {
      throw new FileNotFoundException("there is no such file");
    } catch (AccessDeniedException e) {
      throw new IOException("permission denied", e);
    } catch (InvalidPathException e) {
      throw new IOException("its name is not UTF-8", e);
    } catch (FileSystemException e) {
      @Nullable String reason = e.getReason();
      if (reason != null && reason.startsWith("Too many levels of symbolic links")) {
        throw new IOException("its symlinks go in a circle", e);
      }
      throw new IOException(reason == null ? e.toString() : reason, e);
    }
  }
}
