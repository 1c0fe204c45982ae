package dev.broot.diagnostic;

import java.util.List;

/** Prints diagnostics for people, with the line, a caret under the place, notes and the hint. */
public final class TextPrinter {
  private static final String RED = "\033[1;31m";
  private static final String YELLOW = "\033[1;33m";
  private static final String BLUE = "\033[1;34m";
  private static final String BOLD = "\033[1m";
  private static final String RESET = "\033[0m";
  private static final int MAX_EXCERPT = 160;

  private final boolean color;
  private final StringBuilder out = new StringBuilder();

  private TextPrinter(boolean color) {
    this.color = color;
  }

  /** The diagnostics as text; empty when there are none. */
  public static String print(List<Diagnostic> diagnostics, boolean color) {
    TextPrinter printer = new TextPrinter(color);
    diagnostics.forEach(printer::diagnostic);
    return printer.out.toString();
  }

  private void diagnostic(Diagnostic d) {
    boolean error = d.severity() == Severity.ERROR;
    style(BOLD, place(d.origin()) + ": ");
    style(error ? RED : YELLOW, (error ? "error" : "warning") + "[" + d.code().id() + "]: ");
    style(BOLD, Visible.line(d.message()));
    out.append('\n');
    excerpt(d.origin(), error ? RED : YELLOW);
    for (Diagnostic.Note note : d.notes()) {
      style(BLUE, "  note: ");
      out.append(Visible.line(note.message()))
          .append(" (")
          .append(place(note.origin()))
          .append(")\n");
      excerpt(note.origin(), BLUE);
    }
    if (d.hint() != null) {
      style(BLUE, "  hint: ");
      out.append(Visible.line(d.hint())).append('\n');
    }
    Origin from = d.origin().from();
    while (from != null) {
      out.append("  brought in by ").append(place(from)).append('\n');
      from = from.from();
    }
  }

  private void style(String code, String text) {
    if (color) {
      out.append(code).append(text).append(RESET);
    } else {
      out.append(text);
    }
  }

  private static String place(Origin origin) {
    return Visible.lines(Visible.line(origin.file().name()))
        + ":"
        + origin.line()
        + ":"
        + origin.column();
  }

  private void excerpt(Origin origin, String style) {
    if (origin.file().text().isEmpty()) {
      return;
    }
    int line = origin.line();
    String text = origin.file().lineText(line);
    int[] points = text.codePoints().toArray();
    int column = origin.column() - 1;
    int from =
        column > MAX_EXCERPT / 2 && points.length > MAX_EXCERPT ? column - MAX_EXCERPT / 2 : 0;
    int to = Math.min(points.length, from + MAX_EXCERPT);
    String number = Integer.toString(line);
    String margin = " ".repeat(number.length());
    style(BLUE, " " + number + " | ");
    StringBuilder caret = new StringBuilder();
    int end = column + Math.max(1, origin.span().end() - origin.span().start());
    if (from > 0) {
      out.append("...");
      caret.append("   ");
    }
    for (int i = from; i < to; i++) {
      String shown = Visible.line(new String(points, i, 1));
      out.append(shown);
      int width = Math.max(1, shown.length() > 2 ? shown.length() : 1);
      caret.append((i < column ? " " : i < end ? "^" : "").repeat(width));
    }
    if (to < points.length) {
      out.append("...");
    }
    if (column >= to) {
      caret.append(" ".repeat(Math.max(0, column - to))).append('^');
    }
    out.append('\n');
    style(BLUE, " " + margin + " | ");
    style(style, caret.toString().stripTrailing());
    out.append('\n');
  }
}
