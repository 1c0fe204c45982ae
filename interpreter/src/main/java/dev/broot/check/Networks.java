package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.check.Mounts.Placed;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.spec.HostPort;
import dev.broot.spec.Mount;
import dev.broot.spec.Namespace;
import dev.broot.spec.Network;
import dev.broot.spec.Provenance;
import dev.broot.spec.Proxied;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that the levels of a spec allow. A later level adds to them; one that unshares or
 * shares the whole network replaces them, and is replaced by them.
 */
final class Networks {
  private record Said(HostPort target, boolean privately, Line line) {}

  private final Diagnostics diagnostics;
  private final Names names;
  private final Map<String, Said> said = new LinkedHashMap<>();
  private @Nullable Line whole;
  private @Nullable Line outside;

  // Where hosts were allowed, and no line has said since what the whole network is: without any of
  // them the sandbox has none.
  private @Nullable Line held;

  Networks(Diagnostics diagnostics, Names names) {
    this.diagnostics = diagnostics;
    this.names = names;
  }

  void allow(Statement.NetAllow allow, Line line) {
    HostPort target = parse(allow.target(), line, diagnostics, names);
    if (target == null) {
      return;
    } else if (target.port() == null) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(allow.target().span()),
          "`" + target.text() + "` has no port",
          "write it as in `net allow " + target.text() + ":443`");
      return;
    } else if (allow.privately() && target.kind() == Network.Kind.WILDCARD) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          "`private` behind `" + target.text() + "`, whose proxy does not reach private addresses",
          "write a line for each private host, as in `net allow git"
              + target.text().substring(1)
              + " private`");
      return;
    } else if (allow.privately() && target.kind() != Network.Kind.NAME) {
      diagnostics.error(
          Code.NO_EFFECT,
          line.origin(),
          "`private` behind an address, which says by itself what it is",
          "remove the word `private`");
      return;
    }
    Line other = whole;
    if (other != null && other.level() == line.level()) {
      both(line, other);
      return;
    }
    Said before = said.get(target.text());
    if (before != null && before.line().level() == line.level()) {
      Entries.duplicate(
          diagnostics, "`" + target.text() + "` is allowed twice", line, before.line().origin());
      return;
    }
    said.put(target.text(), new Said(target, allow.privately(), line));
    outside = null;
    held = line;
  }

  /** A line that connects it to everything but the host. */
  void outside(Line line) {
    for (Said one : said.values()) {
      if (one.line().level() == line.level()) {
        both(line, one.line());
        return;
      }
    }
    Line other = whole;
    if (other != null && other.level() == line.level()) {
      Entries.duplicate(
          diagnostics, "this spec says twice what its whole network is", line, other.origin());
      return;
    }
    said.clear();
    whole = line;
    outside = line;
    held = line;
  }

  /**
   * Looks at a line that shares or unshares a namespace.
   *
   * @return whether it shares the network that lines with hosts were for, which makes it more than
   *     it seems
   */
  boolean namespace(Statement.Namespace namespace, Line line) {
    Namespace known = Namespace.of(namespace.name().text());
    boolean net = known == Namespace.NET;
    if (!net && !(known == Namespace.ALL && namespace.unshare())) {
      return false;
    }
    for (Said one : said.values()) {
      if (net && one.line().level() == line.level()) {
        both(line, one.line());
        return true;
      }
    }
    Line user = outside;
    if (net && user != null && user.level() == line.level()) {
      both(line, user);
      return true;
    }
    boolean replaces = said.values().removeIf(one -> one.line().level() < line.level());
    if (user != null && user.level() < line.level()) {
      replaces = true;
      outside = null;
    }
    if (net) {
      whole = line;
      held = null;
    }
    return replaces && !namespace.unshare();
  }

  private void both(Line line, Line other) {
    diagnostics.error(
        Code.DUPLICATE,
        line.origin(),
        "two lines say different things of the network",
        "remove one of the two lines; `net allow` alone leaves the program no other host",
        new Note("the other line", other.origin()));
  }

  void drop(Statement.Drop drop, Line line) {
    HostPort target = parse(drop.name(), line, diagnostics, names);
    Said before = target == null ? null : said.get(target.text());
    if (target != null && (before == null || before.line().level() == line.level())) {
      Entries.nothingToDrop(
          diagnostics,
          "no base allows the host `" + target.text() + "`",
          drop,
          line,
          said.keySet());
    } else if (target != null) {
      said.remove(target.text());
      held = line;
    }
  }

  /** A host as a text says it, or null with an error. */
  static @Nullable HostPort parse(Text text, Line line, Diagnostics diagnostics, Names names) {
    String literal = names.resolve(text, line).literal();
    if (literal == null) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(text.span()),
          "this host depends on a parameter without a value",
          "write the host itself, or give the parameter a value; addresses are given out when the"
              + " spec is compiled");
      return null;
    }
    try {
      return HostPort.parse(literal);
    } catch (HostPort.Malformed e) {
      diagnostics.error(
          Code.BAD_VALUE, line.at(text.span()), String.valueOf(e.getMessage()), e.hint());
      return null;
    }
  }

  /** Puts the file with the addresses of the hosts behind the mounts. */
  void mount(Mounts mounts) {
    Network network = network("");
    Line user = outside;
    if (user != null) {
      mounts.addText(
          Network.RESOLVER_FILE,
          Network.RESOLVER,
          user,
          "the name server of `net user` stands there");
    } else if (network != null) {
      Line first = said.values().iterator().next().line();
      mounts.addText(
          Network.HOSTS_FILE,
          network.hostsFile(),
          first,
          "the addresses of `net allow` stand there");
    }
  }

  /** The hosts with their addresses, or null without any. */
  @Nullable Network network(Mounts mounts) {
    return network("") == null ? null : network(mounts.temp("net"));
  }

  private @Nullable Network network(String temp) {
    Set<String> taken = new HashSet<>();
    said.values().forEach(one -> taken.add(one.target().name()));
    Map<String, String> addresses = new LinkedHashMap<>();
    int next = 2;
    List<Network.Host> hosts = new ArrayList<>();
    for (Said one : said.values()) {
      HostPort target = one.target();
      Integer port = target.port();
      String address = target.name();
      Network.Kind kind = target.kind();
      if (kind == Network.Kind.LOCALHOST) {
        address = "127.0.0.1";
      } else if (kind == Network.Kind.NAME) {
        while (taken.contains(loopback(next))) {
          next++;
        }
        String given = addresses.putIfAbsent(target.name(), loopback(next));
        address = given == null ? loopback(next++) : given;
        kind = one.privately() ? Network.Kind.PRIVATE_NAME : kind;
      } else if (kind == Network.Kind.WILDCARD) {
        address = Network.PROXY;
      }
      if (port != null) {
        hosts.add(new Network.Host(kind, target.name(), port, address, one.line().provenance()));
      }
    }
    Line user = outside;
    return hosts.isEmpty() && user == null
        ? null
        : new Network(temp, user == null ? null : user.provenance(), hosts);
  }

  private static String loopback(int number) {
    return "127." + (number >> 16) + "." + (number >> 8 & 0xff) + "." + (number & 0xff);
  }

  /** The environment with what tells programs of the proxy, for what the spec says nothing of. */
  Spec.Env within(Spec.Env env) {
    Network network = network("");
    if (network == null || !network.isProxied()) {
      return env;
    }
    Provenance line =
        network.hosts().stream()
            .filter(host -> host.kind() == Network.Kind.WILDCARD)
            .findFirst()
            .orElseThrow()
            .provenance();
    List<Spec.Variable> variables = new ArrayList<>(env.variables());
    Set<String> said = new HashSet<>();
    variables.forEach(variable -> said.add(variable.name()));
    new Proxied(network)
        .variables()
        .forEach(
            (name, value) -> {
              if (said.add(name)) {
                variables.add(new Spec.SetVariable(name, Value.of(value), line));
              }
            });
    return new Spec.Env(env.inherit(), variables);
  }

  /** The namespaces of a sandbox, where its network is not bubblewrap's to make. */
  Spec.Namespaces within(Spec.Namespaces all) {
    Line line = held;
    if (line == null) {
      return all;
    }
    List<Spec.Unshared> own = new ArrayList<>(all.own());
    own.removeIf(one -> one.namespace() == Namespace.NET);
    if (said.isEmpty() && outside == null && !all.has(Namespace.ALL)) {
      own.add(new Spec.Unshared(Namespace.NET, line.provenance()));
      own.sort(Comparator.comparing(Spec.Unshared::namespace));
    }
    return new Spec.Namespaces(own, null);
  }

  /** What is left open beside the network. */
  Spec.LeftOpen within(Spec.LeftOpen open) {
    return held == null
        ? open
        : new Spec.LeftOpen(
            open.ground(),
            open.shared().stream().filter(one -> one.namespace() != Namespace.NET).toList(),
            open.inherit());
  }

  /** Reports what bubblewrap cannot do in a network that is not its own. */
  void check(List<Setting> settings, List<Value> raw) {
    Line user = outside;
    if (said.isEmpty() && user == null) {
      return;
    }
    Line first = user == null ? said.values().iterator().next().line() : user;
    String word = user == null ? "`net allow`" : "`net user`";
    for (Setting setting : settings) {
      if (setting.kind() == Setting.Kind.USERNS || setting.kind() == Setting.Kind.USERNS2) {
        diagnostics.error(
            Code.NO_PLACE,
            setting.provenance().origin(),
            "`descriptor " + setting.kind().word() + "` in a spec with " + word,
            "remove one of the two; the user namespace of the network is another one",
            new Note("the network", first.origin()));
      }
    }
    for (Value value : raw) {
      if (value.display().matches("--(un)?share-(net|all)|--userns2?")) {
        diagnostics.error(
            Code.NO_PLACE,
            first.origin(),
            word + " in a spec with `raw [\"" + value.display() + "\"]`",
            "remove one of the two");
      }
    }
  }

  /** What is handed to bubblewrap as it is. */
  static List<Value> raw(List<Placed> placed) {
    return placed.stream()
        .flatMap(
            one -> one.mount() instanceof Mount.Raw raw ? raw.arguments().stream() : Stream.empty())
        .toList();
  }
}
