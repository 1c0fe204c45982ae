package dev.broot.syntax;

import dev.broot.diagnostic.Span;
import dev.broot.grammar.BrootLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/**
 * A word of a text as an editor colours it. Any text has them, also one that does not parse.
 *
 * @param line from 1
 */
public record Lexeme(Kind kind, String text, Span span, int line) {
  /** What it looks like. */
  public enum Kind {
    /** A word that a statement can have by its grammar. */
    KEYWORD,
    /** A bare word, also one of a path. */
    WORD,
    /** A text in quotes. */
    STRING,
    /** A number or a mode. */
    NUMBER,
    /** A parameter's name where it is declared. */
    LABEL,
    /** A sign such as an arrow. */
    SIGN,
    /** A comment. */
    COMMENT,
    /** What no statement accepts. */
    BAD
  }

  /** The lexemes of a text, in order. */
  public static List<Lexeme> of(String text) {
    int[] points = text.codePoints().toArray();
    BrootLexer lexer = new BrootLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    List<Lexeme> lexemes = new ArrayList<>();
    int at = 0;
    while (true) {
      Token token = lexer.nextToken();
      boolean end = token.getType() == Token.EOF;
      int start = end ? points.length : token.getStartIndex();
      // The lexer skips blanks and comments: they are what stands between two tokens.
      String between = new String(points, at, start - at);
      int hash = between.indexOf('#');
      if (hash >= 0) {
        String comment = between.substring(hash).stripTrailing();
        int length = comment.codePointCount(0, comment.length());
        Span span = new Span(at + hash, at + hash + length);
        lexemes.add(new Lexeme(Kind.COMMENT, comment, span, token.getLine()));
      }
      if (end) {
        return lexemes;
      }
      at = token.getStopIndex() + 1;
      if (token.getType() != BrootLexer.NEWLINE) {
        lexemes.add(
            new Lexeme(kind(token.getType()), token.getText(), Spans.of(token), token.getLine()));
      }
    }
  }

  private static Kind kind(int type) {
    return switch (type) {
      case BrootLexer.WORD -> Kind.WORD;
      case BrootLexer.STRING -> Kind.STRING;
      case BrootLexer.INT, BrootLexer.OCTAL, BrootLexer.DEVICE_NUMBER -> Kind.NUMBER;
      case BrootLexer.LABEL -> Kind.LABEL;
      case BrootLexer.ARROW,
          BrootLexer.EQUALS,
          BrootLexer.LBRACKET,
          BrootLexer.RBRACKET,
          BrootLexer.COMMA ->
          Kind.SIGN;
      default -> type >= BrootLexer.BAD_HASH ? Kind.BAD : Kind.KEYWORD;
    };
  }

  /** The words that a statement starts with. */
  public static List<String> verbs() {
    return Usage.verbs();
  }
}
