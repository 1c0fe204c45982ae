package dev.broot.syntax;

import dev.broot.diagnostic.Span;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Where tokens and trees of ANTLR's lie in their source. */
final class Spans {
  private Spans() {}

  static Span of(Token token) {
    return of(token, token);
  }

  static Span of(ParserRuleContext tree) {
    return of(tree.getStart(), tree.getStop());
  }

  private static Span of(Token first, Token last) {
    return new Span(first.getStartIndex(), last.getStopIndex() + 1);
  }
}
