package dev.broot.permission;

import dev.broot.bwrap.RawReader;
import dev.broot.plan.Plan;
import dev.broot.spec.Capabilities;
import dev.broot.spec.Namespace;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the program of a spec may do. */
public final class Permissions {
  private final Plan plan;
  private final View view;
  private final Reach reach;
  private final Replacing replacing;
  private final Memories memories;
  private final List<Holding> holdings = new ArrayList<>();
  private final Map<Subject, List<Holding>> bySubject = new java.util.LinkedHashMap<>();

  private Permissions(Plan plan, HostLinks links) {
    this.plan = plan;
    view = Mounting.of(plan, links);
    reach = new Reach(view);
    replacing = new Replacing(view, reach);
    memories = new Memories(view);
  }

  /** Reads a plan; of the host's symlinks, what is known everywhere is known. */
  public static Permissions of(Plan plan) {
    return of(plan, WellKnown.LINKS);
  }

  static Permissions of(Plan plan, HostLinks links) {
    return read(RawReader.read(plan), links);
  }

  private static Permissions read(Plan plan, HostLinks links) {
    Permissions permissions = new Permissions(plan, links);
    permissions.add(new AuthorityGrants(plan).all());
    permissions.add(new SessionGrants(plan).all());
    permissions.add(new FileGrants(permissions.view).all());
    permissions.add(
        new MakingGrants(permissions.view, permissions.replacing, permissions.memories).all());
    return permissions;
  }

  private void add(List<Holding> more) {
    holdings.addAll(more);
    more.forEach(
        holding ->
            bySubject
                .computeIfAbsent(holding.grant().subject(), at -> new ArrayList<>())
                .add(holding));
  }

  /** The file system. */
  public View view() {
    return view;
  }

  /** The grants of {@code network}, a namespace, a capability, or a variable. */
  public List<Grant> about(String what) {
    String name = what.equals("network") ? Namespace.NET.word() : what;
    List<Grant> about = new ArrayList<>();
    for (Holding holding : holdings) {
      Subject subject = holding.grant().subject();
      boolean asked =
          (subject instanceof Subject.SharedNamespace shared
                  && !shared.perhaps()
                  && shared.namespace().word().equals(name))
              || (subject instanceof Subject.Capability capability
                  && capability.name().equals(what))
              || ((subject instanceof Subject.Connection || subject instanceof Subject.Outside)
                  && what.equals("network"))
              || (subject instanceof Subject.Variable variable && variable.name().equals(what))
              || (subject instanceof Subject.WholeEnvironment && inherits(what));
      if (asked) {
        about.add(holding.grant());
      }
    }
    return about;
  }

  // Names of variables, in contrast to namespaces and capabilities, are what is left.
  private boolean inherits(String name) {
    boolean variable =
        name.matches("[A-Za-z_][A-Za-z0-9_]*")
            && Namespace.of(name) == null
            && !name.equals("network")
            && !Capabilities.isKnown(name);
    return variable && plan.env().inherit() && isInherited(name);
  }

  /** Whether a variable that nobody passes comes with the whole environment. */
  boolean isInherited(String name) {
    return plan.env().inherit()
        && plan.env().variables().stream()
            .filter(variable -> variable.name().equals(name))
            .allMatch(Spec.PassVariable.class::isInstance);
  }

  Plan plan() {
    return plan;
  }

  Reach reach() {
    return reach;
  }

  Replacing replacing() {
    return replacing;
  }

  Memories memories() {
    return memories;
  }

  /** What is granted besides objects of the host. */
  List<Holding> holdings() {
    return holdings;
  }

  /** Those of a subject. */
  List<Holding> of(Subject subject) {
    return bySubject.getOrDefault(subject, List.of());
  }

  /** With what the program can undo what mounts hide or make read-only, or null. */
  @Nullable Grant undoing() {
    for (boolean ofRoot : new boolean[] {false, true}) {
      for (String name : Capabilities.UNDO_MASKS) {
        for (Holding holding : of(new Subject.Capability(name, ofRoot))) {
          return holding.grant();
        }
      }
    }
    return null;
  }

  /** What a capability lets the program do whatever is mounted, in words; null where none does. */
  public @Nullable String beyondMounts() {
    Grant kept = undoing();
    if (kept == null) {
      return null;
    }
    return ((Subject.Capability) kept.subject()).held() + ", with which it undoes mounts";
  }

  /** The names of variables that the spec says something of. */
  List<String> named() {
    Map<String, Boolean> names = new TreeMap<>();
    plan.env().variables().forEach(variable -> names.put(variable.name(), true));
    return List.copyOf(names.keySet());
  }

  /** The files of the filters that hold the program's system calls. */
  List<String> filters() {
    List<String> filters = new ArrayList<>();
    plan.sandbox().options().stream()
        .filter(option -> option.kind() == Setting.Kind.SECCOMP)
        .flatMap(option -> java.util.stream.Stream.ofNullable(option.value()))
        .forEach(value -> filters.add(PathKey.of(value)));
    return filters;
  }
}
