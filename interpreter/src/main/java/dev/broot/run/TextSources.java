package dev.broot.run;

import dev.broot.check.FileSources;
import dev.broot.check.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A spec that is a text, as if it lay in a directory; what it brings in is read from there. */
final class TextSources implements Sources {
  private final FileSources files = new FileSources();
  private final String path;
  private final byte[] text;

  TextSources(Path path, String text) {
    this.path = path.toString();
    this.text = text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Bytes read(String asked) throws IOException {
    return asked.equals(path) ? new Bytes(text, path) : files.read(asked);
  }

  @Override
  public Bytes bring(String asked, String by) throws IOException {
    return files.bring(asked, by);
  }
}
