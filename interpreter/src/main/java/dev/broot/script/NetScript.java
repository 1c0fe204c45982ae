package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;

import dev.broot.plan.Sandbox;
import dev.broot.spec.Network;

/** The part of a script that connects a sandbox to some hosts; the library uses it too. */
final class NetScript {
  private NetScript() {}

  /** What is known before anything is done; nothing where there are no hosts. */
  static String write(Sandbox sandbox) {
    if (sandbox.network() == null) {
      return "";
    }
    return "\n"
        + ScriptParts.read("net")
        + later("relays")
        + later("relay")
        + later("listeners")
        + "broot_net_check\n";
  }

  // What other shells run.
  private static String later(String name) {
    return "broot_net_" + name + "=" + quote(ScriptParts.read("net-" + name)) + "\n";
  }

  /** The command that starts what connects it. */
  static String start(Network network) {
    StringBuilder out =
        new StringBuilder("broot_net_start ").append(ScriptWords.temp(network.temp()));
    for (Network.Host host : network.hosts()) {
      String words =
          String.join(
              ",", host.kind().word(), host.address(), String.valueOf(host.port()), host.name());
      out.append(" \\\n  ").append(quote(words));
    }
    return out.append('\n').toString();
  }
}
