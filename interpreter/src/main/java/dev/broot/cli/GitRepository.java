package dev.broot.cli;

import dev.broot.check.Sources;
import dev.broot.host.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The git repository of the working directory, read object by object: its commits, trees and index,
 * and never the work tree. Names are as {@link Bytes} holds them.
 */
final class GitRepository implements AutoCloseable {
  private static final int HEADER = 4096;

  /** A file of a tree: its mode, and the id of its content. */
  record Entry(String mode, String id) {}

  /**
   * A file that differs.
   *
   * @param before its path in the older tree, or null where it is new
   * @param after its path in the newer one, or null where it is gone
   */
  record Change(@Nullable String before, @Nullable String after) {}

  /** A commit: its id, who wrote it, and lines of its message that start with a key. */
  record Commit(String id, String author, List<String> values) {
    Commit {
      values = List.copyOf(values);
    }
  }

  private final @Nullable File directory;
  private final Git git = Git.asked();
  private @Nullable Process reader;
  private final Map<String, byte[]> blobs = new HashMap<>();

  /**
   * The repository that a directory lies in.
   *
   * @param directory null for the working directory
   */
  GitRepository(@Nullable Path directory) {
    this.directory = directory == null ? null : directory.toFile();
  }

  /** The id of a commit; null where the name is that of a tree. */
  @Nullable String commit(String revision) throws UsageError, IOException {
    if (revision.isEmpty() || revision.startsWith("-") || revision.contains(":")) {
      throw new UsageError("`" + revision + "` is not a revision");
    }
    Git.Ran ran = run("rev-parse", "--verify", "--quiet", revision + "^{commit}");
    if (!ran.failed()) {
      return line(ran);
    }
    if (!run("rev-parse", "--verify", "--quiet", revision + "^{tree}").failed()) {
      return null;
    }
    // Says what is wrong where this is no repository.
    if (isShallow()) {
      throw new IOException(
          "git knows no revision `"
              + revision
              + "`; this clone is shallow: run `git fetch --unshallow`, or clone without --depth");
    }
    throw new UsageError("git knows no revision `" + revision + "`");
  }

  /** The commit from which both went on; null, where there is none that git has. */
  @Nullable String mergeBase(String one, String other) throws IOException {
    Git.Ran ran = run("merge-base", one, other);
    return ran.failed() ? null : line(ran);
  }

  /** Whether commits are missing that are there elsewhere. */
  boolean isShallow() throws IOException {
    return ask("rev-parse", "--is-shallow-repository").strip().equals("true");
  }

  /** Where the working directory lies in the work tree: empty, or a path that ends in a slash. */
  String prefix() throws IOException {
    return ask("rev-parse", "--show-prefix").replaceFirst("\n$", "");
  }

  /** Who would write a commit now. */
  String author() throws IOException {
    return ask("var", "GIT_AUTHOR_IDENT").strip().replaceFirst(" \\d+ [-+]\\d+$", "");
  }

  /** The lines of a file with a message that start with a key, without that. */
  List<String> trailers(String key, String file) throws IOException {
    List<String> values = new ArrayList<>();
    for (String line : ask("interpret-trailers", "--parse", file).lines().toList()) {
      if (line.startsWith(key + ": ")) {
        values.add(line.substring(key.length() + 2));
      }
    }
    return values;
  }

  /** The commits behind the first up to the second, with the values of a key; newest first. */
  List<Commit> commits(String after, String until, String key) throws IOException {
    String format = "--format=%H%n%an <%ae>%n%(trailers:key=" + key + ",valueonly,unfold)";
    List<Commit> commits = new ArrayList<>();
    for (String record : ask("log", "-z", format, after + ".." + until).split("\0", -1)) {
      List<String> lines = record.lines().toList();
      if (lines.size() > 1) {
        List<String> values =
            lines.subList(2, lines.size()).stream().filter(line -> !line.isBlank()).toList();
        commits.add(new Commit(lines.get(0), lines.get(1), values));
      }
    }
    return commits;
  }

