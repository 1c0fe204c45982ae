package dev.broot.host;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of the outside as strings and back, without loss: what is not UTF-8 becomes one lone
 * surrogate U+DC80 to U+DCFF a byte, as Python's surrogateescape does (PEP 383).
 */
public final class Bytes {
  private Bytes() {}

  /** Bytes as a string. */
  public static String decode(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        break;
      }
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (0xDC00 + (in.get() & 0xFF)));
      }
    }
    return out.flip().toString();
  }

  /** The bytes of a string that was made of bytes. */
  public static byte[] encode(String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    // A text of 100 KiB, one character after the other, would cost a compilation 10 ms.
    return new String(plain, StandardCharsets.UTF_8).equals(text) ? plain : escaped(text);
  }

  private static byte[] escaped(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      int length = Character.charCount(c);
      if (c >= 0xDC80 && c <= 0xDCFF) {
        out.write(c - 0xDC00);
      } else {
        out.writeBytes(text.substring(i, i + length).getBytes(StandardCharsets.UTF_8));
      }
      i += length;
    }
    return out.toByteArray();
  }
}
