package dev.broot.cli;

import dev.broot.check.Sources;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of one revision or of the index, by their paths from the root of the repository. */
final class GitTree implements Sources {
  // As Linux has it.
  private static final int MOST_LINKS = 40;

  private final GitRepository repository;
  private final Map<String, GitRepository.Entry> files;

  GitTree(GitRepository repository, Map<String, GitRepository.Entry> files) {
    this.repository = repository;
    this.files = files;
  }

  Map<String, GitRepository.Entry> files() {
    return files;
  }

  /** The content of a plain file, or null where there is none at this path. */
  byte @Nullable [] content(String path) throws IOException {
    GitRepository.Entry entry = files.get(path);
    return entry == null || !isPlain(entry) ? null : repository.blob(entry.id());
  }

  /**
   * What in this tree says what a path leads to: each symlink and each other repository on the way,
   * and the file at its end. None is followed when a spec is compiled, but a run follows them.
   */
  List<String> way(String path) throws IOException {
    List<String> met = new ArrayList<>();
    Deque<String> left = new ArrayDeque<>(List.of(path.split("/", -1)));
    String at = "";
    while (!left.isEmpty() && met.size() <= MOST_LINKS) {
      String name = left.removeFirst();
      if (name.equals("..")) {
        at = at.substring(0, Math.max(at.lastIndexOf('/'), 0));
      } else if (!name.isEmpty() && !name.equals(".")) {
        String above = at;
        at = above.isEmpty() ? name : above + "/" + name;
        GitRepository.Entry entry = files.get(at);
        if (entry == null) {
          continue;
        }
        met.add(at);
        if (isLink(entry)) {
          String text = dev.broot.host.Bytes.decode(repository.blob(entry.id()));
          if (text.startsWith("/")) {
            return met;
          }
          List<String> names = new ArrayList<>(List.of(text.split("/", -1)));
          Collections.reverse(names);
          names.forEach(left::addFirst);
          at = above;
        }
      }
    }
    return met;
  }

  private static boolean isLink(GitRepository.Entry entry) {
    return entry.mode().equals("120000");
  }

  private static boolean isPlain(GitRepository.Entry entry) {
    return entry.mode().startsWith("100");
  }

  @Override
  public Bytes read(String path) throws IOException {
    String inside = inside(path);
    if (inside == null) {
      throw new ElsewhereException("the git repository");
    }
    GitRepository.Entry entry = files.get(inside);
    if (entry == null) {
      throw new FileNotFoundException("there is no such file");
    } else if (!isPlain(entry)) {
      throw new FileNotFoundException("it is no plain file");
    }
    return new Bytes(repository.blob(entry.id()), inside);
  }

  /** A path without `.` and `..`; null where it leads out of the repository. */
  static @Nullable String inside(String path) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        if (names.pollLast() == null) {
          return null;
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return String.join("/", names);
  }
}
