package dev.broot.permission;

import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.spec.Access;
import dev.broot.spec.Provenance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's file system as bubblewrap and the kernel make it: what the program finds at each
 * place. Where something depends on the host, it is asked of a {@link World}.
 */
public final class View {
  private final Plan plan;
  private final Table table;
  private final Walk walk;
  private final List<Effect> effects;
  private final List<Point> points;
  private final List<NewMode> modes;
  private final Doubts doubts;
  private final Closing closing;

  /**
   * A place that has to be there in an object of the host, or is made there.
   *
   * @param place in the sandbox
   * @param host on the host
   * @param source what is mounted on it, where that is of the host
   * @param in the mount in which it lies
   * @param writable whether it is made where it is missing
   * @param provenance the line that needs it
   */
  record Point(
      String place,
      String host,
      @Nullable String source,
      Standing in,
      boolean writable,
      Provenance provenance) {}

  View(
      Plan plan,
      Table table,
      Walk walk,
      List<Effect> effects,
      List<Point> points,
      List<NewMode> modes,
      Doubts doubts) {
    this.plan = plan;
    this.table = table;
    this.walk = walk;
    this.effects = List.copyOf(effects);
    this.points = List.copyOf(points);
    this.modes = List.copyOf(modes);
    this.doubts = doubts;
    closing = new Closing(table, this.modes);
  }

  /** Everything that is found on some host, in the order in which it was made. */
  public List<Seen> all() {
    List<Seen> all = new ArrayList<>();
    for (Standing standing : table.all()) {
      if (!standing.hidden() && isEverFound(standing)) {
        all.add(seen(standing));
      }
    }
    return all;
  }

  /** Arguments of bubblewrap that nobody has looked into. */
  public List<Operation.Raw> raw() {
    return doubts.raw();
  }

  /** A path as the program finds it, through symlinks, or the path where they lead nowhere. */
  public String follow(String path) {
    Walk.End end = walk.asProgram(PathKey.place(path), World.usual());
    return PathKey.display(end.isInside() ? end.at() : PathKey.place(path));
  }

  /** What a path of the sandbox lies in; null where that is its own root in memory. */
  public @Nullable Seen covering(String path) {
    Standing mount = found(PathKey.place(path), World.usual());
    return mount == null || mount.provenance() == null ? null : seen(mount);
  }

  /** The path on the host of what is found at a path, or null where it is not of the host. */
  public @Nullable String onHost(String path) {
    Walk.End end = walk.asProgram(PathKey.place(path), World.usual());
    Standing mount = found(PathKey.place(path), World.usual());
    String host = mount == null ? null : behind(mount, end.at(), World.usual());
    return host == null || !host.startsWith(PathKey.ROOT) ? null : PathKey.display(host);
  }

  /** Whether there is a host on which the program can read, or write, what is at a path. */
  public boolean can(String path, boolean write) {
    String key = PathKey.place(path);
    if (!Matched.at(plan, path).isEmpty()) {
      return true;
    }
    return Worlds.ALL.find(world -> can(key, write, world)).answer() != Worlds.Answer.NO;
  }

  /**
   * What depends on the value of a parameter and may be at a path, for people; empty if nothing.
   */
  public List<String> open(String path) {
    boolean leads =
        Worlds.ALL
                .find(world -> walk.asProgram(PathKey.place(path), world).zone() == Walk.Zone.OPEN)
                .answer()
            != Worlds.Answer.NO;
    return leads
        ? List.of("where `" + path + "` is depends on the text of a symlink")
        : covering(follow(path)) == null ? doubts.open() : List.of();
  }

  /** The symlinks of the sandbox through which a path leads, by their lines. */
  public List<Provenance> links(String path) {
    List<Provenance> links = new ArrayList<>();
    String key = PathKey.place(path);
    for (Seen seen : all()) {
      boolean link = seen.thing() instanceof Thing.Link;
      if (link && PathKey.isWithin(key, PathKey.place(seen.at()))) {
        links.add(seen.provenance());
      }
    }
    return links;
  }

  Plan plan() {
    return plan;
  }

