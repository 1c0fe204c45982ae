package dev.broot.syntax;

import dev.broot.grammar.BrootLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which a file is laid out: one blank between words, lists as in {@code ["a", "b"]},
 * no indentation, at most one empty line in a row and none at the ends, two blanks before a comment
 * behind a statement, line ends of Unix. Words, their quotes and the order of lines stay.
 */
public final class Layout {
  private static final String COMMENT_GAP = "  ";

  private final int[] text;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder line = new StringBuilder();
  private @Nullable Token before;
  private boolean emptyBefore;

  private Layout(String text) {
    this.text = text.codePoints().toArray();
  }

  /**
   * A text in its layout.
   *
   * @param text of a file that parses without an error
   * @throws IllegalArgumentException when the words would not stay the same
   */
  public static String of(String text) {
    List<Token> tokens = tokens(text);
    String laidOut = new Layout(text).lay(tokens);
    if (!words(tokens).equals(words(tokens(laidOut)))) {
      throw new IllegalArgumentException("the layout changes words");
    }
    return laidOut;
  }

  private static List<Token> tokens(String text) {
    BrootLexer lexer = new BrootLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = lexer.nextToken();
      tokens.add(token);
    } while (token.getType() != Token.EOF);
    return tokens;
  }

  // The words of a file line by line; where several lines are empty, and how one ends, does not
  // matter.
  private static List<String> words(List<Token> tokens) {
    List<String> words = new ArrayList<>();
    for (Token token : tokens) {
      boolean ends = token.getType() == BrootLexer.NEWLINE || token.getType() == Token.EOF;
      if (!ends) {
        words.add(token.getType() + " " + token.getText());
      } else if (!words.isEmpty() && !words.get(words.size() - 1).isEmpty()) {
        words.add("");
      }
    }
    return words;
  }

  // The lexer skips blanks and comments: they are what stands between two tokens.
  private String lay(List<Token> tokens) {
    int at = 0;
    for (Token token : tokens) {
      boolean end = token.getType() == Token.EOF;
      int start = end ? text.length : token.getStartIndex();
      comment(new String(text, at, start - at));
      at = start + (end ? 0 : token.getStopIndex() + 1 - start);
      if (end || token.getType() == BrootLexer.NEWLINE) {
        endLine();
      } else {
        word(token);
      }
    }
    return out.toString();
  }

  private void word(Token token) {
    Token last = before;
    if (last != null && !isJoined(last.getType(), token.getType())) {
      line.append(' ');
    }
    line.append(token.getText());
    before = token;
  }

  private static boolean isJoined(int left, int right) {
    return left == BrootLexer.LBRACKET || right == BrootLexer.RBRACKET || right == BrootLexer.COMMA;
  }

  private void comment(String between) {
    int hash = between.indexOf('#');
    if (hash >= 0) {
      line.append(line.isEmpty() ? "" : COMMENT_GAP).append(stripEnd(between.substring(hash)));
    }
  }

  private static String stripEnd(String comment) {
    int end = comment.length();
    while (end > 0 && (comment.charAt(end - 1) == ' ' || comment.charAt(end - 1) == '\t')) {
      end--;
    }
    return comment.substring(0, end);
  }

  private void endLine() {
    if (line.isEmpty()) {
      emptyBefore = !out.isEmpty();
    } else {
      out.append(emptyBefore ? "\n" : "").append(line).append('\n');
      emptyBefore = false;
    }
    line.setLength(0);
    before = null;
  }
}
