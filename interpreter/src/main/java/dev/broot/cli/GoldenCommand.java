package dev.broot.cli;

import dev.broot.bwrap.PlanText;
import dev.broot.check.SpecCompiler;
import dev.broot.host.OutputFile;
import dev.broot.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code broot golden --check|--update [--dir DIR] SPEC...}. */
final class GoldenCommand extends Command {
  GoldenCommand() {
    super("golden", "Compare the plans of specs with their golden files, or write the files.");
  }

  @Override
  void configure(Options options) {
    options.flag("--check", "Compare (the default); exit with 1 if a plan differs.");
    options.flag("--update", "Write the golden files.");
    options.value(
        "--dir", "DIR", "The directory of the files NAME.plan; the default is that of the spec.");
    SpecArguments.includes(options);
    options.operand(1, Integer.MAX_VALUE, "SPEC", "Files.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError, IOException {
    boolean update = arguments.flag("--update");
    if (update && arguments.flag("--check")) {
      throw new UsageError("use either --check or --update");
    }
    List<String> specs = SpecArguments.specs(arguments, console);
    try (Progress progress = Progress.of(console, "specs", specs.size())) {
      return all(specs, arguments, update, progress) ? Status.OK : Status.REFUSED;
    }
  }

  private static boolean all(
      List<String> specs, Arguments arguments, boolean update, Progress progress)
      throws UsageError, IOException {
    Console console = progress.console();
    String dir = arguments.value("--dir", "");
    boolean clean = true;
    Map<Path, String> written = new HashMap<>();
    for (String path : specs) {
      progress.step();
      Plan plan = SpecArguments.compile(SpecCompiler.Request.of(path), arguments, console);
      if (plan == null) {
        clean = false;
        continue;
      }
      Path file = golden(path, dir, plan.name());
      String other = written.put(file, path);
      if (other != null && Files.isSameFile(Path.of(other), Path.of(path))) {
        continue;
      }
      if (other != null) {
        throw new UsageError(other + " and " + path + " share the golden file " + file);
      }
      clean &=
          update ? update(file, PlanText.print(plan), console) : check(file, path, plan, console);
    }
    return clean;
  }

  private static Path golden(String path, String dir, String name) throws UsageError {
    if (!path.endsWith(".broot")) {
      throw new UsageError("`" + path + "` is not a .broot file, so it has no golden file");
    }
    Path spec = Path.of(path);
    return dir.isEmpty() ? spec.resolveSibling(name + ".plan") : Path.of(dir, name + ".plan");
  }

  private static boolean check(Path file, String spec, Plan made, Console console)
      throws IOException {
    if (!Files.exists(file)) {
      console.fail(
          "the golden file " + file + " does not exist; `broot golden --update` writes it");
      return false;
    }
    String plan = PlanText.print(made);
    String golden = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    if (golden.equals(plan)) {
      return true;
    }
    PlanDrift.show(file, golden, spec, made, console::show);
    console.fail(
        "the plan of "
            + spec
            + " differs from "
            + file
            + "; if you want this change, run `broot golden --update`");
    return false;
  }

  private static boolean update(Path file, String plan, Console console) throws IOException {
    byte[] bytes = plan.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(file) && java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
      return true;
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      console.fail("the directory of " + file + " does not exist");
      return false;
    }
    OutputFile.write(file, bytes, "rw-r--r--");
    console.note("wrote " + file);
    return true;
  }
}
