package dev.broot.permission;

import dev.broot.permission.Grant.Level;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one of two permits and the other does not, on any host on which both run. Objects of the
 * host are compared by the paths at which something changes on one of the sides: there are as many
 * as there are mounts, and what lies between two of them is alike.
 */
final class Comparison {
  private final Permissions of;
  private final Permissions not;
  private final Worlds worlds;
  private final Set<String> notes = new TreeSet<>();
  private final Set<String> unknown = new TreeSet<>();
  private final List<Grant> missing = new ArrayList<>();

  Comparison(Permissions of, Permissions not) {
    this.of = of;
    this.not = not;
    Map<HostFact, Boolean> known = new HashMap<>(of.view().known());
    known.putAll(not.view().known());
    worlds = new Worlds(known);
  }

  /** What was taken for granted. */
  Set<String> notes() {
    return notes;
  }

  /** What could not be compared. */
  Set<String> unknown() {
    return unknown;
  }

  /** What the first permits and the second does not. */
  List<Grant> missing() {
    objects();
    others();
    missing.addAll(LimitChange.gained(of.plan(), not.plan()));
    missing.addAll(MapChange.gained(of.plan(), not.plan()));
    missing.addAll(SecondNamespace.gained(of, not, worlds, unknown));
    missing.addAll(ModeChange.gained(of, not, worlds, unknown));
    missing.addAll(Calls.gained(of.plan(), not.plan()));
    missing.addAll(MaskChange.gained(of, not, notes));
    Stream.concat(Matched.texts(of.plan()).stream(), Matched.texts(not.plan()).stream())
        .map(text -> "`" + text + "` is one grant; what appears later is in it at a later run")
        .forEach(notes::add);
    return merged();
  }

  private void objects() {
    TreeSet<String> marks = new TreeSet<>();
    of.reach().marks(marks);
    not.reach().marks(marks);
    Map<Use, Set<String>> said = new EnumMap<>(Use.class);
    for (Use use : Use.values()) {
      Set<String> gained = new HashSet<>();
      said.put(use, gained);
      for (String mark : marks) {
        boolean again = isWithin(mark, gained);
        boolean written =
            use == Use.WRITE_BELOW && isWithin(mark, said.getOrDefault(Use.WRITE, Set.of()));
        boolean used =
            use == Use.DEVICES_BELOW && isWithin(mark, said.getOrDefault(Use.DEVICES, Set.of()));
        if (!again && !written && !used && object(use, mark)) {
          gained.add(mark);
        }
      }
    }
  }

  // What lies below something that is gained is gained with it.
  private static boolean isWithin(String path, Collection<String> gained) {
    for (String at = path; ; at = PathKey.parent(at)) {
      if (gained.contains(at)) {
        return true;
      } else if (PathKey.parent(at).equals(at)) {
        return false;
      }
    }
  }

  private boolean object(Use use, String path) {
    Worlds.Found found = worlds.find(world -> gain(use, path, world) != null);
    World world = found.world();
    if (found.answer() == Worlds.Answer.UNKNOWN) {
      unknown.add("what is done with " + PathKey.display(path) + " depends on too many conditions");
    } else if (world != null) {
      Reach.Item item = gain(use, path, world);
      if (item != null) {
        missing.add(new ObjectText(of.view(), world).grant(use, path, item));
        return true;
      }
    } else {
      note(use, path);
    }
    return false;
  }

  private static boolean holds(Permissions of, Subject subject, World world) {
    return subject.accept(new Holds(of, world));
  }

  // The tree through which something is reached that the other does not reach.
  private Reach.@Nullable Item gain(Use use, String path, World world) {
    Reach.Item whole = of.reach().find(use, path, false, world);
    if (whole != null && !holds(not, new Subject.HostObject(use, path), world)) {
      return whole;
    }
    for (Reach.Item layer : of.reach().layers(use, path, world)) {
      if (layer.standing().thing() instanceof Thing.Overlay overlay
          && !holds(not, new Subject.Layer(use, path, layer.tree(), overlay), world)) {
        return layer;
      }
    }
    return null;
  }

