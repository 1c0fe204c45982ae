package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;

import dev.broot.plan.Sandbox;
import dev.broot.spec.Network;
import dev.broot.spec.Proxied;
import java.util.ArrayList;
import java.util.List;

/** The part of a script that connects a sandbox to some hosts; the library uses it too. */
public final class NetScript {
  private NetScript() {}

  /** What is known before anything is done; nothing where there are no hosts. */
  static String write(Sandbox sandbox, boolean live) {
    Network network = sandbox.network();
    if (network == null) {
      return "";
    }
    boolean outside = network.outside() != null;
    boolean proxied = network.isProxied();
    return "\n"
        + ScriptParts.read("net")
        + later("relays", outside ? "outside" : "relays")
        + (outside ? "broot_net_relay=\n" : later("relay", "relay"))
        + (outside ? "broot_net_names=\n" : later("names", "names"))
        + (outside ? "broot_net_say=\n" : later("say", "say"))
        + later("listeners", outside ? "holder" : "listeners")
        + (outside || proxied ? later("connect", "connect") : "broot_net_connect=\n")
        + (proxied ? later("proxy", "proxy") + later("world", "world") : NO_PROXY)
        + (live ? "broot_net_live=yes\n" : "broot_net_live=\n")
        + "broot_net_word="
        + (outside ? "'net user'" : proxied ? "'net allow *.NAME'" : "'net allow'")
        + "\nbroot_net_maps="
        + (sandbox.maps().isEmpty()
            ? ""
            : quote(sandbox.maps().get(0).provenance().origin().place()))
        + "\nbroot_net_check\n";
  }

  private static final String NO_PROXY = "broot_net_proxy=\nbroot_net_world=\n";

  // What other shells run.
  private static String later(String name, String part) {
    return "broot_net_" + name + "=" + quote(ScriptParts.read("net-" + part)) + "\n";
  }

  /**
   * A script for {@code sh -c} that connects a sandbox until it is told to end, for who starts
   * bubblewrap without a script. Its argument is the directory of the network. It says one line on
   * descriptor 3: {@code in} and the words that a command is started with so that it runs there, or
   * what is wrong.
   */
  public static String serve(Sandbox sandbox) {
    Network network = sandbox.network();
    return network == null ? "" : ALONE + write(sandbox, false) + start("\"$1\"", network) + SERVE;
  }

  private static final String ALONE =
      "set -u\nbroot_line_said=\nbroot_fail() {\n  printf '%s\\n' \"${broot_line_said:+$broot_line_said: }$*\" >&3\n  exit 125\n}\n"
          + "broot_passed=\nbroot_closing=\n"
          + ScriptParts.read("message")
          + ScriptParts.read("identity");

  private static final String SERVE =
      """
      trap broot_net_stop EXIT
      trap 'exit 0' TERM
      broot_net_wait
      broot_clean() {
        echo in "$@" >&3
      }
      broot_net_clean
      exec 3>&-
      wait "$broot_net"
      """;

  /** The command that starts what connects it. */
  static String start(Network network) {
    return start(ScriptWords.temp(network.temp()), network);
  }

  private static String start(String directory, Network network) {
    StringBuilder out = new StringBuilder("broot_net_start ").append(directory);
    List<Network.Host> hosts = new ArrayList<>(network.hosts());
    if (hosts.removeIf(host -> host.kind() == Network.Kind.WILDCARD)) {
      out.insert(0, "broot_net_filter=" + quote(new Proxied(network).filter()) + "\n");
      out.append(" \\\n  ")
          .append(quote("proxy," + Network.PROXY + "," + Network.PROXY_PORT + ",proxy"));
    }
    for (Network.Host host : hosts) {
      String words =
          String.join(
              ",", host.kind().word(), host.address(), String.valueOf(host.port()), host.name());
      out.append(" \\\n  ").append(quote(words));
    }
    return out.append('\n').toString();
  }
}
