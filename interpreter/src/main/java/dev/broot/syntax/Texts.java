package dev.broot.syntax;

import dev.broot.diagnostic.Span;
import dev.broot.grammar.BrootLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Decodes the token of a value: quotes, escapes and references, all known to be well formed. */
final class Texts {
  private final String raw;
  private final int offset;
  private final List<Text.Part> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();

  private Texts(String raw, int offset) {
    this.raw = raw;
    this.offset = offset;
  }

  static Text decode(Token token) {
    String raw = token.getText();
    boolean quoted = token.getType() == BrootLexer.STRING;
    Span span = Spans.of(token);
    boolean plain = raw.indexOf('$') < 0 && (!quoted || raw.indexOf('\\') < 0);
    if (plain) {
      String text = quoted ? raw.substring(1, raw.length() - 1) : raw;
      return new Text(List.of(new Text.Literal(text)), span, quoted);
    }
    Texts texts = new Texts(raw, span.start());
    texts.decode(quoted ? 1 : 0, quoted ? raw.length() - 1 : raw.length(), quoted);
    return new Text(texts.parts, span, quoted);
  }

  private void decode(int from, int to, boolean quoted) {
    int i = from;
    while (i < to) {
      char c = raw.charAt(i);
      if (c == '$') {
        i = reference(i);
      } else if (c == '\\' && quoted) {
        i = escape(i);
      } else {
        literal.append(c);
        i++;
      }
    }
    endLiteral();
  }

  private int reference(int at) {
    int end = raw.indexOf('}', at) + 1;
    endLiteral();
    int start = offset + raw.codePointCount(0, at);
    parts.add(
        new Text.Reference(raw.substring(at + 2, end - 1), new Span(start, start + end - at)));
    return end;
  }

  private int escape(int at) {
    char c = raw.charAt(at + 1);
    switch (c) {
      case 'b' -> literal.append('\b');
      case 'f' -> literal.append('\f');
      case 'n' -> literal.append('\n');
      case 'r' -> literal.append('\r');
      case 't' -> literal.append('\t');
      case 'u' -> {
        literal.append((char) Integer.parseInt(raw, at + 2, at + 6, 16));
        return at + 6;
      }
      default -> literal.append(c);
    }
    return at + 2;
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      parts.add(new Text.Literal(literal.toString()));
      literal.setLength(0);
    }
  }
}
