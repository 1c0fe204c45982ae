package dev.broot.cli;

import dev.broot.check.Sources;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads files and keeps what it read, so that the cache knows what went into a script. */
final class ReadSources implements Sources {
  private final Sources files;
  private final Map<String, byte[]> read = new LinkedHashMap<>();
  private @Nullable Bytes again;

  ReadSources(Sources files) {
    this.files = files;
  }

  @Override
  public Bytes read(String path) throws IOException {
    // Standard input can be read once.
    Bytes input = path.equals("-") ? again : null;
    return kept(path, input == null ? files.read(path) : input);
  }

  @Override
  public Bytes bring(String path, String asked) throws IOException {
    return kept(path, files.bring(path, asked));
  }

  private Bytes kept(String path, Bytes bytes) {
    if (path.equals("-")) {
      again = bytes;
    }
    read.put(path, bytes.bytes());
    return bytes;
  }

  /** What was read, by path as it was given, in order. */
  Map<String, byte[]> all() {
    return read;
  }
}
