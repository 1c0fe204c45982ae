package dev.broot.cli;

import dev.broot.check.SpecCompiler;
import dev.broot.compile.Compiled;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Origin;
import dev.broot.host.HostObjects;
import dev.broot.plan.Plan;
import dev.broot.spec.Image;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import dev.broot.translate.Shortfalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the targets of {@code broot export} have in common: {@code broot export TARGET SPEC}. */
final class ExportTargets {
  /** A bundle for runc; a spec that is called so is {@code ./oci}. */
  static final String OCI = "oci";

  /** A job for Slurm. */
  static final String SLURM = "slurm";

  /** A Job of Kubernetes. */
  static final String KUBERNETES = "kubernetes";

  private static final String EXPECT = "--expect-plan";
  private static final Set<String> FLAGS = Set.of("--allow-wider", "--resolve");

  // By target, an empty one for a command line: what may stand there beside what makes a spec.
  private static final Map<String, Set<String>> TAKES =
      Map.of(
          "",
          Set.of("--format", "--resolve"),
          OCI,
          Set.of("-o", "--allow-wider", EXPECT),
          KUBERNETES,
          Set.of("-o", "--allow-wider", EXPECT, "--image", "--timeout", "--kill-after"),
          SLURM,
          Set.of("-o", EXPECT, "--timeout", "--kill-after", "--status-file"));

  /**
   * A plan to export.
   *
   * @param inherit the line that takes over the caller's environment, or null
   * @param digest of its golden plan
   */
  record Known(Plan plan, @Nullable Provenance inherit, String digest) {}

  private ExportTargets() {}

  static void configure(Options options) {
    options.value("-o", "PATH", "For oci, kubernetes and slurm: the bundle or file that is made.");
    options.flag("--allow-wider", "For oci and kubernetes: go on without what is held less.");
    options.value(
        "--image", "IMAGE", "For kubernetes: what the root is; without it, one with nothing.");
    RunArguments.bounds(options);
    ReviewedPlan.configure(options);
  }

  /** Refuses what another target takes: it would be lost. */
  static void check(String target, Arguments arguments) throws UsageError {
    Set<String> all = new TreeSet<>();
    TAKES.values().forEach(all::addAll);
    all.removeAll(TAKES.getOrDefault(target, Set.of()));
    for (String option : all) {
      boolean given =
          FLAGS.contains(option) ? arguments.flag(option) : !arguments.value(option, "").isEmpty();
      if (given) {
        throw new UsageError("`export " + (target + " SPEC").strip() + "` takes no " + option);
      }
    }
  }

  /**
   * The plan of the second operand, or null where it was refused.
   *
   * @param host on which it is judged, or null where that is not known
   */
  static @Nullable Known known(Arguments arguments, @Nullable HostObjects host, Console console)
      throws UsageError, IOException {
    List<String> operands = arguments.operands();
    check(operands.get(0), arguments);
    if (operands.size() < 2) {
      throw new UsageError("which spec? Write `export " + operands.get(0) + " SPEC`");
    }
    ReadSources sources = new ReadSources(SpecArguments.sources(arguments));
    SpecCompiler.Request request = SpecArguments.request(operands.get(1), arguments);
    Compiled compiled =
        host == null ? Gate.compile(request, sources) : Gate.compile(request, sources, host);
    SpecArguments.report(compiled.diagnostics(), console);
    Plan plan = compiled.plan();
    Spec spec = compiled.spec();
    if (plan == null || spec == null || !SpecArguments.isClosed(plan, console)) {
      return null;
    }
    Image image = plan.image();
    if (image != null && host != null) {
      refuse(image, operands.get(0), console);
      return null;
    }
    String digest = ReviewedPlan.digest(arguments, request, sources, console);
    return digest == null ? null : new Known(plan, spec.open().inherit(), digest);
  }

  private static void refuse(Image image, String target, Console console) {
    Origin origin = image.provenance().origin();
    String what =
        "the image would be named by its directory in this user's cache; unpack it where it can"
            + " stay, and write `root DIRECTORY`";
    Shortfalls.Shortfall refused = new Shortfalls.Shortfall(Shortfalls.Kind.REFUSED, origin, what);
    SpecArguments.report(
        List.of(refused.diagnostic(origin, target.equals(OCI) ? "a bundle" : "a Pod", false)),
        console);
  }

  /** The program's words. */
  static List<String> program(Plan plan, Arguments arguments) throws UsageError {
    List<String> program = arguments.operands().subList(2, arguments.operands().size());
    if (program.isEmpty() && plan.entry() == null) {
      throw new UsageError("which program? Write it after `--`, since the spec has no entry");
    }
    return program;
  }

  /** Says what a target cannot hold; whether it may go on. */
  static boolean isAccepted(
      Shortfalls shortfalls, String target, Arguments arguments, Console console) {
    boolean wider = arguments.flag("--allow-wider");
    boolean accepted = true;
    List<Diagnostic> lines = new ArrayList<>();
    for (Shortfalls.Shortfall one : shortfalls.all()) {
      Origin origin = one.origin();
      if (one.kind() == Shortfalls.Kind.OTHERWISE) {
        console.note("broot: note: " + one.text());
        continue;
      }
      boolean refused = one.kind() == Shortfalls.Kind.REFUSED || !wider;
      accepted &= !refused;
      if (origin != null && !origin.file().text().isEmpty()) {
        lines.add(one.diagnostic(origin, target, wider));
      } else if (refused) {
        console.fail(one.code().id() + ": " + target + " cannot hold this: " + one.text());
      } else {
        console.note("broot: " + one.code().id() + ": " + target + " holds less: " + one.text());
      }
    }
    SpecArguments.report(lines, console);
    return accepted;
  }
}
