package dev.broot.translate;

import dev.broot.diagnostic.Visible;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Words of the language. */
final class Quoted {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./:@%+=~-]*");

  private Quoted() {}

  /** A text as a word, in quotes only where it needs them. */
  static String word(String text) {
    return BARE.matcher(text).matches() ? text : string(text);
  }

  /**
   * A word of a command line, with its variables as parameters.
   *
   * @param names how the parameter of a variable is called
   */
  static String word(Arg word, UnaryOperator<String> names) {
    StringBuilder out = new StringBuilder();
    boolean bare = true;
    for (Arg.Part part : word.parts()) {
      if (part instanceof Arg.Text text) {
        String quoted = string(text.text());
        bare &= BARE.matcher("/" + text.text()).matches();
        out.append(quoted, 1, quoted.length() - 1);
      } else if (part instanceof Arg.Variable variable) {
        out.append("${").append(names.apply(variable.name())).append('}');
      }
    }
    boolean variable = word.parts().stream().anyMatch(Arg.Variable.class::isInstance);
    return variable && bare
        ? out.toString()
        : variable ? "\"" + out + "\"" : word(String.valueOf(word.literal()));
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
