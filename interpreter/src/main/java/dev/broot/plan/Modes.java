package dev.broot.plan;

/** Modes of files as people write them. */
public final class Modes {
  private Modes() {}

  /** Four octal digits. {@code String.format} would load locales, 8 ms at a cold start. */
  public static String octal(int mode) {
    String digits = Integer.toOctalString(mode);
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }
}
