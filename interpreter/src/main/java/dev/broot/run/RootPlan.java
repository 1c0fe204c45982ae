package dev.broot.run;

import dev.broot.check.Additions;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import dev.broot.plan.Plan;
import dev.broot.plan.Planner;
import dev.broot.spec.Access;
import dev.broot.spec.Condition;
import dev.broot.spec.Mount;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The plan of a root. It is made once, and anew only where an API was registered; a run that adds
 * binds has one of its own, since they take part in the order of the mounts.
 */
final class RootPlan {
  private final Spec spec;
  private final Plan bare;
  private final List<Mount.Api> apis = new ArrayList<>();
  private Plan plan;

  RootPlan(CheckedSpec checked) {
    spec = checked.spec();
    bare = checked.plan();
    plan = bare;
  }

  /** Refuses APIs that the spec has no place for, or whose name is taken. */
  void check(List<Api> registered) {
    Additions.add(spec, List.of(), registered.stream().map(api -> mount(api, "/")).toList());
  }

  /** From now on every run has this socket. */
  void add(Api api, String socket) {
    apis.add(mount(api, socket));
    plan = Planner.plan(Additions.add(spec, List.of(), apis));
  }

  /** How many sockets were added. */
  int sockets() {
    return apis.size();
  }

  /** The sockets are gone. */
  void clear() {
    apis.clear();
    plan = bare;
  }

  /**
   * The plan of a run, for no host in particular.
   *
   * @throws IllegalArgumentException when a bind would hide a mount of the spec
   */
  Plan of(Run run) {
    Plan whole = run.binds.isEmpty() ? plan : Planner.plan(Additions.add(spec, binds(run), apis));
    return run.environment.isEmpty() ? whole : whole.withEnv(environment(whole.env(), run));
  }

  private static List<Mount.Bind> binds(Run run) {
    List<Mount.Bind> binds = new ArrayList<>();
    for (Run.Added bind : run.binds) {
      binds.add(
          new Mount.Bind(
              bind.writable() ? Access.RW : Access.RO,
              Value.of(bind.from()),
              Value.of(bind.to()),
              Condition.NONE,
              said("bind " + bind.from() + " -> " + bind.to())));
    }
    return binds;
  }

  private static Spec.Env environment(Spec.Env env, Run run) {
    List<Spec.Variable> variables = new ArrayList<>(env.variables());
    run.environment.forEach(
        (name, value) -> {
          variables.removeIf(variable -> variable.name().equals(name));
          variables.add(new Spec.SetVariable(name, Value.of(value), said("env " + name)));
        });
    return new Spec.Env(env.inherit(), variables);
  }

  private static Mount.Api mount(Api api, String socket) {
    return new Mount.Api(api.name, Value.of(socket), said("api " + api.name));
  }

  private static Provenance said(String line) {
    SourceFile file = new SourceFile("the caller", line);
    return new Provenance(
        new Origin(file, new Span(0, line.codePointCount(0, line.length())), null), null, false);
  }
}
