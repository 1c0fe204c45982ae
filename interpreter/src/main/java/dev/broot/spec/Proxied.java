package dev.broot.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the proxy of a network lets through, and how programs are told of it. */
public final class Proxied {
  private final List<Network.Host> hosts;

  /** That of a network with lines for names below others. */
  public Proxied(Network network) {
    hosts = network.hosts();
  }

  /**
   * One basic regular expression a line: for {@code CONNECT}, which asks for {@code NAME:PORT}, and
   * for all other methods, which ask for {@code http://NAME:PORT/PATH}.
   */
  public String filter() {
    Set<String> lines = new LinkedHashSet<>();
    for (Network.Host host : hosts) {
      if (passes(host)) {
        String name = host.name().replace(".", "\\.").replace("*", "[a-z0-9_-][a-z0-9_.-]*");
        lines.add("^" + name + ":" + host.port() + "$");
        lines.add("^http://" + name + ":" + host.port() + "/");
        if (host.port() == 80) {
          lines.add("^http://" + name + "/");
        }
      }
    }
    return String.join("\n", lines);
  }

  // A name of a line of its own is found without the proxy, unless programs cannot tell it from
  // names for which they need it: `no_proxy` means what is below a name, too.
  private boolean passes(Network.Host host) {
    return host.kind() == Network.Kind.WILDCARD
        || (host.kind() == Network.Kind.NAME && hosts.stream().anyMatch(one -> meet(one, host)));
  }

  private static boolean meet(Network.Host wildcard, Network.Host host) {
    return wildcard.kind() == Network.Kind.WILDCARD
        && (HostPort.covers(wildcard.name(), host.name())
            || HostPort.covers("*." + host.name(), wildcard.name()));
  }

  /** Variables that programs look for. */
  public Map<String, String> variables() {
    String proxy = "http://" + Network.Host.text(Network.PROXY, Network.PROXY_PORT);
    Set<String> others = new LinkedHashSet<>(List.of(Network.LOCALHOST, "127.0.0.1", "::1"));
    hosts.stream().filter(host -> !passes(host)).forEach(host -> others.add(host.name()));
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : List.of("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")) {
      variables.put(name, proxy);
    }
    for (String name : List.of("no_proxy", "NO_PROXY")) {
      variables.put(name, String.join(",", new ArrayList<>(others)));
    }
    return variables;
  }
}
