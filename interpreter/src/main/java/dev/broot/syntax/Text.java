package dev.broot.syntax;

import dev.broot.diagnostic.Span;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A value as it was written: literal text with references in it, escapes decoded.
 *
 * @param parts literals and references, in order; no two literals in a row
 * @param span the whole value, quotes included
 * @param quoted whether it stands in quotes, so that each character stands for itself
 */
public record Text(List<Part> parts, Span span, boolean quoted) {

  /** A stretch of a value. */
  public sealed interface Part {}

  /** Text that stands for itself. */
  public record Literal(String text) implements Part {}

  /** {@code ${name}}: a parameter or a setting. */
  public record Reference(String name, Span span) implements Part {}

  /** Copies the parts. */
  public Text {
    parts = List.copyOf(parts);
  }

  /** Whether the value refers to nothing. */
  public boolean isLiteral() {
    return parts.stream().allMatch(Literal.class::isInstance);
  }

  /** The value with its references as they were written. */
  public String display() {
    return parts.stream()
        .map(
            part -> {
              if (part instanceof Literal literal) {
                return literal.text();
              }
              return "${" + ((Reference) part).name() + "}";
            })
        .collect(Collectors.joining());
  }
}
