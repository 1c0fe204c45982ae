package dev.broot.translate;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parts of a Job, in the models of Kubernetes. */
final class KubernetesParts {
  private static final String LABEL = "broot-job";
  private static final String TEXTS = "texts";
  private static final String FILE = "file-";

  private final Map<KubernetesMounts.From, String> names = new LinkedHashMap<>();
  private final List<Volume> volumes = new ArrayList<>();
  private final List<VolumeMount> mounts = new ArrayList<>();
  private final Map<Integer, Integer> modes = new TreeMap<>();
  private final List<String> added = new ArrayList<>();
  private final Map<String, Quantity> limits = new LinkedHashMap<>();
  private final List<EnvVar> environment = new ArrayList<>();
  private final List<NetworkPolicyEgressRule> allowed = new ArrayList<>();
  private List<byte[]> texts = List.of();
  private List<String> command = List.of();
  private String image = "";
  private String directory = "/";
  private @Nullable String hostname;
  private @Nullable Long deadline;
  private @Nullable Long grace;
  private boolean policy;
  private long user;
  private long group;

  static boolean isOfNode(KubernetesMounts.Mount mount) {
    return mount.from() instanceof KubernetesMounts.Node;
  }

  void mounts(Map<String, KubernetesMounts.Mount> places, List<byte[]> contents) {
    texts = contents;
    places.forEach(
        (place, mount) -> {
          VolumeMountBuilder one = new VolumeMountBuilder().withMountPath(place);
          if (mount.from() instanceof KubernetesMounts.Text text) {
            modes.merge(text.number(), text.mode(), (a, b) -> a | b);
            one.withName(TEXTS).withSubPath(FILE + text.number()).withReadOnly(true);
          } else {
            one.withName(names.computeIfAbsent(mount.from(), this::volume));
            if (mount.readOnly()) {
              // What is mounted below it on the node too.
              one.withReadOnly(true).withRecursiveReadOnly("Enabled");
            }
          }
          mounts.add(one.build());
        });
  }

  private String volume(KubernetesMounts.From from) {
    String name = (from instanceof KubernetesMounts.Node ? "node-" : "memory-") + names.size();
    VolumeBuilder volume = new VolumeBuilder().withName(name);
    if (from instanceof KubernetesMounts.Node node) {
      volume.withNewHostPath(node.path(), node.type());
    } else if (from instanceof KubernetesMounts.Memory memory) {
      Long size = memory.size();
      volume
          .withNewEmptyDir()
          .withMedium("Memory")
          .withSizeLimit(size == null ? null : new Quantity(size.toString()))
          .endEmptyDir();
    }
    volumes.add(volume.build());
    return name;
  }

  @Nullable String hostname(String name) {
    hostname = name;
    return null;
  }

  // As Kubernetes says them: without CAP_.
  void capability(String name) {
    added.add(name.startsWith("CAP_") ? name.substring("CAP_".length()) : name);
  }

  void user(long number, long ofGroup) {
    user = number;
    group = ofGroup;
  }

  boolean isRoot() {
    return user == 0;
  }

  void policy() {
    policy = true;
  }

  void allow(String address, int port) {
    allowed.add(
        new NetworkPolicyEgressRuleBuilder()
            .addNewTo()
            .withNewIpBlock()
            .withCidr(address + (address.indexOf(':') < 0 ? "/32" : "/128"))
            .endIpBlock()
            .endTo()
            .addNewPort()
            .withProtocol("TCP")
            .withNewPort(port)
            .endPort()
            .build());
  }

  void limit(String kind, Quantity amount) {
    limits.put(kind, amount);
  }

  // The API puts variables in the place of $(NAME), and takes $$ for $.
  private static String plain(String text) {
    return text.replace("$", "$$");
  }

  void environment(Map<String, String> all) {
    all.forEach((name, value) -> environment.add(new EnvVar(name, plain(value), null)));
  }

  void program(@Nullable String entry, String where, KubernetesRequest request, String of) {
    List<String> words = new ArrayList<>();
    if (entry != null) {
      words.add(plain(entry));
    }
    request.program().forEach(word -> words.add(plain(word)));
    command = words;
    directory = where;
    image = of;
    deadline = request.deadline();
    grace = request.grace();
  }

  /** The objects, in the order in which they are made. */
  List<HasMetadata> objects(String name) {
    List<HasMetadata> all = new ArrayList<>();
    Map<String, String> label = Map.of(LABEL, name);
    ObjectMeta meta = new ObjectMetaBuilder().withName(name).withLabels(label).build();
    if (policy) {
      all.add(
          new NetworkPolicyBuilder()
              .withMetadata(meta)
              .withNewSpec()
              .withNewPodSelector()
              .withMatchLabels(label)
              .endPodSelector()
              .withPolicyTypes("Ingress", "Egress")
              .withEgress(allowed)
              .endSpec()
              .build());
    }
    if (!modes.isEmpty()) {
      all.add(map(meta));
    }
    all.add(
        new JobBuilder()
            .withMetadata(meta)
            .withNewSpec()
            .withBackoffLimit(0)
            .withNewTemplate()
            .withNewMetadata()
            .withLabels(label)
            .endMetadata()
            .withSpec(pod(name))
            .endTemplate()
            .endSpec()
            .build());
    return all;
  }

  private HasMetadata map(ObjectMeta meta) {
    ConfigMapBuilder map = new ConfigMapBuilder().withMetadata(meta).withImmutable(true);
    for (int number : modes.keySet()) {
      byte[] bytes = texts.get(number);
      String text = KubernetesTexts.text(bytes);
      if (text == null) {
        map.addToBinaryData(FILE + number, Base64.getEncoder().encodeToString(bytes));
      } else {
        map.addToData(FILE + number, text);
      }
    }
    return map.build();
  }

  private PodSpec pod(String name) {
    List<Volume> all = new ArrayList<>(volumes);
    if (!modes.isEmpty()) {
      List<KeyToPath> items = new ArrayList<>();
      modes.forEach(
          (number, mode) ->
              items.add(
                  new KeyToPathBuilder()
                      .withKey(FILE + number)
                      .withPath(FILE + number)
                      .withMode(mode)
                      .build()));
      all.add(
          new VolumeBuilder()
              .withName(TEXTS)
              .withNewConfigMap()
              .withName(name)
              .withItems(items)
              .endConfigMap()
              .build());
    }
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withHostname(hostname)
        .withActiveDeadlineSeconds(deadline)
        .withTerminationGracePeriodSeconds(grace)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withNewOs("linux")
        .withNewSecurityContext()
        .withRunAsUser(user)
        .withRunAsGroup(group)
        .withRunAsNonRoot(user != 0)
        .withSupplementalGroupsPolicy("Strict")
        .withNewSeccompProfile(null, "RuntimeDefault")
        .endSecurityContext()
        .withContainers(container())
        .withVolumes(all)
        .build();
  }

  private Container container() {
    Capabilities capabilities = new Capabilities(added.isEmpty() ? null : added, List.of("ALL"));
    return new ContainerBuilder()
        .withName("program")
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withCommand(command)
        .withWorkingDir(directory)
        .withEnv(environment)
        .withNewResources()
        .withLimits(limits.isEmpty() ? null : limits)
        .endResources()
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withPrivileged(false)
        .withReadOnlyRootFilesystem(true)
        .withCapabilities(capabilities)
        .endSecurityContext()
        .withVolumeMounts(mounts)
        .build();
  }
}
