package dev.broot.plan;

import dev.broot.diagnostic.Visible;

/** Quotes text as a word of the shell. */
public final class ShellWords {
  private ShellWords() {}

  /**
   * The text as one word of a POSIX shell that stands for itself, byte for byte: plain where
   * nothing in it is special, else in single quotes.
   */
  public static String quote(String text) {
    return isPlain(text) ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "/._-+=:,@%".indexOf(c) >= 0;
      if (!plain) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * The text as a word on one line for people: as {@link #quote}, but with line breaks, control and
   * invisible characters as escapes in {@code $'...'}, so that no text can look like another line.
   */
  public static String display(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    boolean special = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\n') {
        escaped.append("\\n");
        special = true;
      } else if (c == '\t') {
        escaped.append("\\t");
        special = true;
      } else if (isLoneByte(c)) {
        escaped.append(String.format("\\x%02x", c - 0xDC00));
        special = true;
      } else if (Visible.isHidden(c)) {
        escaped.append(c > 0xFFFF ? String.format("\\U%08x", c) : String.format("\\u%04x", c));
        special = true;
      } else if (c == '\'' || c == '\\') {
        escaped.append('\\').appendCodePoint(c);
      } else {
        escaped.appendCodePoint(c);
      }
    }
    return special ? "$'" + escaped + "'" : quote(text);
  }

  private static boolean isLoneByte(int c) {
    return c >= 0xDC80 && c <= 0xDCFF;
  }
}
