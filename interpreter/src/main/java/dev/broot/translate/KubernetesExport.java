package dev.broot.translate;

import dev.broot.plan.Host;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Resolver;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Step;
import dev.broot.plan.UnresolvedException;
import dev.broot.plan.Word;
import dev.broot.spec.Caller;
import dev.broot.spec.IdMap;
import dev.broot.spec.Limit;
import dev.broot.spec.Namespace;
import dev.broot.spec.Network;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Syscall;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A plan as a Job of Kubernetes. What the plan asks of the host is asked once, here; a node that
 * has something else at a place does not start the Pod. What a Pod cannot hold is told with the
 * line that asks for it.
 */
public final class KubernetesExport {
  /** An image that has one static program and nothing else. */
  public static final String EMPTY_IMAGE =
      "registry.k8s.io/pause:3.10@sha256:ee6521f290b2168b6e0935a181d4cff9be1ac3f505666ef0e3c98fae8199917a";

  private static final Pattern PINNED = Pattern.compile("[^\\s@]+@sha256:[0-9a-f]{64}");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int MILLIS = 10;

  private final Plan plan;
  private final Sandbox sandbox;
  private final int user;
  private final Shortfalls shortfalls = new Shortfalls();
  private final KubernetesParts parts = new KubernetesParts();

  private KubernetesExport(Plan plan, int user) {
    this.plan = plan;
    this.sandbox = plan.sandbox();
    this.user = user;
  }

  /**
   * The Job of a plan, for whom this process is.
   *
   * @param inherit the line that takes over the caller's environment, or null
   * @throws UnresolvedException when the host has no answer to what the plan asks
   */
  public static KubernetesJob job(
      Plan plan,
      @Nullable Provenance inherit,
      Host host,
      KubernetesRequest request,
      KubernetesRequest.Reader reader)
      throws UnresolvedException {
    Plan resolved = Resolver.resolve(plan, host);
    int user = OncePerExport.number(host, Caller.UID);
    KubernetesExport export = new KubernetesExport(resolved, user);
    Shortfalls shortfalls = export.shortfalls;
    OncePerExport.masks(plan, host, shortfalls);
    export.refused(inherit);
    KubernetesTexts texts = new KubernetesTexts(reader, shortfalls);
    KubernetesMounts mounts = new KubernetesMounts(host, texts, shortfalls);
    Map<String, KubernetesMounts.Mount> places = mounts.all(resolved.sandbox().operations());
    for (Operation operation : Resolver.leftOut(plan, host)) {
      mounts.leftOut(operation, "the host has not what the line asks for");
    }
    OncePerExport.judged(plan, "the Job", shortfalls);
    export.parts.mounts(places, texts.all());
    export.user(OncePerExport.number(host, Caller.GID), places);
    export.network();
    export.limits();
    export.environment();
    export.program(request);
    export.restricted(places);
    return new KubernetesJob(plan.name(), export.parts, shortfalls);
  }

  private void refused(@Nullable Provenance inherit) {
    Network network = sandbox.network();
    for (Step step : plan.setup()) {
      if (network == null || !step.provenance().equals(network.provenance())) {
        shortfalls.refuse(step.provenance(), "it sets up the host, and a Pod sets nothing up");
      }
    }
    OncePerExport.descriptors(sandbox, shortfalls);
    shortfalls.refuseEach(
        sandbox.maps(), IdMap::provenance, "a Pod's users are the cluster's to choose");
    if (plan.env().inherit()) {
      shortfalls.refuse(inherit, "a Job's environment is known before it runs");
    }
    shortfalls.refuseEach(
        sandbox.syscalls(),
        Syscall::provenance,
        "a Pod names a filter that lies on its node, and cannot bring one");
    for (Sandbox.Option option : sandbox.options()) {
      String problem = problem(option);
      if (problem != null) {
        shortfalls.refuse(option.provenance(), problem);
      }
    }
    for (Spec.CapChange change : sandbox.capabilities()) {
      if (change.add()) {
        capability(change);
      }
    }
    if (plan.stdinInherited()) {
      shortfalls.otherwise(null, "the program has no input");
    }
    if (sandbox.hasPid1()) {
      shortfalls.otherwise(null, "the program is process 1, as with `as-pid-1`");
    }
    shortfalls.otherwise(
        null,
        "every Pod has a procfs, a read-only sysfs, devices of its own, and KUBERNETES_… variables");
  }

  private void capability(Spec.CapChange change) {
    if (user != 0 || sandbox.namespaces().wants(Namespace.USER)) {
      shortfalls.wider(
          change.provenance(),
          "a Pod's capabilities are those of its node, and not of a user namespace");
    }
    parts.capability(change.name());
  }

