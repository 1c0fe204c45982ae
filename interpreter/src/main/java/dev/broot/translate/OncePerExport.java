package dev.broot.translate;

import dev.broot.plan.Host;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Resolver;
import dev.broot.plan.Sandbox;
import dev.broot.plan.UnresolvedException;
import dev.broot.spec.Caller;
import dev.broot.spec.Param;
import dev.broot.spec.Spec;

/** What a run asks of the host each time, and an export only once. */
final class OncePerExport {
  private OncePerExport() {}

  /** Who this process is, by {@link Caller#UID} or {@link Caller#GID}. */
  static int number(Host host, String variable) throws UnresolvedException {
    String value = host.variable(variable);
    if (value == null) {
      throw new UnresolvedException("/proc does not say who the caller is");
    }
    return Integer.parseInt(value);
  }

  /** Descriptors of the caller's, which none of the others can pass. */
  static void descriptors(Sandbox sandbox, Shortfalls shortfalls) {
    shortfalls.refuseEach(
        sandbox.inherited(), Spec.Inherited::provenance, "a runtime passes no descriptors by name");
  }

  /** Masks, as far as what they cover may be another thing later. */
  static void masks(Plan plan, Host host, Shortfalls shortfalls) throws UnresolvedException {
    for (Operation open : plan.sandbox().operations()) {
      Operation operation = Resolver.known(open, host);
      Operation.Masked what =
          operation instanceof Operation.Hide hide
              ? hide.what()
              : operation instanceof Operation.Protect protect ? protect.what() : null;
      if (open instanceof Operation.Matching) {
        shortfalls.otherwise(
            operation.provenance(), "it shows the devices that match now, not those of each run");
      }
      if (what != null && (what.optional() || what.pattern() != null || leads(what, host))) {
        shortfalls.wider(
            operation.provenance(),
            "what is there now is covered; what appears between the export and a run is not");
      }
    }
  }

  // What is a symlink now may lead elsewhere later.
  private static boolean leads(Operation.Masked what, Host host) {
    String path = (what.shown() == null ? what.path() : what.shown()).display();
    return !host.real(path).equals(path);
  }

  /**
   * Expectations and values.
   *
   * @param made what is made, as in "the bundle"
   */
  static void judged(Plan open, String made, Shortfalls shortfalls) {
    for (Spec.Expectation expect : open.expects()) {
      shortfalls.otherwise(expect.provenance(), "it holds now, and is not asked at each run");
    }
    for (Spec.Variable variable : open.env().variables()) {
      if (variable instanceof Spec.PassVariable pass) {
        String value = made + " has the value of now of " + pass.name();
        shortfalls.otherwise(variable.provenance(), value + ", for whoever reads it");
      }
    }
    for (Param param : open.openParams()) {
      if (param.variable() != null && !Caller.is(param.name())) {
        shortfalls.otherwise(null, made + " has the value of now of the parameter " + param.name());
      }
    }
  }
}
