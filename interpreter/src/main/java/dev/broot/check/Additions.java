package dev.broot.check;

import dev.broot.check.Mounts.Placed;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.spec.Mount;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a program that embeds broot adds to a spec, checked as the spec's own lines are. */
public final class Additions {
  private Additions() {}

  /**
   * A spec with what a caller adds to one run.
   *
   * @param binds at the place of the caller's mounts
   * @param apis sockets, behind the spec's own
   * @throws IllegalArgumentException when a bind would hide a mount, an API has no place or its
   *     name is taken
   */
  public static Spec add(Spec spec, List<Mount.Bind> binds, List<Mount.Api> apis) {
    List<Mount> mounts = new ArrayList<>(spec.mounts());
    mounts.addAll(spec.callerMounts(), binds);
    boolean place = apis.isEmpty();
    for (int i = 0; i < mounts.size(); i++) {
      if (mounts.get(i) instanceof Mount.Apis directory) {
        mounts.set(i, with(directory, apis));
        place = true;
      }
    }
    if (!place) {
      throw new IllegalArgumentException("the spec has no `apis` for a socket");
    }
    checkOverlaps(mounts, binds);
    return new Spec(
        spec.name(),
        spec.sources(),
        spec.openParams(),
        spec.image(),
        spec.rundir(),
        spec.vardir(),
        spec.temp(),
        spec.chdir(),
        spec.entry(),
        spec.stdinInherited(),
        spec.newSession(),
        spec.dieWithParent(),
        spec.settings(),
        spec.caps(),
        spec.namespaces(),
        spec.env(),
        mounts,
        spec.callerMounts() + binds.size(),
        spec.expects(),
        spec.limits(),
        spec.maps(),
        spec.syscalls(),
        spec.network(),
        spec.inherited(),
        spec.open());
  }

  private static Mount.Apis with(Mount.Apis directory, List<Mount.Api> apis) {
    List<Mount.Endpoint> all = new ArrayList<>(directory.apis());
    for (Mount.Api api : apis) {
      if (!Entries.isName(api.name())) {
        throw new IllegalArgumentException("`" + api.name() + "` is not the name of an endpoint");
      }
      if (all.stream().anyMatch(other -> other.name().equals(api.name()))) {
        throw new IllegalArgumentException("the API `" + api.name() + "` is given twice");
      }
      all.add(api);
    }
    return new Mount.Apis(
        directory.name(), directory.to(), directory.prefix(), all, directory.provenance());
  }

  // The spec's own mounts were judged when it was compiled; some hide others, with `over`.
  private static void checkOverlaps(List<Mount> mounts, List<Mount.Bind> binds) {
    Diagnostics diagnostics = new Diagnostics();
    Overlaps overlaps = new Overlaps(diagnostics);
    for (Mount mount : mounts) {
      Value to = mount.to();
      if (to != null) {
        boolean own = mount instanceof Mount.Bind bind && binds.contains(bind);
        overlaps.check(List.of(new Placed(mount, to, false, false)), own);
      }
    }
    if (diagnostics.hasErrors()) {
      throw new IllegalArgumentException(
          diagnostics.sorted(List.of()).stream()
              .map(Diagnostic::message)
              .collect(Collectors.joining("; ")));
    }
  }
}
