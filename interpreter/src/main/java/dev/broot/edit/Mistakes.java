package dev.broot.edit;

import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Severity;
import dev.broot.diagnostic.Span;
import dev.broot.diagnostic.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.jspecify.annotations.Nullable;

/** Diagnostics as editors show them, and what mends them. */
final class Mistakes {
  private static final Pattern MEANT = Pattern.compile("did you mean `([^`]+)`\\?");
  private static final Pattern UNSPACED = Pattern.compile("\\s*(=|->)\\s*");
  private static final String WHY = " because \"say why\"";

  private final Analysis analysis;

  Mistakes(Analysis analysis) {
    this.analysis = analysis;
  }

  List<org.eclipse.lsp4j.Diagnostic> all() {
    return analysis.diagnostics().stream().map(this::shown).toList();
  }

  private org.eclipse.lsp4j.Diagnostic shown(Diagnostic one) {
    boolean here = analysis.here(one.origin());
    String hint = one.hint();
    String message =
        (here ? "" : "in " + one.origin().place() + ": ")
            + one.message()
            + (hint == null ? "" : "\n" + hint);
    org.eclipse.lsp4j.Diagnostic shown =
        new org.eclipse.lsp4j.Diagnostic(range(one), Visible.lines(message));
    shown.setSeverity(
        one.severity() == Severity.ERROR ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning);
    shown.setCode(one.code().id());
    shown.setSource("broot");
    List<DiagnosticRelatedInformation> related = new ArrayList<>();
    for (Diagnostic.Note note : one.notes()) {
      related.add(
          new DiagnosticRelatedInformation(location(note.origin()), Visible.line(note.message())));
    }
    if (!here && one.origin().file().name().startsWith("/")) {
      related.add(new DiagnosticRelatedInformation(location(one.origin()), "here"));
    }
    shown.setRelatedInformation(related);
    return shown;
  }

  private Range range(Diagnostic one) {
    return analysis.places().range(analysis.place(one.origin()).span());
  }

  private Location location(Origin origin) {
    return origin.file().name().startsWith("/")
        ? new Location(
            Buffers.uri(origin.file().name()), new Places(origin.file()).range(origin.span()))
        : new Location(
            Buffers.uri(analysis.file().name()),
            analysis.places().range(analysis.place(origin).span()));
  }

  /** What mends the mistakes in a range. */
  List<CodeAction> fixes(String uri, Range range) {
    List<CodeAction> fixes = new ArrayList<>();
    for (Diagnostic one : analysis.diagnostics()) {
      if (analysis.here(one.origin()) && Places.overlap(range(one), range)) {
        Fix fix = fix(one);
        if (fix != null) {
          CodeAction action = new CodeAction(fix.title());
          action.setKind(CodeActionKind.QuickFix);
          action.setDiagnostics(List.of(shown(one)));
          action.setIsPreferred(true);
          action.setEdit(new WorkspaceEdit(Map.of(uri, fix.edits())));
          fixes.add(action);
        }
      }
    }
    return fixes;
  }

  private record Fix(String title, List<TextEdit> edits) {}

  private @Nullable Fix fix(Diagnostic one) {
    Span span = one.origin().span();
    int line = one.origin().line() - 1;
    String text = analysis.file().text(span);
    Matcher meant = MEANT.matcher(one.hint() == null ? "" : one.hint());
    if (meant.find()) {
      String word = text.startsWith("${") ? "${" + meant.group(1) + "}" : meant.group(1);
      return new Fix("Write `" + word + "`", List.of(new TextEdit(range(one), word)));
    }
    return switch (one.code()) {
      case NEEDS_UNSAFE -> {
        List<TextEdit> edits = new ArrayList<>(List.of(insert(line, start(line), "unsafe ")));
        if (!statement(line).contains(" because \"")) {
          edits.add(insert(line, statement(line).length(), WHY));
        }
        yield new Fix("Add `unsafe … because`", edits);
      }
      case NEEDS_BECAUSE ->
          new Fix("Add a reason", List.of(insert(line, statement(line).length(), WHY)));
      case NOT_UNSAFE -> {
        int from = start(line);
        Range word = new Range(new Position(line, from), new Position(line, from + 7));
        yield statement(line).startsWith("unsafe ", from)
            ? new Fix("Remove `unsafe`", List.of(new TextEdit(word, "")))
            : null;
      }
      case HIDES -> over(line, String.valueOf(one.hint()));
      case NO_EFFECT ->
          one.message().startsWith("`over` on a mount") && statement(line).contains(" over")
              ? new Fix("Remove `over`", List.of(new TextEdit(word(line, " over"), "")))
              : null;
      case UNUSED_PARAM ->
          new Fix(
              "Remove the parameter", List.of(new TextEdit(analysis.places().wholeLine(line), "")));
      case MALFORMED ->
          one.message().startsWith("blanks are missing around")
              ? new Fix(
                  "Put blanks around it",
                  List.of(new TextEdit(range(one), UNSPACED.matcher(text).replaceFirst(" $1 "))))
              : null;
      default -> null;
    };
  }

  private @Nullable Fix over(int line, String hint) {
    if (!hint.contains("`over`")) {
      return null;
    }
    int because = statement(line).indexOf(" because \"");
    int at = because < 0 ? statement(line).length() : because;
    return new Fix("Add `over`", List.of(insert(line, at, " over")));
  }

  // The last one before the reason.
  private Range word(int line, String word) {
    String text = statement(line);
    int because = text.indexOf(" because \"");
    int at = text.substring(0, because < 0 ? text.length() : because).lastIndexOf(word);
    return new Range(new Position(line, at), new Position(line, at + word.length()));
  }

  private TextEdit insert(int line, int column, String text) {
    Position at = new Position(line, column);
    return new TextEdit(new Range(at, at), text);
  }

  private int start(int line) {
    String text = analysis.places().line(line);
    return text.length() - text.stripLeading().length();
  }

  // A line without the comment behind it.
  private String statement(int line) {
    return analysis.lexemes().stream()
        .filter(lexeme -> lexeme.line() == line + 1)
        .filter(lexeme -> lexeme.kind() == dev.broot.syntax.Lexeme.Kind.COMMENT)
        .map(lexeme -> analysis.places().position(lexeme.span().start()).getCharacter())
        .findFirst()
        .map(end -> analysis.places().line(line).substring(0, end))
        .orElse(analysis.places().line(line))
        .stripTrailing();
  }
}
