package dev.broot.translate;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.broot.plan.Host;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Resolver;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Step;
import dev.broot.plan.UnresolvedException;
import dev.broot.plan.Word;
import dev.broot.spec.Caller;
import dev.broot.spec.Capabilities;
import dev.broot.spec.IdMap;
import dev.broot.spec.Namespace;
import dev.broot.spec.Network;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A plan as a bundle for runc. What the plan asks of the host is asked once, here, and what a
 * bundle cannot say is told with the line that asks for it.
 */
public final class OciExport {
  private static final String VERSION = "1.0.2";
  // As the runtime specification calls them.
  private static final Map<Namespace, String> NAMES =
      new TreeMap<>(
          Map.of(
              Namespace.NET, "network",
              Namespace.IPC, "ipc",
              Namespace.PID, "pid",
              Namespace.UTS, "uts",
              Namespace.CGROUP, "cgroup"));
  private static final String HOME = "HOME";

  private final Plan plan;
  private final Sandbox sandbox;
  private final int user;
  private final int group;
  private final int umask;
  private final Set<String> bounds;
  private final @Nullable Provenance inherit;
  private final Shortfalls shortfalls = new Shortfalls();

  private OciExport(Plan plan, @Nullable Provenance inherit, int user, int group, Host host) {
    this.plan = plan;
    this.inherit = inherit;
    this.umask = host.umask();
    this.bounds = Capabilities.of(host.bounds());
    this.sandbox = plan.sandbox();
    this.user = user;
    this.group = group;
  }

  /**
   * The bundle of a plan, for whom this process is.
   *
   * @param inherit the line that takes over the caller's environment, or null
   * @param program the program's arguments, with the program where the plan has no entry
   * @throws UnresolvedException when the host has no answer to what the plan asks
   */
  public static OciBundle bundle(
      Plan plan, @Nullable Provenance inherit, Host host, List<String> program)
      throws UnresolvedException {
    int user = OncePerExport.number(host, Caller.UID);
    int group = OncePerExport.number(host, Caller.GID);
    Plan resolved = Resolver.resolve(plan, host);
    OciExport export = new OciExport(resolved, inherit, user, group, host);
    OncePerExport.masks(plan, host, export.shortfalls);
    export.refused();
    OciMounts mounts = new OciMounts(host, export.shortfalls);
    mounts.all(resolved.sandbox().operations());
    for (Operation operation : Resolver.leftOut(plan, host)) {
      mounts.leftOut(operation, "the host has not what the line asks for");
    }
    OncePerExport.judged(plan, "the bundle", export.shortfalls);
    JsonObject config = export.config(mounts, program);
    return new OciBundle(config, mounts.entries(), export.shortfalls);
  }

  private void refused() {
    Network network = sandbox.network();
    if (network != null) {
      shortfalls.refuse(
          network.provenance(),
          "a bundle has no part that connects a network of its own; `net none` works");
    }
    shortfalls.refuseEach(
        plan.setup(), Step::provenance, "it sets up the host, and a bundle sets nothing up");
    OncePerExport.descriptors(sandbox, shortfalls);
    shortfalls.refuseEach(
        sandbox.maps().stream().filter(IdMap::automatic).toList(),
        IdMap::provenance,
        "what /etc/subuid and /etc/subgid give is asked at each run; write the range, as in `map"
            + " users 100000-100999 -> 1-1000`");
    if (plan.env().inherit()) {
      shortfalls.refuse(inherit, "a bundle's environment is known before it runs");
    }
    for (Sandbox.Option option : sandbox.options()) {
      String problem = problem(option);
      if (problem != null) {
        shortfalls.refuse(option.provenance(), problem);
      }
    }
  }

