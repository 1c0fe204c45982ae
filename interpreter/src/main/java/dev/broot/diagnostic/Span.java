package dev.broot.diagnostic;

/**
 * A stretch of a source text.
 *
 * @param start offset of the first code point (Unicode code points, not UTF-16 units), from 0
 * @param end offset behind the last code point; never before {@code start}
 */
public record Span(int start, int end) {
  /** Checks the order of the ends. */
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("span " + start + ".." + end);
    }
  }

  /** The smallest span that covers this one and {@code other}. */
  public Span to(Span other) {
    return new Span(Math.min(start, other.start), Math.max(end, other.end));
  }
}
