package dev.broot.check;

import dev.broot.check.SpecFiles.Loaded;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Similar;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import dev.broot.spec.Provenance;
import dev.broot.syntax.SpecParser;
import dev.broot.syntax.SpecSyntax;
import dev.broot.syntax.Statement;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows {@code base} and {@code include} from one file to all lines that make up a spec. */
final class Linker {
  /**
   * A statement with its place.
   *
   * @param level 0 for the deepest base, counting up to the spec itself
   * @param exempting the lines that brought it in and leave something out
   */
  record Line(Statement statement, Origin origin, int level, List<Line> exempting) {
    Provenance provenance() {
      return new Provenance(origin, statement.because(), statement.unsafe() != null);
    }

    /** The place of a part of the line. */
    Origin at(Span span) {
      return new Origin(origin.file(), span, origin.from());
    }
  }

  /**
   * All lines of a spec.
   *
   * @param levels the lines of each level, the deepest base first, includes in their place
   * @param header the first line of the spec itself
   * @param ground the line from which the spec starts with nothing, or null where it has a base
   * @param top the level of the spec itself; above it are the lines of the command line
   */
  record Linked(List<List<Line>> levels, Origin header, @Nullable Provenance ground, int top) {}

  private static final int DEEPEST = 200;

  private final SpecFiles files;
  private final Diagnostics diagnostics;
  private final Deque<Loaded> open = new ArrayDeque<>();

  private record Included(int level, List<Line> exempting, Origin at) {}

  // The fragments of a level, by identity: what two others include stands there once.
  private final Map<String, Included> included = new HashMap<>();
  private String asked = "";

  Linker(Sources sources, Diagnostics diagnostics) {
    this.files = new SpecFiles(sources, diagnostics);
    this.diagnostics = diagnostics;
  }

  /** The files that were met, in order. */
  List<SourceFile> files() {
    return files.all();
  }

  /** Links a spec; null when its own text cannot be read. */
  @Nullable Linked link(String path, List<SourceFile> extraLines, List<String> policies) {
    asked = path;
    Loaded spec = load(path, null, "spec");
    if (spec == null) {
      return null;
    }
    Origin header = new Origin(spec.syntax().file(), new Span(0, 0), null);
    if (spec.syntax().fragment() && !diagnostics.hasErrors()) {
      diagnostics.error(
          Code.MISPLACED,
          header,
          "this is a fragment, which cannot be run",
          "run a spec with the lines `broot 1` and `include \"" + path + "\"`");
    }
    List<List<Line>> levels = new ArrayList<>();
    levels(spec, null, levels);
    int top = levels.size() - 1;
    for (String policy : policies) {
      SourceFile argument = new SourceFile("--policy", policy);
      files.add(argument);
      Span whole = new Span(0, policy.codePointCount(0, policy.length()));
      Origin at = new Origin(argument, whole, null);
      asked = policy;
      bringIn(
          load(policy, at, "fragment"),
          policy,
          at,
          new Included(top, List.of(), at),
          levels.get(top));
    }
    if (!extraLines.isEmpty()) {
      levels.add(extra(extraLines, levels.size()));
    }
    return new Linked(levels, header, ground(spec.syntax(), header), top);
  }

  // Who calls may replace what the spec set, as a spec may what its base set.
  private List<Line> extra(List<SourceFile> texts, int level) {
    List<Line> lines = new ArrayList<>();
    for (SourceFile text : texts) {
      files.add(text);
      for (Statement statement : SpecParser.parseLine(text, diagnostics)) {
        Line line = new Line(statement, new Origin(text, statement.span(), null), level, List.of());
        if (isAboutFiles(statement.body())) {
          diagnostics.error(
              Code.MISPLACED, line.origin(), "`--line` does not allow this statement", null);
        } else {
          lines.add(line);
        }
      }
    }
    return lines;
  }

