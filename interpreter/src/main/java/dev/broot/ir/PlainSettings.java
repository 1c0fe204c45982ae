package dev.broot.ir;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.ir.Linker.Line;
import dev.broot.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings that become one option of bubblewrap each, and what they need beside them. */
final class PlainSettings {
  private static final String LOCK_FILE = "lock-file";

  // In the order of bubblewrap's help.
  private static final List<String> NAMES =
      List.of(
          "argv0",
          "disable-userns",
          "assert-userns-disabled",
          "uid",
          "gid",
          "hostname",
          "exec-label",
          "file-label",
          "as-pid-1");

  // What bubblewrap refuses to do without (measured with 0.8).
  private static final Map<String, String> NEEDS =
      Map.of(
          "uid", "user",
          "gid", "user",
          "disable-userns", "user",
          "hostname", "uts",
          "as-pid-1", "pid");

  private final Diagnostics diagnostics;
  private final Names names;
  private final Map<String, Line> settings;
  private final List<Line> files;
  private final List<String> own;

  PlainSettings(
      Diagnostics diagnostics,
      Names names,
      Map<String, Line> settings,
      List<Line> files,
      List<Spec.Unshared> namespaces) {
    this.diagnostics = diagnostics;
    this.names = names;
    this.settings = settings;
    this.files = files;
    own = namespaces.stream().map(Spec.Unshared::name).toList();
  }

  /** Whether an option is one of these. */
  static boolean isKnown(String name) {
    return NAMES.contains(name) || name.equals(LOCK_FILE) || name.equals(Spec.Plain.SECCOMP);
  }

  List<Spec.Plain> all() {
    List<Spec.Plain> all = new ArrayList<>();
    for (String name : NAMES) {
      Line line = settings.get(name);
      if (line != null) {
        needs(name, line);
        all.add(new Spec.Plain(name, value(name, line), line.provenance()));
      }
    }
    for (Line line : files) {
      Statement.Body body = line.statement().body();
      boolean lock = body instanceof Statement.LockFile;
      Value path =
          names.resolve(
              body instanceof Statement.LockFile file
                  ? file.path()
                  : ((Statement.Seccomp) body).path(),
              line);
      if (!Names.startsWithPath(path)) {
        diagnostics.error(
            Code.RELATIVE_PATH,
            line.origin(),
            "`" + path.display() + "` is not an absolute path",
            lock
                ? "it starts with `/`, as seen in the sandbox"
                : "name it from `/`, or declare `param NAME: path` and pass it with `--set`");
      }
      all.add(new Spec.Plain(lock ? LOCK_FILE : Spec.Plain.SECCOMP, path, line.provenance()));
    }
    return all;
  }

  private @Nullable Value value(String name, Line line) {
    if (!(line.statement().body() instanceof Statement.TextSetting setting)) {
      return null;
    }
    Value value = names.resolve(setting.value(), line);
    String literal = value.literal();
    boolean number = name.equals("uid") || name.equals("gid");
    if (literal != null && (literal.isEmpty() || (number && !literal.matches("[0-9]{1,9}")))) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(setting.value().span()),
          "`" + literal + "` is not a " + (number ? "number of a user or group" : name),
          number ? "as in `" + name + " 1000`" : null);
    }
    return value;
  }

  private void needs(String name, Line line) {
    String namespace = NEEDS.get(name);
    // `--unshare-all` only tries to make a user namespace, which is enough for an id (measured).
    boolean all = own.contains("all") && !name.equals("disable-userns");
    if (namespace != null && !own.contains(namespace) && !all) {
      diagnostics.error(
          Code.NO_PLACE,
          line.origin(),
          "`" + name + "` without a namespace of its own",
          "bubblewrap refuses that; add a line `unshare " + namespace + "`");
    }
  }
}