  /** The files of a commit or tree by path. */
  Map<String, Entry> tree(String revision) throws IOException {
    Map<String, Entry> files = new LinkedHashMap<>();
    for (String record : ask("ls-tree", "-r", "-z", "--full-tree", revision).split("\0", -1)) {
      String[] parts = record.split("[ \t]", 4);
      if (parts.length == 4) {
        files.put(parts[3], new Entry(parts[0], parts[2]));
      }
    }
    return files;
  }

  /** The files of the index by path. */
  Map<String, Entry> index() throws IOException {
    Map<String, Entry> files = new LinkedHashMap<>();
    for (String record : ask("ls-files", "-s", "-z", "--full-name", ":/").split("\0", -1)) {
      String[] parts = record.split("[ \t]", 4);
      if (parts.length == 4) {
        if (!parts[2].equals("0")) {
          throw new IOException(parts[3] + " has a conflict; resolve it and run `git add`");
        }
        files.put(parts[3], new Entry(parts[0], parts[1]));
      }
    }
    return files;
  }

  /**
   * What differs, with files that were renamed found again.
   *
   * @param until a commit or tree, or null for the index
   */
  List<Change> changes(String since, @Nullable String until) throws IOException {
    List<String> command =
        new ArrayList<>(
            until == null ? List.of("diff-index", "--cached") : List.of("diff-tree", "-r"));
    command.addAll(List.of("--raw", "-z", "-M", "-l5000", "--no-abbrev", "--no-ext-diff", since));
    if (until != null) {
      command.add(until);
    }
    String[] fields = ask(command.toArray(new String[0])).split("\0", -1);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i + 1 < fields.length; i += 2) {
      String status = fields[i].substring(fields[i].lastIndexOf(' ') + 1);
      String path = fields[i + 1];
      switch (status.charAt(0)) {
        case 'A' -> changes.add(new Change(null, path));
        case 'D' -> changes.add(new Change(path, null));
        case 'R' -> {
          changes.add(new Change(path, fields[i + 2]));
          i++;
        }
        default -> changes.add(new Change(path, path));
      }
    }
    return changes;
  }

  /** The content of a file, cut behind {@link Sources#MAX_BYTES} and one byte. */
  byte[] blob(String id) throws IOException {
    byte[] known = blobs.get(id);
    if (known == null) {
      known = read(id);
      blobs.put(id, known);
    }
    return known;
  }

  private byte[] read(String id) throws IOException {
    Process batch = reader;
    if (batch == null) {
      batch = git.builder(directory, "cat-file", "--batch").redirectError(Redirect.DISCARD).start();
      reader = batch;
    }
    OutputStream ask = batch.getOutputStream();
    ask.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
    ask.flush();
    InputStream answer = batch.getInputStream();
    String[] header = line(answer).split(" ", -1);
    if (header.length < 3 || !header[1].equals("blob")) {
      throw new FileNotFoundException("git does not have object " + id);
    }
    long size = Long.parseLong(header[2]);
    byte[] bytes = answer.readNBytes((int) Math.min(size, Sources.MAX_BYTES + 1));
    answer.skipNBytes(size - bytes.length + 1);
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.size() > HEADER) {
        throw new EOFException("git ended while it was read");
      }
      line.write(c);
    }
    return Bytes.decode(line.toByteArray());
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.destroy();
    }
  }

  private String ask(String... arguments) throws IOException {
    Git.Ran ran = run(arguments);
    if (ran.failed()) {
      throw new IOException("git: " + ran.error(arguments[0]));
    }
    return Bytes.decode(ran.bytes());
  }

  // Where the repository and the index are, a hook is told by the environment.
  private Git.Ran run(String... arguments) throws IOException {
    return git.run(directory, Integer.MAX_VALUE, arguments);
  }

  private static String line(Git.Ran ran) {
    return Bytes.decode(ran.bytes()).strip();
  }
}
