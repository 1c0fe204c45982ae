package dev.broot.translate;

import dev.broot.bwrap.BwrapOption;
import dev.broot.spec.Sizes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a spec for the files of a sandbox, in the order of a command line. */
final class MountLines {
  private final CommandLineReader reader;
  private final List<String> lines = new ArrayList<>();
  private final List<String> overlays = new ArrayList<>();
  private @Nullable String perms;
  private @Nullable String size;

  MountLines(CommandLineReader reader) {
    this.reader = reader;
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
  void octal(String value, int index) {
    if (value.matches("[0-7]{1,4}")) {
      perms = "0" + value.replaceFirst("^0+(?=.)", "");
    } else {
      reader.refuse(index, "`" + value + "` is not a mode");
    }
  }

  /** A size for the next one. */
  void bytes(String value, int index) {
    if (value.matches("[1-9][0-9]{0,17}")) {
      size = Sizes.text(Long.parseLong(value));
    } else {
      reader.refuse(index, "`" + value + "` is not a number of bytes");
    }
  }

  /** Says an option about a file. */
  void add(BwrapOption option, List<String> values, int index) {
    String line = line(option, values, index);
    if (line == null) {
      return;
    }
    if (perms != null) {
      reader.refuse(index, "`--perms` before it has no effect on it, and bubblewrap refuses that");
      perms = null;
    }
    if (size != null) {
      reader.refuse(index, "`--size` before it has no effect on it, and bubblewrap refuses that");
      size = null;
    }
    lines.add(line);
  }

  private @Nullable String line(BwrapOption option, List<String> values, int index) {
    String first = values.get(0);
    return switch (option) {
      case BIND -> bind("rw", reader.path(first, index), values, "", index);
      case BIND_TRY -> bind("rw", reader.path(first, index), values, " optional", index);
      case RO_BIND -> bind("ro", reader.path(first, index), values, "", index);
      case RO_BIND_TRY -> bind("ro", reader.path(first, index), values, " optional", index);
      case DEV_BIND -> bind("dev", reader.path(first, index), values, "", index);
      case DEV_BIND_TRY -> bind("dev", reader.path(first, index), values, " optional", index);
      // A descriptor of a directory is that directory, when its name is known.
      case BIND_FD -> bind("rw", reader.input(first, index), values, "", index);
      case RO_BIND_FD -> bind("ro", reader.input(first, index), values, "", index);
      case SYMLINK ->
          "symlink " + Quoted.word(first) + " -> " + reader.target(values.get(1), index);
      case PROC -> "proc " + reader.target(first, index);
      case DEV -> "dev " + reader.target(first, index);
      case MQUEUE -> "mqueue " + reader.target(first, index);
      case REMOUNT_RO -> "remount-ro " + reader.target(first, index);
      case DIR -> "dir " + reader.target(first, index) + mode();
      case TMPFS -> tmpfs(reader.target(first, index));
      case CHMOD -> chmod(first, reader.target(values.get(1), index), index);
      case FILE -> copy("file", values, index);
      case BIND_DATA -> copy("bind-data rw", values, index);
      case RO_BIND_DATA -> copy("bind-data ro", values, index);
      case OVERLAY_SRC -> {
        reader.path(first, index);
        overlays.add(Quoted.string(first));
        yield null;
      }
      case OVERLAY ->
          overlay(
              "rw " + reader.path(first, index) + " work " + reader.path(values.get(1), index),
              values,
              index);
      case TMP_OVERLAY -> overlay("tmpfs", values, index);
      case RO_OVERLAY -> overlay("ro", values, index);
      default -> throw new IllegalArgumentException(option + " is not about a file");
    };
  }

  private String bind(
      String mode, String source, List<String> values, String condition, int index) {
    return "bind " + mode + " " + source + " -> " + reader.target(values.get(1), index) + condition;
  }

  private String tmpfs(String target) {
    String line = "tmpfs " + target + (size == null ? "" : " size " + size) + mode();
    size = null;
    return line;
  }

  private String chmod(String mode, String target, int index) {
    boolean octal = mode.matches("[0-7]{1,4}");
    if (!octal) {
      reader.refuse(index, "`" + mode + "` is not a mode");
    }
    return "chmod 0" + (octal ? mode.replaceFirst("^0+(?=.)", "") : "0") + " " + target;
  }

  private String copy(String word, List<String> values, int index) {
    return word
        + " "
        + reader.input(values.get(0), index)
        + " -> "
        + reader.target(values.get(1), index)
        + mode();
  }

  private String mode() {
    String mode = perms == null ? "" : " mode " + perms;
    perms = null;
    return mode;
  }

  private String overlay(String writes, List<String> values, int index) {
    String sources = "[" + String.join(", ", overlays) + "]";
    overlays.clear();
    String to = reader.target(values.get(values.size() - 1), index);
    return "overlay " + sources + " " + writes + " -> " + to;
  }
}