  private @Nullable String problem(Sandbox.Option option) {
    Word value = option.value();
    String text = value == null ? "" : value.display();
    return switch (option.kind()) {
      case ARGV0 -> "a runtime starts the program under its own name";
      case UID, GID ->
          text.matches("[0-9]{1,9}") ? null : "a Pod takes numbers up to 999999999 only";
      case HOSTNAME ->
          LABEL.matcher(text).matches()
              ? parts.hostname(text)
              : "a Pod's name has up to 63 lower-case letters, digits and dashes";
      case DISABLE_USERNS, ASSERT_USERNS_DISABLED ->
          // The filter that is every runtime's default leaves it to CAP_SYS_ADMIN.
          sandbox.capabilities().stream().noneMatch(Spec.CapChange::add)
              ? null
              : "with `cap add`, the filter of a runtime lets the program make user namespaces";
      case LOCK_FILE -> "a runtime locks no file";
      case SECCOMP -> "a Pod names a filter that lies on its node, and cannot bring one";
      case EXEC_LABEL, FILE_LABEL -> "which labels a node knows is not the spec's to say";
      case BLOCK, INFO, JSON_STATUS, PIDNS, SYNC, USERNS, USERNS2, USERNS_BLOCK ->
          "it is a protocol of bubblewrap's";
      case LEVEL_PREFIX, AS_PID_1, NOT_A_SECURITY_BOUNDARY, CLOSED_PARENTS -> null;
    };
  }

  private Sandbox.@Nullable Option option(Setting.Kind kind) {
    return sandbox.options().stream()
        .filter(option -> option.kind() == kind)
        .findFirst()
        .orElse(null);
  }

  private static long number(Sandbox.@Nullable Option option, int otherwise) {
    Word value = option == null ? null : option.value();
    String text = value == null ? "" : value.display();
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : otherwise;
  }

  // Whoever the program is in a Pod, it is on the node too.
  private void user(int group, Map<String, KubernetesMounts.Mount> places) {
    Sandbox.Option uid = option(Setting.Kind.UID);
    Sandbox.Option gid = option(Setting.Kind.GID);
    long own = number(uid, user);
    long owns = number(gid, group);
    boolean node = places.values().stream().anyMatch(KubernetesParts::isOfNode);
    if (node && user != 0) {
      String what = "what it may read and write on the node is what this user or group may";
      if (own != user && uid != null) {
        shortfalls.wider(uid.provenance(), what);
      }
      if (owns != group && gid != null) {
        shortfalls.wider(gid.provenance(), what);
      }
    }
    parts.user(own, owns);
  }

  private void network() {
    Network network = sandbox.network();
    if (network == null) {
      if (sandbox.namespaces().wants(Namespace.NET)) {
        parts.policy();
      } else {
        shortfalls.otherwise(
            null, "the network is the cluster's, as any Pod sees it, and not the node's");
        return;
      }
    } else if (network.outside() != null) {
      shortfalls.refuse(network.outside(), "no policy says which address is the node's own");
      return;
    } else {
      parts.policy();
      for (Network.Host one : network.hosts()) {
        if (one.kind() == Network.Kind.ADDRESS) {
          parts.allow(one.name(), one.port());
        } else {
          shortfalls.refuse(one.provenance(), "a NetworkPolicy knows addresses, and no names");
        }
      }
    }
    shortfalls.otherwise(
        null, "the NetworkPolicy is held by a cluster whose network plugin has policies only");
  }

  private void limits() {
    for (Limit limit : sandbox.limits()) {
      switch (limit.kind()) {
        case MEMORY -> parts.limit("memory", new Quantity(String.valueOf(limit.amount())));
        case CPU -> parts.limit("cpu", new Quantity(limit.amount() * MILLIS + "m"));
        default -> {
          String what = "a Pod has no limit of this kind";
          if (limit.bestEffort()) {
            shortfalls.otherwise(limit.provenance(), what);
          } else {
            shortfalls.refuse(limit.provenance(), what);
          }
        }
      }
    }
  }

  private void environment() {
    Map<String, String> all = new LinkedHashMap<>();
    for (Spec.Variable variable : plan.env().variables()) {
      if (variable instanceof Spec.SetVariable set) {
        all.put(set.name(), Word.of(set.value()).display());
      } else {
        all.remove(variable.name());
        if (variable instanceof Spec.UnsetVariable) {
          shortfalls.otherwise(
              variable.provenance(), "an image may set it all the same; the default one does not");
        }
      }
    }
    parts.environment(all);
  }

  private void program(KubernetesRequest request) {
    Word entry = plan.entry();
    Sandbox.Chdir chdir = sandbox.supervision().chdir();
    String image = request.image();
    if (image == null) {
      shortfalls.otherwise(null, "the root is the one of " + EMPTY_IMAGE + ", which has /pause");
    } else if (PINNED.matcher(image).matches()) {
      shortfalls.otherwise(null, "the program finds all that the image has: " + image);
    } else {
      shortfalls.wider(
          null, "the image may be another one tomorrow; pin it, as NAME@sha256:DIGEST: " + image);
    }
    parts.program(
        entry == null ? null : entry.display(),
        chdir == null ? "/" : chdir.path().display(),
        request,
        image == null ? EMPTY_IMAGE : image);
  }

  // The rules of Pod security, as far as a spec can be against them.
  private void restricted(Map<String, KubernetesMounts.Mount> places) {
    String against = null;
    if (places.values().stream().anyMatch(KubernetesParts::isOfNode)) {
      against = "it shows directories of the node (hostPath)";
    } else if (parts.isRoot()) {
      against = "the program is root; write `uid 1000` and `gid 1000`";
    } else if (sandbox.capabilities().stream().anyMatch(Spec.CapChange::add)) {
      against = "it adds capabilities";
    }
    shortfalls.otherwise(
        null,
        against == null
            ? "Pod security `restricted` takes it"
            : "Pod security `restricted` refuses it, since " + against);
  }
}
