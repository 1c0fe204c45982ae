package dev.broot.cli;

import dev.broot.bwrap.Requirement;
import dev.broot.check.Sources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Gate;
import dev.broot.filter.FilterException;
import dev.broot.host.Bytes;
import dev.broot.host.HostObjects;
import dev.broot.host.OutputFile;
import dev.broot.plan.Plan;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code broot compile SPEC}. */
final class CompileCommand extends Command {
  CompileCommand() {
    super("compile", "Print a shell script that runs the spec without broot and Java.");
  }

  @Override
  void configure(Options options) {
    SpecArguments.configure(options);
    RunArguments.configure(options);
    ReviewedPlan.configure(options);
    options.value("-o", "FILE", "Write the script to a file.");
    options.operand(1, 1, "SPEC", "A file, `-`, or base:NAME.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError, IOException {
    Compiled compiled =
        compiled(
            arguments,
            RunOptions.Mode.PROGRAM,
            new ReadSources(SpecArguments.sources(arguments)),
            null,
            false,
            console);
    if (compiled == null) {
      return Status.REFUSED;
    }
    String script = compiled.script();
    String file = arguments.value("-o", "");
    if (file.isEmpty()) {
      console.print(script);
    } else {
      write(Path.of(file), script);
    }
    return Status.OK;
  }

  /**
   * A script.
   *
   * @param silent whether there was nothing to say about its spec
   * @param bwrap the bubblewrap that it relies on, or null when it asks at each run
   */
  record Compiled(String script, boolean silent, @Nullable InstalledBwrap bwrap) {}

  /**
   * The script, or null when the spec was refused and the reason printed.
   *
   * @param host on which it runs, or null where that is not known
   * @param kept whether it is kept together with what it relies on; then bubblewrap's version is
   *     asked here, once
   */
  static @Nullable Compiled compiled(
      Arguments arguments,
      RunOptions.Mode mode,
      Sources sources,
      @Nullable HostObjects host,
      boolean kept,
      Console console)
      throws UsageError, IOException {
    SpecCompiler.Request request = SpecArguments.request(arguments.operands().get(0), arguments);
    dev.broot.compile.Compiled result =
        host == null ? Gate.compile(request, sources) : Gate.compile(request, sources, host);
    SpecArguments.report(result.diagnostics(), console);
    Plan plan = result.plan();
    if (plan == null || !SpecArguments.isClosed(plan, console)) {
      return null;
    }
    RunOptions options = RunArguments.options(arguments, mode, host != null);
    options = kept ? options.explainedBy(explainer()) : options;
    if (!RunArguments.isPassed(plan, options, console)) {
      return null;
    }
    if (host == null) {
      String digest = ReviewedPlan.digest(arguments, request, sources, console);
      if (digest == null) {
        return null;
      }
      options = options.of(digest);
    }
    Requirement requirement = Requirement.of(plan);
    InstalledBwrap bwrap = kept && requirement != null ? InstalledBwrap.on(console.env()) : null;
    if (bwrap != null && requirement != null) {
      String problem = requirement.problem(bwrap.path(), bwrap.version());
      if (problem != null) {
        console.fail(problem);
        return null;
      }
      options = options.knowing(bwrap.path());
    }
    String script;
    try {
      script = ScriptWriter.write(plan, options, VersionCommand.version());
    } catch (FilterException e) {
      console.fail(String.valueOf(e.getMessage()));
      return null;
    }
    return new Compiled(script, result.diagnostics().isEmpty(), bwrap);
  }

  // Beside the jar that runs, where bin/broot has put it.
  private static @Nullable String explainer() {
    String jar = System.getProperty("java.class.path", "");
    int slash = jar.lastIndexOf('/');
    String file = jar.substring(0, slash + 1) + "explain.sh";
    return slash > 0 && Files.isReadable(Path.of(file)) ? file : null;
  }

  /** Writes a script as an executable file. */
  static void write(Path file, String script) throws IOException {
    OutputFile.write(file, Bytes.encode(script), "rwxr-xr-x");
  }
}
