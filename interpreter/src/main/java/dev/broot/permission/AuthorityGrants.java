package dev.broot.permission;

import dev.broot.permission.Grant.Level;
import dev.broot.plan.Plan;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Word;
import dev.broot.spec.Caller;
import dev.broot.spec.Capabilities;
import dev.broot.spec.Namespace;
import dev.broot.spec.Network;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Namespaces, capabilities and the environment of a plan. */
final class AuthorityGrants {
  // In the order of the enumeration, for those that can be shared.
  private static final Map<Namespace, String> SHARED = shared();

  private final Plan plan;
  private final List<Holding> all = new ArrayList<>();

  AuthorityGrants(Plan plan) {
    this.plan = plan;
  }

  private static Map<Namespace, String> shared() {
    Map<Namespace, String> shared = new LinkedHashMap<>();
    for (Namespace namespace : Namespace.values()) {
      String text =
          switch (namespace) {
            case NET -> "use the host's network, with every abstract socket";
            case PID -> "see and signal the host's processes";
            case IPC -> "use the host's System V IPC and message queues";
            case UTS -> "see the host's name";
            case CGROUP -> "see the host's cgroups";
            case USER -> "act in the caller's own user namespace";
            case ALL, USER_TRY, CGROUP_TRY -> "";
          };
      if (!text.isEmpty()) {
        shared.put(namespace, text);
      }
    }
    return shared;
  }

  List<Holding> all() {
    SHARED.forEach(this::namespace);
    Network network = plan.sandbox().network();
    if (network != null) {
      network.hosts().forEach(this::connection);
      Provenance outside = network.outside();
      if (outside != null) {
        grant(Level.HOST_WRITE, new Subject.Outside(), Connections.OUTSIDE, outside);
      }
    }
    capabilities();
    environment();
    return all;
  }

  private void grant(Level level, Subject subject, String text, @Nullable Provenance said) {
    all.add(Holding.always(new Grant(level, subject, text, said)));
  }

  // What is only tried may be shared, and so may what the caller passes.
  private void namespace(Namespace namespace, String text) {
    Spec.Namespaces said = plan.sandbox().namespaces();
    boolean net = namespace == Namespace.NET;
    Spec.Namespaces.Held held = said.held(namespace);
    if (held == Spec.Namespaces.Held.OWN || (net && plan.sandbox().network() != null)) {
      return;
    }
    boolean tried = held == Spec.Namespaces.Held.TRIED;
    Provenance shared = net ? said.sharedNet() : null;
    Level level = net || namespace == Namespace.PID ? Level.HOST_WRITE : Level.HOST_READ;
    HostFact passed = passed(plan, namespace);
    String perhaps =
        tried
            ? " where the kernel has no own"
            : passed != null ? " where that is what the caller passes" : "";
    Grant grant =
        new Grant(level, new Subject.SharedNamespace(namespace, tried), text + perhaps, shared);
    all.add(Holding.where(passed, grant));
  }

  /** Whether a namespace that the caller passes is his own; null where he passes none. */
  static @Nullable HostFact passed(Plan plan, Namespace namespace) {
    List<Setting.Kind> kinds =
        switch (namespace) {
          case PID -> List.of(Setting.Kind.PIDNS);
          case USER -> List.of(Setting.Kind.USERNS2, Setting.Kind.USERNS);
          case NET, IPC, UTS, CGROUP, ALL, USER_TRY, CGROUP_TRY -> List.of();
        };
    return kinds.stream()
        .filter(plan.sandbox()::has)
        .findFirst()
        .map(HostFact.IsCallers::new)
        .orElse(null);
  }

  private void connection(Network.Host host) {
    boolean privately = host.kind() == Network.Kind.PRIVATE_NAME;
    String text =
        host.kind() == Network.Kind.LOCALHOST
            ? "connect to " + host.text() + ", a service of the host"
            : "connect to " + host.text() + (privately ? ", also at a private address" : "");
    grant(
        Level.HOST_WRITE,
        new Subject.Connection(host.name(), host.port(), privately),
        text,
        host.provenance());
  }

