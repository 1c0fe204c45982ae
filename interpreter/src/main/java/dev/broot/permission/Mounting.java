package dev.broot.permission;

import dev.broot.plan.Done;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Question;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Copied;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the mount table of a plan, operation by operation, as bubblewrap and the kernel do it. */
final class Mounting implements Operation.Visitor<Done> {
  private static final int FILE_MODE = 0666;
  private static final int COPY_MODE = 0600;
  private static final int DIRECTORY_MODE = 0755;

  // What bubblewrap covers in a procfs, where it could be written. It does not cover /proc/sys: the
  // kernel says of each directory there that nobody may write to it, which is not so of the files.
  private static final List<String> COVERED = List.of("/sysrq-trigger", "/irq", "/bus");

  // What the minimal devices have beside nodes.
  private static final Map<String, String> DEV_LINKS =
      Map.of(
          "/stdin", "/proc/self/fd/0",
          "/stdout", "/proc/self/fd/1",
          "/stderr", "/proc/self/fd/2",
          "/fd", "/proc/self/fd",
          "/core", "/proc/kcore",
          "/ptmx", "pts/ptmx");

  private final Plan plan;
  private final Table table = new Table();
  private final Masks masks;
  private final Walk walk;
  private final Sources sources;
  private final List<Effect> effects = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();
  private final List<String> open = new ArrayList<>();
  private final List<Operation.Raw> raw = new ArrayList<>();
  private final List<View.Point> points = new ArrayList<>();
  private final List<NewMode> modes = new ArrayList<>();

  private Mounting(Plan plan, HostLinks links) {
    this.plan = plan;
    walk = new Walk(table, links);
    masks = new Masks(plan, table, walk);
    sources = new Sources(plan);
  }

  /** The file system of a plan, on hosts with the symlinks that are known. */
  static View of(Plan plan, HostLinks links) {
    Mounting mounting = new Mounting(plan, links);
    plan.sandbox().operations().forEach(operation -> operation.accept(mounting));
    return new View(
        plan,
        mounting.table,
        mounting.walk,
        mounting.effects,
        mounting.points,
        mounting.modes,
        new Doubts(mounting.doubts, mounting.open, mounting.raw));
  }

  /**
   * Where an operation takes place.
   *
   * @param end where its path ends
   * @param host the object of the host that lies there, or null
   * @param writable whether it could be written at that moment
   * @param made whether something is made there where nothing is
   * @param in the mount in which it lies
   */
  private record Spot(
      Walk.End end, @Nullable String host, boolean writable, boolean made, Standing in) {}

  private List<Worlds.Case<Spot>> spots(Word target, boolean last) {
    String path = PathKey.of(target);
    if (PathKey.hasParameter(path)) {
      open.add("where something is mounted depends on a parameter: " + target.display());
    }
    int now = table.next();
    List<Worlds.Case<Spot>> spots =
        Worlds.ALL.each(world -> spot(walk.asMaker(path, now, last, world), now, world));
    if (spots == null) {
      doubts.add("where `" + target.display() + "` is depends on too many conditions");
      return List.of();
    }
    for (Worlds.Case<Spot> one : spots) {
      Walk.Zone zone = one.answer().end().zone();
      if (zone == Walk.Zone.OPEN) {
        doubts.add("where `" + target.display() + "` is depends on the text of a symlink");
      } else if (zone == Walk.Zone.HOST) {
        doubts.add("`" + target.display() + "` leads out of the sandbox while it is made");
      } else if (zone == Walk.Zone.HELD) {
        doubts.add("`" + target.display() + "` leads through what a process holds open");
      }
    }
    return spots;
  }

  private Spot spot(Walk.End end, int now, World world) {
    if (!end.isInside()) {
      boolean onHost = end.zone() == Walk.Zone.HOST;
      return new Spot(end, onHost ? end.at() : null, onHost, onHost, table.root());
    }
    Standing mount = table.covering(end.at(), now, world);
    String host = written(mount, end.at(), world);
    boolean writable =
        host != null && mount.access() != Access.RO && !table.isRemounted(mount, now, world);
    boolean below = !mount.place().equals(end.at());
    return new Spot(end, host, writable, writable && below, mount);
  }

  // The object of the host that is changed where something is changed at a place.
  private @Nullable String written(Standing mount, String place, World world) {
    if (mount.thing() instanceof Thing.Overlay overlay) {
      String upper = overlay.upper();
      return upper == null
          ? null
          : PathKey.join(walk.follow(upper, world), PathKey.below(place, mount.place()));
    }
    return walk.behind(mount, place, world);
  }

