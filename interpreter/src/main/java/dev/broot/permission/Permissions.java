package dev.broot.permission;

import dev.broot.ir.Authority;
import dev.broot.ir.Capabilities;
import dev.broot.ir.Dangers;
import dev.broot.ir.Mount;
import dev.broot.ir.Provenance;
import dev.broot.ir.Spec;
import dev.broot.ir.Value;
import dev.broot.permission.Grant.Level;
import dev.broot.permission.Seen.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the program of a spec may do, apart from the host's files, which the {@link View} has. */
public final class Permissions {
  /** The variable that stands for all of the caller's. */
  static final String WHOLE_ENVIRONMENT = "env:*";

  private static final Map<String, String> NAMESPACES =
      Map.of(
          "net", "use the host's network, with every abstract socket",
          "pid", "see and signal the host's processes",
          "ipc", "use the host's System V IPC and message queues",
          "uts", "see the host's name",
          "cgroup", "see the host's cgroups",
          "user", "act in the caller's own user namespace");

  private final Spec spec;
  private final View view;
  private final Map<String, Grant> grants = new LinkedHashMap<>();
  private final Map<String, Grant> visible = new LinkedHashMap<>();

  private Permissions(Spec spec) {
    this.spec = spec;
    view = View.of(spec);
  }

  /** Reads a spec. */
  public static Permissions of(Spec spec) {
    Permissions permissions = new Permissions(spec);
    permissions.namespaces();
    permissions.capabilities();
    permissions.environment();
    permissions.session();
    permissions.mounts();
    return permissions;
  }

  /** The file system. */
  public View view() {
    return view;
  }

  /** The grants of {@code network}, a capability, or a variable. */
  public List<Grant> about(String what) {
    String namespace = what.equals("network") ? "namespace:net" : "namespace:" + what;
    return grants.values().stream()
        .filter(
            grant ->
                List.of(namespace, "cap:" + what, "cap-of-root:" + what, "env:" + what)
                    .contains(grant.key()))
        .toList();
  }

  /** What may be done, by key. */
  Map<String, Grant> grants() {
    return grants;
  }

  /** What is found, by key. */
  Map<String, Grant> visible() {
    return visible;
  }

