package dev.broot.check;

import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.SourceFile;
import dev.broot.syntax.SpecSyntax;
import java.io.FileNotFoundException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file by itself, a spec or a fragment: read by the rules of all, and followed nowhere. */
public final class OneFile {
  private OneFile() {}

  /**
   * Parses what was read.
   *
   * @return its statements without those that could not be parsed, or null where it is no text of
   *     the language at all; the diagnostics say what is wrong
   */
  public static @Nullable SpecSyntax parse(
      String path, Sources.Bytes read, Diagnostics diagnostics) {
    Sources none =
        other -> {
          throw new FileNotFoundException("there is no such file");
        };
    SpecFiles.Loaded loaded = new SpecFiles(none, diagnostics).parse(path, read, null, "spec");
    return loaded == null ? null : loaded.syntax();
  }

  /** The files of a parsed one, for the order of its diagnostics. */
  public static List<SourceFile> files(@Nullable SpecSyntax syntax) {
    return syntax == null ? List.of() : List.of(syntax.file());
  }
}
