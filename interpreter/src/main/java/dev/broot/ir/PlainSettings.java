package dev.broot.ir;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Similar;
import dev.broot.ir.Linker.Line;
import dev.broot.syntax.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings that become one option of bubblewrap each, and what they need beside them. */
final class PlainSettings {
  private static final String LOCK_FILE = "lock-file";
  private static final String LEVEL_PREFIX = "level-prefix";

  // In the order of bubblewrap's help.
  private static final List<String> NAMES =
      List.of(
          "argv0",
          LEVEL_PREFIX,
          "disable-userns",
          "assert-userns-disabled",
          "uid",
          "gid",
          "hostname",
          "exec-label",
          "file-label",
          "as-pid-1",
          Spec.Plain.BOUNDARY);

  /** What the caller passes as a descriptor, and the option that takes it; sorted. */
  static final SortedMap<String, String> DESCRIPTORS =
      new TreeMap<>(
          Map.of(
              "block",
              "block-fd",
              "info",
              "info-fd",
              Spec.Plain.STATUS,
              "json-status-fd",
              "pidns",
              "pidns",
              "sync",
              "sync-fd",
              "userns",
              "userns",
              "userns2",
              "userns2",
              "userns-block",
              "userns-block-fd"));

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
    return NAMES.contains(name)
        || name.equals(LOCK_FILE)
        || name.equals(Spec.Plain.SECCOMP)
        || DESCRIPTORS.containsValue(name);
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
    all.addAll(descriptors().values());
    for (Line line : files) {
      Statement.Body body = line.statement().body();
      if (body instanceof Statement.Descriptor) {
        continue;
      }
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

  // What the caller passes. bubblewrap 0.8 and 0.12 refuse `userns` and `userns-block` as it is
  // said
  // here (measured); of `userns2` alone their help says that it is of no use.
  private Map<String, Spec.Plain> descriptors() {
    Map<String, Spec.Plain> given = new TreeMap<>();
    Map<String, Line> lines = new HashMap<>();
    for (Line line : files) {
      if (!(line.statement().body() instanceof Statement.Descriptor descriptor)) {
        continue;
      }
      String name = descriptor.name().text();
      String option = DESCRIPTORS.get(name);
      if (option == null) {
        String similar = Similar.didYouMean(name, DESCRIPTORS.keySet());
        diagnostics.error(
            Code.UNKNOWN_NAME,
            line.at(descriptor.name().span()),
            "bubblewrap takes no descriptor `" + name + "` from its caller",
            similar != null ? similar : "they are " + String.join(", ", DESCRIPTORS.keySet()));
        continue;
      }
      Line before = lines.put(name, line);
      if (before != null && before.level() == line.level()) {
        diagnostics.error(
            Code.DUPLICATE,
            line.origin(),
            "`descriptor " + name + "` is asked for twice",
            "remove one of the two lines",
            new Note("the first one", before.origin()));
        continue;
      }
      // A base may ask for it too.
      given.put(name, new Spec.Plain(option, null, line.provenance()));
      boolean user = own.contains("user");
      String problem =
          switch (name) {
            case "userns" ->
                user || own.contains("user-try") || own.contains("all")
                    ? "the sandbox has one user namespace: its own, or the caller's"
                    : null;
            case "userns2" -> has("userns") ? null : "`userns2` is entered from `userns`";
            case "userns-block" ->
                user && has("info")
                    ? null
                    : "it waits until the caller has set up `unshare user`, told by `info`";
            default -> null;
          };
      if (problem != null) {
        diagnostics.error(
            Code.NO_PLACE,
            line.origin(),
            "`descriptor " + name + "` has no place here: " + problem,
            name.equals("userns2") ? "add a line `descriptor userns`" : "bubblewrap refuses it");
      }
    }
    return given;
  }

  private boolean has(String name) {
    return files.stream()
        .anyMatch(
            line ->
                line.statement().body() instanceof Statement.Descriptor descriptor
                    && descriptor.name().text().equals(name));
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
    boolean all =
        (own.contains("all") || ("user".equals(namespace) && has("userns")))
            && !name.equals("disable-userns");
    if (namespace != null && !own.contains(namespace) && !all) {
      diagnostics.error(
          Code.NO_PLACE,
          line.origin(),
          "`" + name + "` without a namespace of its own",
          "bubblewrap refuses that; add a line `unshare " + namespace + "`");
    }
  }
}
