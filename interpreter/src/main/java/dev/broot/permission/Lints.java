package dev.broot.permission;

import dev.broot.diagnostic.Diagnostic;
import dev.broot.plan.Plan;
import dev.broot.spec.Spec;
import java.util.List;

/**
 * What deserves a look: warnings, which a line accepts with {@code because}. Lines of shipped bases
 * are not warned of.
 */
public final class Lints {
  private Lints() {}

  /** The warnings of a spec, in the order of its lines' mounts. */
  public static List<Diagnostic> of(Spec spec, Plan plan) {
    Warnings warnings = new Warnings();
    Permissions permissions = Permissions.of(plan);
    new MountLints(spec, permissions, warnings).look();
    new PointLints(permissions, warnings).look();
    new OpenLints(spec, permissions.view(), warnings).look();
    return warnings.all();
  }
}
