package dev.broot.permission;

import dev.broot.permission.Grant.Level;
import dev.broot.permission.Seen.Kind;
import dev.broot.plan.Done;
import dev.broot.plan.Modes;
import dev.broot.plan.Plan;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Step;
import dev.broot.plan.Word;
import dev.broot.spec.Capabilities;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
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

  private final Plan plan;
  private final View view;
  private final Map<String, Grant> grants = new LinkedHashMap<>();
  private final Map<String, Grant> visible = new LinkedHashMap<>();

  private Permissions(Plan plan) {
    this.plan = plan;
    view = View.of(plan);
  }

  /** Reads a plan. */
  public static Permissions of(Plan plan) {
    Permissions permissions = new Permissions(plan);
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
    return plan.env().variables().stream()
        .filter(Spec.UnsetVariable.class::isInstance)
        .map(Spec.Variable::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The files of the filters that hold the program's system calls. */
  Set<String> filters() {
    return plan.sandbox().options().stream()
        .filter(setting -> setting.kind() == Setting.Kind.SECCOMP)
        .flatMap(setting -> Stream.ofNullable(setting.value()))
        .map(Word::display)
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
        plan.sandbox().namespaces().own().stream()
            .map(unshared -> unshared.namespace().word())
            .collect(Collectors.toSet());
    if (plan.sandbox().namespaces().sharedNet() != null) {
      own.add("share-net");
    }
    for (String name : Namespace.words()) {
      String text = NAMESPACES.get(name);
      boolean attempted = name.equals("user") || name.equals("cgroup");
      if (text == null
          || (own.contains(name) && !(name.equals("net") && own.contains("share-net")))
          || (hasAll(own, name) && !attempted)) {
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
    return own.contains("all") && !(name.equals("net") && own.contains("share-net"));
  }

  // bubblewrap, run by root, keeps what is not dropped; run by others, it gives what is added.
  private void capabilities() {
    Map<String, Spec.CapChange> last = new LinkedHashMap<>();
    plan.sandbox().capabilities().forEach(cap -> last.put(cap.name(), cap));
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
    if (plan.env().inherit()) {
      grant(Level.HOST_READ, WHOLE_ENVIRONMENT, "see the caller's whole environment", null);
    }
    for (Spec.Variable variable : plan.env().variables()) {
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
    if (plan.stdinInherited()) {
      grant(Level.HOST_READ, "stdin", "read the caller's standard input", null);
    }
    if (!plan.sandbox().supervision().newSession()) {
      grant(
          Level.HOST_WRITE,
          "terminal",
          "type into the caller's terminal (TIOCSTI), for want of `new-session`",
          null);
    }
    if (!plan.sandbox().supervision().diesWithParent()) {
      grant(Level.RESOURCE, "outlive", "outlive the caller, for want of `die-with-parent`", null);
    }
    for (Sandbox.Option plain : plan.sandbox().options()) {
      Word value = plain.value();
      String text = plain.kind().word() + (value == null ? "" : " " + value.display());
      visible("plain:" + text, "has " + text, plain.provenance());
    }
    for (Sandbox.Option plain : plan.sandbox().options()) {
      String descriptor = plain.kind().word();
      if (plain.kind().isDescriptor()
          && List.of("pidns", "userns", "userns2").contains(descriptor)) {
        String text = "run in the namespace that the caller passes as `" + descriptor + "`";
        grant(Level.HOST_WRITE, "descriptor:" + descriptor, text, plain.provenance());
      } else if (plain.kind() == Setting.Kind.SYNC) {
        String text = "open what the caller passes as `sync`, through /proc/1/fd";
        grant(Level.HOST_WRITE, "descriptor:sync", text, plain.provenance());
      } else if (plain.kind() == Setting.Kind.NOT_A_SECURITY_BOUNDARY) {
        String text = "run where a part of the sandbox could not be set up";
        grant(Level.HOST_CONTROL, "boundary", text, plain.provenance());
      }
    }
    boolean closed =
        plan.sandbox().options().stream()
            .anyMatch(plain -> plain.kind() == Setting.Kind.DISABLE_USERNS);
    if (!closed) {
      grant(Level.RESOURCE, "userns", "make user namespaces of its own", null);
    }
    Word entry = plan.entry();
    if (entry != null) {
      visible("entry:" + entry.display(), "runs " + entry.display(), null);
    }
    Sandbox.Chdir start = plan.sandbox().supervision().chdir();
    if (start != null) {
      Word chdir = start.path();
      visible("chdir:" + chdir.display(), "starts in " + chdir.display(), null);
    }
    for (Spec.Expectation expect : plan.expects()) {
      String text =
          "asserts: expect "
              + (expect.allow() ? "allow " : "deny ")
              + expect.what()
              + (expect.value() == null ? "" : " " + expect.value().display());
      visible(text, text, expect.provenance());
    }
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
    plan.setup().forEach(step -> step.accept(new SetUp()));
  }

  private void socket(Seen seen) {
    boolean control = Dangers.socket(seen.source()) != null;
    grant(
        control ? Level.HOST_CONTROL : Level.HOST_WRITE,
        "socket:" + seen.source(),
        "connect to " + seen.source() + ", at " + seen.at(),
        seen.provenance());
  }

  /** What the setup gives. */
  private final class SetUp implements Step.Visitor<Done, RuntimeException> {
    @Override
    public Done makeDirectory(Step.MakeDirectory step) {
      String path = step.path().display();
      grant(Level.RESOURCE, "create:" + path, "have " + path + " made on the host", null);
      return Done.DONE;
    }

    @Override
    public Done makeTemp(Step.MakeTemp step) {
      return Done.DONE;
    }

    @Override
    public Done mountTmpfs(Step.MountTmpfs step) {
      return Done.DONE;
    }

    @Override
    public Done makeNode(Step.MakeNode step) {
      String text = "c " + step.major() + ":" + step.minor() + " " + Modes.octal(step.mode());
      return device(step.name(), text, step.provenance());
    }

    @Override
    public Done bindDevice(Step.BindDevice step) {
      return device(step.name(), "the host's /dev/" + step.name(), step.provenance());
    }

    private Done device(String name, String text, Provenance said) {
      grant(Level.HOST_READ, "device:" + text, "use the device " + name + " (" + text + ")", said);
      return Done.DONE;
    }

    @Override
    public Done makeInner(Step.MakeInner step) {
      return Done.DONE;
    }

    @Override
    public Done writeText(Step.WriteText step) {
      return Done.DONE;
    }

    @Override
    public Done startProvider(Step.StartProvider step) {
      String command = step.command().stream().map(Word::shown).collect(Collectors.joining(" "));
      grant(
          Level.HOST_WRITE,
          "provider:" + command,
          "connect to a program started on the host: " + command,
          step.provenance());
      return Done.DONE;
    }
  }
}
