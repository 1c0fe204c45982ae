package dev.broot.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.plan.Plan;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A root is planned once; only what changes its mounts is planned anew. */
class RootPlanTest {
  private static final String SPEC = "broot 1\nbase host\napis /run/api\nenv A = \"1\"\n";

  private static CheckedSpec compile() throws SpecException {
    return BuildRoot.compile(SPEC, Path.of("/nowhere/s.broot"), Map.of());
  }

  @Test
  void runsShareThePlanOfTheGate() throws SpecException {
    CheckedSpec spec = compile();
    RootPlan root = new RootPlan(spec);
    assertThat(root.of(Run.of("true"))).isSameAs(spec.plan());
    assertThat(root.of(Run.of("true").env("A", "2")).sandbox()).isSameAs(spec.plan().sandbox());
    assertThat(root.of(Run.of("true").env("A", "2")).env()).isNotEqualTo(spec.plan().env());
  }

  @Test
  void aBindIsThatRunsOnly() throws SpecException {
    CheckedSpec spec = compile();
    RootPlan root = new RootPlan(spec);
    Plan bound = root.of(Run.of("true").bind(Path.of("/srv"), "/there"));
    assertThat(bound.sandbox().operations()).hasSize(spec.plan().sandbox().operations().size() + 1);
    assertThat(root.of(Run.of("true"))).isSameAs(spec.plan());
  }

  @Test
  void aSocketIsPlannedOnceForAllRuns() throws SpecException {
    CheckedSpec spec = compile();
    RootPlan root = new RootPlan(spec);
    root.add(Api.socket("db", Path.of("/run/db.sock")), "/run/db.sock");
    Plan first = root.of(Run.of("true"));
    assertThat(first).isNotEqualTo(spec.plan()).isSameAs(root.of(Run.of("true")));
    root.clear();
    assertThat(root.of(Run.of("true"))).isSameAs(spec.plan());
  }
}
