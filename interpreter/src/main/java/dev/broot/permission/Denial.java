package dev.broot.permission;

import dev.broot.permission.Reach.Item;
import dev.broot.plan.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a way around {@code expect deny}: what the program finds at the path and below it, the
 * host's own object of that name wherever the program finds it, and what it can put in its place.
 */
final class Denial {
  private final Permissions permissions;
  private final View view;
  private final boolean write;
  private final String path;
  private final List<String> except;
  private final boolean hosts;
  private final Names names;

  /**
   * A denial.
   *
   * @param write whether writing is denied; else reading
   * @param path what it is about; a {@link PathKey}
   * @param except what it is not about
   * @param hosts whether it is about the host's object only, and not about what the program finds
   *     at the path
   */
  Denial(Permissions permissions, boolean write, String path, List<String> except, boolean hosts) {
    this.permissions = permissions;
    view = permissions.view();
    this.write = write;
    this.path = path;
    this.except = List.copyOf(except);
    this.hosts = hosts;
    names = new Names(view, path, except);
  }

  private String verb() {
    return write ? "write" : "read";
  }

  /** A way around it on some host, or null where there is none. */
  @Nullable Way find() {
    Worlds worlds = view.worlds(!write);
    for (String reason : view.doubts().reasons()) {
      return new Way("that is not known: " + reason, null);
    }
    Way matched = matched();
    if (matched != null) {
      return matched;
    }
    Search search = new Search(worlds);
    Way way = hosts ? null : search.find(this::inside);
    if (way != null) {
      return way;
    }
    for (String mark : marks(worlds)) {
      way = search.find(world -> onHost(mark, world));
      if (way != null) {
        return way;
      }
    }
    if (write && !hosts) {
      way = search.find(new Elsewhere(permissions, names)::in);
      if (way != null) {
        return way;
      }
    }
    way = search.find(this::otherwise);
    Grant kept = permissions.undoing();
    if (way == null && kept != null) {
      way = search.find(world -> undone(kept, world));
    }
    HostWays host = new HostWays(permissions, verb() + " files of the host that no line shows");
    way = way == null ? host.find(search) : way;
    return search.orOpen(way, verb() + " it");
  }

  // What a pattern matches is known at the run only.
  private @Nullable Way matched() {
    for (Operation operation : view.plan().sandbox().operations()) {
      if (operation instanceof Operation.Matching matching
          && ((PathKey.isOutside(PathKey.of(matching.root()), except)
                  && Matched.mayLieIn(matching, path))
              || Matched.isDangerous(matching))) {
        String what = matching.path().display();
        return new Way(
            "the program can " + verb() + " the devices that match `" + what + "`",
            view.table().all().stream()
                .filter(one -> matching.provenance().equals(one.provenance()))
                .findFirst()
                .orElse(null),
            "name the devices, one a line");
      }
    }
    return null;
  }

  // The paths at which something changes, and the one that is asked for.
  private Set<String> marks(Worlds worlds) {
    Set<String> marks = new TreeSet<>();
    permissions.reach().marks(marks);
    List<Worlds.Case<String>> leads = worlds.each(world -> view.onHost(path, world));
    if (leads != null) {
      leads.forEach(one -> marks.add(one.answer()));
    }
    return marks;
  }

  private @Nullable Way inside(World world) {
    for (Names.Place place : names.in(world)) {
      Way way = inside(place, world);
      if (way != null) {
        return way;
      }
    }
    return null;
  }

  private @Nullable Way inside(Names.Place place, World world) {
    String at = place.at();
    if (at == null) {
      Standing link = place.link();
      String shown = PathKey.display(link == null ? path : link.place());
      return new Way("`" + shown + "` may lead to anything, as a parameter says", link);
    }
    Standing mount = view.table().covering(at, Table.END, world);
    if (place.has(at) && counts(mount, world)) {
      return here(mount, place, world);
    }
    if (write && mount.provenance() == null && place.has(at) && isMade(at, world)) {
      return new Way(
          "the program can make files in `" + PathKey.display(at) + "`, a directory in memory",
          null,
          "add the line `remount-ro /`, the last one of the mounts");
    }
    for (Standing standing : view.table().all()) {
      if (PathKey.isWithin(standing.place(), at)
          && place.has(standing.place())
          && view.isFound(standing, world)
          && counts(standing, world)) {
        return here(standing, place, world);
      }
    }
    return null;
  }

