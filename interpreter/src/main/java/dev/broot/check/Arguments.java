package dev.broot.check;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.spec.Param;
import dev.broot.spec.Value;

/** Paths that are given to parameters, as people type them in a shell. */
final class Arguments {
  private Arguments() {}

  /**
   * A path as somebody means it who works in a directory: {@code .} is that directory.
   *
   * @param directory an absolute path without symlinks, as getcwd(3) gives it
   */
  static String absolute(String path, String directory) {
    if (path.isEmpty() || path.startsWith("/") || path.startsWith("~")) {
      return path;
    }
    String at = directory;
    String rest = path;
    while (rest.equals(".")
        || rest.equals("..")
        || rest.startsWith("./")
        || rest.startsWith("../")) {
      if (rest.startsWith("..")) {
        at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
      }
      int slash = rest.indexOf('/');
      rest = slash < 0 ? "" : rest.substring(slash + 1).replaceFirst("^/+", "");
    }
    String joined = rest.isEmpty() ? at : (at.endsWith("/") ? at : at + "/") + rest;
    return joined.isEmpty() ? "/" : joined;
  }

  /** Whether a path is absolute, which is said otherwise. */
  static boolean checkPath(String text, Origin at, Code code, Diagnostics diagnostics) {
    boolean good = text.startsWith("/");
    if (!good) {
      boolean home = text.equals("~") || text.startsWith("~/");
      diagnostics.error(
          code,
          at,
          text.isEmpty() ? "an empty path" : "`" + text + "` is not an absolute path",
          home && code == Code.BAD_ARGUMENT
              ? "your shell did not expand `~`; type \"$HOME" + text.substring(1) + "\""
              : "start the path with `/`");
    }
    return good;
  }

  /** Whether a value, if it starts with a parameter, starts with a path. */
  static boolean startsWithPath(Value value) {
    if (value.parts().isEmpty()) {
      return false;
    }
    Value.Part first = value.parts().get(0);
    if (first instanceof Value.Literal literal) {
      return literal.text().startsWith("/");
    }
    return first instanceof Value.Open open && open.param().type() == Param.Type.PATH;
  }
}
