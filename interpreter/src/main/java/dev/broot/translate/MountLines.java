package dev.broot.translate;

import dev.broot.ir.Sizes;
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

  /** Says an option about a file, and whether it is one. */
  boolean add(String name, List<String> values, int index) {
    String first = values.isEmpty() ? "" : values.get(0);
    boolean optional = name.endsWith("-try");
    String plain = optional ? name.substring(0, name.length() - 4) : name;
    // A descriptor of a directory is that directory, when its name is known.
    boolean opened = name.endsWith("bind-fd");
    plain = opened ? name.substring(0, name.length() - 3) : plain;
    String line;
    switch (plain) {
      case "bind", "ro-bind", "dev-bind" -> {
        String mode = plain.equals("bind") ? "rw" : plain.substring(0, plain.indexOf('-'));
        line =
            "bind "
                + mode
                + " "
                + (opened ? reader.input(first, index) : reader.path(first, index))
                + " -> "
                + reader.target(values.get(1), index)
                + (optional ? " optional" : "");
      }
      case "symlink" ->
          line = "symlink " + Quoted.word(first) + " -> " + reader.target(values.get(1), index);
      case "proc", "dev", "mqueue", "remount-ro" -> line = name + " " + reader.target(first, index);
      case "dir" -> line = "dir " + reader.target(first, index) + mode();
      case "tmpfs" -> {
        line =
            "tmpfs " + reader.target(first, index) + (size == null ? "" : " size " + size) + mode();
        size = null;
      }
      case "chmod" -> {
        boolean octal = first.matches("[0-7]{1,4}");
        if (!octal) {
          reader.refuse(index, "`" + first + "` is not a mode");
        }
        String mode = octal ? first.replaceFirst("^0+(?=.)", "") : "0";
        line = "chmod 0" + mode + " " + reader.target(values.get(1), index);
      }
      case "file" ->
          line =
              "file "
                  + reader.input(first, index)
                  + " -> "
                  + reader.target(values.get(1), index)
                  + mode();
      case "bind-data", "ro-bind-data" ->
          line =
              "bind-data "
                  + (plain.equals("bind-data") ? "rw " : "ro ")
                  + reader.input(first, index)
                  + " -> "
                  + reader.target(values.get(1), index)
                  + mode();
      case "overlay-src" -> {
        reader.path(first, index);
        overlays.add(Quoted.string(first));
        return true;
      }
      case "overlay", "tmp-overlay", "ro-overlay" -> line = overlay(plain, values, index);
      default -> {
        return false;
      }
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
    return true;
  }

  private String mode() {
    String mode = perms == null ? "" : " mode " + perms;
    perms = null;
    return mode;
  }

  private String overlay(String name, List<String> values, int index) {
    String sources = "[" + String.join(", ", overlays) + "]";
    overlays.clear();
    String to = reader.target(values.get(values.size() - 1), index);
    String writes =
        switch (name) {
          case "overlay" ->
              "rw "
                  + reader.path(values.get(0), index)
                  + " work "
                  + reader.path(values.get(1), index);
          case "tmp-overlay" -> "tmpfs";
          default -> "ro";
        };
    return "overlay " + sources + " " + writes + " -> " + to;
  }
}