  private @Nullable String problem(Sandbox.Option option) {
    Word value = option.value();
    return switch (option.kind()) {
      case ARGV0 -> "a runtime starts the program under its own name";
      case UID, GID ->
          value != null && value.display().equals("0")
              ? null
              : "runc wants the first user of a user namespace to be 0; only 0 works";
      case ASSERT_USERNS_DISABLED ->
          sandbox.has(Setting.Kind.DISABLE_USERNS) ? null : "it needs `disable-userns`";
      case LOCK_FILE -> "a runtime locks no file";
      case SECCOMP -> "a bundle names system calls, and this is a compiled filter";
      case BLOCK, INFO, JSON_STATUS, PIDNS, SYNC, USERNS, USERNS2, USERNS_BLOCK ->
          "it is a protocol of bubblewrap's";
      case LEVEL_PREFIX,
          DISABLE_USERNS,
          HOSTNAME,
          EXEC_LABEL,
          FILE_LABEL,
          AS_PID_1,
          NOT_A_SECURITY_BOUNDARY,
          CLOSED_PARENTS ->
          null;
    };
  }

  private JsonObject config(OciMounts mounts, List<String> program) {
    JsonObject config = new JsonObject();
    config.addProperty("ociVersion", VERSION);
    config.add("process", process(program));
    JsonObject root = new JsonObject();
    root.addProperty("path", OciMounts.ROOT);
    root.addProperty("readonly", true);
    config.add("root", root);
    if (!mounts.hasReadOnlyRoot()) {
      shortfalls.otherwise(null, "the root, which bubblewrap has in memory, is read-only");
    }
    String hostname = option(Setting.Kind.HOSTNAME);
    if (hostname != null) {
      config.addProperty("hostname", hostname);
    }
    config.add("mounts", mounts.mounts());
    config.add("linux", linux(mounts));
    if (!plan.stdinInherited()) {
      shortfalls.wider(
          null,
          "the spec gives the program no input, and a runtime gives it the caller's; start it with"
              + " `</dev/null`");
    }
    return config;
  }

  private JsonObject process(List<String> program) {
    JsonObject process = new JsonObject();
    process.addProperty("terminal", false);
    boolean mapped = ownUsers();
    JsonObject who = new JsonObject();
    who.addProperty("uid", mapped ? 0 : user);
    who.addProperty("gid", mapped ? 0 : group);
    who.addProperty("umask", umask);
    process.add("user", who);
    if (mapped && user != 0 && option(Setting.Kind.UID) == null) {
      shortfalls.otherwise(
          null, "the program is user 0 of a user namespace, with the rights of user " + user);
    }
    JsonArray args = new JsonArray();
    Word entry = plan.entry();
    if (entry != null) {
      args.add(entry.display());
    }
    program.forEach(args::add);
    process.add("args", args);
    JsonArray env = new JsonArray();
    for (Spec.Variable variable : plan.env().variables()) {
      if (variable instanceof Spec.SetVariable set) {
        env.add(set.name() + "=" + Word.of(set.value()).display());
      }
    }
    process.add("env", env);
    if (plan.env().variables().stream().noneMatch(one -> one.name().equals(HOME))) {
      shortfalls.otherwise(null, "runc sets HOME, since the spec does not");
    }
    Sandbox.Chdir chdir = sandbox.supervision().chdir();
    process.addProperty("cwd", chdir == null ? "/" : chdir.path().display());
    if (chdir == null) {
      shortfalls.otherwise(null, "without `chdir`, the program starts in /");
    }
    process.add("capabilities", capabilities());
    process.addProperty("noNewPrivileges", true);
    String label = option(Setting.Kind.EXEC_LABEL);
    if (label != null) {
      process.addProperty("selinuxLabel", label);
    }
    OciLimits.process(sandbox, process, shortfalls);
    supervision(sandbox.supervision());
    return process;
  }

  private void supervision(Sandbox.Supervision supervision) {
    if (supervision.diesWithParent()) {
      shortfalls.otherwise(
          null, "`die-with-parent`: a runtime that is killed leaves the program running");
    }
    if (!supervision.newSession()) {
      shortfalls.otherwise(null, "the program has a session of its own, without `new-session` too");
    }
    if (sandbox.hasPid1()) {
      shortfalls.otherwise(null, "the program is process 1, as with `as-pid-1`");
    }
  }

