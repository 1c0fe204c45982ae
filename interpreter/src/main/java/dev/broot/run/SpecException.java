package dev.broot.run;

import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.TextPrinter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A spec that does not compile; the message is what {@code broot check} prints. */
public final class SpecException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<Diagnostic> diagnostics;

  SpecException(List<Diagnostic> diagnostics) {
    this(diagnostics.stream().map(SpecException::inTheCallersWords).toList(), false);
  }

  private SpecException(List<Diagnostic> diagnostics, boolean color) {
    super(TextPrinter.print(diagnostics, color));
    this.diagnostics = diagnostics;
  }

  // The compiler speaks of the command line.
  private static Diagnostic inTheCallersWords(Diagnostic diagnostic) {
    @Nullable String hint = diagnostic.hint();
    return new Diagnostic(
        diagnostic.severity(),
        diagnostic.code(),
        diagnostic.message(),
        inTheCallersWords(diagnostic.origin()),
        diagnostic.notes().stream()
            .map(note -> new Diagnostic.Note(note.message(), inTheCallersWords(note.origin())))
            .toList(),
        hint == null ? null : hint.replace("pass it with `--set`", "give it a value"));
  }

  private static Origin inTheCallersWords(Origin at) {
    return at.file().name().equals("--set")
        ? new Origin(new SourceFile("the caller's values", at.file().text()), at.span(), null)
        : at;
  }

  /** All errors and warnings, in source order. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
