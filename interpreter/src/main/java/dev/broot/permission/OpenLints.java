package dev.broot.permission;

import dev.broot.diagnostic.Code;
import dev.broot.host.HostObjects;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Warns of what a spec leaves open of the host and of the caller: namespaces and variables. */
final class OpenLints {
  // The display, the ssh agent, the bus, the sound and the containers of whoever calls.
  private static final List<String> SESSION =
      List.of(
          "DISPLAY",
          "WAYLAND_DISPLAY",
          "XAUTHORITY",
          "SSH_AUTH_SOCK",
          "GPG_AGENT_INFO",
          "DBUS_SESSION_BUS_ADDRESS",
          "PULSE_SERVER",
          "DOCKER_HOST",
          "CONTAINER_HOST");

  // Where programs look for the certificates that they trust.
  private static final List<String> CERTIFICATES =
      List.of("/etc/ssl", "/etc/pki", "/etc/ca-certificates");
  private static final List<String> CERTIFICATE_VARIABLES =
      List.of(
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "NIX_SSL_CERT_FILE",
          "CURL_CA_BUNDLE",
          "REQUESTS_CA_BUNDLE",
          "NODE_EXTRA_CA_CERTS");

  private static final String PROCESSES =
      "the program sees and signals the caller's processes, and its own may outlive the run";

  private final Spec spec;
  private final View view;
  private final @Nullable HostObjects host;
  private final Warnings warnings;

  OpenLints(Spec spec, View view, @Nullable HostObjects host, Warnings warnings) {
    this.host = host;
    this.spec = spec;
    this.view = view;
    this.warnings = warnings;
  }

  void look() {
    environment();
    ground();
    for (Spec.Unshared shared : spec.open().shared()) {
      if (shared.namespace() == Namespace.NET) {
        lookedUp(shared.provenance());
      } else if (shared.namespace() == Namespace.PID) {
        warnings.warn(
            Code.HOST_PROCESSES,
            shared.provenance(),
            PROCESSES,
            "remove the line; " + Warnings.MEANT);
      }
    }
  }

  // What a spec that starts with nothing leaves open, since no line closes it.
  private void ground() {
    Provenance ground = spec.open().ground();
    if (ground == null || spec.mounts().isEmpty()) {
      return;
    }
    if (!spec.newSession() && Calls.canType(spec.syscalls())) {
      open(
          Code.TERMINAL,
          ground,
          "no line says `new-session` or `syscalls deny @terminal`: outside of `broot exec`, the program can type into the"
              + " caller's terminal (TIOCSTI)");
    }
    // Who says `share net` knows, and says why.
    if (!isOwn(Namespace.NET) && spec.namespaces().sharedNet() == null) {
      open(
          Code.HOST_NETWORK,
          ground,
          "no line says `unshare net`: the program reaches what listens on the host, abstract"
              + " sockets among it");
    }
    if (spec.settings().stream().noneMatch(plain -> plain.kind() == Setting.Kind.DISABLE_USERNS)) {
      open(
          Code.USER_NAMESPACES,
          ground,
          "no line says `disable-userns`: in a user namespace of its own, the program reaches code"
              + " of the kernel that is else for root");
    }
    if (!isOwn(Namespace.PID)
        && spec.settings().stream().noneMatch(one -> one.kind() == Setting.Kind.PIDNS)) {
      open(Code.HOST_PROCESSES, ground, "no line says `unshare pid`: " + PROCESSES);
    }
  }

  private boolean isOwn(Namespace namespace) {
    return spec.namespaces().wants(namespace)
        || (namespace == Namespace.NET && spec.network() != null);
  }

  private void open(Code code, Provenance ground, String message) {
    warnings.warn(
        code, ground, message, "where that is meant, say why: `base none because \"why\"`");
  }

  private void environment() {
    Provenance inherit = spec.open().inherit();
    if (inherit != null) {
      List<String> there = secrets();
      warnings.warn(
          Code.INHERITED,
          inherit,
          "the program sees the caller's whole environment: tokens, passwords, and what leads to"
              + " agents"
              + (there.isEmpty() ? ", as far as it is there" : ", now " + String.join(", ", there)),
          "pass by name what is needed, as in `env pass TERM`; " + Warnings.MEANT);
    }
    for (Spec.Variable variable : spec.env().variables()) {
      if (variable instanceof Spec.UnsetVariable) {
        continue;
      }
      if (Secrets.isSecret(variable.name())) {
        warnings.warn(
            Code.SECRET,
            variable.provenance(),
            "`"
                + variable.name()
                + "` looks like a secret, and every process of the sandbox sees it",
            Warnings.MEANT);
      }
      if (SESSION.contains(variable.name()) && variable instanceof Spec.PassVariable) {
        warnings.warn(
            Code.SESSION,
            variable.provenance(),
            "`" + variable.name() + "` leads to a service of the caller's session",
            "it works only where the socket is bound too; where both are meant, end the line in"
                + " `because \"why\"`");
      }
    }
  }

  // Names of what this caller has now; texts of a caller are never shown.
  private List<String> secrets() {
    return host == null
        ? List.of()
        : host.variables().stream()
            .filter(name -> Secrets.isSecret(name) || SESSION.contains(name))
            .filter(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"))
            .map(name -> "`" + name + "`")
            .sorted()
            .toList();
  }

  // The line needs a reason already, for the network; this is about what is missing beside it.
  private void lookedUp(Provenance said) {
    List<String> missing = new ArrayList<>();
    List<String> cures = new ArrayList<>();
    List<String> without = new ArrayList<>();
    if (!view.can("/etc/resolv.conf", false)) {
      missing.add("names of hosts are not found without `/etc/resolv.conf`");
      cures.add("`bind ro /etc/resolv.conf -> /etc/resolv.conf optional`");
      without.add("`text /etc/resolv.conf = \"\"`");
    }
    boolean certificates =
        CERTIFICATES.stream().anyMatch(path -> view.can(path, false))
            || spec.env().variables().stream()
                .anyMatch(variable -> CERTIFICATE_VARIABLES.contains(variable.name()));
    if (!certificates) {
      missing.add("no server is trusted without the certificates in `/etc/ssl`");
      cures.add("`bind ro /etc/ssl -> /etc/ssl optional`");
      without.add("`dir /etc/ssl`");
    }
    if (!missing.isEmpty()) {
      warnings.insist(
          Code.NO_NAMES,
          said,
          "the program has the network, but " + String.join(", and ", missing),
          "add "
              + String.join(" and ", cures)
              + "; where it needs none, say so with "
              + String.join(" and ", without),
          null);
    }
  }
}