  /** Whether the program would start in a directory that a process holds open, on some host. */
  boolean startsInHeld(String path) {
    return Worlds.ALL.find(world -> isHeld(walk.asStart(path, world))).answer() != Worlds.Answer.NO;
  }

  /** Whether bubblewrap, at a moment, comes to a path through what a process holds open. */
  boolean isMadeInHeld(String path, int before) {
    return Worlds.ALL.find(world -> isHeld(walk.asMaker(path, before, true, world))).answer()
        != Worlds.Answer.NO;
  }

  private static boolean isHeld(Walk.End end) {
    return end.zone() == Walk.Zone.HELD;
  }

  Table table() {
    return table;
  }

  /** What {@code chmod} does, in its order. */
  List<NewMode> modes() {
    return modes;
  }

  /** What modes keep from the program. */
  Closing closing() {
    return closing;
  }

  /** What is done to the host while the sandbox is made. */
  List<Effect> effects() {
    return effects;
  }

  /** Places that have to be there on the host. */
  List<Point> points() {
    return points;
  }

  /** What is not known. */
  Doubts doubts() {
    return doubts;
  }

  /** The path of the host behind a place of a mount, or null. */
  @Nullable String behind(Standing mount, String place, World world) {
    return walk.behind(mount, place, world);
  }

  /** Whether the host is known to have something mounted below a path. */
  boolean hasMounts(String path) {
    return walk.hasMounts(path);
  }

  /** The other names of what the host is known to have mounted below a path. */
  List<String> mountedBelow(String path) {
    return walk.mountedBelow(path);
  }

  /** Where a path of the host leads. */
  String onHost(String path, World world) {
    return walk.follow(path, world);
  }

  /**
   * The symlinks of the host on the way of a path, by their own names: each in the directory that
   * its name leads to.
   */
  List<String> passed(String path, World world) {
    return walk.passed(path, world).stream()
        .map(link -> PathKey.join(onHost(PathKey.parent(link), world), "/" + PathKey.last(link)))
        .toList();
  }

  /** Where the program finds a path; null where it leads nowhere. */
  @Nullable String inside(String path, World world) {
    Walk.End end = walk.asProgram(path, world);
    return end.isInside() ? end.at() : null;
  }

  /** Where the program's way along a path ends. */
  Walk.End end(String path, World world) {
    return walk.asProgram(path, world);
  }

  /** The mount in which a path lies, or null where it leads nowhere. */
  @Nullable Standing found(String path, World world) {
    String place = inside(path, world);
    return place == null ? null : table.covering(place, Table.END, world);
  }

  /** Whether it is what is found at its place. */
  boolean isFound(Standing standing, World world) {
    if (!standing.isMade(world) || !closing.isEntered(standing.place(), world)) {
      return false;
    }
    Standing entry =
        table.mayHaveEntry(standing.place())
            ? table.entry(standing.place(), Table.END, world)
            : null;
    boolean mounted = table.covering(standing.place(), Table.END, world).is(standing);
    boolean overwritten =
        entry != null && !(entry.thing() instanceof Thing.Directory) && !entry.is(standing);
    return (mounted && !overwritten) || (entry != null && entry.is(standing));
  }

  private boolean isEverFound(Standing standing) {
    return Worlds.ALL.find(world -> isFound(standing, world)).answer() != Worlds.Answer.NO;
  }

  /** Whether what is in it can be written. */
  boolean isWritable(Standing mount, World world) {
    return mount.access() != Access.RO && !table.isRemounted(mount, Table.END, world);
  }

  /** Whether file systems that the host has mounted below it stay as they are. */
  static boolean isPartly(Standing mount) {
    String tree = Trees.of(mount.thing());
    return mount.access() != Access.RO && tree != null && tree.startsWith("/");
  }

  /** Whether device nodes in it can be used. */
  boolean hasDevices(Standing mount, World world) {
    boolean devices = mount.access() == Access.DEV || mount.thing() instanceof Thing.Overlay;
    return devices && !table.isRemounted(mount, Table.END, world);
  }

