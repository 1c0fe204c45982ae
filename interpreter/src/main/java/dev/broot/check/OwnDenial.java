package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.SourceFile;
import dev.broot.permission.OwnFiles;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import dev.broot.syntax.Statement;
import java.util.List;

/** {@code expect deny write spec}: about each file that says what the program may do. */
final class OwnDenial {
  private static final String WORD = "spec";

  private OwnDenial() {}

  /** Whether an assertion is that, and not about a path. */
  static boolean isMeant(Statement.Expect expect) {
    return !expect.allow()
        && expect.what().text().equals("write")
        && expect.except().isEmpty()
        && expect.value() != null
        && expect.value().display().equals(WORD);
  }

  /** An assertion for each of the files. */
  static List<Spec.Expectation> of(List<SourceFile> sources, Line line) {
    return OwnFiles.of(sources).stream()
        .map(
            path ->
                new Spec.Expectation(
                    false, "write", Value.of(path.toString()), List.of(), true, line.provenance()))
        .toList();
  }
}
