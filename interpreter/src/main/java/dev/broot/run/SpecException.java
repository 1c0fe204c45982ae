package dev.broot.run;

import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.TextPrinter;
import java.util.List;

/** A spec that does not compile; the message is what {@code broot check} prints. */
public final class SpecException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<Diagnostic> diagnostics;

  SpecException(List<Diagnostic> diagnostics) {
    super(TextPrinter.print(diagnostics, false));
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** All errors and warnings, in source order. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
