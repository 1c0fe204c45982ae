package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Similar;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import dev.broot.spec.Caller;
import dev.broot.spec.Image;
import dev.broot.spec.Param;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What {@code ${name}} stands for: parameters with their values, and settings. */
final class Names {
  /** Settings that other lines may refer to. */
  static final List<String> REFERABLE = Spec.REFERABLE;

  private static final String RUNNER_NAME = "runner-name";

  /** Where a provider listens; known in its own line only. */
  private static final String SOCKET = "socket";

  private static final List<String> RESERVED = List.of(SOCKET, RUNNER_NAME);

  private record Declared(Line line, Statement.Param statement, Param param) {}

  private final Diagnostics diagnostics;
  private final ValueLimits limits;
  private final Map<String, Declared> params = new LinkedHashMap<>();
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Map<String, Said> settings = new LinkedHashMap<>();
  private final Map<String, Param> required = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final Set<String> resolving = new HashSet<>();

  /** A setting as it was said. */
  record Said(Line line, Text text) {}

  Names(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    this.limits = new ValueLimits(diagnostics);
  }

  /**
   * Declares the parameters of all lines and gives them the values of {@code --set}.
   *
   * @param directory where relative paths among these start, or null where there may be none
   */
  void declare(List<List<Line>> levels, Map<String, String> arguments, @Nullable String directory) {
    for (List<Line> level : levels) {
      for (Line line : level) {
        if (line.statement().body() instanceof Statement.Param param) {
          declare(line, param);
        }
      }
    }
    for (Map.Entry<String, String> argument : arguments.entrySet()) {
      assign(argument.getKey(), argument.getValue(), directory);
    }
    for (Declared declared : params.values()) {
      Text fallback = declared.statement().value();
      if (fallback != null && !values.containsKey(declared.param().name())) {
        Value value = resolve(fallback, declared.line());
        String literal = value.literal();
        boolean good =
            declared.param().type() != Param.Type.PATH
                || literal == null
                || Arguments.checkPath(
                    literal, declared.line().at(fallback.span()), Code.BAD_VALUE, diagnostics);
        if (declared.param().type() == Param.Type.PATH) {
          Wildcards.refuse(fallback, declared.line().at(fallback.span()), diagnostics);
        }
        values.put(declared.param().name(), good ? value : open(declared.param()));
      }
    }
  }

  private void declare(Line line, Statement.Param statement) {
    String name = statement.name().text();
    Origin at = line.at(statement.name().span());
    if (REFERABLE.contains(name) || RESERVED.contains(name) || Caller.is(name)) {
      diagnostics.error(
          Code.DUPLICATE, at, "`" + name + "` is a setting", "give the parameter another name");
      return;
    }
    Declared before = params.get(name);
    if (before != null && !Needs.areOne(before.line(), before.statement(), line, statement)) {
      diagnostics.error(
          Code.DUPLICATE,
          at,
          "the parameter `" + name + "` is declared twice",
          null,
          new Note("the first declaration", before.line().origin()));
      return;
    } else if (before != null && Needs.depth(line) >= Needs.depth(before.line())) {
      return;
    }
    Param.Type type;
    switch (statement.type().text()) {
      case "path" -> type = Param.Type.PATH;
      case "string" -> type = Param.Type.STRING;
      default -> {
        String word = statement.type().text();
        String similar = Similar.didYouMean(word, List.of("path", "string"));
        diagnostics.error(
            Code.UNKNOWN_NAME,
            line.at(statement.type().span()),
            "`" + word + "` is not a type",
            word.contains("=")
                ? "put blanks around `=`, as in `param NAME: path = VALUE`"
                : similar != null ? similar : "write `path` or `string`");
        type = Param.Type.STRING;
      }
    }
    dev.broot.syntax.Name variable = statement.variable();
    if (variable != null) {
      Entries.checkVariable(variable, line, diagnostics);
    }
    params.put(
        name,
        new Declared(
            line,
            statement,
            new Param(name, type, variable == null ? null : variable.text(), line.origin())));
  }

