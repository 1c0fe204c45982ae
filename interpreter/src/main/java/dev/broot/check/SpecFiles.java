package dev.broot.check;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Similar;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import dev.broot.syntax.SpecParser;
import dev.broot.syntax.SpecSyntax;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and parses the files of one spec, up to limits: a spec may come from somebody who wants to
 * fill a memory, or to see a file that is none of his business.
 */
final class SpecFiles {
  /** No spec is made of more files than this. */
  static final int MOST_FILES = 1000;

  /** No spec has more text than this, in bytes, in all files together. */
  static final int MOST_BYTES = 8 * 1024 * 1024;

  /** No spec has more lines than this in all files together, comments included. */
  static final int MOST_LINES = 50_000;

  /** No line is longer than this, in code points. */
  static final int LONGEST_LINE = 100_000;

  /**
   * A file that was read.
   *
   * @param identity equal for the same file, whatever it was called
   */
  record Loaded(SpecSyntax syntax, String identity) {}

  private final Sources sources;
  private final Diagnostics diagnostics;
  private final List<SourceFile> all = new ArrayList<>();
  private int loaded;
  private long bytes;
  private long lines;

  SpecFiles(Sources sources, Diagnostics diagnostics) {
    this.sources = sources;
    this.diagnostics = diagnostics;
  }

  /** The files that were met, in order. */
  List<SourceFile> all() {
    return all;
  }

  /** Notes a text that is no file, such as a line of the command line. */
  void add(SourceFile file) {
    all.add(file);
  }

  /** Reads the bytes of a file that somebody asked for. */
  Sources.Bytes read(String path) throws IOException {
    return path.startsWith(Bases.PREFIX) ? shipped(path) : sources.read(path);
  }

  /** Reads the bytes of a file that another one brings in. */
  Sources.Bytes bring(String path, String asked) throws IOException {
    return path.startsWith(Bases.PREFIX) ? shipped(path) : sources.bring(path, asked);
  }

  private static Sources.Bytes shipped(String path) throws IOException {
    String name = path.substring(Bases.PREFIX.length());
    byte[] bytes = Bases.read(name);
    if (bytes == null) {
      String similar = Similar.didYouMean(name, Bases.names());
      throw new IOException(
          "no base has this name; " + (similar != null ? similar : "`broot bases` lists them"));
    }
    return new Sources.Bytes(bytes, path);
  }

  /**
   * Parses what was read; null, with a diagnostic, where that is no spec and no fragment, or too
   * much.
   *
   * @param from the line that brings the file in, or null
   * @param wanted what the file should be, for the message: a spec or a fragment
   */
  @Nullable Loaded parse(String path, Sources.Bytes read, @Nullable Origin from, String wanted) {
    Origin at = at(from, path);
    loaded++;
    bytes += read.bytes().length;
    if (read.bytes().length > Sources.MAX_BYTES) {
      tooLarge(at, "`" + path + "` is larger than " + mib(Sources.MAX_BYTES), "split it");
      return null;
    } else if (loaded > MOST_FILES) {
      tooLarge(
          at, "this spec has more than " + MOST_FILES + " files", "join some of the fragments");
      return null;
    } else if (bytes > MOST_BYTES) {
      tooLarge(at, "this spec has more than " + mib(MOST_BYTES) + " in all", "split it into specs");
      return null;
    }
    String text = new String(read.bytes(), StandardCharsets.UTF_8);
    text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    // Of a file that is neither, nothing is shown: it may be anybody's.
    if (!SpecParser.startsWithHeader(text)) {
      noHeader(path, from, wanted);
      return null;
    }
    SourceFile file = new SourceFile(path, text);
    all.add(file);
    if (!isUtf8(read.bytes())) {
      int bad = file.text().codePointCount(0, Math.max(0, file.text().indexOf('\uFFFD')));
      diagnostics.error(
          Code.NOT_UTF8,
          new Origin(file, new Span(bad, bad + 1), from),
          "a byte that is not UTF-8",
          "save the file as UTF-8");
      return null;
    }
    return isLong(file, from)
        ? null
        : new Loaded(SpecParser.parseFile(file, from, diagnostics), read.identity());
  }

  private boolean isLong(SourceFile file, @Nullable Origin from) {
    int start = 0;
    String text = file.text();
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '\n';
      if (c != '\n' && c != '\r') {
        continue;
      }
      if (i - start > LONGEST_LINE && text.codePointCount(start, i) > LONGEST_LINE) {
        int offset = text.codePointCount(0, start);
        Origin at = new Origin(new SourceFile(file.name(), ""), new Span(0, 0), from);
        tooLarge(
            at,
            "line " + file.line(offset) + " has more than " + LONGEST_LINE + " characters",
            "split the line");
        return true;
      }
      start = i + 1;
    }
    lines += file.line(text.codePointCount(0, text.length()));
    if (lines > MOST_LINES) {
      tooLarge(
          new Origin(file, new Span(0, 0), from),
          "this spec has more than " + MOST_LINES + " lines in all",
          "split it into specs");
    }
    return lines > MOST_LINES;
  }

  private void noHeader(String path, @Nullable Origin from, String wanted) {
    boolean base = wanted.equals("spec");
    if (from == null) {
      diagnostics.error(
          Code.NO_HEADER,
          at(null, path),
          "the file starts with neither `broot 1` nor `fragment 1`",
          "write `broot 1` as the first line");
    } else {
      diagnostics.error(
          base ? Code.UNKNOWN_BASE : Code.BAD_INCLUDE,
          from,
          "`" + path + "` is not a " + wanted,
          "start "
              + (base ? "a base" : "an included file")
              + " with `"
              + (base ? "broot" : "fragment")
              + " 1`");
    }
  }

  private void tooLarge(Origin at, String message, String hint) {
    diagnostics.error(Code.TOO_LARGE, at, message, hint);
  }

  private static String mib(int bytes) {
    return bytes / 1024 / 1024 + " MiB";
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The line that brings a file in, or the file itself. */
  static Origin at(@Nullable Origin from, String path) {
    return from != null ? from : new Origin(new SourceFile(path, ""), new Span(0, 0), null);
  }
}
