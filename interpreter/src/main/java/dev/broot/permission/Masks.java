package dev.broot.permission;

import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts what {@code hide} and {@code protect} become into the mount table: something empty, or the
 * same read-only, at each place where a mount shows the path, and the directories above it held
 * where they are. What a pattern matches is not known, so that nothing is certain of it.
 */
final class Masks {
  private static final Thing EMPTY = new Thing.Memory(false, null, 0);

  private final Table table;
  private final Walk walk;
  private final List<Operation.Protect> protecting;

  Masks(Plan plan, Table table, Walk walk) {
    this.table = table;
    this.walk = walk;
    protecting =
        plan.sandbox().operations().stream()
            .filter(Operation.Protect.class::isInstance)
            .map(Operation.Protect.class::cast)
            .toList();
  }

  /** Protects what a mount shows that was made now; what comes later is mounted over it. */
  void protect(Standing mount) {
    if (mount.access() != Access.RO) {
      for (Operation.Protect protect : protecting) {
        for (String path : paths(protect.what())) {
          mask(path, mount, protect.what(), null, protect.provenance());
        }
      }
    }
  }

  /**
   * Hides what the mounts show that were made.
   *
   * @param made paths of the host at which other lines mount or make something: where it is hidden,
   *     nothing is there only while nothing is made below it
   */
  void hide(Operation.Hide hide, List<String> made) {
    for (String path : paths(hide.what())) {
      for (Standing mount : List.copyOf(table.all())) {
        mask(path, mount, hide.what(), EMPTY, hide.provenance());
      }
      boolean alone = made.stream().noneMatch(one -> PathKey.isWithin(one, path));
      if (hide.what().optional() && alone) {
        table.hides(new HostFact.Masked(path));
      }
    }
  }

  private static List<String> paths(Operation.Masked what) {
    Word shown = what.shown();
    if (what.pattern() != null) {
      return List.of();
    }
    String path = PathKey.of(what.path());
    return shown == null ? List.of(path) : List.of(path, PathKey.of(shown));
  }

  private void mask(
      String path,
      Standing mount,
      Operation.Masked what,
      @Nullable Thing instead,
      Provenance said) {
    String tree = Trees.of(mount.thing());
    if (tree == null || !tree.startsWith(PathKey.ROOT) || !PathKey.isWithin(path, tree)) {
      return;
    }
    String place = PathKey.join(mount.place(), PathKey.below(path, tree));
    List<HostFact> conditions = new ArrayList<>(mount.conditions());
    if (what.optional()) {
      conditions.add(new HostFact.Masked(path));
    }
    Standing standing =
        new Standing(
            table.take(),
            instead != null ? instead : new Thing.Host(path),
            Access.RO,
            place,
            mount.guard(),
            conditions,
            false,
            said);
    mount(standing, mount);
    // Each directory in between is a mount point too.
    for (String at = path; !at.equals(tree) && PathKey.isWithin(at, tree); ) {
      pin(at, standing);
      at = PathKey.parent(at);
    }
  }

  // By the name that it has behind well-known symlinks.
  private void pin(String path, Standing by) {
    List<Worlds.Case<String>> leads = Worlds.ALL.each(world -> walk.follow(path, world));
    for (Worlds.Case<String> one : leads == null ? List.<Worlds.Case<String>>of() : leads) {
      table.pin(one.answer(), by.where(one.guard()));
    }
  }

  // At a place that another line may cover, it is there on the hosts on which that does not.
  private void mount(Standing mask, Standing mount) {
    int now = table.next();
    Predicate<World> found = world -> table.covering(mask.place(), now, world).is(mount);
    if (Worlds.ALL.find(world -> mount.isMade(world) && !found.test(world)).answer()
        == Worlds.Answer.NO) {
      table.mount(mask);
      return;
    }
    List<Worlds.Case<Boolean>> cases = Worlds.ALL.each(found::test);
    for (Worlds.Case<Boolean> one : cases == null ? List.<Worlds.Case<Boolean>>of() : cases) {
      if (one.answer()) {
        table.mount(mask.at(table.take()).where(one.guard()));
      }
    }
  }
}
