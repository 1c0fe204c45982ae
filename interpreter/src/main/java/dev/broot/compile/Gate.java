package dev.broot.compile;

import dev.broot.bwrap.Requirement;
import dev.broot.check.Sources;
import dev.broot.check.SpecCompiler;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Severity;
import dev.broot.host.HostObjects;
import dev.broot.permission.Expectations;
import dev.broot.permission.HeldOpen;
import dev.broot.permission.Judgement;
import dev.broot.permission.Lints;
import dev.broot.plan.ImageUse;
import dev.broot.plan.Plan;
import dev.broot.plan.Planner;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles: links, checks, plans, holds the spec to its assertions and the plan to its limits. */
public final class Gate {
  private static final String NOTHING =
      "broot 1\nbase none\nunshare user\nunshare ipc\nunshare pid\nunshare net\nunshare uts\n"
          + "unshare cgroup\nnew-session\ndie-with-parent\ncap drop ALL\nstdin null\n";

  private Gate() {}

  /** A spec that permits as little as one can, to compare others with. */
  public static Compiled nothing() {
    byte[] text = NOTHING.getBytes(StandardCharsets.UTF_8);
    return compile(SpecCompiler.Request.of("nothing"), path -> new Sources.Bytes(text, path));
  }

  /** Compiles. Never throws for what a spec says. */
  public static Compiled compile(SpecCompiler.Request request, Sources sources) {
    return compile(request, sources, Judgement.BY_NAME, false);
  }

  /** As {@link #compile}, for a host: what names lead to there is judged, too. */
  public static Compiled compile(SpecCompiler.Request request, Sources sources, HostObjects host) {
    return compile(request, sources, Judgement.on(host), false);
  }

  /** As {@link #compile}, with warnings of what deserves a look. */
  public static Compiled check(SpecCompiler.Request request, Sources sources) {
    return check(request, sources, null);
  }

  /** The same, for a host where one is given. */
  public static Compiled check(
      SpecCompiler.Request request, Sources sources, @Nullable HostObjects host) {
    return compile(request, sources, Judgement.on(host), true);
  }

  private static Compiled compile(
      SpecCompiler.Request request, Sources sources, Judgement judgement, boolean warnings) {
    SpecCompiler.Result result = SpecCompiler.compile(request, sources, judgement);
    Spec spec = result.spec();
    if (spec == null) {
      return new Compiled(null, null, false, result.diagnostics());
    }
    Plan plan = Planner.plan(spec);
    List<Diagnostic> errors = new ArrayList<>(Expectations.broken(plan, judgement));
    errors.addAll(HeldOpen.broken(plan, judgement));
    Provenance misused = ImageUse.misused(plan);
    if (misused != null) {
      errors.add(misused(misused));
    }
    Diagnostic tooMany = Requirement.tooMany(plan);
    if (tooMany != null) {
      errors.add(tooMany);
    }
    List<Diagnostic> all = new ArrayList<>(result.diagnostics());
    all.addAll(errors);
    if (warnings && errors.isEmpty()) {
      all.addAll(Lints.of(spec, plan, judgement));
    }
    return new Compiled(spec, plan, errors.isEmpty(), Diagnostics.inOrder(all, spec.sources()));
  }

  private static Diagnostic misused(Provenance said) {
    return new Diagnostic(
        Severity.ERROR,
        Code.IMAGE_USE,
        "`${root}` is the directory of an image here, which all runs share",
        said.origin(),
        List.of(),
        "show it with `bind ro`, or as a layer with `overlay [\"${root}\"] tmpfs -> /`, which keeps"
            + " changes in memory");
  }
}
