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

  /** A file that another one may not bring in, since it lies somewhere else. */
  final class ElsewhereException extends IOException {
    private static final long serialVersionUID = 1L;
    private final String tree;

    /**
     * Says where it would have to lie.
     *
     * @param tree a directory
     */
    public ElsewhereException(String tree) {
      super("it lies outside of " + tree);
      this.tree = tree;
    }

    String tree() {
      return tree;
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

  /**
   * Reads a file that another one brings in by {@code base} or {@code include}. Who sends a spec to
   * somebody else's machine must not make that machine read whatever it can.
   *
   * @param path as {@link #read} takes it
   * @param asked the file that was asked for, as it was given; what it brings in lies in its tree
   * @throws ElsewhereException when it does not, also by a symlink
   * @throws IOException as for {@link #read}
   */
  default Bytes bring(String path, String asked) throws IOException {
    return read(path);
  }
}