  /** The names of variables that the whole environment does not have. */
  Set<String> unset() {
    return spec.env().variables().stream()
        .filter(Spec.UnsetVariable.class::isInstance)
        .map(Spec.Variable::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The files of the filters that hold the program's system calls. */
  Set<String> filters() {
    return spec.plain().stream()
        .filter(Spec.Plain::isFilter)
        .flatMap(plain -> Stream.ofNullable(plain.value()))
        .map(Value::display)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void grant(Level level, String key, String text, @Nullable Provenance said) {
    grants.putIfAbsent(key, new Grant(level, key, text, said));
  }

  private void visible(String key, String text, @Nullable Provenance said) {
    visible.putIfAbsent(key, new Grant(Level.VISIBLE, key, text, said));
  }

  private void namespaces() {
    Set<String> own =
        spec.namespaces().stream().map(Spec.Unshared::name).collect(Collectors.toSet());
    for (String name : Authority.NAMESPACES) {
      String text = NAMESPACES.get(name);
      boolean attempted = name.equals("user") || name.equals("cgroup");
      if (text == null || own.contains(name) || (hasAll(own, name) && !attempted)) {
        continue;
      }
      Level level = name.equals("net") || name.equals("pid") ? Level.HOST_WRITE : Level.HOST_READ;
      // Sharing for certain is more than sharing perhaps.
      boolean tried = own.contains(name + "-try") || own.contains("all");
      String perhaps = tried ? " where the kernel has no own" : "";
      grant(level, "namespace:" + name + ":try", text + perhaps, null);
      if (!tried) {
        grant(level, "namespace:" + name, text, null);
      }
    }
  }

  private static boolean hasAll(Set<String> own, String name) {
    return own.contains("all") && !(name.equals("net") && own.contains(Authority.SHARE_NET));
  }

  // bubblewrap, run by root, keeps what is not dropped; run by others, it gives what is added.
  private void capabilities() {
    Map<String, Spec.CapChange> last = new LinkedHashMap<>();
    spec.caps().forEach(cap -> last.put(cap.name(), cap));
    Spec.CapChange all = last.get(Capabilities.ALL);
    boolean none = all != null && !all.add();
    for (String name : Capabilities.names()) {
      if (name.equals(Capabilities.ALL)) {
        continue;
      }
      Spec.CapChange change = last.get(name);
      boolean added = change != null ? change.add() : all != null && all.add();
      boolean kept = change != null ? change.add() : !none;
      Level level = Capabilities.isDangerous(name) ? Level.HOST_CONTROL : Level.HOST_READ;
      Provenance said =
          change == null ? all == null ? null : all.provenance() : change.provenance();
      if (added) {
        grant(level, "cap:" + name, "use " + name, said);
      }
      if (kept) {
        grant(level, "cap-of-root:" + name, "use " + name + " when root runs it", said);
      }
    }
  }

  private void environment() {
    if (spec.env().inherit()) {
      grant(Level.HOST_READ, WHOLE_ENVIRONMENT, "see the caller's whole environment", null);
    }
    for (Spec.Variable variable : spec.env().variables()) {
      String name = variable.name();
      if (variable instanceof Spec.PassVariable) {
        grant(Level.HOST_READ, "env:" + name, "see the caller's " + name, variable.provenance());
      } else if (variable instanceof Spec.SetVariable set) {
        visible(
            "env:" + name + "=" + set.value().display(),
            "has " + name + "=" + set.value().display(),
            set.provenance());
      }
    }
  }

  private void session() {
    if (spec.stdinInherited()) {
      grant(Level.HOST_READ, "stdin", "read the caller's standard input", null);
    }
    if (!spec.newSession()) {
      grant(
          Level.HOST_WRITE,
          "terminal",
          "type into the caller's terminal (TIOCSTI), for want of `new-session`",
          null);
    }
    if (!spec.dieWithParent()) {
      grant(Level.RESOURCE, "outlive", "outlive the caller, for want of `die-with-parent`", null);
    }
    for (Spec.Plain plain : spec.plain()) {
      Value value = plain.value();
      String text = plain.name() + (value == null ? "" : " " + value.display());
      visible("plain:" + text, "has " + text, plain.provenance());
    }
    for (Spec.Plain plain : spec.plain()) {
      String descriptor = plain.descriptor();
      if (descriptor != null && List.of("pidns", "userns", "userns2").contains(descriptor)) {
        String text = "run in the namespace that the caller passes as `" + descriptor + "`";
        grant(Level.HOST_WRITE, "descriptor:" + descriptor, text, plain.provenance());
      } else if (plain.name().equals(Spec.Plain.BOUNDARY)) {
        String text = "run where a part of the sandbox could not be set up";
        grant(Level.HOST_CONTROL, "boundary", text, plain.provenance());
      }
    }
    boolean closed = spec.plain().stream().anyMatch(plain -> plain.name().equals("disable-userns"));
    if (!closed) {
      grant(Level.RESOURCE, "userns", "make user namespaces of its own", null);
    }
    if (spec.entry() != null) {
      visible("entry:" + spec.entry().display(), "runs " + spec.entry().display(), null);
    }
    if (spec.chdir() != null) {
      visible("chdir:" + spec.chdir().display(), "starts in " + spec.chdir().display(), null);
    }
    for (Spec.Expectation expect : spec.expects()) {
      String text =
          "asserts: expect "
              + (expect.allow() ? "allow " : "deny ")
              + expect.what()
              + (expect.value() == null ? "" : " " + expect.value().display());
      visible(text, text, expect.provenance());
    }
    for (Spec.TempParent parent : parents()) {
      if (parent.create()) {
        String path = parent.path().display();
        grant(Level.RESOURCE, "create:" + path, "have " + path + " made on the host", null);
      }
    }
  }

  private List<Spec.TempParent> parents() {
    List<Spec.TempParent> parents = new ArrayList<>();
    Spec.TempParent rundir = spec.rundir();
    Spec.TempParent vardir = spec.vardir();
    if (rundir != null) {
      parents.add(rundir);
    }
    if (vardir != null) {
      parents.add(vardir);
    }
    return parents;
  }

  private void mounts() {
    for (Seen seen : view.all()) {
      String at = seen.at();
      Provenance said = seen.provenance();
      switch (seen.kind()) {
        case SOCKET -> socket(seen);
        case DEV ->
            grant(Level.RESOURCE, "dev", "use bubblewrap's minimal devices, at " + at, said);
        case PROC -> {
          visible("proc:" + at, "finds a procfs at " + at, said);
          if (grants.containsKey("namespace:pid")) {
            grant(Level.HOST_READ, "proc", "read of the host's processes in " + at, said);
          }
        }
        case SCRATCH ->
            grant(Level.RESOURCE, "scratch:" + at, "write to a temporary directory at " + at, said);
        case MODULE ->
            grant(
                Level.HOST_READ,
                "module:" + seen.source(),
                "read the host's Python module " + seen.source() + ", at " + at,
                said);
        case MEMORY -> {
          visible("memory:" + at, "finds an empty directory in memory at " + at, said);
          Seen root = view.covering("/");
          if (root != null && root.kind() != Kind.MEMORY) {
            grant(Level.RESOURCE, "memory", "write in memory, at " + at, said);
          }
        }
        case TEXT -> visible("text:" + at + "=" + seen.source(), "finds a text at " + at, said);
        case SYMLINK ->
            visible(
                "link:" + at + "=" + seen.source(), "finds " + at + " -> " + seen.source(), said);
        case HOST, DEVICES, PROVIDER -> {}
      }
    }
    if (view.covering("/") == null) {
      grant(Level.RESOURCE, "memory", "write in memory, at /", null);
    }
    spec.mounts().forEach(this::devicesAndProviders);
  }

  private void socket(Seen seen) {
    boolean control = Dangers.socket(seen.source()) != null;
    grant(
        control ? Level.HOST_CONTROL : Level.HOST_WRITE,
        "socket:" + seen.source(),
        "connect to " + seen.source() + ", at " + seen.at(),
        seen.provenance());
  }

  private void devicesAndProviders(Mount mount) {
    if (mount instanceof Mount.Devices devices) {
      for (Mount.Device device : devices.nodes()) {
        String text =
            device instanceof Mount.Node node
                ? String.format("c %d:%d %04o", node.major(), node.minor(), node.mode())
                : "the host's /dev/" + device.name();
        grant(
            Level.HOST_READ,
            "device:" + text,
            "use the device " + device.name() + " (" + text + ")",
            device.provenance());
      }
    } else if (mount instanceof Mount.Apis apis) {
      for (Mount.Endpoint endpoint : apis.apis()) {
        if (endpoint instanceof Mount.Provider provider) {
          String command =
              provider.command().stream()
                  .map(word -> word.display())
                  .collect(Collectors.joining(" "));
          grant(
              Level.HOST_WRITE,
              "provider:" + command,
              "connect to a program started on the host: " + command,
              provider.provenance());
        }
      }
    }
  }
}
