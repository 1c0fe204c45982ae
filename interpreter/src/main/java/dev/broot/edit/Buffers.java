package dev.broot.edit;

import dev.broot.check.FileSources;
import dev.broot.check.Sources;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The texts that are open in the editor, by path, and the files of the host for all others. */
final class Buffers implements Sources {
  private final Map<String, String> open = new ConcurrentHashMap<>();
  private final FileSources files = new FileSources();

  void put(String uri, String text) {
    open.put(path(uri), text);
  }

  void remove(String uri) {
    open.remove(path(uri));
  }

  @Nullable String text(String uri) {
    return open.get(path(uri));
  }

  /**
   * The path of a document; of one that is no file yet, or has a name that none can have, its URI.
   */
  static String path(String uri) {
    try {
      URI parsed = URI.create(uri);
      String path = "file".equals(parsed.getScheme()) ? parsed.getPath() : null;
      return path != null && normal(path) != null ? path : uri;
    } catch (IllegalArgumentException e) {
      return uri;
    }
  }

  /** The URI of a file by its path. */
  static String uri(String path) {
    Path normal = normal(path);
    return normal == null ? path : normal.toUri().toString();
  }

  // Null of what is no path from the root, or holds what no name can hold.
  private static @Nullable Path normal(String path) {
    try {
      return path.startsWith("/") ? Path.of(path).normalize() : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  @Override
  public Bytes read(String path) throws IOException {
    String text = text(path);
    return text == null ? files.read(path) : bytes(path, text);
  }

  // What is open, its user has opened: nobody else's file is read for a spec that names it.
  @Override
  public Bytes bring(String path, String asked) throws IOException {
    Path file = normal(path);
    String normal = file == null ? path : file.toString();
    String text = text(normal);
    return text == null ? files.bring(path, asked) : bytes(normal, text);
  }

  private static Bytes bytes(String path, String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8), path);
  }
}
