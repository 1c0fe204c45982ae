package dev.broot.syntax;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.SourceFile;
import dev.broot.grammar.BrootLexer;
import dev.broot.grammar.BrootParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.jspecify.annotations.Nullable;

/** Parses files and single lines. Every mistake becomes a diagnostic; nothing is thrown. */
public final class SpecParser {
  /** The edition of the language that this broot speaks. */
  public static final String EDITION = "1";

  private SpecParser() {}

  /** Whether the first line that is neither empty nor a comment is a header, of any edition. */
  public static boolean startsWithHeader(String text) {
    int at = first(text);
    return isWord(text, at, "broot") || isWord(text, at, "fragment");
  }

  /** Whether that header is the one of a fragment. */
  public static boolean isFragment(String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return isWord(plain, first(plain), "fragment");
  }

  // Where the first word starts.
  private static int first(String text) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (isBlank(c)) {
        at++;
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean isWord(String text, int at, String word) {
    int end = at + word.length();
    return text.startsWith(word, at) && (end == text.length() || isBlank(text.charAt(end)));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /**
   * Parses a whole file.
   *
   * @param from the line that brought the file in, or null
   * @return its statements without those that could not be parsed; the diagnostics say whether
   *     there were any
   */
  public static SpecSyntax parseFile(
      SourceFile file, @Nullable Origin from, Diagnostics diagnostics) {
    Session session = new Session(file, from, diagnostics);
    if (session.isOfLaterEdition()) {
      return new SpecSyntax(file, false, List.of());
    }
    session.errors.reportBadTokens(session.tokens.getTokens());
    BrootParser.FileContext tree = session.parser.file();
    boolean fragment = tree.header() instanceof BrootParser.FragmentHeaderContext;
    return new SpecSyntax(file, fragment, session.statements(tree.line()));
  }

  /**
   * Parses one line of the language, as {@code --line} gives it.
   *
   * @return the statement, or none when it could not be parsed
   */
  public static List<Statement> parseLine(SourceFile file, Diagnostics diagnostics) {
    Session session = new Session(file, null, diagnostics);
    session.errors.reportBadTokens(session.tokens.getTokens());
    BrootParser.OneLineContext tree = session.parser.oneLine();
    return session.statements(tree.line() == null ? List.of() : List.of(tree.line()));
  }

  private static final class Session {
    private final SourceFile file;
    private final @Nullable Origin from;
    private final Diagnostics diagnostics;
    private final BrootParser parser;
    private final CommonTokenStream tokens;
    private final SyntaxErrors errors;

    Session(SourceFile file, @Nullable Origin from, Diagnostics diagnostics) {
      this.file = file;
      this.from = from;
      this.diagnostics = diagnostics;
      BrootLexer lexer = new BrootLexer(CharStreams.fromString(file.text(), file.name()));
      lexer.removeErrorListeners();
      tokens = new CommonTokenStream(lexer);
      tokens.fill();
      errors = new SyntaxErrors(file, from, diagnostics);
      parser = new BrootParser(tokens);
      parser.removeErrorListeners();
      parser.addErrorListener(errors);
      parser.setErrorHandler(new LineRecovery());
      // Every statement is decided by its own line, so SLL finds what LL would.
      parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    }

    // Nothing can be said of the lines of an edition that is not known.
    boolean isOfLaterEdition() {
      List<Token> words =
          tokens.getTokens().stream()
              .filter(token -> token.getType() != BrootLexer.NEWLINE)
              .limit(2)
              .toList();
      int header = words.get(0).getType();
      Token edition = words.get(words.size() - 1);
      boolean later =
          (header == BrootLexer.BROOT || header == BrootLexer.FRAGMENT)
              && edition.getType() == BrootLexer.INT
              && !edition.getText().equals(EDITION);
      if (later) {
        diagnostics.error(
            Code.LATER_EDITION,
            new Origin(file, Spans.of(edition), from),
            "this broot does not know edition " + edition.getText() + " of the language",
            "this broot speaks edition " + EDITION + "; a newer broot may speak this one");
      }
      return later;
    }

    List<Statement> statements(List<BrootParser.LineContext> lines) {
      AstBuilder builder = new AstBuilder();
      List<Statement> statements = new ArrayList<>(lines.size());
      for (BrootParser.LineContext line : lines) {
        BrootParser.StatementContext statement = line.statement();
        if (line.noStatement() != null) {
          errors.noStatement(line.getStart());
        } else if (statement != null && !isBroken(line)) {
          statements.add(builder.statement(statement));
        }
      }
      return statements;
    }

    private boolean isBroken(ParserRuleContext line) {
      return errors.brokenLines().get(line.getStart().getLine());
    }
  }
}
