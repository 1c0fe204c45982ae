package dev.broot.check;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The digest that a line about an image lacks, for who is told to write it. Only what begins as an
 * image does is read, so that nobody learns of another file by a spec.
 */
final class ImageDigest {
  private static final String ALGORITHM = "sha256:";
  private static final int TAR_MAGIC = 257;
  private static final int INDEX_MOST = 1 << 20;

  // A second or two; what is larger is left to sha256sum.
  private static final long MOST = 512L << 20;

  private static final Map<Integer, String> MAGICS =
      Map.of(0, "(1f8b|fd377a585a00|28b52ffd|425a68|68737173).*", TAR_MAGIC, "7573746172.*");

  private ImageDigest() {}

  /** The digests of the images in a layout, each with its tag where it has one. */
  static List<String> ofLayout(String directory) {
    List<String> found = new ArrayList<>();
    try {
      Path index = Path.of(directory, "index.json");
      if (!Files.isRegularFile(index) || Files.size(index) > INDEX_MOST) {
        return List.of();
      }
      JsonObject root = JsonParser.parseString(Files.readString(index)).getAsJsonObject();
      for (JsonElement element : root.getAsJsonArray("manifests")) {
        JsonObject manifest = element.getAsJsonObject();
        String digest = manifest.get("digest").getAsString();
        if (digest.matches(ALGORITHM + "[0-9a-f]{64}")) {
          String tag = tag(manifest);
          found.add(digest + (tag == null ? "" : " (" + tag + ")"));
        }
      }
      return found;
    } catch (IOException | RuntimeException e) {
      // It is no layout, or one that nobody can read.
      return List.of();
    }
  }

  private static @Nullable String tag(JsonObject manifest) {
    JsonObject annotations = manifest.getAsJsonObject("annotations");
    JsonElement tag =
        annotations == null ? null : annotations.get("org.opencontainers.image.ref.name");
    return tag == null ? null : tag.getAsString();
  }

  /** The digest of a tarball or a file system in a file, or null where it is none. */
  static @Nullable String ofFile(String file) {
    try {
      Path path = Path.of(file);
      if (!Files.isRegularFile(path) || Files.size(path) > MOST || !isImage(path)) {
        return null;
      }
      MessageDigest sum = MessageDigest.getInstance("SHA-256");
      try (InputStream in = Files.newInputStream(path)) {
        byte[] some = new byte[1 << 16];
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
          sum.update(some, 0, read);
        }
      }
      return ALGORITHM + HexFormat.of().formatHex(sum.digest());
    } catch (IOException | UncheckedIOException | InvalidPathException e) {
      return null;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isImage(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      for (Map.Entry<Integer, String> magic : MAGICS.entrySet()) {
        ByteBuffer start = ByteBuffer.allocate(8);
        channel.read(start, magic.getKey());
        if (HexFormat.of().formatHex(start.array()).matches(magic.getValue())) {
          return true;
        }
      }
    }
    return false;
  }
}
