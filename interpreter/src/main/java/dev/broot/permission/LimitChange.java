package dev.broot.permission;

import dev.broot.plan.Plan;
import dev.broot.spec.Cpus;
import dev.broot.spec.Limit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a program may use more of, since a limit is raised, dropped, or held with less effort. */
final class LimitChange {
  private static final long USUAL_WEIGHT = 100;

  private LimitChange() {}

  /** What the first may use and the second may not. */
  static List<Grant> gained(Plan of, Plan not) {
    List<Grant> gained = new ArrayList<>();
    for (Limit held : not.sandbox().limits()) {
      Limit now = find(of, held.kind());
      boolean softer = now != null && now.bestEffort() && !held.bestEffort();
      if (now == null || softer || isMore(now, held)) {
        gained.add(
            new Grant(
                Grant.Level.RESOURCE,
                new Subject.Limited(held.kind()),
                "use more than `limit " + held.kind().word() + " " + held.text() + "` lets it",
                now == null ? null : now.provenance()));
      }
    }
    // To be nicer than the default is less; to be less nice is more.
    for (Limit now : of.sandbox().limits()) {
      if (find(not, now.kind()) == null && isMoreThanUsual(now)) {
        gained.add(
            new Grant(
                Grant.Level.RESOURCE,
                new Subject.Limited(now.kind()),
                "run with `" + now.kind().word() + " " + now.amount() + "`",
                now.provenance()));
      }
    }
    return gained;
  }

  // What others have, whom no line bounds.
  private static boolean isMoreThanUsual(Limit now) {
    return now.kind() == Limit.Kind.IO_WEIGHT
        ? now.amount() > USUAL_WEIGHT
        : !now.kind().isBound() && now.amount() < 0;
  }

  private static boolean isMore(Limit now, Limit held) {
    String cpus = now.cpus();
    String before = held.cpus();
    if (cpus != null && before != null) {
      return !Cpus.covers(before, cpus);
    }
    return now.kind().isBound() ? now.amount() > held.amount() : now.amount() < held.amount();
  }

  private static @Nullable Limit find(Plan plan, Limit.Kind kind) {
    return plan.sandbox().limits().stream()
        .filter(limit -> limit.kind() == kind)
        .findFirst()
        .orElse(null);
  }
}
