package dev.broot.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.broot.bwrap.PlanText;
import dev.broot.plan.Plan;
import dev.broot.spec.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a plan differs from a file that holds another one, and which lines of the spec say so. */
final class PlanDrift {
  private PlanDrift() {}

  /** Shows it. */
  static void show(Path file, String golden, String spec, Plan made, Consumer<String> lines) {
    String plan = PlanText.print(made);
    List<String> before = golden.lines().toList();
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            file.toString(),
            "plan of " + spec,
            before,
            DiffUtils.diff(before, plan.lines().toList()),
            3);
    diff.forEach(line -> lines.accept(line + "\n"));
    Map<String, Provenance> said = PlanText.said(made);
    plan.lines()
        .filter(line -> !before.contains(line) && said.containsKey(line))
        .forEach(line -> responsible(line, said.get(line), lines));
  }

  private static void responsible(
      String line, @Nullable Provenance provenance, Consumer<String> lines) {
    if (provenance != null) {
      String text = line.strip() + "  comes from " + provenance.origin().place();
      lines.accept(text + "\n");
    }
  }
}