  private void assign(String name, String text, @Nullable String directory) {
    SourceFile argument = new SourceFile("--set", name + "=" + text);
    Declared declared = params.get(name);
    if (declared == null) {
      String similar = Similar.didYouMean(name, params.keySet());
      diagnostics.error(
          Code.BAD_ARGUMENT,
          new Origin(argument, new Span(0, name.codePointCount(0, name.length())), null),
          "the spec declares no parameter `" + name + "`",
          similar != null
              ? similar
              : params.isEmpty()
                  ? "it declares none; add `param " + name + ": path`"
                  : "it declares " + String.join(", ", new TreeSet<>(params.keySet())));
      return;
    }
    int start = name.codePointCount(0, name.length()) + 1;
    Origin at =
        new Origin(argument, new Span(start, start + text.codePointCount(0, text.length())), null);
    boolean path = declared.param().type() == Param.Type.PATH;
    String value = path && directory != null ? Arguments.absolute(text, directory) : text;
    boolean good =
        !limits.isTooLong(value.length(), at)
            && (!path || Arguments.checkPath(value, at, Code.BAD_ARGUMENT, diagnostics));
    checkNul(text, at);
    values.put(name, good ? Value.of(value) : open(declared.param()));
  }

  // What a mistake leaves unknown; nothing is concluded from it.
  private static Value unknown(Origin at) {
    return open(new Param("?", Param.Type.PATH, null, at));
  }

  private static Value open(Param param) {
    return new Value(List.of(new Value.Open(param)));
  }

  private void checkNul(String text, Origin at) {
    if (text.indexOf('\0') >= 0) {
      diagnostics.error(
          Code.BAD_VALUE, at, "a value with a NUL in it", "no path or argument can hold a NUL");
    }
  }

  /** Says that a missing setting is reported as such, not at the lines that refer to it. */
  void require(String setting, Line line) {
    required.putIfAbsent(setting, new Param(setting, Param.Type.PATH, null, line.origin()));
  }

  /** Makes a setting known to {@code ${name}}. */
  void setting(String name, Line line, Text text) {
    values.remove(name);
    settings.put(name, new Said(line, text));
  }

  /** The same for an image; where that is a mistake, nothing is concluded from it. */
  void image(Line line, Statement.RootImage image) {
    setting(image.name().text(), line, image.path());
    dev.broot.syntax.Name said = image.digest();
    Param known = said == null ? null : Image.param(image.format().text(), said.text());
    values.put(Image.NAME, known == null ? unknown(line.origin()) : open(known));
  }

  /** Whether the setting was given. */
  boolean has(String setting) {
    return settings.containsKey(setting);
  }

  /** The value of a setting that was given. */
  Value settingValue(String name) {
    Value known = values.get(name);
    if (known != null) {
      return known;
    }
    Said said = settings.get(name);
    if (said == null) {
      throw new IllegalStateException(name + " was not given");
    }
    resolving.add(name);
    Value value = resolve(said.text(), said.line());
    resolving.remove(name);
    values.put(name, value);
    return value;
  }

  /** Notes that a setting is used by something else than a reference. */
  void use(String setting) {
    used.add(setting);
  }

  /** Whether something refers to this setting. */
  boolean isUsed(String setting) {
    return used.contains(setting);
  }

  /** Resolves a value; reports what it refers to and cannot be found. */
  Value resolve(Text text, Line line) {
    List<Value> resolved = new ArrayList<>(text.parts().size());
    long length = 0;
    boolean afterSlash = false;
    for (Text.Part part : text.parts()) {
      if (part instanceof Text.Literal literal) {
        checkNul(literal.text(), line.at(text.span()));
        // As os.path.join does: "/tree/" and "/boot" make "/tree/boot".
        String joined =
            afterSlash && literal.text().startsWith("/")
                ? literal.text().substring(1)
                : literal.text();
        length += joined.length();
        resolved.add(Value.of(joined));
        afterSlash = false;
      } else if (part instanceof Text.Reference reference) {
        Value value = reference(reference, line);
        length += ValueLimits.length(value);
        resolved.add(value);
        String known = value.literal();
        afterSlash = known != null && known.endsWith("/") && isPath(reference.name());
      }
    }
    Origin at = line.at(text.span());
    return limits.isTooLong(length, at) ? unknown(at) : Value.concat(resolved);
  }

  private boolean isPath(String name) {
    Declared declared = params.get(name);
    return declared != null ? declared.param().type() == Param.Type.PATH : !name.equals("runner");
  }

