package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.spec.Mount;
import dev.broot.spec.Value;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Collects the sockets of {@code apis}. */
final class Endpoints {
  private final Diagnostics diagnostics;
  private final Names names;
  private final BiFunction<Text, Line, Value> sources;
  private final Map<String, Mount.Endpoint> all = new LinkedHashMap<>();
  private final Map<String, Line> lines = new LinkedHashMap<>();

  /**
   * @param sources reads a path of the host
   */
  Endpoints(Diagnostics diagnostics, Names names, BiFunction<Text, Line, Value> sources) {
    this.diagnostics = diagnostics;
    this.names = names;
    this.sources = sources;
  }

  List<Mount.Endpoint> all() {
    return List.copyOf(all.values());
  }

  void socket(Statement.ApiSocket api, Line line) {
    add(api.name(), line, name -> socket(name, api, line));
  }

  /** Whether a statement is about a program that serves. */
  static boolean isOfProvider(Statement.Body body) {
    return body instanceof Statement.ApiServe || body instanceof Statement.ApiAdd;
  }

  void provider(Statement.Body body, Line line) {
    if (body instanceof Statement.ApiServe serve) {
      add(serve.name(), line, name -> provider(name, serve, line));
    } else if (body instanceof Statement.ApiAdd add) {
      argument(add, line);
    }
  }

  // One more argument of a program that another line starts.
  private void argument(Statement.ApiAdd add, Line line) {
    String name = names.resolve(add.name(), line).display();
    Value argument = names.resolve(add.argument(), line);
    if (!(all.get(name) instanceof Mount.Provider provider)) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(add.name().span()),
          "no line above serves the API `" + name + "`",
          "include what serves it before this line, as in `include dbus`");
    } else if (provider.command().contains(argument)) {
      Entries.duplicate(
          diagnostics,
          "`" + argument.display() + "` is given twice",
          line,
          provider.provenance().origin());
    } else {
      List<Value> command = new ArrayList<>(provider.command());
      command.add(argument);
      all.put(name, new Mount.Provider(name, command, provider.required(), provider.provenance()));
    }
  }

  private void add(Text said, Line line, Function<String, Mount.Endpoint> make) {
    String name = names.resolve(said, line).display();
    if (!Entries.isName(name)) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(said.span()),
          "`" + name + "` is not the name of an endpoint",
          "write a name without `/`");
      return;
    }
    Mount.Endpoint before = all.get(name);
    if (before != null) {
      Entries.duplicate(
          diagnostics, "the API `" + name + "` is given twice", line, before.provenance().origin());
      return;
    }
    all.put(name, make.apply(name));
    lines.put(name, line);
  }

  private Mount.Endpoint socket(String name, Statement.ApiSocket api, Line line) {
    return new Mount.Api(name, sources.apply(api.path(), line), line.provenance());
  }

  private Mount.Endpoint provider(String name, Statement.ApiServe serve, Line line) {
    List<Value> command = serve.command().stream().map(text -> names.resolve(text, line)).toList();
    String program = command.isEmpty() ? "" : command.get(0).display();
    boolean relative = program.indexOf('/') > 0 && !Arguments.startsWithPath(command.get(0));
    if (program.isEmpty() || relative) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          relative
              ? "the program `" + program + "` is a relative path"
              : "the list of this API has no program",
          "start the list with an absolute path, or with a name on PATH");
    }
    if (command.stream().noneMatch(word -> word.parts().contains(new Value.Socket()))) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          "the program does not get the path of its socket",
          "add `\"${socket}\"` to the list");
    }
    return new Mount.Provider(name, command, serve.required(), line.provenance());
  }

  /** Takes away what a base gives. */
  void drop(Statement.Drop drop, Line line) {
    String name = names.resolve(drop.name(), line).display();
    Line before = lines.get(name);
    if (before == null || before.level() == line.level()) {
      Entries.nothingToDrop(
          diagnostics, "no base has the API `" + name + "`", drop, line, all.keySet());
    } else {
      all.remove(name);
      lines.remove(name);
    }
  }

  /** Reports sockets without a directory. */
  void reportHomeless() {
    if (!all.isEmpty()) {
      diagnostics.error(
          Code.NO_PLACE,
          all.values().iterator().next().provenance().origin(),
          "this socket needs a line `apis`",
          "add a line such as `apis /run/api`");
    }
  }
}
