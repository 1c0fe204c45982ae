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
  public static List<Diagnostic> of(Spec spec, Plan plan, Judgement judgement) {
    Warnings warnings = new Warnings();
    Permissions permissions = Permissions.of(plan, judgement.links());
    new MountLints(spec, permissions, judgement, warnings).look();
    new PointLints(permissions, judgement.host(), warnings).look();
    new OpenLints(spec, permissions.view(), judgement.host(), warnings).look();
    new OwnLints(spec, permissions, warnings).look();
    new LimitLints(permissions, warnings).look();
    Calls.look(spec.syscalls(), warnings);
    return warnings.all();
  }
}