  private Seen seen(Standing standing) {
    Provenance said = standing.provenance();
    if (said == null) {
      throw new IllegalStateException("no line says the root");
    }
    World usual = World.usual();
    return new Seen(
        PathKey.display(standing.place()),
        standing.thing(),
        isWritable(standing, usual),
        hasDevices(standing, usual),
        standing.isCertain(),
        said);
  }

  private boolean can(String path, boolean write, World world) {
    String place = inside(path, world);
    if (place == null) {
      return false;
    }
    Standing mount = table.covering(place, Table.END, world);
    boolean there =
        Trees.of(mount.thing()) != null || holds(mount.thing()) || isThere(place, world);
    String host = behind(mount, place, world);
    if (host != null && DeviceNames.isNode(host) && !hasDevices(mount, world)) {
      return false;
    }
    // Nobody makes a file in a procfs.
    boolean made =
        !(PathKey.OWN_PROC.equals(host) || "/proc".equals(host)) || !mount.place().equals(place);
    boolean mounted = !mount.place().equals(place) && isPartly(mount);
    return there && (!write || (made && (isWritable(mount, world) || mounted)));
  }

  /** Whether the path of the host at a path is a device that cannot be opened there. */
  public boolean isClosedDevice(String path) {
    World usual = World.usual();
    Walk.End end = walk.asProgram(PathKey.place(path), usual);
    Standing mount = found(PathKey.place(path), usual);
    String host = mount == null ? null : behind(mount, end.at(), usual);
    return mount != null && host != null && DeviceNames.isNode(host) && !hasDevices(mount, usual);
  }

  // What is in it is not told by the table.
  private static boolean holds(Thing thing) {
    return thing instanceof Thing.Scratch
        || thing instanceof Thing.Devices
        || thing instanceof Thing.MinimalDevices;
  }

  /** Whether something was made at a place, or below it, in the mount that is there. */
  boolean isThere(String place, World world) {
    Standing mount = table.covering(place, Table.END, world);
    if (mount.place().equals(place) || mount.thing() instanceof Thing.Overlay) {
      return true;
    }
    Standing entry = table.entry(place, Table.END, world);
    return (entry != null && !(entry.thing() instanceof Thing.Link))
        || isMade(table.mountsBelow(place), mount, world)
        || isMade(table.entriesBelow(place), mount, world);
  }

  private static boolean isMade(Collection<List<Standing>> below, Standing mount, World world) {
    for (List<Standing> here : below) {
      for (Standing one : here) {
        if (one.index() > mount.index() && one.isMade(world)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * All hosts on which the sandbox can be made.
   *
   * @param hiding whether only those on which what is to be hidden is hidden
   */
  Worlds worlds(boolean hiding) {
    Map<HostFact, Boolean> known = new HashMap<>(known());
    if (hiding) {
      known.putAll(table.hidden());
    }
    return new Worlds(known);
  }

  /** What has to be so where the sandbox is made at all: what it binds in any case is there. */
  Map<HostFact, Boolean> known() {
    Map<HostFact, Boolean> known = new HashMap<>();
    for (Standing standing : table.all()) {
      String tree = Trees.of(standing.thing());
      if (tree != null && standing.conditions().isEmpty()) {
        known.put(new HostFact.Exists(tree), true);
      }
    }
    return known;
  }

  /** The places at which something is mounted; for those who look at each. */
  Set<Standing> mounts() {
    Set<Standing> mounts = new java.util.LinkedHashSet<>();
    for (Standing standing : table.all()) {
      if (!(standing.thing() instanceof Thing.Link)) {
        mounts.add(standing);
      }
    }
    return mounts;
  }

  /**
   * Whether what lies at a path of a procfs is not the caller's on a host. What belongs to root
   * there, only root can write: where it does not belong to the caller, a line that covers it if it
   * does need not do so.
   *
   * @param inside the path in the sandbox
   * @param place where the procfs is
   */
  boolean isOthers(String inside, String place, World world) {
    for (Standing one : table.all()) {
      if (PathKey.isWithin(inside, one.place()) && PathKey.isWithin(one.place(), place)) {
        for (HostFact fact : one.conditions()) {
          if (fact instanceof HostFact.IsOwned && !world.holds(fact)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
