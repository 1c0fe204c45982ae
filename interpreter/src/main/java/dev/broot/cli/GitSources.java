package dev.broot.cli;

import dev.broot.check.Sources;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads files as they were in a revision of the git repository that they lie in. */
final class GitSources implements Sources {
  private final String revision;
  private final Git git;
  private final Map<Path, String> prefixes = new HashMap<>();

  private GitSources(String revision, Git git) {
    this.revision = revision;
    this.git = git;
  }

  /**
   * What an editor shows of the last commit, without being asked; for one look at it.
   *
   * @param limit the time for all of it
   */
  static GitSources head(Duration limit) {
    return new GitSources("HEAD", Git.unasked(limit));
  }

  /**
   * Reads from a revision.
   *
   * @throws UsageError when it cannot name one
   */
  static GitSources of(String revision) throws UsageError {
    if (revision.isEmpty() || revision.startsWith("-") || revision.contains(":")) {
      throw new UsageError("`" + revision + "` is not a revision");
    }
    return new GitSources(revision, Git.asked());
  }

  @Override
  public Bytes read(String path) throws IOException {
    return bring(path, path);
  }

  // All is read from the repository of the file that was asked for, by its path in there; git
  // follows no symlink of a revision.
  @Override
  public Bytes bring(String path, String asked) throws IOException {
    Path named = file(asked).getParent();
    Path there = named;
    while (there != null && !Files.isDirectory(there)) {
      there = there.getParent();
    }
    if (named == null || there == null) {
      throw new FileNotFoundException("git has files only; name a file");
    }
    // What stands behind the last slash ends in a line break of git's.
    String prefix = prefixes.get(there);
    if (prefix == null) {
      byte[] line = run(there, "rev-parse", "--show-prefix");
      prefix = new String(line, StandardCharsets.UTF_8).replaceFirst("\n$", "");
      prefixes.put(there, prefix);
    }
    Path inside = Path.of("/", prefix).resolve(there.relativize(named)).normalize();
    Path wanted = inside.resolve(named.relativize(file(path)));
    if (isAbove(wanted)) {
      throw new ElsewhereException("the git repository");
    }
    String name = wanted.normalize().toString().substring(1);
    byte[] bytes = run(there, "cat-file", "blob", revision + ":" + name);
    return new Bytes(bytes, revision + ":" + name);
  }

  private static Path file(String path) throws IOException {
    if (path.equals("-")) {
      throw new FileNotFoundException("git has files only; name a file");
    }
    try {
      return Path.of(path).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IOException("its name is not UTF-8", e);
    }
  }

  private static boolean isAbove(Path path) {
    int depth = 0;
    for (Path name : path) {
      depth += name.toString().equals("..") ? -1 : 1;
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  // What a spec lies beside may look like a repository without a work tree: somebody put it there.
  private byte[] run(Path directory, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("-c", "safe.bareRepository=explicit"));
    all.addAll(List.of(arguments));
    Git.Ran ran = git.run(directory.toFile(), MAX_BYTES + 1, all.toArray(new String[0]));
    if (ran.failed()) {
      throw new FileNotFoundException("git: " + ran.error("no such file"));
    }
    return ran.bytes();
  }
}
