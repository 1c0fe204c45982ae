package dev.broot.cli;

import dev.broot.check.Sources;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

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
    Path file = Path.of(path).toAbsolutePath().normalize();
    Path directory = file.getParent();
    if (path.equals("-") || directory == null) {
      throw new FileNotFoundException("git has files only; name a file");
    }
    Process git =
        new ProcessBuilder(
                "git",
                "-C",
                directory.toString(),
                "cat-file",
                "blob",
                revision + ":./" + file.getFileName())
            .redirectError(ProcessBuilder.Redirect.PIPE)
            .start();
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
    return new Bytes(bytes, revision + ":" + file);
  }

  private static byte[] all(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(in.readNBytes(MAX_BYTES + 1));
    in.transferTo(java.io.OutputStream.nullOutputStream());
    return out.toByteArray();
  }
}
