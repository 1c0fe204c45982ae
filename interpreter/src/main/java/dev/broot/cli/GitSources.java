package dev.broot.cli;

import dev.broot.check.Sources;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files as they were in a revision of the git repository that they lie in. */
final class GitSources implements Sources {
  private final String revision;

  /**
   * Reads from a revision.
   *
   * @throws UsageError when it cannot name one
   */
  GitSources(String revision) throws UsageError {
    if (revision.isEmpty() || revision.startsWith("-") || revision.contains(":")) {
      throw new UsageError("`" + revision + "` is not a revision");
    }
    this.revision = revision;
  }

  @Override
  public Bytes read(String path) throws IOException {
    return bring(path, path);
  }

  // All is read from the repository of the file that was asked for, by its path in there; git
  // follows
  // no symlink of a revision.
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
    String prefix = git(there, "rev-parse", "--show-prefix").replaceFirst("\n$", "");
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

  private static String git(Path directory, String... arguments) throws IOException {
    return new String(run(directory, arguments), StandardCharsets.UTF_8);
  }

  private static byte[] run(Path directory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.PIPE).start();
    git.getOutputStream().close();
    byte[] bytes = all(git.getInputStream());
    String error = new String(all(git.getErrorStream()), StandardCharsets.UTF_8).strip();
    try {
      if (git.waitFor() != 0) {
        throw new FileNotFoundException("git: " + error.lines().findFirst().orElse("no such file"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return bytes;
  }

  private static byte[] all(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(in.readNBytes(MAX_BYTES + 1));
    in.transferTo(OutputStream.nullOutputStream());
    return out.toByteArray();
  }
}
