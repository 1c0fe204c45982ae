package dev.broot.translate;

import java.util.regex.Pattern;

/** Words of the language. */
final class Quoted {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./:@%+=~-]*");

  private Quoted() {}

  /** A text as a word, in quotes only where it needs them. */
  static String word(String text) {
    return BARE.matcher(text).matches() ? text : string(text);
  }

  /** A text in quotes. */
  static String string(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\', '$' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          boolean plain = c >= ' ' && (c < 0x7f || c > 0x9f) && c != 0x2028 && c != 0x2029;
          out.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
      }
    }
    return out.append('"').toString();
  }
}