  // By their names, one lies in the other; and nothing of the host lies over what a layer shows.
  private void note(Use use, String path) {
    World usual = World.usual();
    for (Reach.Item layer :
        use == Use.READ ? of.reach().layers(use, path, usual) : List.<Reach.Item>of()) {
      if (layer.tree().equals(path) && not.reach().find(use, path, false, usual) != null) {
        notes.add(PathKey.display(path) + " is taken to have nothing mounted below it on the host");
      }
    }
    Reach.Item mine = use == Use.READ ? of.reach().find(use, path, false, usual) : null;
    if (mine == null || !mine.tree().equals(path) || not.reach().isTree(path)) {
      return;
    }
    Reach.Item other = not.reach().find(use, path, false, usual);
    if (other != null && path.startsWith("/")) {
      notes.add(
          PathKey.display(path)
              + " is taken for a part of "
              + PathKey.display(other.tree())
              + ", not a symlink out of it");
    }
  }

  private void others() {
    for (Holding holding : of.holdings()) {
      Grant grant = holding.grant();
      if (grant.level() != Level.VISIBLE) {
        other(grant);
      }
    }
    for (Grant grant : more()) {
      other(grant);
    }
  }

  private void other(Grant grant) {
    Subject subject = grant.subject();
    Worlds.Found found =
        worlds.find(world -> holds(of, subject, world) && !holds(not, subject, world));
    if (found.answer() == Worlds.Answer.UNKNOWN) {
      unknown.add("whether it may " + grant.text() + " depends on too many conditions");
    } else if (found.world() != null) {
      missing.add(grant);
    }
  }

  // What comes of what the other side says, and this one does not.
  private List<Grant> more() {
    List<Grant> more = new ArrayList<>();
    for (String name : not.named()) {
      Subject subject = new Subject.Variable(name);
      more.add(new Grant(Level.HOST_READ, subject, "see the caller's " + name, null));
    }
    // A namespace of its own starts with the host's name, where no line says another.
    if (!isNamed(of) && isNamed(not)) {
      Subject subject = new Subject.Plain(Subject.Kind.HOST_NAME);
      missing.add(new Grant(Level.HOST_READ, subject, "see the host's name", null));
    }
    for (String filter : not.filters()) {
      String text = "make the system calls that the filter " + PathKey.display(filter) + " forbids";
      more.add(new Grant(Level.HOST_WRITE, new Subject.SystemCalls(filter), text, null));
    }
    for (Standing standing : of.view().table().all()) {
      if (standing.thing() instanceof Thing.Copy copy) {
        more.addAll(copies(copy, PathKey.display(standing.place()), standing.provenance()));
      }
    }
    for (Effect effect : of.view().effects()) {
      if (effect.thing() instanceof Thing.Copy copy) {
        more.addAll(copies(copy, PathKey.display(effect.path()), effect.provenance()));
      }
    }
    return more;
  }

  private static boolean isNamed(Permissions one) {
    return one.plan().sandbox().has(Setting.Kind.HOSTNAME);
  }

  // A copy of what a name leads to, on each host on which that is something else.
  private List<Grant> copies(Thing.Copy copy, String place, @Nullable Provenance said) {
    List<Worlds.Case<String>> leads =
        Worlds.ALL.each(world -> of.view().onHost(copy.source(), world));
    List<Grant> copies = new ArrayList<>();
    for (Worlds.Case<String> one : leads == null ? List.<Worlds.Case<String>>of() : leads) {
      String path = one.answer();
      String text = "read " + PathKey.display(path) + " on the host, seen as " + place;
      copies.add(new Grant(Level.HOST_READ, new Subject.Copied(path), text, said));
    }
    return copies;
  }

  // One line for what is reached twice, and for many capabilities.
  private List<Grant> merged() {
    List<Grant> merged = new ArrayList<>();
    List<Grant> ofRoot = new ArrayList<>();
    Set<Subject> seen = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (Grant grant : missing) {
      boolean root =
          grant.subject() instanceof Subject.Capability capability && capability.ofRoot();
      if (root) {
        ofRoot.add(grant);
      } else if (seen.add(grant.subject()) && texts.add(grant.text())) {
        merged.add(grant);
      }
    }
    if (ofRoot.size() > 4) {
      boolean worst =
          ofRoot.stream().anyMatch(grant -> grant.text().startsWith("use CAP_SYS_ADMIN"));
      merged.add(
          new Grant(
              Level.HOST_CONTROL,
              ofRoot.get(0).subject(),
              "use "
                  + ofRoot.size()
                  + " capabilities when root runs it, CAP_SYS_ADMIN"
                  + (worst ? " among them, which undoes every mount" : " not among them"),
              ofRoot.get(0).provenance()));
    } else {
      merged.addAll(ofRoot);
    }
    merged.sort(Comparator.comparing(Grant::level));
    return merged;
  }
}
