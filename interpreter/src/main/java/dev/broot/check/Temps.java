package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.spec.Mount;
import dev.broot.spec.Paths;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The temporary directories of a spec, and what is made in them before the run. */
final class Temps {
  private record Wanted(String path, int mode, Line line) {}

  private final Diagnostics diagnostics;
  private final Names names;
  private final Set<String> taken = new HashSet<>();
  private final List<Wanted> directories = new ArrayList<>();
  private final List<Line> texts = new ArrayList<>();
  private @Nullable Line sharedLine;
  private @Nullable Value sharedPrefix;
  private @Nullable String sharedName;
  private @Nullable Line firstShared;

  Temps(Diagnostics diagnostics, Names names) {
    this.diagnostics = diagnostics;
    this.names = names;
  }

  /** Notes that a line makes a temporary directory, and reports that there is no place for it. */
  void needs(String setting, Line line) {
    names.use(setting);
    if (!names.has(setting)) {
      diagnostics.error(
          Code.NO_PLACE,
          line.origin(),
          "the temporary directory of this line needs a line `" + setting + "`",
          "add a line such as `" + setting + " /run/broot create`");
    }
  }

  /** How the plan calls the temporary directory of a mount. */
  String name(Value to, String otherwise) {
    String literal = to.literal();
    String last = literal == null ? "" : Paths.lastPart(literal);
    String name = last.matches("[A-Za-z][A-Za-z0-9_]*") ? last : otherwise;
    String unique = name;
    for (int i = 2; !taken.add(unique); i++) {
      unique = name + i;
    }
    return unique;
  }

  Value prefix(Text text, Line line) {
    Value prefix = names.resolve(text, line);
    String literal = prefix.literal();
    if (literal == null || literal.indexOf('/') >= 0 || literal.isEmpty()) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(text.span()),
          "`" + text.display() + "` cannot start the name of a temporary directory",
          "write a prefix without `/`");
    }
    return prefix;
  }

  void shared(Statement.Temp temp, Line line) {
    Line before = sharedLine;
    if (before != null && before.level() == line.level()) {
      Entries.duplicate(diagnostics, "`temp` is given twice", line, before.origin());
      return;
    }
    sharedLine = line;
    sharedPrefix = prefix(temp.prefix(), line);
  }

  /** The temporary directory that mounts share, or null when none does. */
  Spec.@Nullable SharedTemp shared() {
    return sharedLine == null || sharedPrefix == null || sharedName == null
        ? null
        : new Spec.SharedTemp(sharedName, sharedPrefix, sharedLine.provenance());
  }

  Mount scratch(Statement.Scratch scratch, Value to, Line line) {
    needs("vardir", line);
    Text prefix = scratch.prefix();
    return prefix == null
        ? new Mount.Scratch(
            sharedName(line), inner(to, scratch.to(), line), to, null, List.of(), line.provenance())
        : new Mount.Scratch(
            name(to, "scratch"), "", to, prefix(prefix, line), List.of(), line.provenance());
  }

  Mount text(Statement.TextFile text, Value to, @Nullable Integer mode, Line line) {
    texts.add(line);
    return new Mount.TextFile(
        null,
        inner(to, text.to(), line),
        to,
        names.resolve(text.content(), line),
        mode,
        line.provenance());
  }

  /** A text that a line brings with it. */
  Mount text(String path, String content, Line line) {
    texts.add(line);
    return new Mount.TextFile(
        null, path.substring(1), Value.of(path), Value.of(content), null, line.provenance());
  }

  /** The text in the spec's {@code temp}, where there is one. */
  Mount.TextFile placed(Mount.TextFile text) {
    return sharedLine == null
        ? text
        : new Mount.TextFile(
            sharedName(texts.get(0)),
            text.inner(),
            text.to(),
            text.content(),
            text.mode(),
            text.provenance());
  }

  private String sharedName(Line line) {
    if (sharedName == null) {
      sharedName = name(Value.of("/tmp"), "tmp");
      firstShared = line;
    }
    return sharedName;
  }

  private String inner(Value to, Text text, Line line) {
    String literal = to.literal();
    String path = literal == null ? "" : Paths.normalize(literal).substring(1);
    if (path.isEmpty()) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(text.span()),
          "`" + text.display() + "` cannot name a place in the temporary directory",
          "name a path below `/`, without parameters");
    }
    return path;
  }

  void directory(Statement.ScratchDirectory directory, Value to, Line line) {
    String literal = to.literal();
    int mode = DeviceEntries.mode(directory.mode());
    if (mode < 0 || mode > 01777 || literal == null) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          literal == null ? "a directory with an unknown name" : "not the mode of a directory",
          "write it as in `scratch-dir /var/tmp 01777`, without set-user-ID and set-group-ID");
      return;
    }
    directories.add(new Wanted(Paths.normalize(literal), mode, line));
  }

  /** Forgets the directories in a scratch directory that was taken away. */
  void dropDirectories(String scratch) {
    directories.removeIf(wanted -> wanted.path().startsWith(scratch + "/"));
  }

  /** The scratch directory with the directories that are made in it. */
  Mount.Scratch withDirectories(Mount.Scratch scratch) {
    String to = scratch.to().literal();
    List<Mount.Scratch.Directory> own = new ArrayList<>();
    if (to != null) {
      String below = Paths.normalize(to) + "/";
      for (Wanted wanted : List.copyOf(directories)) {
        if (wanted.path().startsWith(below)) {
          own.add(
              new Mount.Scratch.Directory(
                  wanted.path().substring(below.length()),
                  wanted.mode(),
                  wanted.line().provenance()));
          directories.remove(wanted);
        }
      }
    }
    return new Mount.Scratch(
        scratch.temp(), scratch.inner(), scratch.to(), scratch.prefix(), own, scratch.provenance());
  }

  /** Reports what has no place, and a place that nothing uses. */
  void finish() {
    for (Wanted wanted : directories) {
      diagnostics.error(
          Code.NO_PLACE,
          wanted.line().origin(),
          "no `scratch` contains `" + wanted.path() + "`",
          "add a line such as `scratch /var prefix broot-var-`");
    }
    if (sharedLine != null && !texts.isEmpty()) {
      needs("vardir", texts.get(0));
    }
    if (firstShared != null && sharedLine == null) {
      diagnostics.error(
          Code.NO_PLACE,
          firstShared.origin(),
          "this line needs a line `temp`",
          "add a line such as `temp prefix broot-tmp-`");
    } else if (sharedLine != null && firstShared == null) {
      diagnostics.error(
          Code.NO_EFFECT,
          sharedLine.origin(),
          "no line uses this `temp`",
          "remove it, or add a `scratch` without a prefix or a `text`");
    }
  }
}
