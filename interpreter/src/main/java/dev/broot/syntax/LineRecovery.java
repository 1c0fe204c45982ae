package dev.broot.syntax;

import dev.broot.grammar.BrootLexer;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/**
 * Gives up a line at its first mistake and goes on with the next: one error per mistake, and no
 * token is invented or left out.
 */
final class LineRecovery extends DefaultErrorStrategy {
  @Override
  public void recover(Parser recognizer, RecognitionException e) {
    Token token = recognizer.getCurrentToken();
    while (token.getType() != BrootLexer.NEWLINE && token.getType() != Token.EOF) {
      recognizer.consume();
      token = recognizer.getCurrentToken();
    }
  }

  @Override
  public Token recoverInline(Parser recognizer) {
    throw new InputMismatchException(recognizer);
  }

  @Override
  public void sync(Parser recognizer) {}
}
