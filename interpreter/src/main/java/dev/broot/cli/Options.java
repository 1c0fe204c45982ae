package dev.broot.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command takes. {@link Arguments#read} reads plain command lines by it; {@link Picocli}
 * makes help texts and errors of it, which would cost each start 30 ms.
 */
final class Options {
  /** How often an option may stand, and whether a value follows it. */
  enum Kind {
    FLAG,
    VALUE,
    VALUES
  }

  /** An option; without a description it is left out of the help. */
  record Option(Kind kind, String name, String label, String description) {}

  /** The operands: between {@code least} and {@code most} of them. */
  record Operands(int least, int most, String label, String description) {}

  private final List<Option> options = new ArrayList<>();
  private @Nullable Operands operands;
  private String synopsis = "";
  private List<String> footer = List.of();

  Options flag(String name, String description) {
    options.add(new Option(Kind.FLAG, name, "", description));
    return this;
  }

  Options value(String name, String label, String description) {
    options.add(new Option(Kind.VALUE, name, label, description));
    return this;
  }

  Options values(String name, String label, String description) {
    options.add(new Option(Kind.VALUES, name, label, description));
    return this;
  }

  Options operand(int least, int most, String label, String description) {
    operands = new Operands(least, most, label, description);
    return this;
  }

  Options synopsis(String... forms) {
    synopsis = String.join("\n       ", forms);
    return this;
  }

  Options footer(String... lines) {
    footer = List.of(lines);
    return this;
  }

  List<Option> options() {
    return options;
  }

  @Nullable Operands operands() {
    return operands;
  }

  String synopsis() {
    return synopsis;
  }

  List<String> footer() {
    return footer;
  }

  @Nullable Option find(String name) {
    for (Option option : options) {
      if (option.name().equals(name)) {
        return option;
      }
    }
    return null;
  }
}