  private @Nullable String option(Setting.Kind kind) {
    for (Sandbox.Option option : sandbox.options()) {
      Word value = option.value();
      if (option.kind() == kind && value != null) {
        return value.display();
      }
    }
    return null;
  }

  // Drops come before adds, and a line that names one overrides ALL.
  private JsonObject capabilities() {
    Set<String> all = new TreeSet<>(Capabilities.names());
    all.remove(Capabilities.ALL);
    Set<String> held = user == 0 ? new TreeSet<>(all) : new TreeSet<>();
    for (boolean add : List.of(false, true)) {
      for (Spec.CapChange change : sandbox.capabilities()) {
        if (change.add() == add && change.name().equals(Capabilities.ALL)) {
          held = add ? new TreeSet<>(all) : new TreeSet<>();
        }
      }
    }
    for (Spec.CapChange change : sandbox.capabilities()) {
      if (!change.add()) {
        held.remove(change.name());
      }
    }
    for (Spec.CapChange change : sandbox.capabilities()) {
      if (change.add() && !change.name().equals(Capabilities.ALL)) {
        held.add(change.name());
      }
    }
    // A new user namespace would give those back that the caller has gone without.
    held.retainAll(bounds);
    JsonObject sets = new JsonObject();
    for (String set : List.of("bounding", "effective", "permitted")) {
      sets.add(set, OciJson.strings(held));
    }
    return sets;
  }

  // Whoever is not root has them anyway: bubblewrap makes a user namespace for him.
  private boolean ownUsers() {
    return user != 0 || sandbox.namespaces().wants(Namespace.USER);
  }

  private JsonObject linux(OciMounts mounts) {
    JsonObject linux = new JsonObject();
    JsonArray namespaces = new JsonArray();
    for (String type : namespaces()) {
      JsonObject one = new JsonObject();
      one.addProperty("type", type);
      namespaces.add(one);
    }
    linux.add("namespaces", namespaces);
    if (ownUsers()) {
      linux.add("uidMappings", mappings(user, IdMap.Kind.USERS));
      linux.add("gidMappings", mappings(group, IdMap.Kind.GROUPS));
    }
    linux.add("readonlyPaths", OciJson.strings(new LinkedHashSet<>(mounts.readOnly())));
    // As bubblewrap does: what is mounted here never reaches the host.
    linux.addProperty("rootfsPropagation", "rslave");
    JsonObject resources = OciLimits.resources(sandbox, shortfalls);
    if (resources.size() > 0) {
      linux.add("resources", resources);
    }
    JsonObject filter = OciSeccomp.filter(sandbox, shortfalls);
    if (filter != null) {
      linux.add("seccomp", filter);
    }
    String label = option(Setting.Kind.FILE_LABEL);
    if (label != null) {
      linux.addProperty("mountLabel", label);
    }
    return linux;
  }

  private Set<String> namespaces() {
    Set<String> types = new LinkedHashSet<>(List.of("mount"));
    if (ownUsers()) {
      types.add("user");
    }
    NAMES.forEach(
        (namespace, name) -> {
          if (sandbox.namespaces().wants(namespace)) {
            types.add(name);
          }
        });
    return types;
  }

  // The caller is number 0 in there.
  private JsonArray mappings(int caller, IdMap.Kind kind) {
    JsonArray all = new JsonArray();
    all.add(mapping(0, caller, 1));
    for (IdMap map : sandbox.maps()) {
      if (map.kind() == kind) {
        all.add(mapping(map.inside(), map.outside(), map.count()));
      }
    }
    return all;
  }

  private static JsonObject mapping(long inside, long outside, long count) {
    JsonObject one = new JsonObject();
    one.addProperty("containerID", inside);
    one.addProperty("hostID", outside);
    one.addProperty("size", count);
    return one;
  }
}
