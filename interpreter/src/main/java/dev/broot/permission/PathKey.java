package dev.broot.permission;

import dev.broot.plan.Word;
import dev.broot.spec.Image;
import dev.broot.spec.Param;
import java.util.ArrayList;
import java.util.List;

/**
 * Paths as keys. Two keys are equal where the two paths are the same on every host, whatever values
 * parameters have, and one lies within another where that is so on every host.
 *
 * <p>A literal path without {@code ..} is its own key, without empty and {@code .} parts. What is
 * not known lexically becomes one opaque part, up to the last place where something is not known:
 * the value of a parameter may be any path, and {@code /a/..} is {@code /} only where {@code /a} is
 * no symlink. No literal path holds a NUL, so that none looks like an opaque part.
 */
final class PathKey {
  /** The root of the host's tree, and of the sandbox's. */
  static final String ROOT = "/";

  /** The tree of a procfs that shows the sandbox's own processes; not a part of the host's. */
  static final String OWN_PROC = "\0proc";

  private static final String OPAQUE = "\0O";
  private static final String SLASH = "\0S";
  private static final char PARAM = 'P';
  private static final char MODULE = 'M';
  private static final char TEMP = 'T';
  private static final char OTHER = 'X';

  private PathKey() {}

  /** The key of a path. */
  static String of(Word word) {
    return ofText(text(word));
  }

  /** The key of a literal path. */
  static String of(String literal) {
    return ofText(literal.replace("\0", ""));
  }

  /** The key of a place of the sandbox, where what a process holds open is in its own procfs. */
  static String place(Word word) {
    return place(text(word));
  }

  /** The same of a path without parameters. */
  static String place(String text) {
    return ofParts(split(text), 0);
  }

  /** The key of a directory in which {@code python3} keeps a module. */
  static String ofModule(String name) {
    return ofText("\0" + MODULE + name + "\0");
  }

  /** Whether a path is none of some others, and below none of them. */
  static boolean isOutside(String path, List<String> others) {
    return others.stream().noneMatch(other -> isWithin(path, other));
  }

  /**
   * A word as one text: equal texts are equal words, and nothing literal looks like an open part.
   */
  static String text(Word word) {
    StringBuilder text = new StringBuilder();
    for (Word.Part part : word.parts()) {
      if (part instanceof Word.Literal literal) {
        text.append(literal.text().replace("\0", ""));
      } else if (part instanceof Word.Open open) {
        Param param = open.param();
        text.append('\0').append(PARAM).append(param.name()).append('\0').append(param.type());
        String variable = param.variable();
        text.append('\0').append(variable == null ? "" : variable).append('\0');
      } else if (part instanceof Word.PythonModule module) {
        text.append('\0').append(MODULE).append(module.module()).append('\0');
      } else if (part instanceof Word.Temp temp) {
        text.append('\0').append(TEMP).append(temp.name()).append('\0');
      } else {
        text.append('\0').append(OTHER).append(part).append('\0');
      }
    }
    return text.toString();
  }

  private static String ofText(String text) {
    boolean plain =
        text.startsWith("/")
            && !text.endsWith("/")
            && text.indexOf('\0') < 0
            && !text.contains("//")
            && !text.contains("/.")
            && !Magic.isWithin(text);
    return plain ? text : ofHost(split(text));
  }

  private static String ofHost(List<String> parts) {
    return ofParts(parts, Magic.length(parts));
  }

  private static String ofParts(List<String> parts, int least) {
    int known = least;
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).indexOf('\0') >= 0 || parts.get(i).equals("..")) {
        known = Math.max(known, i + 1);
      }
    }
    List<String> kept = new ArrayList<>();
    if (known > 0) {
      kept.add(OPAQUE + String.join(SLASH, parts.subList(0, known)));
    }
    kept.addAll(parts.subList(known, parts.size()));
    return ROOT + String.join("/", kept);
  }

  // The parts of a text between slashes, without those that say nothing.
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts;
  }

  /** Whether a path is another or lies below it. */
  static boolean isWithin(String path, String parent) {
    int end = parent.length();
    return path.startsWith(parent)
        && (path.length() == end || path.charAt(end) == '/' || parent.equals(ROOT));
  }

  /** What stands behind {@code parent} in a path within it: empty, or with a slash in front. */
  static String below(String path, String parent) {
    String rest = path.substring(parent.equals(ROOT) ? 0 : parent.length());
    return rest.equals("/") ? "" : rest;
  }

  /** The path in {@code parent} that {@link #below} gave. */
  static String join(String parent, String rest) {
    return rest.isEmpty() ? parent : parent.equals(ROOT) ? rest : parent + rest;
  }

  /** The path above; the root is above itself. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? path : slash == 0 ? ROOT : path.substring(0, slash);
  }

  /** The last part of a path. */
  static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether a part of it is not known lexically. */
  static boolean isOpaque(String path) {
    return path.indexOf('\0') >= 0;
  }

  /** Whether a part of it is a parameter, or something else that is made at the run. */
  static boolean isOpen(String path) {
    return path.replace(OPAQUE, "").replace(SLASH, "").indexOf('\0') >= 0;
  }

  /** Whether a path holds a parameter without a value. */
  static boolean hasParameter(String path) {
    return path.contains("\0" + PARAM);
  }

  /**
   * A parameter in a key or a text.
   *
   * @param variable the variable of the caller's that gives its value, or empty
   */
  record Parameter(String name, String variable) {}

  /** The parameters in a key or a text. */
  static List<Parameter> parameters(String text) {
    List<Parameter> found = new ArrayList<>();
    String start = "\0" + PARAM;
    int at = text.indexOf(start);
    while (at >= 0) {
      // Name, type and variable, each ended by a NUL; a type starts like a parameter.
      int name = text.indexOf('\0', at + start.length());
      int type = text.indexOf('\0', name + 1);
      int variable = text.indexOf('\0', type + 1);
      found.add(
          new Parameter(
              text.substring(at + start.length(), name), text.substring(type + 1, variable)));
      at = text.indexOf(start, variable + 1);
    }
    return found;
  }

  /** The key as people write the path: {@code ${tree}/boot}. */
  static String display(String key) {
    if (!isOpaque(key)) {
      return key;
    }
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < key.length()) {
      char c = key.charAt(at++);
      if (c != '\0') {
        text.append(c);
        continue;
      }
      switch (key.charAt(at)) {
        case 'O' -> at++;
        case 'S' -> {
          text.append('/');
          at++;
        }
        case 'p' -> {
          text.append("/proc");
          at += "proc".length();
        }
        default -> at = open(key, at, text);
      }
    }
    String shown = text.toString();
    return shown.startsWith("/${") || shown.startsWith("/@") ? shown.substring(1) : shown;
  }

  // Writes what is open at a place of a key; the place behind it.
  private static int open(String key, int at, StringBuilder text) {
    int end = key.indexOf('\0', at);
    String name = key.substring(at + 1, end);
    switch (key.charAt(at)) {
      case PARAM -> {
        int variable = key.indexOf('\0', end + 1) + 1;
        end = key.indexOf('\0', variable);
        String image = Image.shown(name, key.substring(variable, end));
        text.append("${").append(name).append(image == null ? "" : "@" + image).append('}');
      }
      case MODULE -> text.append("@python3:").append(name);
      default -> text.append('@').append(name);
    }
    return end + 1;
  }
}
