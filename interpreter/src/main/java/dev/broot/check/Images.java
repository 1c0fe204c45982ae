package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Similar;
import dev.broot.spec.Image;
import dev.broot.spec.Value;
import dev.broot.syntax.Name;
import dev.broot.syntax.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code root image}: an image that is known by its digest, and by nothing else. */
final class Images {
  private static final String FORM =
      "write it as in `root image oci /srv/images/debian digest sha256:...`";

  private final Diagnostics diagnostics;
  private final Names names;
  private final Mounts mounts;

  Images(Diagnostics diagnostics, Names names, Mounts mounts) {
    this.diagnostics = diagnostics;
    this.names = names;
    this.mounts = mounts;
  }

  /** The image of a spec, or null where it has none. */
  @Nullable Image image(@Nullable Line line) {
    if (line == null || !(line.statement().body() instanceof Statement.RootImage said)) {
      return null;
    }
    Value path = names.resolve(said.path(), line);
    Wildcards.refuse(said.path(), line.at(said.path().span()), diagnostics);
    Image.Format format = format(said.format(), line);
    boolean good = mounts.checkAbsolute(path, said.path(), line, "source");
    if (Image.isIn(path)) {
      good = false;
      diagnostics.error(
          Code.CYCLE,
          line.at(said.path().span()),
          "the image lies in itself: `${root}` is where it is unpacked",
          "write the path of the image on the host");
    }
    String digits = good && format != null ? digits(said, format, path, line) : null;
    return format == null || digits == null
        ? null
        : new Image(format, path, digits, line.provenance());
  }

  private Image.@Nullable Format format(Name said, Line line) {
    Image.Format format = Image.Format.of(said.text());
    if (format == null) {
      String similar = Similar.didYouMean(said.text(), Image.Format.words());
      diagnostics.error(
          Code.UNKNOWN_NAME,
          line.at(said.span()),
          "broot unpacks no image that is `" + said.text() + "`",
          similar != null ? similar : FORM);
    }
    return format;
  }

  private @Nullable String digits(
      Statement.RootImage said, Image.Format format, Value path, Line line) {
    Name digest = said.digest();
    if (digest == null) {
      diagnostics.error(
          Code.NO_DIGEST,
          line.origin(),
          "an image without a digest could be another one tomorrow",
          missing(format, path.literal()));
      return null;
    }
    String digits = Image.digits(digest.text());
    if (digits == null) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(digest.span()),
          "`" + digest.text() + "` is not a digest",
          "write `sha256:` and 64 digits from 0 to f");
    }
    return digits;
  }

  private static String missing(Image.Format format, @Nullable String path) {
    if (format == Image.Format.OCI) {
      List<String> found = path == null ? List.of() : ImageDigest.ofLayout(path);
      return found.isEmpty()
          ? "add `digest sha256:...`; index.json of the layout has the digests of its manifests"
          : found.size() == 1
              ? "add `digest " + found.get(0).replaceFirst(" .*", "") + "`"
              : "add `digest` and one of " + String.join(", ", found);
    }
    String found = path == null ? null : ImageDigest.ofFile(path);
    return found == null
        ? "add `digest sha256:...`; `sha256sum` of the file prints the digits"
        : "add `digest " + found + "`";
  }
}
