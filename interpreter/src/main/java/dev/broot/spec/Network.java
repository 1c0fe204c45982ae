package dev.broot.spec;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A network of the sandbox's own, from which it is connected to some hosts and to nothing else, or
 * to everything but the host itself.
 *
 * @param temp the temporary directory in which its parts find each other
 * @param outside what connects it to everything outside of the host, or null
 * @param hosts each with one port, in the order in which they were said; none with {@code outside}
 */
public record Network(String temp, @Nullable Provenance outside, List<Host> hosts) {
  /** Where a sandbox looks up the addresses of its hosts. */
  public static final String HOSTS_FILE = "/etc/hosts";

  /** Where a sandbox finds the name server of everything outside. */
  public static final String RESOLVER_FILE = "/etc/resolv.conf";

  /** What stands there: an address that is nobody's. */
  public static final String RESOLVER = "nameserver 192.0.2.3\n";

  /** Where a sandbox finds the proxy for names below others. */
  public static final String PROXY = "127.255.255.254";

  /** Its port. */
  public static final int PROXY_PORT = 3128;

  /** How the host itself is called. */
  public static final String LOCALHOST = "localhost";

  /** Copies the hosts. */
  public Network {
    hosts = List.copyOf(hosts);
  }

  /** How a host is said. */
  public enum Kind {
    /** A name, which may not lead to a private address. */
    NAME,
    /** A name, which may lead to a private address, but not to the host or to its neighbours. */
    PRIVATE_NAME,
    /** An address. */
    ADDRESS,
    /** The host itself. */
    LOCALHOST,
    /** All names below one, which the program asks a proxy for. */
    WILDCARD;

    /** How the shell parts say it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * A host with a port.
   *
   * @param address where the sandbox finds it
   */
  public record Host(Kind kind, String name, int port, String address, Provenance provenance) {
    /** As a line says it. */
    public String text() {
      return text(name, port);
    }

    /** A host with a port as a line says it. */
    public static String text(String name, int port) {
      return (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":" + port;
    }
  }

  /** The first line that says it. */
  public Provenance provenance() {
    return outside == null ? hosts.get(0).provenance() : outside;
  }

  /** Whether some names are those below others. */
  public boolean isProxied() {
    return hosts.stream().anyMatch(host -> host.kind() == Kind.WILDCARD);
  }

  /** Whether there is a line for this host and port; for any port where that is null. */
  public boolean allows(String name, @Nullable Integer port) {
    return hosts.stream()
        .anyMatch(host -> host.name().equals(name) && (port == null || host.port() == port));
  }

  /** What a sandbox finds in {@link #HOSTS_FILE}. */
  public String hostsFile() {
    StringBuilder text = new StringBuilder("127.0.0.1 localhost\n::1 localhost\n");
    hosts.stream()
        .filter(host -> host.kind() == Kind.NAME || host.kind() == Kind.PRIVATE_NAME)
        .map(host -> host.address() + " " + host.name() + "\n")
        .distinct()
        .forEach(text::append);
    return text.toString();
  }
}
