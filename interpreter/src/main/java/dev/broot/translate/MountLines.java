package dev.broot.translate;

import dev.broot.bwrap.BwrapOption;
import dev.broot.spec.Sizes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a spec for the files of a sandbox, in the order of a command line. */
final class MountLines {
  private final Places places;
  private final List<String> lines = new ArrayList<>();
  private final List<String> overlays = new ArrayList<>();
  private @Nullable String perms;
  private @Nullable String size;

  // What was refused is for the next mount.
  private boolean spoiled;

  MountLines(Places places) {
    this.places = places;
  }

  /** The lines. */
  List<String> all() {
    return lines;
  }

  /** Why what stands at the end says nothing. */
  List<String> unfinished() {
    List<String> refused = new ArrayList<>();
    if (perms != null || size != null) {
      refused.add("`--perms` or `--size` at the end is for no file");
    }
    if (!overlays.isEmpty()) {
      refused.add("`--overlay-src` at the end is for no overlay");
    }
    return refused;
  }

  /** A mode for the next one. */
  void octal(Arg word) throws Refused {
    spoiled = true;
    String value = places.literal(word);
    if (!value.matches("[0-7]{1,4}")) {
      throw new Refused("`" + value + "` is not a mode");
    }
    perms = "0" + value.replaceFirst("^0+(?=.)", "");
    spoiled = false;
  }

  /** A size for the next one. */
  void bytes(Arg word) throws Refused {
    spoiled = true;
    String value = places.literal(word);
    if (!value.matches("[1-9][0-9]{0,17}")) {
      throw new Refused("`" + value + "` is not a number of bytes");
    }
    size = Sizes.text(Long.parseLong(value));
    spoiled = false;
  }

  /** Says an option about a file. */
  void add(BwrapOption option, List<Arg> values) throws Refused {
    boolean layer = option == BwrapOption.OVERLAY_SRC;
    boolean lost = spoiled;
    spoiled = layer;
    if (lost && !layer) {
      forget();
      throw new Refused("what stands before it for it is refused");
    }
    String line;
    try {
      line = line(option, values);
    } catch (Refused e) {
      if (!layer) {
        forget();
      }
      throw e;
    }
    spoiled = lost;
    if (line == null) {
      return;
    }
    String before = perms != null ? "--perms" : size != null ? "--size" : null;
    forget();
    if (before != null) {
      throw new Refused(
          "`" + before + "` before it has no effect on it, and bubblewrap refuses that");
    }
    lines.add(line);
  }

  private void forget() {
    perms = null;
    size = null;
    overlays.clear();
  }

  /** Says in the place of a mount that it is not said. */
  void refused(String text) {
    lines.add("# refused: " + text);
  }

  private @Nullable String line(BwrapOption option, List<Arg> values) throws Refused {
    Arg first = values.get(0);
    return switch (option) {
      case BIND -> bind("rw", places.path(first), values, "");
      case BIND_TRY -> bind("rw", places.path(first), values, " optional");
      case RO_BIND -> bind("ro", places.path(first), values, "");
      case RO_BIND_TRY -> bind("ro", places.path(first), values, " optional");
      case DEV_BIND -> bind("dev", places.path(first), values, "");
      case DEV_BIND_TRY -> bind("dev", places.path(first), values, " optional");
      // A descriptor of a directory is that directory, when its name is known.
      case BIND_FD -> bind("rw", places.input(first), values, "");
      case RO_BIND_FD -> bind("ro", places.input(first), values, "");
      case SYMLINK -> "symlink " + places.text(first) + " -> " + places.target(values.get(1));
      case PROC -> "proc " + places.target(first);
      case DEV -> "dev " + places.target(first);
      case MQUEUE -> "mqueue " + places.target(first);
      case REMOUNT_RO -> "remount-ro " + places.target(first);
      case DIR -> "dir " + places.target(first) + mode();
      case TMPFS -> tmpfs(places.target(first));
      case CHMOD -> chmod(first, places.target(values.get(1)));
      case FILE -> copy("file", values);
      case BIND_DATA -> copy("bind-data rw", values);
      case RO_BIND_DATA -> copy("bind-data ro", values);
      case OVERLAY_SRC -> {
        String source = places.path(first);
        overlays.add(source.startsWith("\"") ? source : "\"" + source + "\"");
        yield null;
      }
      case OVERLAY ->
          overlay("rw " + places.path(first) + " work " + places.path(values.get(1)), values);
      case TMP_OVERLAY -> overlay("tmpfs", values);
      case RO_OVERLAY -> overlay("ro", values);
      default -> throw new IllegalArgumentException(option + " is not about a file");
    };
  }

  private String bind(String mode, String source, List<Arg> values, String condition)
      throws Refused {
    return "bind " + mode + " " + source + " -> " + places.target(values.get(1)) + condition;
  }

  private String tmpfs(String target) {
    String line = "tmpfs " + target + (size == null ? "" : " size " + size) + mode();
    size = null;
    return line;
  }

  private String chmod(Arg word, String target) throws Refused {
    String mode = places.literal(word);
    if (!mode.matches("[0-7]{1,4}")) {
      throw new Refused("`" + mode + "` is not a mode");
    }
    return "chmod 0" + mode.replaceFirst("^0+(?=.)", "") + " " + target;
  }

  private String copy(String word, List<Arg> values) throws Refused {
    return word
        + " "
        + places.input(values.get(0))
        + " -> "
        + places.target(values.get(1))
        + mode();
  }

  private String mode() {
    String mode = perms == null ? "" : " mode " + perms;
    perms = null;
    return mode;
  }

  private String overlay(String writes, List<Arg> values) throws Refused {
    String sources = "[" + String.join(", ", overlays) + "]";
    overlays.clear();
    String to = places.target(values.get(values.size() - 1));
    return "overlay " + sources + " " + writes + " -> " + to;
  }
}