  // Whoever can undo mounts finds what each of them shows, whatever hides it, and writes to it.
  private @Nullable Way undone(Grant kept, World world) {
    String inside = view.inside(path, world);
    String place = inside == null ? path : inside;
    for (Standing standing : view.table().all()) {
      boolean there =
          PathKey.isWithin(place, standing.place())
              || (PathKey.isWithin(standing.place(), place)
                  && PathKey.isOutside(standing.place(), except));
      boolean counts =
          standing.thing().accept(write ? Changeable.INSTANCE : Kept.INSTANCE)
              && standing.provenance() != null;
      if (there && counts && standing.isMade(world)) {
        return undone(kept, standing, PathKey.display(standing.place()));
      }
    }
    String denied = view.onHost(path, world);
    for (Item item : permissions.reach().items()) {
      String tree = view.onHost(item.tree(), world);
      boolean shown =
          PathKey.isWithin(denied, tree)
              || (PathKey.isWithin(tree, denied) && !isExcepted(tree, world));
      boolean counts = !Kept.isHarmless(tree) && !(write && item.isLower());
      if (shown && counts && item.standing().isMade(world)) {
        return undone(
            kept,
            item.standing(),
            PathKey.display(tree)
                + "` of the host, at `"
                + PathKey.display(item.standing().place()));
      }
    }
    return null;
  }

  private Way undone(Grant kept, Standing standing, String what) {
    return new Way(
        permissions.beyondMounts() + ", and can " + verb() + " `" + what + "`",
        standing,
        HostWays.cure(kept, "add the line `cap drop ALL`; only root has capabilities to lose"));
  }

  private Way here(Standing standing) {
    String at = PathKey.display(standing.place());
    return new Way("the program can " + verb() + " `" + at + "`", standing);
  }

  private Way here(Standing standing, Names.Place place, World world) {
    boolean below = write && View.isPartly(standing) && !view.isWritable(standing, world);
    Way way = here(standing);
    Standing link = place.link();
    String leads = link == null ? "" : ", to which `" + PathKey.display(link.place()) + "` leads";
    return below
        ? new Way(
            way.text() + leads + ", where the host has mounted something below it",
            standing,
            "write `bind ro`: `remount-ro` reaches one mount only")
        : new Way(way.text() + leads, standing);
  }

  // Whether there is something to be read, or to be written, in a thing.
  private boolean counts(Standing standing, World world) {
    if (standing.provenance() == null) {
      return false;
    }
    if (!write) {
      return standing.thing().accept(Kept.INSTANCE);
    }
    if (standing.thing() instanceof Thing.Proc && isOthers(standing.place(), world)) {
      return false;
    }
    Standing mount = view.table().covering(standing.place(), Table.END, world);
    boolean writable = standing.thing().accept(Changeable.INSTANCE);
    boolean ever = view.isWritable(mount, world) || View.isPartly(mount);
    return writable && ever && mount.access() != dev.broot.spec.Access.RO;
  }

  // A directory of the sandbox's own root is there where something lies in it.
  private boolean isMade(String place, World world) {
    Table table = view.table();
    return view.isWritable(table.root(), world)
        && (place.equals(PathKey.ROOT) || view.isThere(place, world));
  }

  private boolean isOthers(String place, World world) {
    String inside = view.inside(path, world);
    return inside != null && view.isOthers(inside, place, world);
  }

  private @Nullable Way onHost(String mark, World world) {
    String denied = view.onHost(path, world);
    if (!PathKey.isWithin(mark, denied) || isExcepted(mark, world)) {
      return null;
    }
    List<Use> uses = write ? List.of(Use.WRITE, Use.WRITE_BELOW) : List.of(Use.READ);
    for (Use use : uses) {
      Item item = permissions.reach().find(use, mark, true, world);
      if (item != null && !Kept.isHarmless(item.tree())) {
        String what = PathKey.display(item.tree());
        String text =
            use == Use.WRITE_BELOW
                ? "the program can write what is mounted below `" + what + "` of the host"
                : "the program can " + verb() + " `" + what + "` of the host";
        String at = ", at `" + PathKey.display(item.standing().place()) + "`";
        return new Way(text + at, item.standing());
      }
    }
    return null;
  }

