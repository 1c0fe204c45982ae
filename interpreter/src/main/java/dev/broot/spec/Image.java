package dev.broot.spec;

import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image of a root tree, which is unpacked once on a host. {@code ${root}} is the directory where
 * that has been done: a parameter that each run finds out, and that is known by the format and the
 * digest, so that two images are never the same path: one file can be read as two formats.
 *
 * @param format what it is
 * @param path where it lies on the host, for whoever has not unpacked it yet
 * @param digest the SHA-256 of the manifest of an OCI image and of the file of any other, in
 *     hexadecimal digits
 * @param provenance where it was said
 */
public record Image(Format format, Value path, String digest, Provenance provenance) {
  /** How a digest starts in the language. */
  public static final String ALGORITHM = "sha256:";

  /** How the plan calls its directory. */
  public static final String NAME = "root";

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  // Digits that tell images apart where people read.
  private static final int SHOWN = 12;

  private static final char SEPARATOR = '_';

  // Of a script; nobody's environment has it.
  private static final String VARIABLE = "broot_image_";

  // No line declares it.
  private static final Origin NOWHERE =
      new Origin(new SourceFile("image", ""), new Span(0, 0), null);

  /** What broot unpacks. */
  public enum Format {
    /** A directory in the layout of the Open Container Initiative. */
    OCI,
    /** A tarball, compressed or not. */
    TAR,
    /** A file system of squashfs. */
    SQUASHFS,
    /** A file system of erofs. */
    EROFS;

    /** Its word in the language. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The words of all of them. */
    public static List<String> words() {
      return Arrays.stream(values()).map(Format::word).toList();
    }

    /** The format of a word, or null where there is none. */
    public static @Nullable Format of(String word) {
      return Arrays.stream(values())
          .filter(format -> format.word().equals(word))
          .findFirst()
          .orElse(null);
    }
  }

  /** The digits of a digest as the language has it, or null where it is none. */
  public static @Nullable String digits(String said) {
    String digits = said.startsWith(ALGORITHM) ? said.substring(ALGORITHM.length()) : "";
    return HEX.matcher(digits).matches() ? digits : null;
  }

  /** The digest as the language has it. */
  public String said() {
    return ALGORITHM + digest;
  }

  /** The variable of a script that has the directory. */
  public String variable() {
    return variable(format, digest);
  }

  private static String variable(Format format, String digest) {
    return VARIABLE + format.word() + SEPARATOR + digest;
  }

  /** What {@code ${root}} is with an image of this format and digest. */
  public static Param param(Format format, String digest) {
    return new Param(NAME, Param.Type.PATH, variable(format, digest), NOWHERE);
  }

  /** What {@code ${root}} is with what a line says, or null where that is a mistake. */
  public static @Nullable Param param(String word, String said) {
    Format format = Format.of(word);
    String digits = digits(said);
    return format == null || digits == null ? null : param(format, digits);
  }

  /** What {@code ${root}} is with the image of a key, or null where it is none's. */
  public static @Nullable Param param(String key) {
    int end = key.indexOf(SEPARATOR);
    return end < 0 ? null : param(key.substring(0, end), ALGORITHM + key.substring(end + 1));
  }

  /** The format and digits of the image of a parameter, or null where it is none's directory. */
  public static @Nullable String key(Param param) {
    String variable = param.variable();
    return variable != null && param.name().equals(NAME) && variable.startsWith(VARIABLE)
        ? variable.substring(VARIABLE.length())
        : null;
  }

  /** The start of a key, as people are told which image it is, or null where it is none's. */
  public static @Nullable String shown(String name, String variable) {
    if (!name.equals(NAME) || !variable.startsWith(VARIABLE)) {
      return null;
    }
    String key = variable.substring(VARIABLE.length());
    int digits = key.indexOf(SEPARATOR) + 1;
    return key.substring(0, digits - 1) + ":" + key.substring(digits, digits + SHOWN);
  }

  /** Whether a value is, or starts with, the directory of an image. */
  public static boolean isIn(Value value) {
    return value.parts().stream()
        .anyMatch(part -> part instanceof Value.Open open && key(open.param()) != null);
  }
}
