package dev.broot.permission;

import dev.broot.plan.Operation;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Word;
import dev.broot.spec.Capabilities;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a program is in a second user namespace. bubblewrap makes one after the mounts are made,
 * where {@code dev} needs root in the first and the program shall be another user, and for {@code
 * disable-userns} (measured with 0.8). The sandbox's mounts belong to the first, so that in a
 * second one a capability has no power over them; in the first, CAP_SYS_ADMIN undoes them.
 */
final class SecondNamespace {
  private final Permissions of;
  private final Sandbox sandbox;

  private SecondNamespace(Permissions of) {
    this.of = of;
    sandbox = of.plan().sandbox();
  }

  /** What capabilities that both have can do in the first and not in the second. */
  static List<Grant> gained(Permissions of, Permissions not, Worlds worlds, Set<String> unknown) {
    SecondNamespace now = new SecondNamespace(of);
    SecondNamespace before = new SecondNamespace(not);
    Worlds.Found found = worlds.find(world -> !now.powers(before, world).isEmpty());
    if (found.answer() == Worlds.Answer.UNKNOWN) {
      unknown.add("whether it is in a second user namespace depends on too many conditions");
    }
    World world = found.world();
    if (world == null) {
      return List.of();
    }
    List<String> powers = now.powers(before, world);
    boolean undoes = powers.stream().anyMatch(Capabilities.UNDO_MASKS::contains);
    String names = powers.size() > 4 ? powers.size() + " capabilities" : String.join(", ", powers);
    String text =
        "use "
            + names
            + " on the sandbox's own mounts and namespaces, since bubblewrap makes no second user"
            + " namespace"
            + (undoes ? "; that undoes mounts" : "");
    return List.of(
        new Grant(
            undoes ? Grant.Level.HOST_CONTROL : Grant.Level.HOST_READ,
            new Subject.Plain(Subject.Kind.FIRST_USER_NAMESPACE),
            text,
            now.said(powers)));
  }

  private @Nullable Provenance said(List<String> powers) {
    Provenance said = null;
    for (Spec.CapChange change : sandbox.capabilities()) {
      boolean about = change.name().equals(Capabilities.ALL) || powers.contains(change.name());
      said = about && change.add() ? change.provenance() : said;
    }
    return said;
  }

  // What both have, this one in the first and the other one in a second.
  private List<String> powers(SecondNamespace before, World world) {
    List<String> powers = new ArrayList<>();
    boolean root = world.holds(new HostFact.RunByRoot());
    if (isOwn(root, world) && !isSecond(root, world) && before.isSecond(root, world)) {
      for (String name : Capabilities.names()) {
        if (has(name, root, world) && before.has(name, root, world)) {
          powers.add(name);
        }
      }
    }
    return powers;
  }

  private boolean has(String name, boolean root, World world) {
    return !of.of(new Subject.Capability(name, false)).isEmpty()
        || (root
            && of.of(new Subject.Capability(name, true)).stream()
                .anyMatch(holding -> holding.when().test(world)));
  }

  // Whoever is not root makes no sandbox without one.
  private boolean isOwn(boolean root, World world) {
    Spec.Namespaces.Held held = sandbox.namespaces().held(Namespace.USER);
    return !root
        || sandbox.has(Setting.Kind.USERNS)
        || held == Spec.Namespaces.Held.OWN
        || (held == Spec.Namespaces.Held.TRIED && world.holds(new HostFact.HasUserNamespaces()));
  }

  private boolean isSecond(boolean root, World world) {
    if (sandbox.has(Setting.Kind.USERNS2)) {
      return !world.holds(new HostFact.IsCallers(Setting.Kind.USERNS2));
    }
    boolean given =
        sandbox.has(Setting.Kind.USERNS)
            || sandbox.has(Setting.Kind.USERNS_BLOCK)
            || !sandbox.maps().isEmpty();
    if (given || !isOwn(root, world)) {
      return false;
    }
    boolean devices = sandbox.operations().stream().anyMatch(Operation.Dev.class::isInstance);
    return sandbox.has(Setting.Kind.DISABLE_USERNS)
        || (devices
            && !(isZero(Setting.Kind.UID, root, world) && isZero(Setting.Kind.GID, root, world)));
  }

  // An ordinary user may have root's group.
  private boolean isZero(Setting.Kind kind, boolean root, World world) {
    for (Sandbox.Option option : sandbox.options()) {
      Word value = option.value();
      if (option.kind() == kind && value != null) {
        String literal = value.literal();
        return literal == null
            ? world.holds(new HostFact.IsRoot(PathKey.text(value)))
            : literal.matches("0+");
      }
    }
    return root || (kind == Setting.Kind.GID && world.holds(new HostFact.HasRootsGroup()));
  }
}
