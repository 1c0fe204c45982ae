package dev.broot.cli;

import dev.broot.check.Sources;
import dev.broot.compile.Compiled;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.SourceFile;
import dev.broot.host.Bytes;
import dev.broot.plan.Plan;
import dev.broot.plan.PlanReader;
import dev.broot.spec.Spec;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the commands that compare two specs have in common. */
record Sides(String oldName, Side before, String newName, Side after) {

  static void configure(Options options, String synopsis) {
    SpecArguments.configure(options);
    options.value("--git", "REV", "Compare a spec with its version in a git revision.");
    options.synopsis(
        "broot " + synopsis + " [OPTIONS] OLD NEW",
        "broot " + synopsis + " [OPTIONS] --git REV SPEC");
    options.operand(
        1,
        2,
        "SPEC",
        "A file, base:NAME, or a plan as JSON (*.json); OLD and NEW, or one with --git.");
  }

  /** Compiles both sides; null, with the reason on stderr, when one of them does not compile. */
  static @Nullable Sides compile(Arguments arguments, Console console) throws UsageError {
    String revision = arguments.value("--git", "");
    List<String> operands = arguments.operands();
    if (operands.size() != (revision.isEmpty() ? 2 : 1)) {
      throw new UsageError(
          revision.isEmpty() ? "name two specs, OLD and NEW" : "with --git, name one spec");
    }
    String older = operands.get(0);
    String newer = operands.get(operands.size() - 1);
    Sources files = SpecArguments.sources(arguments);
    Sources history = revision.isEmpty() ? files : GitSources.of(revision);
    Side before = compile(older, history, arguments, console);
    Side after = compile(newer, files, arguments, console);
    if (before == null || after == null) {
      console.fail(
          after != null
              ? "OLD does not compile"
              : before != null ? "NEW does not compile" : "neither side compiles");
      return null;
    }
    return new Sides(revision.isEmpty() ? older : revision + ":" + older, before, newer, after);
  }

  /** One of the two: a plan, and the files that it was made of; the first is the spec. */
  record Side(Plan plan, List<SourceFile> sources) {
    Side {
      sources = List.copyOf(sources);
    }
  }

  private static @Nullable Side plan(String path, Sources sources, Console console) {
    try {
      String json = Bytes.decode(sources.read(path).bytes());
      return new Side(PlanReader.read(json), List.of(new SourceFile(path, "")));
    } catch (IOException | PlanReader.Malformed e) {
      console.fail(path + " is not a plan: " + e.getMessage());
      return null;
    }
  }

  // An assertion that fails is a matter of `check`; what a spec permits can be compared anyway.
  private static @Nullable Side compile(
      String path, Sources sources, Arguments arguments, Console console) throws UsageError {
    if (path.endsWith(".json")) {
      return plan(path, sources, console);
    }
    Compiled compiled = Gate.compile(SpecArguments.request(path, arguments), sources);
    Plan plan = compiled.comparable();
    Spec spec = compiled.comparableSpec();
    if (plan == null || spec == null) {
      SpecArguments.report(compiled.diagnostics(), console);
      return null;
    }
    return new Side(plan, spec.sources());
  }
}
