package dev.broot.permission;

import dev.broot.check.Bases;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Severity;
import dev.broot.spec.Provenance;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The warnings of a spec. Lines of shipped bases are not warned of. */
final class Warnings {
  /** What a line says that means what it grants. */
  static final String MEANT = "where it is meant, end the line in `because \"why\"`";

  // What is so on several hosts is said once.
  private final Set<Diagnostic> all = new LinkedHashSet<>();

  List<Diagnostic> all() {
    return List.copyOf(all);
  }

  /** Warns of a line, which {@code because} accepts. */
  void warn(Code code, Provenance said, String message, String hint) {
    warn(code, said, message, hint, null);
  }

  /** The same, because of another line. */
  void warn(Code code, Provenance said, String message, String hint, @Nullable Provenance other) {
    if (said.because() == null) {
      insist(code, said, message, hint, other);
    }
  }

  /** Warns of a line whatever its reason is. */
  void insist(Code code, Provenance said, String message, String hint, @Nullable Provenance other) {
    boolean shipped = said.origin().file().name().startsWith(Bases.PREFIX);
    if (!shipped) {
      all.add(
          new Diagnostic(
              Severity.WARNING,
              code,
              message,
              said.origin(),
              other == null ? List.of() : List.of(new Note("because of this line", other.origin())),
              hint));
    }
  }
}
