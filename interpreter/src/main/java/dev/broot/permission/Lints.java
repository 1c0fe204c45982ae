package dev.broot.permission;

import dev.broot.check.Bases;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Severity;
import dev.broot.plan.Plan;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What deserves a look: warnings, which a line accepts with {@code because}. Lines of shipped bases
 * are not warned of.
 */
public final class Lints {
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|PRIVATE_?KEY).*");

  // The display, the ssh agent, the bus and the sound of whoever calls.
  private static final List<String> SESSION =
      List.of(
          "DISPLAY",
          "WAYLAND_DISPLAY",
          "XAUTHORITY",
          "SSH_AUTH_SOCK",
          "GPG_AGENT_INFO",
          "DBUS_SESSION_BUS_ADDRESS",
          "PULSE_SERVER");

  private static final Pattern SOCKETS =
      Pattern.compile(
          "(/var)?/run(/.*)?|/tmp/\\.(X11|ICE)-unix(/.*)?|/tmp/ssh-[^/]*(/.*)?|/tmp|/tmp/dbus-[^/]*");

  private final Spec spec;
  private final View view;
  private final Reach reach;
  private final List<Seen> found;
  private final Map<String, @Nullable Seen> run = new LinkedHashMap<>();
  private final List<Diagnostic> warnings = new ArrayList<>();

  private Lints(Spec spec, Plan plan) {
    this.spec = spec;
    Permissions permissions = Permissions.of(plan);
    view = permissions.view();
    reach = permissions.reach();
    found = view.all();
    places().forEach(place -> run.put(place, view.covering(place)));
  }

  // Where programs are looked for.
  private List<String> places() {
    List<String> places = new ArrayList<>();
    for (Spec.Variable variable : spec.env().variables()) {
      if (variable.name().equals("PATH") && variable instanceof Spec.SetVariable set) {
        places.addAll(List.of(set.value().display().split(":", -1)));
      }
    }
    Value entry = spec.entry();
    if (entry != null) {
      places.add(entry.display());
    }
    places.removeIf(place -> !place.startsWith("/"));
    return places;
  }

  /** The warnings of a spec, in the order of its lines' mounts. */
  public static List<Diagnostic> of(Spec spec, Plan plan) {
    Lints lints = new Lints(spec, plan);
    for (Seen seen : lints.found) {
      if (seen.thing() instanceof Thing.Host host) {
        lints.hostBind(seen, host.source());
      }
    }
    lints.mountPoints();
    lints.environment();
    lints.shared();
    return lints.warnings;
  }

  private void warn(
      Code code,
      Provenance said,
      String message,
      @Nullable String hint,
      @Nullable Provenance other) {
    boolean shipped = said.origin().file().name().startsWith(Bases.PREFIX);
    if (said.because() == null && !shipped) {
      warnings.add(
          new Diagnostic(
              Severity.WARNING,
              code,
              message,
              said.origin(),
              other == null ? List.of() : List.of(new Note("because of this line", other.origin())),
              hint == null ? "where it is meant, end the line in `because \"why\"`" : hint));
    }
  }

  private void hostBind(Seen seen, String source) {
    String shown = PathKey.display(source);
    if (SOCKETS.matcher(source).matches()) {
      warn(
          Code.SOCKETS_IN_BIND,
          seen.provenance(),
          "there may be sockets in `"
              + shown
              + "`, and the program can connect to them, read-only or not",
          null,
          null);
    }
    boolean kernel = PathKey.isWithin(source, "/sys") || PathKey.isWithin(source, "/proc");
    if (seen.writable() && kernel) {
      warn(
          Code.KERNEL_WRITABLE,
          seen.provenance(),
          "the kernel's own files in `" + shown + "` can be written",
          "`bind ro` shows them; where writing is meant, end the line in `because \"why\"`",
          null);
    }
    if (seen.writable()) {
      executed(seen);
    } else {
      reopened(seen, source);
    }
  }

  // A read-only bind of a part of what is bound writable elsewhere protects nothing.
  private void reopened(Seen seen, String source) {
    World usual = World.usual();
    Reach.Item other = reach.find(Use.WRITE, view.onHost(source, usual), true, usual);
    Provenance by = other == null ? null : other.standing().provenance();
    if (other != null && by != null) {
      warn(
          Code.REOPENED,
          seen.provenance(),
          "`"
              + PathKey.display(source)
              + "` is read-only here and can be written at `"
              + PathKey.display(other.standing().place())
              + "`",
          null,
          by);
    }
  }

  private void executed(Seen seen) {
    for (Map.Entry<String, @Nullable Seen> place : run.entrySet()) {
      if (seen.equals(place.getValue())) {
        warn(
            Code.WRITABLE_PROGRAMS,
            seen.provenance(),
            "programs are run from `" + place.getKey() + "`, which is writable and on the host",
            null,
            null);
        return;
      }
    }
  }

  // bubblewrap makes a mount point that is missing, on the host if need be.
  private void mountPoints() {
    for (View.Point point : view.points()) {
      Provenance by = point.in().provenance();
      if (by == null || isCertainlyThere(point)) {
        continue;
      }
      String at = PathKey.display(point.place());
      String tree = Trees.of(point.in().thing());
      warn(
          point.writable() ? Code.MADE_ON_HOST : Code.MOUNT_POINT_MISSING,
          point.provenance(),
          point.writable()
              ? "where `"
                  + at
                  + "` is missing, bubblewrap makes it on the host, and leaves it there"
              : "`"
                  + at
                  + "` has to be there in `"
                  + (tree == null ? "" : PathKey.display(tree))
                  + "`, or bubblewrap fails",
          null,
          by);
    }
  }

  // The host's own directories are where they always are, and what is bound is there.
  private boolean isCertainlyThere(View.Point point) {
    boolean known =
        List.of("/dev", "/proc", "/sys", "/tmp", "/run", "/var", "/etc", "/home", "/root", "/usr")
            .contains(point.host());
    boolean own = point.source() != null && point.source().equals(point.host());
    return known || own || point.host().startsWith(PathKey.OWN_PROC);
  }

  // What a spec that starts with nothing leaves open, since no line closes it.
  private void shared() {
    Provenance ground = spec.ground();
    if (ground == null || spec.mounts().isEmpty()) {
      return;
    }
    String hint = "where that is meant, say why: `base none because \"why\"`";
    List<String> own = spec.namespaces().own().stream().map(one -> one.namespace().word()).toList();
    if (!spec.newSession()) {
      warn(
          Code.TERMINAL,
          ground,
          "no line says `new-session`: outside of `broot exec`, the program can type into the"
              + " caller's terminal (TIOCSTI)",
          hint,
          null);
    }
    if (!own.contains("net") && !own.contains("all")) {
      warn(
          Code.HOST_NETWORK,
          ground,
          "no line says `unshare net`: the program reaches what listens on the host, abstract"
              + " sockets among it",
          hint,
          null);
    }
    if (spec.settings().stream().noneMatch(plain -> plain.kind() == Setting.Kind.DISABLE_USERNS)) {
      warn(
          Code.USER_NAMESPACES,
          ground,
          "no line says `disable-userns`: in a user namespace of its own, the program reaches code"
              + " of the kernel that is else for root",
          hint,
          null);
    }
  }

  private void environment() {
    for (Spec.Variable variable : spec.env().variables()) {
      if (SECRET.matcher(variable.name()).matches() && !(variable instanceof Spec.UnsetVariable)) {
        warn(
            Code.SECRET,
            variable.provenance(),
            "`"
                + variable.name()
                + "` looks like a secret, and every process of the sandbox sees it",
            null,
            null);
      }
      if (SESSION.contains(variable.name()) && variable instanceof Spec.PassVariable) {
        warn(
            Code.SESSION,
            variable.provenance(),
            "`" + variable.name() + "` leads to a service of the caller's session",
            "it works only where the socket is bound too; where both are meant, end the line in"
                + " `because \"why\"`",
            null);
      }
    }
  }
}
