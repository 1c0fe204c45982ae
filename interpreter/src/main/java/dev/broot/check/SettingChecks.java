package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Similar;
import dev.broot.spec.Namespace;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings that become one option of bubblewrap each, and what they need beside them. */
final class SettingChecks {
  // What bubblewrap refuses to do without (measured with 0.8).
  private static final Map<Setting.Kind, Namespace> NEEDS =
      Map.of(
          Setting.Kind.UID, Namespace.USER,
          Setting.Kind.GID, Namespace.USER,
          Setting.Kind.DISABLE_USERNS, Namespace.USER,
          Setting.Kind.HOSTNAME, Namespace.UTS,
          Setting.Kind.AS_PID_1, Namespace.PID);

  private static final List<String> WORDS =
      Arrays.stream(Setting.Kind.values())
          .filter(Setting.Kind::isDescriptor)
          .map(Setting.Kind::word)
          .toList();

  /** The words of those that bubblewrap takes. */
  static List<String> descriptorWords() {
    return WORDS;
  }

  private final Diagnostics diagnostics;
  private final Names names;
  private final Map<String, Line> settings;
  private final List<Line> files;
  private final Spec.Namespaces own;

  SettingChecks(
      Diagnostics diagnostics,
      Names names,
      Map<String, Line> settings,
      List<Line> files,
      Spec.Namespaces own) {
    this.diagnostics = diagnostics;
    this.names = names;
    this.settings = settings;
    this.files = files;
    this.own = own;
  }

  List<Setting> all() {
    List<Setting> all = new ArrayList<>();
    Map<Setting.Kind, Setting> passed = descriptors();
    for (Setting.Kind kind : Setting.Kind.values()) {
      Line line = settings.get(kind.word());
      if (line != null) {
        needs(kind, line);
        all.add(new Setting(kind, value(kind, line), line.provenance()));
      }
      Setting descriptor = passed.get(kind);
      if (descriptor != null) {
        all.add(descriptor);
      }
    }
    files.forEach(line -> file(line, all));
    return all;
  }

  private void file(Line line, List<Setting> all) {
    Statement.Body body = line.statement().body();
    if (body instanceof Statement.LockFile file) {
      lock(line);
      all.add(file(Setting.Kind.LOCK_FILE, file.path(), line));
    } else if (body instanceof Statement.Seccomp filter) {
      all.add(file(Setting.Kind.SECCOMP, filter.path(), line));
    }
  }

  // The process that holds the locks would be process 1; bubblewrap refuses both (measured with
  // 0.8).
  private void lock(Line line) {
    Line first = settings.get(Setting.Kind.AS_PID_1.word());
    if (first != null) {
      diagnostics.error(
          Code.NO_PLACE,
          line.origin(),
          "`lock-file` in a spec that says `as-pid-1`: bubblewrap's own process 1 holds the locks",
          "remove one of the two lines",
          new Note("`as-pid-1` is said here", first.origin()));
    }
  }

  private Setting file(Setting.Kind kind, Text said, Line line) {
    Value path = names.resolve(said, line);
    Wildcards.refuse(said, line.at(said.span()), diagnostics);
    if (!Arguments.startsWithPath(path)) {
      diagnostics.error(
          Code.RELATIVE_PATH,
          line.origin(),
          "`" + path.display() + "` is not an absolute path",
          kind.takes() == Setting.Takes.SANDBOX_FILE
              ? "write the path in the sandbox, from `/` on"
              : "write the path from `/` on, or declare `param NAME: path` and pass it with `--set`");
    }
    return new Setting(kind, path, line.provenance());
  }

  // What the caller passes.
  private Map<Setting.Kind, Setting> descriptors() {
    Map<Setting.Kind, Setting> given = new EnumMap<>(Setting.Kind.class);
    Map<String, Line> lines = new HashMap<>();
    for (Line line : files) {
      if (!(line.statement().body() instanceof Statement.Descriptor descriptor)
          || descriptor.passed() != null) {
        continue;
      }
      String name = descriptor.name().text();
      Setting.Kind kind = Setting.Kind.of(name);
      if (kind == null || !kind.isDescriptor()) {
        String similar = Similar.didYouMean(name, WORDS);
        diagnostics.error(
            Code.UNKNOWN_NAME,
            line.at(descriptor.name().span()),
            "bubblewrap takes no descriptor `" + name + "` from its caller",
            similar != null
                ? similar
                : "write one of " + String.join(", ", WORDS) + ", or `inherit NAME`");
        continue;
      }
      Line before = lines.put(name, line);
      if (before != null && before.level() == line.level()) {
        diagnostics.error(
            Code.DUPLICATE,
            line.origin(),
            "`descriptor " + name + "` is given twice",
            "remove one of the two lines",
            new Note("the first one", before.origin()));
        continue;
      }
      // A base may ask for it too.
      given.put(kind, new Setting(kind, null, line.provenance()));
      place(kind, line);
    }
    return given;
  }

  // bubblewrap 0.8 and 0.12 refuse `userns` and `userns-block` as it is said here (measured); of
  // `userns2` alone their help says that it is of no use.
  private void place(Setting.Kind kind, Line line) {
    boolean user = own.has(Namespace.USER);
    if (kind == Setting.Kind.USERNS
        && (user || own.has(Namespace.USER_TRY) || own.has(Namespace.ALL))) {
      misplaced(
          line,
          "`descriptor userns` in a spec that unshares `user`",
          "remove `descriptor userns`, or the line that unshares `user`");
    } else if (kind == Setting.Kind.USERNS2 && !has("userns")) {
      misplaced(
          line,
          "`descriptor userns2` also needs `descriptor userns`",
          "add a line `descriptor userns`");
    } else if (kind == Setting.Kind.USERNS_BLOCK && !(user && has("info"))) {
      misplaced(
          line,
          "`descriptor userns-block` also needs `unshare user` and `descriptor info`",
          "add the missing line");
    }
  }

  private void misplaced(Line line, String message, String hint) {
    diagnostics.error(Code.NO_PLACE, line.origin(), message, hint);
  }

  private boolean has(String name) {
    return files.stream()
        .anyMatch(
            line ->
                line.statement().body() instanceof Statement.Descriptor descriptor
                    && descriptor.name().text().equals(name));
  }

  private @Nullable Value value(Setting.Kind kind, Line line) {
    if (!(line.statement().body() instanceof Statement.TextSetting setting)) {
      return null;
    }
    Value value = names.resolve(setting.value(), line);
    String literal = value.literal();
    boolean number = kind == Setting.Kind.UID || kind == Setting.Kind.GID;
    if (literal != null && (literal.isEmpty() || (number && !literal.matches("[0-9]{1,9}")))) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(setting.value().span()),
          "`" + literal + "` is not a " + (number ? "number of a user or group" : kind.word()),
          number ? "write a number, as in `" + kind.word() + " 1000`" : null);
    }
    return value;
  }

  private void needs(Setting.Kind kind, Line line) {
    Namespace namespace = NEEDS.get(kind);
    if (namespace == null || own.has(namespace)) {
      return;
    }
    // `--unshare-all` only tries to make a user namespace, which is enough for an id (measured).
    boolean tried = own.has(Namespace.ALL) || (namespace == Namespace.USER && has("userns"));
    if (!tried || kind == Setting.Kind.DISABLE_USERNS) {
      diagnostics.error(
          Code.NO_PLACE,
          line.origin(),
          "`" + kind.word() + "` needs a namespace of its own",
          "add a line `unshare " + namespace.word() + "`");
    }
  }
}
