package dev.broot.cli;

import dev.broot.check.FileSources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Compiled;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.TextPrinter;
import dev.broot.plan.HostFacts;
import dev.broot.plan.Plan;
import dev.broot.plan.Resolver;
import dev.broot.plan.UnresolvedException;
import dev.broot.spec.Param;
import dev.broot.syntax.SpecParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the commands that read one spec have in common. */
final class SpecArguments {
  private SpecArguments() {}

  static void configure(Options options) {
    options.values("--set", "NAME=VALUE", "Give a parameter of the spec its value.");
    options.values("--line", "TEXT", "Add a line of the language after the spec's own lines.");
    includes(options);
  }

  static void includes(Options options) {
    options.values(
        "--include-root",
        "DIR",
        "Let specs bring in what lies in DIR, beside what lies in their own tree.");
  }

  static void policies(Options options) {
    options.values(
        "--policy", "FRAGMENT", "Also check the specs against the `expect` lines of a fragment.");
  }

  /** Where the files of specs are read from. */
  static FileSources sources(Arguments arguments) throws UsageError {
    List<Path> roots = new ArrayList<>();
    for (String root : arguments.values("--include-root")) {
      Path directory = Path.of(root);
      if (!Files.isDirectory(directory)) {
        throw new UsageError("--include-root: `" + root + "` is not a directory");
      }
      roots.add(directory);
    }
    return new FileSources(roots);
  }

  static SpecCompiler.Request request(String path, Arguments arguments) throws UsageError {
    Map<String, String> values = new LinkedHashMap<>();
    for (String set : arguments.values("--set")) {
      int equals = set.indexOf('=');
      if (equals <= 0) {
        throw new UsageError("--set takes NAME=VALUE, not `" + set + "`");
      }
      String name = set.substring(0, equals);
      if (values.put(name, set.substring(equals + 1)) != null) {
        throw new UsageError("--set gives `" + name + "` twice");
      }
    }
    List<String> lines = arguments.values("--line");
    for (String text : lines) {
      checkText(text, "--line");
    }
    for (String text : values.values()) {
      checkText(text, "--set");
    }
    String here = values.isEmpty() ? null : Path.of("").toAbsolutePath().toString();
    return new SpecCompiler.Request(path, values, lines, arguments.values("--policy"), here);
  }

  private static void checkText(String text, String option) throws UsageError {
    if (text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      throw new UsageError("the value of " + option + " is not UTF-8");
    }
  }

  /**
   * The specs among several files. A pattern of the shell names fragments too: these are left out,
   * and that is said. Of fragments alone, each is an error.
   */
  static List<String> specs(Arguments arguments, Console console) {
    List<String> given = arguments.operands();
    if (given.size() == 1) {
      return given;
    }
    List<String> specs = given.stream().filter(path -> !isFragment(path)).toList();
    if (given.size() == specs.size() || specs.isEmpty()) {
      return given;
    }
    for (String path : given) {
      if (!specs.contains(path)) {
        console.fail(path + " is a fragment and no spec, and is left out");
      }
    }
    return specs;
  }

  private static boolean isFragment(String path) {
    try {
      // Neither standard input nor a pipe, which can be read once.
      return Files.isRegularFile(Path.of(path))
          && SpecParser.isFragment(
              new String(new FileSources().read(path).bytes(), StandardCharsets.UTF_8));
    } catch (IOException | InvalidPathException e) {
      // Whoever compiles it says so.
      return false;
    }
  }

  /** Compiles; prints what is wrong; null when there was an error. */
  static @Nullable Plan compile(SpecCompiler.Request request, Arguments arguments, Console console)
      throws UsageError {
    return compiled(request, arguments, console).plan();
  }

  /** What comes of compiling; prints what is wrong. */
  static Compiled compiled(SpecCompiler.Request request, Arguments arguments, Console console)
      throws UsageError {
    Compiled compiled = Gate.compile(request, sources(arguments));
    report(compiled.diagnostics(), console);
    return compiled;
  }

  /** Compiles the first operand; as the other one. */
  static @Nullable Plan compile(Arguments arguments, Console console) throws UsageError {
    return compile(request(arguments.operands().get(0), arguments), arguments, console);
  }

  /** The plan as it is on this host, or null when the host has no answer and that was said. */
  static @Nullable Plan resolved(Plan plan, Console console) {
    try {
      return Resolver.resolve(plan, HostFacts.of(console.env()));
    } catch (UnresolvedException e) {
      console.fail(String.valueOf(e.getMessage()));
      return null;
    }
  }

  static void report(List<Diagnostic> diagnostics, Console console) {
    console.printError(TextPrinter.print(diagnostics, console.color()));
  }

  /** Whether every parameter has a value; says which have none. */
  static boolean isClosed(Plan plan, Console console) {
    List<Param> open =
        plan.openParams().stream().filter(param -> param.variable() == null).toList();
    if (!open.isEmpty()) {
      String names = open.stream().map(Param::name).collect(Collectors.joining(", "));
      console.fail(
          Code.OPEN_PARAM.id()
              + ": the spec needs a value for "
              + names
              + "; give it with "
              + (open.get(0).isSetting()
                  ? "--line '" + open.get(0).name() + " VALUE'"
                  : "--set " + open.get(0).name() + "=VALUE"));
    }
    return open.isEmpty();
  }
}
