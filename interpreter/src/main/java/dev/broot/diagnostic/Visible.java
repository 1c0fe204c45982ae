package dev.broot.diagnostic;

/**
 * Text from outside, made harmless for whoever reads it: what a terminal obeys, and what is not
 * seen or changes how its neighbours are seen, becomes an escape.
 */
public final class Visible {
  // First and last code point of each range.
  private static final int[] HIDDEN = {
    0x0000, 0x001F, // controls
    0x007F, 0x00A0, // controls, and a blank that does not break
    0x00AD, 0x00AD, // soft hyphen
    0x034F, 0x034F, // joiner of graphemes
    0x0600, 0x0605, // Arabic signs before a number
    0x061C, 0x061C, // Arabic letter mark
    0x06DD, 0x06DD,
    0x070F, 0x070F,
    0x0890, 0x0891,
    0x08E2, 0x08E2,
    0x115F, 0x1160, // Hangul fillers
    0x1680, 0x1680, // blanks that are not U+0020
    0x17B4, 0x17B5,
    0x180B, 0x180F,
    0x2000, 0x200F, // blanks, zero-width and direction marks
    0x2028, 0x202F, // separators, embeddings and overrides
    0x205F, 0x206F, // invisible operators, isolates
    0x2800, 0x2800, // a Braille pattern without dots
    0x3000, 0x3000,
    0x3164, 0x3164,
    0xD800, 0xDFFF, // half of a pair; broot holds bytes that are not UTF-8 so
    0xE000, 0xF8FF, // for private use: each font draws its own
    0xFE00, 0xFE0F, // variation selectors
    0xFEFF, 0xFEFF,
    0xFFA0, 0xFFA0,
    0xFFF0, 0xFFFB,
    0xFFFE, 0xFFFF,
    0x110BD, 0x110BD,
    0x110CD, 0x110CD,
    0x13430, 0x1343F,
    0x1BCA0, 0x1BCA3,
    0x1D173, 0x1D17A,
    0xE0000, 0x10FFFF, // tags, variation selectors, for private use
  };

  private Visible() {}

  /**
   * Whether a code point is not seen for what it is. The table is broot's own, since a JDK's knows
   * more characters than an older one's, and a golden file has to be the same for both.
   */
  public static boolean isHidden(int c) {
    if (c >= ' ' && c < 0x7F) {
      return false;
    }
    for (int i = 0; i < HIDDEN.length && HIDDEN[i] <= c; i += 2) {
      if (c <= HIDDEN[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** A text on one line: hidden characters as {@code \\uXXXX}, a tab as a blank. */
  public static String line(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\t') {
                line.append(' ');
              } else if (isHidden(c)) {
                line.append(String.format(c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
              } else {
                line.appendCodePoint(c);
              }
            });
    return line.toString();
  }

  /**
   * Whole lines, each as {@link #line} shows it, and none that a log of GitHub Actions would take
   * for a command to the runner: one that starts with {@code ::}, or has {@code ##[} in it.
   */
  public static String lines(String text) {
    StringBuilder lines = new StringBuilder(text.length() + 16);
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.append(inert(line(text.substring(start, end)))).append('\n');
      start = end + 1;
    }
    return lines.append(inert(line(text.substring(start)))).toString();
  }

  private static String inert(String line) {
    String inert = line.replace("##[", "##\\u005b");
    return inert.stripLeading().startsWith("::") ? inert.replaceFirst(":", "\\\\u003a") : inert;
  }

  /**
   * A JSON document that says the same without hidden characters. Outside of its strings JSON has
   * none but blanks and line breaks, so that each can become JSON's own escape.
   */
  public static String json(String document) {
    StringBuilder json = new StringBuilder(document.length() + 16);
    for (int i = 0; i < document.length(); ) {
      int c = document.codePointAt(i);
      int length = Character.charCount(c);
      if (c != '\n' && isHidden(c)) {
        for (int k = i; k < i + length; k++) {
          json.append(String.format("\\u%04x", (int) document.charAt(k)));
        }
      } else {
        json.appendCodePoint(c);
      }
      i += length;
    }
    return json.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
