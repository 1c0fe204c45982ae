package dev.broot.spec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resolved value: text in which only parameters without a value are left open.
 *
 * @param parts literals and open parameters in order; no two literals in a row, none empty
 */
public record Value(List<Part> parts) {

  /** A stretch of a value. */
  public sealed interface Part {}

  /** Text that stands for itself. */
  public record Literal(String text) implements Part {}

  /** A parameter whose value is not known yet. */
  public record Open(Param param) implements Part {}

  /** The path of the socket on which the provider that this value starts shall listen. */
  public record Socket() implements Part {}

  /** Copies the parts. */
  public Value {
    parts = List.copyOf(parts);
  }

  /** A value without open parameters. */
  public static Value of(String text) {
    return new Value(text.isEmpty() ? List.of() : List.of(new Literal(text)));
  }

  /** The text, or null when a parameter is open. */
  public @Nullable String literal() {
    if (parts.isEmpty()) {
      return "";
    }
    return parts.size() == 1 && parts.get(0) instanceof Literal literal ? literal.text() : null;
  }

  /** The text with open parameters as {@code ${name}}. */
  public String display() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        text.append(literal.text());
      } else if (part instanceof Open open) {
        text.append("${").append(open.param().name()).append('}');
      } else if (part instanceof Socket) {
        text.append("${socket}");
      }
    }
    return text.toString();
  }

  /** This value with more behind it. */
  public Value plus(String text) {
    return concat(List.of(this, Value.of(text)));
  }

  /** Joins values into one. */
  public static Value concat(List<Value> values) {
    List<Part> joined = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (Value value : values) {
      for (Part part : value.parts) {
        if (part instanceof Literal text) {
          literal.append(text.text());
        } else {
          if (!literal.isEmpty()) {
            joined.add(new Literal(literal.toString()));
            literal.setLength(0);
          }
          joined.add(part);
        }
      }
    }
    if (!literal.isEmpty()) {
      joined.add(new Literal(literal.toString()));
    }
    return new Value(joined);
  }
}