  private Done mount(
      Word target, Thing thing, Access access, List<HostFact> conditions, Provenance said) {
    for (Worlds.Case<Spot> one : spots(target, true)) {
      Spot spot = one.answer();
      String host = spot.host();
      point(spot, Trees.of(thing), said);
      if (host != null && spot.made()) {
        effect(Effect.How.MAKES, null, null, one, conditions, said);
      }
      if (spot.end().isInside()) {
        Standing standing =
            standing(spot.end().at(), thing, access, one.guard(), conditions, false, said);
        table.mount(standing);
        if (host != null) {
          table.pin(host, standing);
        }
        masks.protect(standing);
      }
    }
    return Done.DONE;
  }

  private void point(Spot spot, @Nullable String source, Provenance said) {
    String host = spot.host();
    if (host != null && spot.end().isInside() && !spot.end().at().equals(spot.in().place())) {
      points.add(new View.Point(spot.end().at(), host, source, spot.in(), spot.writable(), said));
    }
  }

  private Standing standing(
      String place,
      Thing thing,
      Access access,
      Map<HostFact, Boolean> guard,
      List<HostFact> conditions,
      boolean hidden,
      Provenance said) {
    return new Standing(table.take(), thing, access, place, guard, conditions, hidden, said);
  }

  private void effect(
      Effect.How how,
      @Nullable Integer mode,
      @Nullable Thing thing,
      Worlds.Case<Spot> at,
      List<HostFact> conditions,
      Provenance said) {
    String host = at.answer().host();
    if (host != null) {
      effects.add(new Effect(how, host, mode, thing, at.guard(), conditions, said));
    }
  }

  // A file, directory or symlink, which is no mount: it is made through what lies at its place.
  private Done enter(
      Word target,
      Thing thing,
      boolean last,
      Map<HostFact, Boolean> only,
      Effect.How how,
      Provenance said) {
    for (Worlds.Case<Spot> spotted : spots(target, last)) {
      Worlds.Case<Spot> one = spotted.where(only);
      Spot spot = one.answer();
      String host = spot.host();
      point(spot, null, said);
      if (host == null && spot.end().isInside()) {
        table.enter(
            standing(spot.end().at(), thing, Access.RW, one.guard(), List.of(), false, said));
      } else if (host != null && spot.writable() && (spot.made() || how != Effect.How.MAKES)) {
        effect(how, null, thing, one, List.of(), said);
        if (thing instanceof Thing.Link link) {
          table.hostLink(host, link.text(), one.guard(), List.of());
        }
      }
    }
    return Done.DONE;
  }

  @Override
  public Done bind(Operation.Bind bind) {
    List<HostFact> conditions = new ArrayList<>();
    if (bind.optional()) {
      conditions.add(new HostFact.Exists(PathKey.of(bind.source().path())));
    }
    Question question = bind.question();
    if (question != null) {
      String path = PathKey.of(question.path());
      conditions.add(
          switch (question.asked()) {
            case DIRECTORY -> new HostFact.IsDirectory(path);
            case EMPTY_DIRECTORY -> new HostFact.IsEmpty(path);
            case OWNED -> new HostFact.IsOwned(path);
            case SYMLINK -> throw new IllegalArgumentException("a bind of a symlink");
          });
    }
    Thing thing = bind.source().accept(sources);
    return mount(bind.target(), thing, bind.access(), conditions, bind.provenance());
  }

  @Override
  public Done symlink(Operation.Symlink symlink) {
    Thing link = new Thing.Link(PathKey.text(symlink.text()));
    Question question = symlink.question();
    // There is no directory there then; where there is nothing, the symlink leads nowhere.
    Map<HostFact, Boolean> guard =
        question == null
            ? Map.of()
            : Map.of(new HostFact.IsDirectory(PathKey.of(question.path())), false);
    return enter(symlink.target(), link, false, guard, Effect.How.WRITES, symlink.provenance());
  }

  @Override
  public Done tmpfs(Operation.Tmpfs tmpfs) {
    Integer mode = tmpfs.mode();
    Thing memory = new Thing.Memory(false, tmpfs.size(), mode == null ? DIRECTORY_MODE : mode);
    return mount(tmpfs.target(), memory, Access.RW, List.of(), tmpfs.provenance());
  }

  @Override
  public Done directory(Operation.Directory directory) {
    Integer mode = directory.mode();
    Thing made = new Thing.Directory(mode == null ? DIRECTORY_MODE : mode);
    return enter(
        directory.target(), made, true, Map.of(), Effect.How.MAKES, directory.provenance());
  }