  private static @Nullable Provenance ground(SpecSyntax syntax, Origin header) {
    for (Statement statement : syntax.statements()) {
      if (statement.body() instanceof Statement.Base base) {
        Origin origin = new Origin(syntax.file(), statement.span(), null);
        boolean none = base.name().display().equals(Bases.NONE);
        return none ? new Provenance(origin, statement.because(), false) : null;
      }
    }
    return new Provenance(header, null, false);
  }

  private static boolean isAboutFiles(Statement.Body body) {
    return body instanceof Statement.Base
        || body instanceof Statement.Include
        || body instanceof Statement.MountsHere;
  }

  private void levels(Loaded unit, @Nullable Origin from, List<List<Line>> levels) {
    open.push(unit);
    Origin baseLine = null;
    for (Statement statement : unit.syntax().statements()) {
      if (statement.body() instanceof Statement.Base base) {
        Origin here = new Origin(unit.syntax().file(), statement.span(), from);
        if (baseLine != null) {
          diagnostics.error(
              Code.DUPLICATE,
              here,
              "a second `base`",
              "remove one of them",
              new Note("the first one", baseLine));
        } else {
          baseLine = here;
          base(base, here, unit, levels);
        }
      }
    }
    List<Line> lines = new ArrayList<>();
    levels.add(lines);
    inline(unit, from, levels.size() - 1, List.of(), lines);
    open.pop();
  }

  private void base(Statement.Base base, Origin here, Loaded unit, List<List<Line>> levels) {
    Origin at = new Origin(here.file(), base.name().span(), here.from());
    String name = base.name().display();
    if (!base.name().isLiteral()) {
      diagnostics.error(Code.UNKNOWN_BASE, at, "a base cannot contain `${...}`", null);
      return;
    }
    if (name.equals(Bases.NONE)) {
      return;
    }
    boolean isFile = name.endsWith(".broot");
    if (!isFile && !Bases.names().contains(name) && !Bases.fragments().contains(name)) {
      String similar = Similar.didYouMean(name, Bases.names());
      diagnostics.error(
          Code.UNKNOWN_BASE,
          at,
          "no base is called `" + name + "`",
          similar != null
              ? similar
              : "`broot bases` lists the bases; name a file with its ending `.broot`");
      return;
    }
    Loaded loaded =
        isFile ? loadRelative(name, unit, at, "spec") : load(Bases.PREFIX + name, at, "spec");
    if (loaded == null) {
      return;
    }
    if (loaded.syntax().fragment()) {
      diagnostics.error(
          Code.UNKNOWN_BASE, at, "`" + name + "` is a fragment", "use `include` for a fragment");
      return;
    }
    levels(loaded, here, levels);
  }

  private void inline(
      Loaded unit, @Nullable Origin from, int level, List<Line> exempting, List<Line> lines) {
    Map<String, Origin> here = new HashMap<>();
    for (Statement statement : unit.syntax().statements()) {
      Origin origin = new Origin(unit.syntax().file(), statement.span(), from);
      Line line = new Line(statement, origin, level, exempting);
      checkPrefixes(line);
      if (statement.body() instanceof Statement.Include include) {
        include(include, line, unit, lines, here);
      } else if (statement.body() instanceof Statement.Base) {
        if (unit.syntax().fragment()) {
          diagnostics.error(
              Code.MISPLACED, line.origin(), "a `base` in a fragment", "move the line to the spec");
        }
      } else {
        lines.add(line);
      }
    }
  }

  private void checkPrefixes(Line line) {
    if (line.statement().unsafe() != null && isAboutFiles(line.statement().body())) {
      diagnostics.error(
          Code.NOT_UNSAFE,
          line.origin(),
          "`unsafe` on a line that grants nothing",
          "remove the word `unsafe`");
    }
  }

