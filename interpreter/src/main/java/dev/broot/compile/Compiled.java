package dev.broot.compile;

import dev.broot.diagnostic.Diagnostic;
import dev.broot.plan.Plan;
import dev.broot.spec.Spec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a compilation. Only {@link Gate} makes one. */
public final class Compiled {
  private final @Nullable Spec spec;
  private final @Nullable Plan plan;
  private final boolean valid;
  private final List<Diagnostic> diagnostics;

  Compiled(@Nullable Spec spec, @Nullable Plan plan, boolean valid, List<Diagnostic> diagnostics) {
    this.spec = spec;
    this.plan = plan;
    this.valid = valid;
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** The spec, or null when there was an error. */
  public @Nullable Spec spec() {
    return valid ? spec : null;
  }

  /** The plan, or null when there was an error. */
  public @Nullable Plan plan() {
    return valid ? plan : null;
  }

  /**
   * The plan even where an assertion does not hold or a runner is asked for too much, for those who
   * compare what two specs permit and run neither; null when there was another error.
   */
  public @Nullable Plan comparable() {
    return plan;
  }

  /** The spec of {@link #comparable}. */
  public @Nullable Spec comparableSpec() {
    return spec;
  }

  /** Errors and warnings, in source order. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
