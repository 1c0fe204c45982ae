package dev.broot.check;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads from the host's file system. */
public final class FileSources implements Sources {
  @Override
  public Bytes read(String path) throws IOException {
    if (path.equals("-")) {
      return new Bytes(System.in.readNBytes(MAX_BYTES + 1), "-");
    }
    try {
      Path file = Path.of(path);
      if (Files.isDirectory(file)) {
        throw new FileNotFoundException("it is a directory");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return new Bytes(in.readNBytes(MAX_BYTES + 1), file.toRealPath().toString());
      }
    } catch (NoSuchFileException e) {
      throw new FileNotFoundException("there is no such file");
    } catch (AccessDeniedException e) {
      throw new IOException("permission denied", e);
    } catch (InvalidPathException e) {
      throw new IOException("its name is not UTF-8", e);
    } catch (FileSystemException e) {
      throw new IOException(e.getReason() == null ? e.toString() : e.getReason(), e);
    }
  }
}