  // What is left out has its name in the denied path. That path may lead through a symlink; what a
  // symlink in what is left out leads to has another name.
  private boolean isExcepted(String mark, World world) {
    String denied = view.onHost(path, world);
    for (String one : except) {
      String there =
          PathKey.isWithin(one, path) ? PathKey.join(denied, PathKey.below(one, path)) : one;
      if (PathKey.isWithin(mark, there) || PathKey.isWithin(mark, one)) {
        return true;
      }
    }
    return false;
  }

  // Copies, names that lead anywhere, what is done while the sandbox is made, and new names.
  private @Nullable Way otherwise(World world) {
    String denied = view.onHost(path, world);
    for (Standing standing : view.table().all()) {
      boolean copied =
          standing.thing() instanceof Thing.Copy copy
              && PathKey.isWithin(view.onHost(copy.source(), world), denied)
              && !isExcepted(view.onHost(copy.source(), world), world);
      if (copied && !write && view.isFound(standing, world)) {
        return here(standing);
      }
    }
    for (Effect effect : write ? List.<Effect>of() : view.effects()) {
      Item item =
          effect.thing() instanceof Thing.Copy copy
                  && PathKey.isWithin(view.onHost(copy.source(), world), denied)
                  && !isExcepted(view.onHost(copy.source(), world), world)
                  && effect.happens(world)
              ? permissions.reach().find(Use.READ, effect.path(), true, world)
              : null;
      if (item != null) {
        String what = PathKey.display(effect.path());
        return new Way("a copy of it is written to `" + what + "` of the host", item.standing());
      }
    }
    for (Item item : permissions.reach().items()) {
      String tree = view.onHost(item.tree(), world);
      Use use = write ? Use.WRITE : Use.READ;
      boolean anything = PathKey.isOpaque(tree) && !PathKey.hasParameter(tree);
      if (anything
          && tree.startsWith("/")
          && !(item.standing().thing() instanceof Thing.Module)
          && permissions.reach().has(use, item, world)
          && view.isFound(item.standing(), world)) {
        String what = PathKey.display(tree);
        return new Way("`" + what + "` may lead to it, by a symlink", item.standing());
      }
    }
    Way device = device(denied, world);
    return device == null && write ? making(denied, world) : device;
  }

  // A device is the same one at each place where a node of it lies, and by whatever name.
  private @Nullable Way device(String denied, World world) {
    for (Standing standing : view.table().all()) {
      for (String name : DeviceNames.of(standing.thing(), denied)) {
        String host = view.onHost(name, world);
        if (PathKey.isWithin(host, denied)
            && !isExcepted(host, world)
            && view.isFound(standing, world)) {
          String what = verb() + " `" + name + "` of the host, a device in `";
          return new Way(
              "the program can " + what + PathKey.display(standing.place()) + "`", standing);
        }
      }
    }
    return null;
  }

  private @Nullable Way making(String denied, World world) {
    for (Effect effect : view.effects()) {
      boolean writes = effect.how() == Effect.How.WRITES && effect.happens(world);
      if (writes && PathKey.isWithin(effect.path(), denied) && !isExcepted(effect.path(), world)) {
        String what = PathKey.display(effect.path());
        return new Way("`" + what + "` of the host is written when the sandbox starts", null);
      }
    }
    String name = permissions.replacing().byProgram(denied, world);
    String behind = name == null ? behind(world) : null;
    name = behind == null ? name : permissions.replacing().byProgram(behind, world);
    name = name == null ? permissions.replacing().linkByProgram(path, world) : name;
    if (name != null) {
      String what = PathKey.display(name);
      return new Way(
          "the program can rename `" + what + "` of the host, and make another in its place", null);
    }
    return null;
  }

  // What lies on the host where the path is one of the sandbox, and something is mounted on it.
  private @Nullable String behind(World world) {
    String place = view.inside(path, world);
    if (place == null || place.equals(PathKey.ROOT)) {
      return null;
    }
    Standing mount = view.table().covering(PathKey.parent(place), Table.END, world);
    return view.behind(mount, place, world);
  }
}
