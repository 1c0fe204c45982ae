package dev.broot.check;

import dev.broot.shipped.Shipped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The specs and fragments that ship with broot. */
public final class Bases {
  /** How a shipped base is named where a file is expected. */
  public static final String PREFIX = "base:";

  /** The name that says: no base. */
  public static final String NONE = "none";

  private static final List<String> NAMES = List.of("host", NONE, "osbuild-2020", "osbuild-2026");
  private static final List<String> FRAGMENTS =
      List.of(
          "audio",
          "caches",
          "certificates",
          "dbus",
          "dns",
          "git-protect",
          "git-user",
          "go",
          "gpu",
          "java",
          "node",
          "python",
          "rust",
          "secrets",
          "secrets-everywhere",
          "timezone",
          "tools-protect",
          "users",
          "wayland",
          "x11");

  private Bases() {}

  /** The names of the shipped bases, sorted. */
  public static List<String> names() {
    return NAMES;
  }

  /** The names of the shipped fragments, sorted. */
  public static List<String> fragments() {
    return FRAGMENTS;
  }

  /** The bytes of a shipped base or fragment, or null when none has this name. */
  public static byte @Nullable [] read(String name) {
    return NAMES.contains(name) || FRAGMENTS.contains(name)
        ? Shipped.bytes("bases/" + name + ".broot")
        : null;
  }
}
