package dev.broot.permission;

import dev.broot.diagnostic.Code;
import dev.broot.host.HostObjects;
import dev.broot.plan.Operation;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Warns of what a line shows of the host. */
final class MountLints {
  private static final Pattern SOCKETS =
      Pattern.compile(
          "(/var)?/run(/.*)?|/tmp/\\.(X11|ICE)-unix(/.*)?|/tmp/ssh-[^/]*(/.*)?|/tmp|/tmp/dbus-[^/]*"
              + "|/nix/var/nix/daemon-socket(/.*)?|/var/guix/daemon-socket(/.*)?");

  // A file in a directory of sockets that is none.
  private static final Pattern NO_SOCKET = Pattern.compile(".*\\.(conf|pid|json|env)");

  private static final Pattern PROCESS =
      Pattern.compile("/proc(/(self|thread-self|[0-9]+)(/.*)?)?");

  private static final Pattern SINGLE_FILE =
      Pattern.compile(
          "(?i).*/[^/]*\\.(json|ya?ml|toml|ini|conf|cfg|properties|xml|env|txt|md|csv|log|lock"
              + "|db|sqlite3?|pid|sh|py|js|ts|rb|go|rs|c|h|java)|.*/\\.(env|netrc|npmrc|[a-z]+rc"
              + "|[a-z]*_?history)");

  // What git, editors and shells on the host run or obey, wherever a project lies.
  private static final Pattern OBEYED =
      Pattern.compile(
          ".*/(\\.git(/(hooks|config|info|modules|worktrees).*)?|\\.gitattributes|\\.gitmodules"
              + "|\\.?(git-?)?hooks|\\.husky|\\.pre-commit-config\\.yaml|\\.envrc|\\.direnv|\\.vscode|\\.idea|\\.devcontainer"
              + "|\\.mcp\\.json|\\.claude|\\.cursor)(/.*)?");

  private final Spec spec;
  private final View view;
  private final Reach reach;
  private final Judgement judgement;
  private final Warnings warnings;
  private final Shown shown;
  private final List<Seen> found;
  private final Set<Provenance> procs;
  private final World now = World.usual();
  private final Map<String, @Nullable Seen> run = new LinkedHashMap<>();

