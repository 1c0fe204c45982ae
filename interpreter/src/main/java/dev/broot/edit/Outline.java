package dev.broot.edit;

import dev.broot.syntax.Layout;
import dev.broot.syntax.Lexeme;
import dev.broot.syntax.SpecSyntax;
import dev.broot.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.TextEdit;

/** A text as a whole: its symbols, what can be folded, its colours and its layout. */
final class Outline {
  /** The names of colours. */
  static final List<String> TOKENS =
      List.of("keyword", "string", "number", "parameter", "operator", "comment");

  private final Analysis analysis;

  Outline(Analysis analysis) {
    this.analysis = analysis;
  }

  List<DocumentSymbol> symbols() {
    List<DocumentSymbol> symbols = new ArrayList<>();
    SpecSyntax syntax = analysis.files().get(analysis.file().name());
    for (Statement statement : syntax == null ? List.<Statement>of() : syntax.statements()) {
      Range range = analysis.places().range(statement.span());
      String text = analysis.file().text(statement.span());
      int because = text.indexOf(" because \"");
      symbols.add(
          new DocumentSymbol(
              because < 0 ? text : text.substring(0, because), kind(statement), range, range));
    }
    return symbols;
  }

  private static SymbolKind kind(Statement statement) {
    Statement.Body body = statement.body();
    if (body instanceof Statement.Param) {
      return SymbolKind.Variable;
    } else if (body instanceof Statement.Base || body instanceof Statement.Include) {
      return SymbolKind.Module;
    } else if (body instanceof Statement.Mount) {
      return SymbolKind.File;
    } else if (body instanceof Statement.EnvSet || body instanceof Statement.EnvPass) {
      return SymbolKind.Constant;
    } else if (body instanceof Statement.Expect) {
      return SymbolKind.Boolean;
    }
    return SymbolKind.Property;
  }

  /** Comments of several lines, and paragraphs. */
  List<FoldingRange> folds() {
    List<FoldingRange> folds = new ArrayList<>();
    int lines = analysis.places().lines();
    int start = -1;
    boolean comment = false;
    for (int line = 0; line <= lines; line++) {
      String text = analysis.places().line(line).strip();
      boolean isComment = text.startsWith("#");
      if (start >= 0 && (text.isEmpty() || isComment != comment)) {
        if (line - start > 1) {
          FoldingRange fold = new FoldingRange(start, line - 1);
          fold.setKind(comment ? FoldingRangeKind.Comment : FoldingRangeKind.Region);
          folds.add(fold);
        }
        start = -1;
      }
      if (start < 0 && !text.isEmpty()) {
        start = line;
        comment = isComment;
      }
    }
    return folds;
  }

  /** The colours as the protocol packs them: five numbers each, relative to the one before. */
  List<Integer> tokens() {
    List<Integer> packed = new ArrayList<>();
    Position last = new Position(0, 0);
    for (Lexeme lexeme : analysis.lexemes()) {
      Range range = analysis.places().range(lexeme.span());
      Position at = range.getStart();
      int color = TOKENS.indexOf(color(lexeme.kind()));
      if (color < 0 || range.getEnd().getLine() != at.getLine()) {
        continue;
      }
      int lines = at.getLine() - last.getLine();
      packed.add(lines);
      packed.add(lines == 0 ? at.getCharacter() - last.getCharacter() : at.getCharacter());
      packed.add(range.getEnd().getCharacter() - at.getCharacter());
      packed.add(color);
      packed.add(0);
      last = at;
    }
    return packed;
  }

  // A bare word has the colour of the text.
  private static String color(Lexeme.Kind kind) {
    return switch (kind) {
      case KEYWORD -> "keyword";
      case STRING -> "string";
      case NUMBER -> "number";
      case LABEL -> "parameter";
      case SIGN -> "operator";
      case COMMENT -> "comment";
      case WORD, BAD -> "";
    };
  }

  /** The change to the one layout; none where there is a mistake in the way. */
  List<TextEdit> layout() {
    String text = analysis.file().text();
    if (analysis.isMalformed()) {
      return List.of();
    }
    String laidOut = Layout.of(text);
    Position start = new Position(0, 0);
    Position end = analysis.places().position(text.codePointCount(0, text.length()));
    return laidOut.equals(text) ? List.of() : List.of(new TextEdit(new Range(start, end), laidOut));
  }
}