  // bubblewrap, run by root, keeps what is not dropped; run by others, it gives what is added.
  private void capabilities() {
    @Nullable Predicate<World> keeps = keeps();
    Map<String, Spec.CapChange> last = new LinkedHashMap<>();
    plan.sandbox().capabilities().forEach(cap -> last.put(cap.name(), cap));
    Spec.CapChange all = last.get(Capabilities.ALL);
    for (String name : Capabilities.names()) {
      if (name.equals(Capabilities.ALL)) {
        continue;
      }
      Spec.CapChange change = last.getOrDefault(name, all);
      boolean added = change != null && change.add();
      boolean kept = change == null || change.add();
      Level level = Capabilities.isDangerous(name) ? Level.HOST_CONTROL : Level.HOST_READ;
      Provenance said = change == null ? null : change.provenance();
      String undoes = Capabilities.UNDO_MASKS.contains(name) ? ", which undoes mounts" : "";
      if (added) {
        grant(level, new Subject.Capability(name, false), "use " + name + undoes, said);
      }
      if (kept && keeps != null) {
        String text = "use " + name + " when root runs it" + undoes;
        Subject subject = new Subject.Capability(name, true);
        this.all.add(new Holding(new Grant(level, subject, text, said), keeps));
      }
    }
  }

  // Where no line names a capability, the kernel takes all of them from a program that root starts
  // as another user of a user namespace. With a line, bubblewrap hands on what is left (measured
  // with 0.8 and 0.11).
  private @Nullable Predicate<World> keeps() {
    if (plan.sandbox().capabilities().isEmpty()) {
      for (Sandbox.Option option : plan.sandbox().options()) {
        Word value = option.value();
        if (option.kind() == Setting.Kind.UID && value != null) {
          String literal = value.literal();
          HostFact zero = new HostFact.IsRoot(PathKey.text(value));
          boolean open = literal == null || plan.sandbox().has(Setting.Kind.USERNS);
          boolean root = literal != null && literal.matches("0+");
          return open ? world -> world.holds(zero) : root ? world -> true : null;
        }
      }
    }
    return world -> true;
  }

  private void environment() {
    if (plan.env().inherit()) {
      grant(
          Level.HOST_READ,
          new Subject.WholeEnvironment(),
          "see the caller's whole environment",
          null);
    }
    Variables variables = new Variables();
    plan.env().variables().forEach(variable -> all.addAll(variable.accept(variables)));
  }

  /**
   * What is seen of the caller in a text that the program sees.
   *
   * @param text as {@link PathKey#text} has it
   * @param given whether what the caller gives on purpose counts, too
   */
  static List<Holding> parameters(String text, boolean given, Provenance said) {
    List<Holding> seen = new ArrayList<>();
    for (PathKey.Parameter parameter : PathKey.parameters(text)) {
      String variable = parameter.variable();
      if (!variable.isEmpty()) {
        seen.add(
            read(
                new Subject.Variable(variable),
                Caller.is(parameter.name())
                    ? "learn who the caller is, as " + parameter.name()
                    : "see the caller's " + variable + ", as the parameter " + parameter.name(),
                said));
      } else if (given) {
        seen.add(
            read(
                new Subject.Parameter(parameter.name()),
                "see what the caller gives as the parameter " + parameter.name(),
                said));
      }
    }
    return seen;
  }

  private static Holding read(Subject subject, String text, Provenance said) {
    return Holding.always(new Grant(Level.HOST_READ, subject, text, said));
  }

  private static final class Variables implements Spec.Variable.Visitor<List<Holding>> {
    @Override
    public List<Holding> set(Spec.SetVariable set) {
      return value(set.name(), set.value(), set.provenance());
    }

    @Override
    public List<Holding> pass(Spec.PassVariable pass) {
      String name = pass.name();
      List<Holding> holdings = new ArrayList<>();
      holdings.add(read(new Subject.Variable(name), "see the caller's " + name, pass.provenance()));
      Value otherwise = pass.otherwise();
      for (Holding one :
          otherwise == null ? List.<Holding>of() : value(name, otherwise, pass.provenance())) {
        boolean seen = one.grant().level() == Level.VISIBLE;
        // Who has the variable passes its own value on.
        HostFact missing = new HostFact.IsMissing(name);
        holdings.add(seen ? one : Holding.where(missing, one.grant()));
      }
      return holdings;
    }

    @Override
    public List<Holding> unset(Spec.UnsetVariable unset) {
      return List.of();
    }

    private static List<Holding> value(String name, Value value, Provenance said) {
      String seen = PathKey.text(Word.of(value));
      List<Holding> holdings = new ArrayList<>(parameters(seen, true, said));
      Subject subject = new Subject.Sight("the variable " + name, seen);
      String text = "has " + name + "=" + value.display();
      holdings.add(Holding.always(new Grant(Level.VISIBLE, subject, text, said)));
      return holdings;
    }
  }
}
