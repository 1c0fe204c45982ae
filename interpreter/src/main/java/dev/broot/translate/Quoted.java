package dev.broot.translate;

import dev.broot.diagnostic.Visible;
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
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\', '$' -> out.append('\\').appendCodePoint(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> out.append(Visible.isHidden(c) ? escaped(c) : Character.toString(c));
              }
            });
    return out.append('"').toString();
  }

  private static String escaped(int c) {
    StringBuilder out = new StringBuilder();
    for (char unit : Character.toChars(c)) {
      out.append(String.format("\\u%04x", (int) unit));
    }
    return out.toString();
  }
}
