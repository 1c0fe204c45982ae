package dev.broot.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.broot.bwrap.PlanText;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Severity;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import dev.broot.plan.Plan;
import dev.broot.spec.Provenance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The golden files of the specs of a tree: {@code NAME.plan} beside a spec, or in a directory. */
final class Goldens {
  private final GitTree tree;
  private final @Nullable String directory;

  /**
   * Knows where they lie.
   *
   * @param directory from the root of the repository, or null where they lie beside the specs
   */
  Goldens(GitTree tree, @Nullable String directory) {
    this.tree = tree;
    this.directory = directory;
  }

  private String file(String spec) {
    String plan = spec.substring(0, spec.lastIndexOf('.')) + ".plan";
    String name = plan.substring(plan.lastIndexOf('/') + 1);
    return directory == null ? plan : directory.isEmpty() ? name : directory + "/" + name;
  }

  boolean isOneOf(String spec, Set<String> changed) {
    return changed.contains(file(spec));
  }

  /**
   * How the golden file of a spec differs from its plan; a spec without one has no drift.
   *
   * @param problems gets an error where it differs, at the line of the spec that is responsible
   */
  List<String> drift(String spec, Plan plan, List<Diagnostic> problems) throws IOException {
    String file = file(spec);
    byte[] bytes = tree.content(file);
    String text = PlanText.print(plan);
    if (bytes == null || new String(bytes, StandardCharsets.UTF_8).equals(text)) {
      return List.of();
    }
    Map<String, Provenance> said = PlanText.said(plan);
    List<String> drift = new ArrayList<>();
    Origin at = null;
    List<String> golden = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    for (AbstractDelta<String> delta : DiffUtils.diff(golden, text.lines().toList()).getDeltas()) {
      delta.getSource().getLines().forEach(line -> drift.add("- " + line.strip()));
      for (String line : delta.getTarget().getLines()) {
        Provenance provenance = said.get(line);
        String from = provenance == null ? "" : "    " + provenance.origin().place();
        drift.add("+ " + line.strip() + from);
        at = at == null && provenance != null ? provenance.origin() : at;
      }
    }
    if (drift.isEmpty()) {
      drift.add("the line ends differ");
    }
    problems.add(
        new Diagnostic(
            Severity.ERROR,
            Code.GOLDEN_DIFFERS,
            "the plan is not the one of `" + file + "`: " + drift.get(0),
            at == null ? new Origin(new SourceFile(spec, ""), new Span(0, 0), null) : at,
            List.of(),
            "if you want this plan, run `broot golden --update`, read it, and commit it"));
    return drift;
  }
}
