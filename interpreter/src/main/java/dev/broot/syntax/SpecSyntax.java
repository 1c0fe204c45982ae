package dev.broot.syntax;

import dev.broot.diagnostic.SourceFile;
import java.util.List;

/**
 * The statements of one file.
 *
 * @param file the file
 * @param fragment whether its header says {@code fragment} rather than {@code broot}
 * @param statements in source order
 */
public record SpecSyntax(SourceFile file, boolean fragment, List<Statement> statements) {
  /** Copies the statements. */
  public SpecSyntax {
    statements = List.copyOf(statements);
  }
}
