package dev.broot.diagnostic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A source text with its name. Line and column are computed on demand, so that nodes keep offsets
 * only.
 */
public final class SourceFile {
  private final String name;
  private final String text;
  private int @Nullable [] codePoints;
  private int @Nullable [] lineStarts;

  /**
   * Holds a text.
   *
   * @param name how people call the file: a path as it was given, {@code base:NAME} for a shipped
   *     base, {@code --line} for a line of the command line
   * @param text the whole text, without a byte order mark
   */
  public SourceFile(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /** The name that diagnostics print. */
  public String name() {
    return name;
  }

  /** The whole text. */
  public String text() {
    return text;
  }

  /** The line of an offset, from 1. */
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts(), offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The column of an offset, from 1, in code points. */
  public int column(int offset) {
    return offset - lineStarts()[line(offset) - 1] + 1;
  }

  /** The text of a line, counted from 1, without its end. */
  public String lineText(int line) {
    int[] starts = lineStarts();
    int[] points = codePoints();
    int start = starts[line - 1];
    int end = line < starts.length ? starts[line] : points.length;
    while (end > start && (points[end - 1] == '\n' || points[end - 1] == '\r')) {
      end--;
    }
    return new String(points, start, end - start);
  }

  /** The text that a span covers. */
  public String text(Span span) {
    return new String(codePoints(), span.start(), span.end() - span.start());
  }

  private int[] codePoints() {
    int[] points = codePoints;
    if (points == null) {
      points = text.codePoints().toArray();
      codePoints = points;
    }
    return points;
  }

  private int[] lineStarts() {
    int[] starts = lineStarts;
    if (starts == null) {
      int[] points = codePoints();
      starts = new int[16];
      int count = 1;
      for (int i = 0; i < points.length; i++) {
        boolean lineEnd =
            points[i] == '\n'
                || (points[i] == '\r' && (i + 1 == points.length || points[i + 1] != '\n'));
        if (lineEnd) {
          if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
          }
          starts[count++] = i + 1;
        }
      }
      starts = Arrays.copyOf(starts, count);
      lineStarts = starts;
    }
    return starts;
  }
}
