package dev.broot.edit;

import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/** Places of a text as broot counts them (code points) and as editors do (lines, UTF-16). */
final class Places {
  private final SourceFile file;
  private final int length;

  Places(SourceFile file) {
    this.file = file;
    this.length = file.text().codePointCount(0, file.text().length());
  }

  int lines() {
    return file.line(length);
  }

  /** A line from 0, without its end; empty where there is none. */
  String line(int line) {
    return line < 0 || line >= lines() ? "" : file.lineText(line + 1);
  }

  Position position(int offset) {
    int at = Math.min(Math.max(0, offset), length);
    int line = file.line(at);
    String text = file.lineText(line);
    int column = Math.min(file.column(at) - 1, text.codePointCount(0, text.length()));
    return new Position(line - 1, text.offsetByCodePoints(0, column));
  }

  Range range(Span span) {
    return new Range(position(span.start()), position(span.end()));
  }

  /** A whole line with its end, from 0. */
  Range wholeLine(int line) {
    return new Range(new Position(line, 0), new Position(line + 1, 0));
  }

  /** The text of a line before a position. */
  String before(Position position) {
    String line = line(position.getLine());
    return line.substring(0, Math.min(Math.max(0, position.getCharacter()), line.length()));
  }

  static boolean contains(Range range, Position position) {
    return compare(range.getStart(), position) <= 0 && compare(position, range.getEnd()) <= 0;
  }

  static boolean overlap(Range one, Range other) {
    return compare(one.getStart(), other.getEnd()) <= 0
        && compare(other.getStart(), one.getEnd()) <= 0;
  }

  private static int compare(Position one, Position other) {
    int lines = Integer.compare(one.getLine(), other.getLine());
    return lines != 0 ? lines : Integer.compare(one.getCharacter(), other.getCharacter());
  }
}
