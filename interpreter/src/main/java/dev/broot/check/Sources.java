package dev.broot.check;

import java.io.IOException;

/** Reads the bytes of specs, fragments and bases. */
public interface Sources {
  /** No file is read beyond this many bytes. */
  int MAX_BYTES = 4 * 1024 * 1024;

  /** The bytes of a file and what tells it from every other. */
  final class Bytes {
    private final byte[] bytes;
    private final String identity;

    /**
     * Holds the bytes of a file.
     *
     * @param identity equal for two reads of the same file, whatever they called it
     */
    public Bytes(byte[] bytes, String identity) {
      this.bytes = bytes;
      this.identity = identity;
    }

    /** What was read. */
    public byte[] bytes() {
      return bytes;
    }

    String identity() {
      return identity;
    }
  }

  /**
   * Reads a file.
   *
   * @param path as it was given, relative to the working directory; {@code -} is standard input
   * @throws IOException with a message for people when it cannot be read; a file that is too large
   *     comes back with more than {@link #MAX_BYTES} bytes, cut there
   */
  Bytes read(String path) throws IOException;
}
