package dev.broot.cli;

import dev.broot.check.Bases;
import dev.broot.check.OneFile;
import dev.broot.check.Sources;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.syntax.SpecSyntax;
import dev.broot.syntax.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a tree a spec brings in, by {@code base} and {@code include}; by the names that
 * they are called, as a run has them.
 */
final class Dependencies {
  private final GitTree tree;
  private final Map<String, List<String>> direct = new HashMap<>();

  Dependencies(GitTree tree) {
    this.tree = tree;
  }

  /** One of these that says what a spec is or brings in; null where there is none. */
  @Nullable String first(String spec, Set<String> changed) throws IOException {
    Set<String> seen = new HashSet<>(Set.of(spec));
    Deque<String> left = new ArrayDeque<>(seen);
    while (!left.isEmpty()) {
      String path = left.removeFirst();
      for (String met : tree.way(path)) {
        if (changed.contains(met)) {
          return met;
        }
      }
      for (String other : direct(path)) {
        if (changed.contains(GitTree.inside(other))) {
          return GitTree.inside(other);
        }
        if (seen.add(other)) {
          left.addLast(other);
        }
      }
    }
    return null;
  }

  private List<String> direct(String path) throws IOException {
    List<String> known = direct.get(path);
    if (known == null) {
      known = read(path);
      direct.put(path, known);
    }
    return known;
  }

  private List<String> read(String path) throws IOException {
    List<String> way = tree.way(path);
    byte[] bytes = way.isEmpty() ? null : tree.content(way.get(way.size() - 1));
    // To parse costs more than to look whether there is a line of that sort at all.
    String text = bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    if (bytes == null || (!text.contains("include") && !text.contains(".broot"))) {
      return List.of();
    }
    SpecSyntax syntax = OneFile.parse(path, new Sources.Bytes(bytes, path), new Diagnostics());
    List<String> found = new ArrayList<>();
    for (Statement statement : syntax == null ? List.<Statement>of() : syntax.statements()) {
      String other =
          statement.body() instanceof Statement.Include include
              ? include.path().display()
              : statement.body() instanceof Statement.Base base ? base.name().display() : "";
      boolean shipped = Bases.fragments().contains(other) || Bases.names().contains(other);
      String beside = path.substring(0, path.lastIndexOf('/') + 1) + other;
      if (!other.isEmpty() && !shipped && GitTree.inside(beside) != null) {
        found.add(beside);
      }
    }
    return found;
  }
}
