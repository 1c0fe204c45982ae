package dev.broot.run;

import dev.broot.compile.Compiled;
import dev.broot.plan.Plan;
import dev.broot.spec.Spec;

/** A spec without errors, with the values of its parameters; roots are made of it. Immutable. */
public final class CheckedSpec {
  private final Spec spec;
  private final Plan plan;

  private CheckedSpec(Spec spec, Plan plan) {
    this.spec = spec;
    this.plan = plan;
  }

  static CheckedSpec of(Compiled compiled) throws SpecException {
    Spec spec = compiled.spec();
    Plan plan = compiled.plan();
    if (spec == null || plan == null) {
      throw new SpecException(compiled.diagnostics());
    }
    return new CheckedSpec(spec, plan);
  }

  Spec spec() {
    return spec;
  }

  Plan plan() {
    return plan;
  }

  /** The name of the spec. */
  @Override
  public String toString() {
    return spec.name();
  }
}