  private Value reference(Text.Reference reference, Line line) {
    String name = reference.name();
    used.add(name);
    Origin at = line.at(reference.span());
    if (name.equals(SOCKET) && line.statement().body() instanceof Statement.ApiServe) {
      return new Value(List.of(new Value.Socket()));
    }
    if (resolving.contains(name)) {
      diagnostics.error(
          Code.CYCLE,
          at,
          "`${" + name + "}` refers to itself",
          "give it a value that does not refer to it");
      return unknown(at);
    }
    Value known = values.get(name);
    if (known != null) {
      return known;
    }
    if (limits.isTooDeep(resolving.size(), at)) {
      return unknown(at);
    }
    Declared declared = params.get(name);
    if (declared != null) {
      Text fallback = declared.statement().value();
      if (fallback == null) {
        return open(declared.param());
      }
      resolving.add(name);
      Value value = resolve(fallback, declared.line());
      resolving.remove(name);
      values.put(name, value);
      return value;
    }
    if (name.equals(RUNNER_NAME)) {
      return runnerName(at);
    }
    if (settings.containsKey(name)) {
      return settingValue(name);
    }
    Param missing = Caller.is(name) ? Caller.param(name) : required.get(name);
    if (missing != null) {
      return open(missing);
    }
    return undeclared(name, at);
  }

  private Value undeclared(String name, Origin at) {
    Set<String> candidates = new TreeSet<>(params.keySet());
    candidates.addAll(settings.keySet());
    String similar = Similar.didYouMean(name, candidates);
    String hint =
        similar != null
            ? similar
            : REFERABLE.contains(name)
                ? "add a line `" + name + " ...`"
                : "declare it: `param " + name.toLowerCase(Locale.ROOT) + ": path`";
    diagnostics.error(Code.UNDECLARED, at, "nothing is called `" + name + "` in this spec", hint);
    return unknown(at);
  }

  private Value runnerName(Origin at) {
    used.add("runner");
    Param missing = required.get("runner");
    if (!settings.containsKey("runner")) {
      if (missing == null) {
        diagnostics.error(
            Code.UNDECLARED, at, "this spec has no runner", "add a line `runner ...`");
        return unknown(at);
      }
      return open(new Param(RUNNER_NAME, Param.Type.STRING, null, missing.origin()));
    }
    List<Value.Part> parts = settingValue("runner").parts();
    List<Value> name = new ArrayList<>();
    for (int i = parts.size() - 1; i >= 0; i--) {
      Value.Part part = parts.get(i);
      int slash = part instanceof Value.Literal literal ? literal.text().lastIndexOf('/') : -1;
      if (slash >= 0) {
        name.add(0, Value.of(((Value.Literal) part).text().substring(slash + 1)));
        return Value.concat(name);
      } else if (part instanceof Value.Open open && open.param().type() == Param.Type.PATH) {
        diagnostics.error(
            Code.BAD_VALUE,
            at,
            "the name of the runner is unknown, because it is the end of `${"
                + open.param().name()
                + "}`",
            "give the parameter a value, or write `runner DIRECTORY/${name}` with a `string`");
        return unknown(at);
      }
      name.add(0, new Value(List.of(part)));
    }
    return Value.concat(name);
  }

  /** Reports the parameters that nothing refers to. */
  void reportUnused() {
    for (Declared declared : params.values()) {
      if (!used.contains(declared.param().name())) {
        diagnostics.error(
            Code.UNUSED_PARAM,
            declared.line().at(declared.statement().name().span()),
            "the parameter `" + declared.param().name() + "` is not used",
            "remove the line, or use it as `${" + declared.param().name() + "}`");
      }
    }
  }

  /** The parameters that have no value, in order of declaration. */
  List<Param> open() {
    List<Param> open = new ArrayList<>();
    for (Param setting : required.values()) {
      if (!settings.containsKey(setting.name()) && REFERABLE.contains(setting.name())) {
        open.add(setting);
      }
    }
    for (Declared declared : params.values()) {
      if (!values.containsKey(declared.param().name()) && declared.statement().value() == null) {
        open.add(declared.param());
      }
    }
    return open;
  }

  /** The setting as it was said, or null. */
  @Nullable Said said(String setting) {
    return settings.get(setting);
  }
}
