package dev.broot.syntax;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Similar;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import dev.broot.grammar.BrootLexer;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Says in a person's words what the lexer and the parser could not read. One error a line. */
final class SyntaxErrors extends BaseErrorListener {
  private static final Set<Integer> ASSIGNING =
      Set.of(BrootLexer.ENV, BrootLexer.PARAM, BrootLexer.TEXT);
  private static final Pattern AROUND_EQUALS = Pattern.compile("([^=]*)(=)(.*)");
  private static final Pattern AROUND_ARROW = Pattern.compile("(.*?)(->)(.*)");
  private static final Pattern LABELLED = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*:)(.+)");
  private static final Pattern NOTHING = Pattern.compile("(?!)");
  private static final Pattern ASSIGNED =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*=)\".*", Pattern.DOTALL);

  private final SourceFile file;
  private final @Nullable Origin from;
  private final Diagnostics diagnostics;
  private final BitSet brokenLines = new BitSet();

  SyntaxErrors(SourceFile file, @Nullable Origin from, Diagnostics diagnostics) {
    this.file = file;
    this.from = from;
    this.diagnostics = diagnostics;
  }

  /** The lines that have an error, by ANTLR's line numbers. */
  BitSet brokenLines() {
    return brokenLines;
  }

  /** Reports the words that no statement accepts. */
  void reportBadTokens(List<Token> tokens) {
    for (Token token : tokens) {
      String hint =
          switch (token.getType()) {
            case BrootLexer.BAD_HASH ->
                "quote a word with `#` in it: \"...\"; a comment starts after white space";
            case BrootLexer.BAD_ESCAPE ->
                "write one of the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX and \\$";
            case BrootLexer.BAD_DOLLAR ->
                "write `${name}` for a parameter or setting, and \"\\$\" for a dollar sign";
            case BrootLexer.BAD_STRING ->
                "end the string with `\"` on this line; write a line break as `\\n`";
            case BrootLexer.BAD_JOIN -> {
              Matcher assigned = ASSIGNED.matcher(token.getText());
              yield assigned.matches()
                  ? "put blanks around `=`, as in `env NAME = \"...\"`"
                  : "put white space between them, or quote the whole: \"...\"";
            }
            case BrootLexer.BAD_CHARACTER ->
                token.getText().equals("#")
                    ? "put white space before the comment"
                    : "write a control character in a string, as an escape: \"\\u0007\"";
            default -> null;
          };
      if (hint != null && !brokenLines.get(token.getLine())) {
        String what =
            switch (token.getType()) {
              case BrootLexer.BAD_STRING -> "this string is not closed";
              case BrootLexer.BAD_ESCAPE -> "unknown escape in a string";
              case BrootLexer.BAD_DOLLAR -> "a `$` that refers to nothing";
              case BrootLexer.BAD_HASH -> "a `#` inside a word";
              case BrootLexer.BAD_JOIN -> "a quoted string and a word are joined";
              default -> "character " + character(token.getText()) + " in a spec";
            };
        report(token, Code.BAD_WORD, what, hint);
      }
    }
  }

  private static String character(String text) {
    return String.format("U+%04X", text.codePointAt(0));
  }

  @Override
  public void syntaxError(
      Recognizer<?, ?> recognizer,
      @Nullable Object offending,
      int line,
      int column,
      String message,
      @Nullable RecognitionException cause) {
    Token token = (Token) offending;
    if (token == null || brokenLines.get(token.getLine())) {
      return;
    }
    Parser parser = (Parser) recognizer;
    Token first = firstOnLine(parser, token);
    // A prediction fails at its first token; what stopped it is where the input went wrong.
    boolean insideHeader = parser.getRuleInvocationStack().contains("header");
    if (insideHeader || isBeforeHeader(parser, token)) {
      report(
          token,
          Code.NO_HEADER,
          "the file starts with neither `broot 1` nor `fragment 1`",
          "write `broot 1` as the first line");
      return;
    }
    Token verbToken = first.getType() == BrootLexer.UNSAFE ? next(parser, first) : first;
    String usage = Usage.of(verbToken);
    if (usage == null) {
      noStatement(verbToken);
      return;
    }
    if (isUnspaced(verbToken, parser)) {
      return;
    }
    String found =
        token.getType() == BrootLexer.NEWLINE || token.getType() == Token.EOF
            ? "this `" + verbToken.getText() + "` is incomplete"
            : "`" + token.getText() + "` is not expected here";
    report(token, Code.MALFORMED, found, "write " + usage);
  }

  // `env A=b`, `param a:path`, `bind ro /a->/b`: one word where three were meant.
  private boolean isUnspaced(Token verb, Parser parser) {
    boolean equals = ASSIGNING.contains(verb.getType());
    for (Token word = next(parser, verb); !isEnd(word); word = next(parser, word)) {
      String text = word.getType() == BrootLexer.WORD ? word.getText() : "";
      Matcher parts = (equals ? AROUND_EQUALS : AROUND_ARROW).matcher(text);
      Matcher label = (verb.getType() == BrootLexer.PARAM ? LABELLED : NOTHING).matcher(text);
      String spaced;
      String message;
      if (parts.matches()) {
        spaced = parts.group(1) + " " + parts.group(2) + " " + parts.group(3);
        message = "blanks are missing around `" + parts.group(2) + "`";
      } else if (label.matches()) {
        spaced = label.group(1) + " " + label.group(2);
        message = "a blank is missing behind `:`";
      } else {
        continue;
      }
      report(
          word,
          Code.MALFORMED,
          message,
          "write `" + with(word, spaced.strip(), verb, parser) + "`");
      return true;
    }
    return false;
  }

  // The line with another word in it, where it is short; else that word.
  private static String with(Token word, String other, Token verb, Parser parser) {
    StringBuilder line = new StringBuilder(verb.getText());
    for (Token token = next(parser, verb); !isEnd(token); token = next(parser, token)) {
      line.append(' ').append(token == word ? other : token.getText());
    }
    return line.length() > 100 ? other : line.toString();
  }

  private static boolean isEnd(Token token) {
    return token.getType() == BrootLexer.NEWLINE || token.getType() == Token.EOF;
  }

  /** Reports a line that starts like no statement. */
  void noStatement(Token verb) {
    if (brokenLines.get(verb.getLine())) {
      return;
    }
    int type = verb.getType();
    if (type == BrootLexer.BROOT || type == BrootLexer.FRAGMENT) {
      report(verb, Code.MALFORMED, "a second header", "remove it");
    } else if (type == BrootLexer.NEWLINE || type == Token.EOF) {
      report(
          verb, Code.MALFORMED, "a statement is missing here", "write a statement after `unsafe`");
    } else {
      String word = verb.getText();
      report(
          verb, Code.UNKNOWN_STATEMENT, "no statement starts with `" + word + "`", hintFor(word));
    }
  }

  private static String hintFor(String word) {
    String similar = Similar.didYouMean(word, Usage.verbs());
    return similar != null ? similar : "`broot docs` lists the statements";
  }

  private static boolean isBeforeHeader(Parser parser, Token token) {
    List<String> stack = parser.getRuleInvocationStack();
    if (!stack.equals(List.of("file"))) {
      return false;
    }
    for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
      if (parser.getTokenStream().get(i).getType() != BrootLexer.NEWLINE) {
        return false;
      }
    }
    return true;
  }

  private static Token firstOnLine(Parser parser, Token token) {
    Token first = token;
    for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
      Token before = parser.getTokenStream().get(i);
      if (before.getType() == BrootLexer.NEWLINE) {
        break;
      }
      first = before;
    }
    return first;
  }

  private static Token next(Parser parser, Token token) {
    return token.getType() == Token.EOF
        ? token
        : parser.getTokenStream().get(token.getTokenIndex() + 1);
  }

  private void report(Token token, Code code, String message, String hint) {
    brokenLines.set(token.getLine());
    int start = token.getStartIndex();
    boolean visible = token.getType() != BrootLexer.NEWLINE && token.getType() != Token.EOF;
    Span span = new Span(start, visible ? token.getStopIndex() + 1 : start);
    diagnostics.error(code, new Origin(file, span, from), message, hint);
  }
}