  @Override
  public Done proc(Operation.Proc proc) {
    boolean own =
        plan.sandbox().namespaces().wants(Namespace.PID) || plan.sandbox().has(Setting.Kind.PIDNS);
    Thing whole = own ? new Thing.Proc("") : new Thing.Host("/proc");
    int before = table.next();
    mount(proc.target(), whole, Access.RW, List.of(), proc.provenance());
    for (Standing standing : since(before)) {
      for (String name : COVERED) {
        Thing part = own ? new Thing.Proc(name) : new Thing.Host("/proc" + name);
        String at = PathKey.join(standing.place(), name);
        table.mount(
            standing(at, part, Access.RO, standing.guard(), List.of(), true, proc.provenance()));
      }
    }
    return Done.DONE;
  }

  private List<Standing> since(int index) {
    return table.all().stream().filter(standing -> standing.index() >= index).toList();
  }

  @Override
  public Done dev(Operation.Dev dev) {
    int before = table.next();
    Provenance said = dev.provenance();
    mount(dev.target(), new Thing.MinimalDevices(), Access.RW, List.of(), said);
    for (Standing standing : since(before)) {
      DEV_LINKS.forEach(
          (name, text) ->
              table.enter(
                  standing(
                      PathKey.join(standing.place(), name),
                      new Thing.Link(text),
                      Access.RW,
                      standing.guard(),
                      List.of(),
                      true,
                      said)));
    }
    return Done.DONE;
  }

  @Override
  public Done mqueue(Operation.Mqueue mqueue) {
    return mount(mqueue.target(), new Thing.Queues(), Access.RW, List.of(), mqueue.provenance());
  }

  @Override
  public Done overlay(Operation.Overlay overlay) {
    List<String> lower = overlay.lower().stream().map(PathKey::of).toList();
    Operation.Changes changes = overlay.changes();
    Operation.Changes.Upper kept = changes instanceof Operation.Changes.Upper upper ? upper : null;
    Thing thing =
        new Thing.Overlay(
            lower,
            kept == null ? null : PathKey.of(kept.upper()),
            kept == null ? null : PathKey.of(kept.work()),
            changes instanceof Operation.Changes.Memory);
    Access access = changes instanceof Operation.Changes.None ? Access.RO : Access.DEV;
    return mount(overlay.target(), thing, access, List.of(), overlay.provenance());
  }

  @Override
  public Done remountReadOnly(Operation.RemountReadOnly remount) {
    for (Worlds.Case<Spot> one : spots(remount.target(), true)) {
      if (one.answer().end().isInside()) {
        table.remount(one.answer().end().at(), one.guard());
      }
    }
    return Done.DONE;
  }

  @Override
  public Done chmod(Operation.Chmod chmod) {
    for (Worlds.Case<Spot> one : spots(chmod.target(), true)) {
      Spot spot = one.answer();
      String host = spot.host();
      if (spot.end().isInside() && (host == null || spot.writable())) {
        String place = spot.end().at();
        String path = host == null ? place : host;
        modes.add(
            new NewMode(
                table.take(), host != null, path, chmod.mode(), one.guard(), chmod.provenance()));
      }
      if (spot.writable()) {
        effect(Effect.How.CHANGES_MODE, chmod.mode(), null, one, List.of(), chmod.provenance());
      }
    }
    return Done.DONE;
  }

  @Override
  public Done data(Operation.Data data) {
    Word content = data.content().content();
    boolean mounted = data.as() != Copied.FILE;
    Integer mode = data.mode();
    int bits = mode != null ? mode : mounted ? COPY_MODE : FILE_MODE;
    Thing thing =
        data.content().file()
            ? new Thing.Copy(PathKey.of(content), mounted, bits)
            : new Thing.Writing(PathKey.text(content), bits);
    return mounted
        ? mount(
            data.target(),
            thing,
            data.as() == Copied.RO ? Access.RO : Access.RW,
            List.of(),
            data.provenance())
        : enter(data.target(), thing, true, Map.of(), Effect.How.WRITES, data.provenance());
  }

  // One name stands for all that match; where it matters which do, others look at the pattern.
  @Override
  public Done matching(Operation.Matching matching) {
    String path = PathKey.of(matching.path());
    return mount(
        matching.path(),
        new Thing.Host(path),
        Access.DEV,
        List.of(new HostFact.Exists(path)),
        matching.provenance());
  }

  @Override
  public Done hide(Operation.Hide hide) {
    masks.hide(hide, points.stream().map(View.Point::host).toList());
    return Done.DONE;
  }

  @Override
  public Done protect(Operation.Protect protect) {
    // Done with each mount that shows it.
    return Done.DONE;
  }

  @Override
  public Done raw(Operation.Raw arguments) {
    raw.add(arguments);
    return Done.DONE;
  }
}
