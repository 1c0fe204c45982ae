package dev.broot.cli;

import dev.broot.check.FileSources;
import dev.broot.check.Sources;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads files and keeps what it read, so that the cache knows what went into a script. */
final class ReadSources implements Sources {
  private final Sources files = new FileSources();
  private final Map<String, byte[]> read = new LinkedHashMap<>();

  @Override
  public Bytes read(String path) throws IOException {
    Bytes bytes = files.read(path);
    read.put(path, bytes.bytes());
    return bytes;
  }

  /** What was read, by path as it was given, in order. */
  Map<String, byte[]> all() {
    return read;
  }
}
