package dev.broot.plan;

import dev.broot.spec.Image;
import java.util.List;

/** How a shell is asked for the directory of an image, by a script and by the library alike. */
public final class ImageCall {
  /** The part that has the function. */
  public static final String PART = "image";

  /** The part that it needs at each run, which others need too. */
  public static final String TRUST = "trust";

  /** The part that unpacks. */
  public static final String UNPACK = "image-unpack";

  /** The part that knows which programs that takes. */
  public static final String TOOLS = "image-tools";

  /** The part which unpacking needs, and others too. */
  public static final String ERASE = "erase";

  /** All that a shell needs that knows nothing yet. */
  static final List<String> ASKED =
      List.of("mask-report", "identity", TRUST, ERASE, PART, TOOLS, UNPACK);

  /** What it says to that it knows all. */
  static final String LEARNT = "broot_image_learn() {\n  :\n}";

  private ImageCall() {}

  /**
   * The call, after which {@code broot_image} is the directory.
   *
   * @param path where the image lies, as a word of the shell
   */
  public static String of(Image image, String path) {
    return "broot_image_find "
        + image.format().word()
        + " "
        + image.digest()
        + " "
        + ShellWords.quote(image.provenance().origin().place())
        + " "
        + path;
  }
}
