package dev.broot.shipped;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Reads files that ship with broot. */
public final class Shipped {
  private Shipped() {}

  /**
   * The bytes of a file.
   *
   * @param name below {@code dev/broot/}
   * @throws IllegalStateException when it is missing
   */
  public static byte[] bytes(String name) {
    String path = "dev/broot/" + name;
    try {
      byte[] bytes = fromJar(path);
      if (bytes != null) {
        return bytes;
      }
      try (InputStream in = Shipped.class.getResourceAsStream("/" + path)) {
        if (in == null) {
          throw new IllegalStateException(path + " is missing from the jar");
        }
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file, which is UTF-8. */
  public static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  // The class loader goes by way of URLs, which costs 10 ms at a cold start (JDK 25). The launcher
  // puts broot's own jar first.
  private static byte @Nullable [] fromJar(String path) throws IOException {
    String first = System.getProperty("java.class.path", "").split(":", 2)[0];
    if (!first.endsWith("/broot.jar")) {
      return null;
    }
    try (ZipFile jar = new ZipFile(first)) {
      ZipEntry entry = jar.getEntry(path);
      if (entry == null) {
        return null;
      }
      try (InputStream in = jar.getInputStream(entry)) {
        return in.readAllBytes();
      }
    }
  }
}
