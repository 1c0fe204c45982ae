package dev.broot.edit;

import dev.broot.check.Sources;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Remembers which files were asked for, also those that are not there. */
final class Asked implements Sources {
  private final Sources sources;
  private final Set<String> paths = new TreeSet<>();

  Asked(Sources sources) {
    this.sources = sources;
  }

  /** The paths, normalized. */
  Set<String> paths() {
    return paths;
  }

  @Override
  public Bytes read(String path) throws IOException {
    note(path);
    return sources.read(path);
  }

  @Override
  public Bytes bring(String path, String asked) throws IOException {
    note(path);
    return sources.bring(path, asked);
  }

  private void note(String path) {
    try {
      paths.add(Path.of(path).normalize().toString());
    } catch (InvalidPathException e) {
      // No file is called so.
    }
  }
}
