package dev.broot.diagnostic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something was said: a place in a file, and how that file came in.
 *
 * @param file the file
 * @param span the place in it
 * @param from the {@code base} or {@code include} line that brought the file in, or null for the
 *     file that was asked for
 */
public record Origin(SourceFile file, Span span, @Nullable Origin from) {
  /** The line, from 1. */
  public int line() {
    return file.line(span.start());
  }

  /** The column, from 1, in code points. */
  public int column() {
    return file.column(span.start());
  }

  /** {@code file:line}, as a reviewer writes it. */
  public String place() {
    return file.name() + ":" + line();
  }

  /** This place and the lines that brought its file in, nearest first. */
  public List<Origin> chain() {
    List<Origin> chain = new ArrayList<>();
    for (@Nullable Origin at = this; at != null; at = at.from) {
      chain.add(at);
    }
    return chain;
  }
}