  private void include(
      Statement.Include include,
      Line line,
      Loaded unit,
      List<Line> lines,
      Map<String, Origin> here) {
    Origin at = line.at(include.path().span());
    Wildcards.refuse(include.path(), line.at(include.path().span()), diagnostics);
    if (!include.path().isLiteral()) {
      diagnostics.error(Code.BAD_INCLUDE, at, "an include cannot contain `${...}`", null);
      return;
    }
    String path = include.path().display();
    Origin before = here.putIfAbsent(path, line.origin());
    if (before != null) {
      diagnostics.error(
          Code.DUPLICATE,
          line.origin(),
          "`" + path + "` is included twice",
          "remove one of the two lines",
          new Note("the first one", before));
      return;
    }
    boolean shipped = Bases.fragments().contains(path);
    Loaded loaded =
        shipped
            ? load(Bases.PREFIX + path, at, "fragment")
            : loadRelative(path, unit, at, "fragment");
    List<Line> exempting = new ArrayList<>();
    if (!include.except().isEmpty()) {
      exempting.add(line);
    }
    exempting.addAll(line.exempting());
    bringIn(loaded, path, at, new Included(line.level(), exempting, line.origin()), lines);
  }

  // The lines of a fragment, where there is one; of one that this level has already, none.
  private void bringIn(
      @Nullable Loaded loaded, String path, Origin at, Included now, List<Line> lines) {
    if (loaded == null) {
      return;
    }
    if (!loaded.syntax().fragment()) {
      diagnostics.error(
          Code.BAD_INCLUDE,
          at,
          "`" + path + "` is a spec, not a fragment",
          "start an included file with `fragment 1`");
      return;
    }
    Included before = included.put(loaded.identity(), now);
    if (before != null && before.level() == now.level()) {
      if (!before.exempting().equals(now.exempting())) {
        diagnostics.error(
            Code.BAD_INCLUDE,
            now.at(),
            "`" + path + "` is included twice, and not with the same `except`",
            "the lines of a fragment stand in a spec once; include it in one place only",
            new Note("the other one", before.at()));
      }
      return;
    }
    open.push(loaded);
    inline(loaded, now.at(), now.level(), now.exempting(), lines);
    open.pop();
  }

  private @Nullable Loaded loadRelative(String path, Loaded unit, Origin at, String wanted) {
    if (path.startsWith("/")) {
      diagnostics.error(
          Code.BAD_INCLUDE,
          at,
          "`" + path + "` is an absolute path",
          "write the path relative to this file");
      return null;
    }
    String parent = unit.syntax().file().name();
    if (parent.startsWith(Bases.PREFIX)) {
      diagnostics.error(Code.BAD_INCLUDE, at, "a shipped file includes nothing", null);
      return null;
    }
    int slash = parent.lastIndexOf('/');
    String directory = parent.equals("-") || slash < 0 ? "" : parent.substring(0, slash + 1);
    return load(directory + path, at, wanted);
  }

  private @Nullable Loaded load(String path, @Nullable Origin from, String wanted) {
    Sources.Bytes read;
    try {
      read = open.isEmpty() ? files.read(path) : files.bring(path, asked);
    } catch (Sources.ElsewhereException e) {
      diagnostics.error(
          Code.BAD_INCLUDE,
          SpecFiles.at(from, path),
          "`" + path + "` lies outside of " + e.tree(),
          "what a spec brings in lies in its own directory or git work tree; `--include-root DIR`"
              + " adds another one");
      return null;
    } catch (IOException e) {
      String message = e.getMessage();
      diagnostics.error(
          Code.UNREADABLE,
          SpecFiles.at(from, path),
          "cannot read `" + path + "`: " + message,
          null);
      return null;
    }
    if (open.size() > DEEPEST) {
      diagnostics.error(
          Code.CYCLE,
          SpecFiles.at(from, path),
          "files are nested more than " + DEEPEST + " deep",
          null);
      return null;
    }
    for (Loaded above : open) {
      if (above.identity().equals(read.identity())) {
        diagnostics.error(
            Code.CYCLE,
            SpecFiles.at(from, path),
            "`" + path + "` leads back to itself",
            "remove this line, or the line that leads back");
        return null;
      }
    }
    return files.parse(path, read, from, wanted);
  }
}
