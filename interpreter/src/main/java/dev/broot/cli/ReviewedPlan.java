package dev.broot.cli;

import dev.broot.bwrap.PlanText;
import dev.broot.check.Sources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.Visible;
import dev.broot.host.Sha256;
import dev.broot.plan.Plan;
import dev.broot.spec.Param;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a spec in the form in which it is reviewed, its golden plan. Parameters that have no
 * value there may get any; all else that a caller adds is a part of the plan.
 */
final class ReviewedPlan {
  private static final String ALGORITHM = "sha256:";
  private static final Pattern DIGEST = Pattern.compile(ALGORITHM + "[0-9a-f]{64}");

  private ReviewedPlan() {}

  static void configure(Options options) {
    options.value(
        "--expect-plan",
        "FILE",
        "Refuse a spec whose golden plan is not FILE, byte for byte; sha256:HEX is its digest.");
  }

  /**
   * The digest of the golden plan, or null where it is not the one that is expected, and that was
   * said.
   *
   * @param sources have what the plan was made of
   */
  static @Nullable String digest(
      Arguments arguments, SpecCompiler.Request request, Sources sources, Console console)
      throws UsageError, IOException {
    Plan plan = golden(request, sources);
    if (plan == null) {
      console.fail("the spec does not compile without the values of its open parameters");
      return null;
    }
    String text = PlanText.print(plan);
    String digest = ALGORITHM + Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    String expected = arguments.value("--expect-plan", "");
    if (expected.isEmpty() || expected.equals(digest)) {
      return digest;
    }
    String hint = "; whoever reviews it makes the file with `broot golden --update`";
    if (expected.startsWith(ALGORITHM)) {
      if (!DIGEST.matcher(expected).matches()) {
        throw new UsageError("--expect-plan takes a file, or sha256: and 64 hexadecimal digits");
      }
      console.fail("the plan of " + request.path() + " is " + digest + ", not " + expected + hint);
      return null;
    }
    Path file = Path.of(expected);
    String reviewed = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    if (reviewed.equals(text)) {
      return digest;
    }
    // Standard output may be the file that the script goes to.
    PlanDrift.show(
        file, reviewed, request.path(), plan, lines -> console.printError(Visible.lines(lines)));
    console.fail("the plan of " + request.path() + " is not the one of " + file + hint);
    return null;
  }

  // A value that takes the place of a default is no open parameter's.
  private static @Nullable Plan golden(SpecCompiler.Request request, Sources sources) {
    Plan bare = plan(request, Map.of(), sources);
    if (request.arguments().isEmpty()) {
      return bare;
    }
    Set<String> open =
        bare == null
            ? Set.of()
            : bare.openParams().stream().map(Param::name).collect(Collectors.toSet());
    Map<String, String> rest = new LinkedHashMap<>(request.arguments());
    rest.keySet().removeAll(open);
    return plan(request, rest, sources);
  }

  private static @Nullable Plan plan(
      SpecCompiler.Request request, Map<String, String> values, Sources sources) {
    return Gate.compile(
            new SpecCompiler.Request(
                request.path(), values, request.lines(), request.policies(), request.directory()),
            sources)
        .plan();
  }
}
