package dev.broot.permission;

import dev.broot.check.Bases;
import dev.broot.diagnostic.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that say what a program may do: the spec, what it includes, the policies, and the plan
 * beside the spec.
 */
public final class OwnFiles {
  private OwnFiles() {}

  /** Where a file of a spec lies, or null where it is none. */
  static @Nullable Path path(String name) {
    if (name.startsWith(Bases.PREFIX) || name.startsWith("-")) {
      return null;
    }
    try {
      return Path.of(name).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** The plan that people look at, where it stands beside the spec; else null. */
  static @Nullable Path golden(Path spec) {
    String name = String.valueOf(spec.getFileName()).replaceFirst("\\.broot$", "") + ".plan";
    Path golden = spec.resolveSibling(name);
    return Files.isRegularFile(golden) ? golden : null;
  }

  /** All of them. */
  public static List<Path> of(List<SourceFile> sources) {
    Set<Path> paths = new LinkedHashSet<>();
    for (int i = 0; i < sources.size(); i++) {
      Path path = path(sources.get(i).name());
      if (path != null) {
        add(paths, path);
        Path golden = i == 0 ? golden(path) : null;
        if (golden != null) {
          add(paths, golden);
        }
      }
    }
    return List.copyOf(paths);
  }

  // By its name and, behind symlinks, where it is.
  private static void add(Set<Path> paths, Path path) {
    paths.add(path);
    try {
      paths.add(path.toRealPath());
    } catch (IOException e) {
      // Of a commit, or gone: its name is what there is.
    }
  }
}