  MountLints(Spec spec, Permissions permissions, Judgement judgement, Warnings warnings) {
    this.judgement = judgement;
    this.spec = spec;
    this.warnings = warnings;
    view = permissions.view();
    reach = permissions.reach();
    shown = new Shown(permissions, judgement.homes());
    found = view.all();
    procs =
        view.plan().sandbox().operations().stream()
            .filter(Operation.Proc.class::isInstance)
            .map(Operation::provenance)
            .collect(Collectors.toSet());
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

  void look() {
    for (Seen seen : found) {
      if (seen.thing() instanceof Thing.Overlay overlay) {
        overlay.lower().forEach(layer -> homes(seen, layer, false));
      } else if (seen.thing() instanceof Thing.Copy copy) {
        keys(seen, copy.source());
      }
      // The host's processes in a procfs are said of the line that shares them.
      if (seen.thing() instanceof Thing.Host host && !procs.contains(seen.provenance())) {
        String source = judgement.host() == null ? host.source() : view.onHost(host.source(), now);
        sockets(seen, source);
        homes(seen, source, seen.writable());
        processes(seen, source);
        if (seen.writable()) {
          writable(seen, source);
        } else {
          reopened(seen, source);
        }
      }
    }
    devices();
    kernel();
    modes();
  }

  private void modes() {
    for (Operation operation : view.plan().sandbox().operations()) {
      if (operation instanceof Operation.Chmod chmod) {
        mode(chmod.target().display(), chmod.provenance());
      }
    }
  }

  // What a bind shows is the host's, and so are the nodes that `dev` shows.
  private void mode(String at, Provenance said) {
    Seen seen = view.covering(at);
    Thing thing = seen == null ? null : seen.thing();
    boolean bound = thing instanceof Thing.Host && seen != null && seen.writable();
    if (bound || (thing instanceof Thing.MinimalDevices && DeviceNames.isNode(at))) {
      warnings.warn(
          Code.HOST_MODE,
          said,
          "`chmod` changes the mode of `" + at + "` on the host, and leaves it so",
          "change it on the host, or take a place of the sandbox's own; " + Warnings.MEANT);
    }
  }

  private void sockets(Seen seen, String source) {
    String text = "and the program can connect to them, read-only or not";
    HostObjects.Kind kind = kind(source);
    boolean usual =
        SOCKETS.matcher(source).matches()
            && !NO_SOCKET.matcher(source).matches()
            && kind != HostObjects.Kind.FILE;
    if (usual || kind == HostObjects.Kind.SOCKET) {
      warnings.warn(
          Code.SOCKETS_IN_BIND,
          seen.provenance(),
          "there may be sockets in `" + PathKey.display(source) + "`, " + text,
          Warnings.MEANT);
      return;
    }
    List<String> sockets = shown.sockets(seen, source);
    if (!sockets.isEmpty()) {
      warnings.warn(
          Code.SOCKETS_IN_BIND,
          seen.provenance(),
          "there may be sockets in `"
              + PathKey.display(source)
              + "`, as `"
              + sockets.get(0)
              + "`, "
              + text,
          "hide them with " + shown.hiding(seen, source, sockets) + "; " + Warnings.MEANT);
    }
  }

  private void homes(Seen seen, String source, boolean changed) {
    List<String> homes = shown.homes(seen, source);
    if (!homes.isEmpty()) {
      boolean whole = homes.contains(source);
      String hidden =
          homes.stream()
              .map(home -> "`tmpfs " + shown.place(seen, source, home) + "`")
              .collect(Collectors.joining(", "));
      warnings.warn(
          Code.READABLE_HOME,
          seen.provenance(),
          "the program can read what is in "
              + (whole
                  ? "`" + PathKey.display(source) + "`"
                  : "the homes in `" + PathKey.display(source) + "`")
              + ": keys, tokens, histories",
          (whole ? "bind what it needs of it" : "hide them with " + hidden)
              + "; "
              + Warnings.MEANT);
    } else if (!changed) {
      keys(seen, source);
    }
  }

  private void keys(Seen seen, String source) {
    if (shown.isKeys(source)) {
      warnings.warn(
          Code.READABLE_HOME,
          seen.provenance(),
          "the program can read the keys, passwords or histories in `"
              + PathKey.display(source)
              + "`",
          "bind what it needs of it, or let an agent use them; " + Warnings.MEANT);
    }
  }

  private void processes(Seen seen, String source) {
    boolean all = shown.shows(seen, source, "/proc/1/environ");
    if (all || PROCESS.matcher(source).matches()) {
      String at = shown.place(seen, source, "/proc");
      warnings.warn(
          Code.HOST_PROC,
          seen.provenance(),
          "the program sees the host's processes at `"
              + at
              + "`: their command lines, and what the kernel lets it see of their variables",
          "`proc " + at + "` shows the sandbox's own; " + Warnings.MEANT);
    }
  }

  private void writable(Seen seen, String source) {
    String path = PathKey.display(source);
    if (PathKey.isWithin(source, "/sys") || PathKey.isWithin(source, "/proc")) {
      warnings.warn(
          Code.KERNEL_WRITABLE,
          seen.provenance(),
          "the kernel's own files in `" + path + "` can be written",
          "`bind ro` shows them; where writing is meant, end the line in `because \"why\"`");
    }
    if (OBEYED.matcher(source).matches()) {
      warnings.warn(
          Code.OBEYED_FILES,
          seen.provenance(),
          "the host's git, editors or shells run or obey what is in `" + path + "`",
          "write `bind ro`, or bind what they do not obey; " + Warnings.MEANT);
    }
    if (isFile(source)) {
      warnings.warn(
          Code.SINGLE_FILE,
          seen.provenance(),
          "`"
              + path
              + "` is a single file: a program that replaces it, as editors and git do, fails"
              + " (EBUSY)",
          "bind the directory that it lies in; where it is written in place, end the line in"
              + " `because \"why\"`");
    }
    executed(seen);
  }

  private boolean isFile(String source) {
    HostObjects.Kind kind = kind(source);
    return kind == HostObjects.Kind.NOTHING
        ? SINGLE_FILE.matcher(source).matches()
        : kind == HostObjects.Kind.FILE;
  }

  // What there is on the host, as far as that is known.
  private HostObjects.Kind kind(String source) {
    HostObjects host = judgement.host();
    return host == null || PathKey.isOpen(source)
        ? HostObjects.Kind.NOTHING
        : host.kind(PathKey.display(source));
  }

  // A read-only bind of a part of what is bound writable elsewhere protects nothing.
  private void reopened(Seen seen, String source) {
    World usual = World.usual();
    Reach.Item other = reach.find(Use.WRITE, view.onHost(source, usual), true, usual);
    Provenance by = other == null ? null : other.standing().provenance();
    if (other != null && by != null) {
      warnings.warn(
          Code.REOPENED,
          seen.provenance(),
          "`"
              + PathKey.display(source)
              + "` is read-only here and can be written at `"
              + PathKey.display(other.standing().place())
              + "`",
          Warnings.MEANT,
          by);
    }
  }

  private void executed(Seen seen) {
    for (Map.Entry<String, @Nullable Seen> place : run.entrySet()) {
      if (seen.equals(place.getValue())) {
        warnings.warn(
            Code.WRITABLE_PROGRAMS,
            seen.provenance(),
            "programs are run from `" + place.getKey() + "`, which is writable and on the host",
            Warnings.MEANT);
        return;
      }
    }
  }

  // What lies at /dev comes with a bind that lets nobody open a device.
  private void devices() {
    Seen seen = view.covering("/dev/null");
    if (seen != null && seen.thing() instanceof Thing.Host && !seen.devices()) {
      warnings.warn(
          Code.NO_DEVICES,
          seen.provenance(),
          "no device can be opened in `/dev`, not even `/dev/null`",
          "add `dev /dev`; " + Warnings.MEANT);
    }
  }

  // bubblewrap makes parts of a procfs read-only, and not this one.
  private void kernel() {
    for (Seen seen : found) {
      String at = seen.at() + "/sys";
      if (procs.contains(seen.provenance())
          && seen.thing() instanceof Thing.Proc
          && seen.writable()
          && seen.equals(view.covering(at + "/kernel"))) {
        warnings.warn(
            Code.KERNEL_WRITABLE,
            seen.provenance(),
            "run by root, the program can write the kernel's settings in `"
                + at
                + "`: one of them (core_pattern) makes it root on the host",
            "write `bind ro /proc/sys -> " + at + " if owned` behind it; " + Warnings.MEANT);
      }
    }
  }
}
