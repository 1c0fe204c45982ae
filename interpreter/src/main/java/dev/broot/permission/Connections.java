package dev.broot.permission;

import dev.broot.plan.Plan;
import dev.broot.spec.HostPort;
import dev.broot.spec.Namespace;
import dev.broot.spec.Network;
import dev.broot.spec.Spec.Namespaces.Held;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which hosts a program may connect to. */
public final class Connections {
  static final String OUTSIDE =
      "connect to every host outside, in private networks too, but not to the host itself";

  private static final List<String> TURNING = List.of("CAP_NET_ADMIN", "CAP_NET_RAW");

  private Connections() {}

  /** What lets a program connect to a host; to any of its ports where none is asked for. */
  public static List<Grant> to(HostPort asked, Permissions permissions) {
    return to(asked, false, permissions);
  }

  /** What lets a program connect to all of the hosts that are meant. */
  static List<Grant> toAll(HostPort asked, Permissions permissions) {
    return to(asked, true, permissions);
  }

  private static List<Grant> to(HostPort asked, boolean all, Permissions permissions) {
    List<Grant> grants = new ArrayList<>();
    String turns = turns(permissions);
    for (Holding holding : permissions.holdings()) {
      Subject subject = holding.grant().subject();
      boolean shared =
          subject instanceof Subject.SharedNamespace namespace
              && namespace.namespace() == Namespace.NET;
      boolean outside = subject instanceof Subject.Outside && asked.isOutside();
      if (subject instanceof Subject.Outside && !all && !outside && turns != null) {
        grants.add(holding.grant().with("reach the host itself too, with " + turns));
      }
      boolean host =
          subject instanceof Subject.Connection connection
              && (asked.port() == null || asked.port() == connection.port())
              && (isSame(asked, connection.host(), all) || (!all && mayLead(connection, asked)));
      if (shared || outside || host) {
        grants.add(holding.grant());
      }
    }
    return grants;
  }

  // What lets a program change the routes that keep it from the host, or send past them, where root
  // runs it in the user namespace that the run's network belongs to.
  private static @Nullable String turns(Permissions permissions) {
    if (permissions.plan().sandbox().namespaces().held(Namespace.USER) == Held.OWN) {
      return null;
    }
    return TURNING.stream()
        .filter(name -> !permissions.of(new Subject.Capability(name, true)).isEmpty())
        .findFirst()
        .map(name -> name + ", which changes the routes that refuse it, or sends past them")
        .orElse(null);
  }

  /** What the program reaches of the network, in words; null where that is nothing. */
  static @Nullable String reached(Plan plan, Permissions permissions) {
    if (!permissions.of(new Subject.SharedNamespace(Namespace.NET, false)).isEmpty()) {
      return "the program shares the host's network";
    }
    Network network = plan.sandbox().network();
    if (network == null) {
      return null;
    }
    return "the program may "
        + (network.outside() == null ? "connect to " + network.hosts().get(0).text() : OUTSIDE);
  }

  /** Whether a host of a line is not this one, and not on its link. */
  static boolean isOutside(String host) {
    return new HostPort(Network.Kind.NAME, host, null).isOutside();
  }

  // What a name leads to is looked up at each connection; the relay refuses what is not public.
  private static boolean mayLead(Subject.Connection connection, HostPort asked) {
    return (connection.privately() && asked.isPrivate())
        || (HostPort.isLookedUp(connection.host()) && asked.isPublic());
  }

  private static boolean isSame(HostPort asked, String host, boolean all) {
    return HostPort.covers(host, asked.name())
        || (!all && HostPort.covers(asked.name(), host))
        || (asked.isThisHost() && (host.equals(Network.LOCALHOST) || host.equals("::1")));
  }
}
