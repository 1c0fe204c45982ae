package dev.broot.plan;

import dev.broot.spec.Image;
import dev.broot.spec.Param;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What running a spec does, for no host in particular.
 *
 * @param name the spec's name
 * @param openParams parameters without a value
 * @param image what is unpacked before anything else where it was not yet, or null
 * @param setup done before bubblewrap runs, in order; undone in reverse
 * @param env the program's environment
 * @param stdinInherited whether the program reads the caller's standard input
 * @param sandbox what bubblewrap makes
 * @param entry the program that gets the arguments, or null when the first argument is the program
 * @param expects what the spec asserts of its sandbox, held to at each run
 */
public record Plan(
    String name,
    List<Param> openParams,
    @Nullable Image image,
    List<Step> setup,
    Spec.Env env,
    boolean stdinInherited,
    Sandbox sandbox,
    @Nullable Word entry,
    List<Spec.Expectation> expects) {

  /** Copies the lists. */
  public Plan {
    openParams = List.copyOf(openParams);
    setup = List.copyOf(setup);
    expects = List.copyOf(expects);
  }

  /** The same with another environment of the program. */
  public Plan withEnv(Spec.Env other) {
    return new Plan(name, openParams, image, setup, other, stdinInherited, sandbox, entry, expects);
  }

  /** What is undone after the run, in order. */
  public List<Step.Undo> teardown() {
    List<Step.Undo> undos = new ArrayList<>();
    for (Step step : setup) {
      Step.Undo undo = step.undo();
      if (undo != null) {
        undos.add(undo);
      }
    }
    Collections.reverse(undos);
    return undos;
  }

  /** Whether something is set up on the host. */
  public boolean needsHostSetup() {
    return !setup.isEmpty();
  }

  /** The first step that the kernel does for root only, or null without one. */
  public @Nullable Step needsRoot() {
    return setup.stream().filter(Step::needsRoot).findFirst().orElse(null);
  }
}
