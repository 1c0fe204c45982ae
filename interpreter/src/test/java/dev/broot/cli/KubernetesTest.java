package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.broot.support.Host;
import dev.broot.support.Run;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spec as a Job, which a mock of the API server takes. No cluster has run one. */
@EnableKubernetesMockClient(crud = true)
@NullUnmarked
class KubernetesTest {
  private static final String PLAIN =
      "broot 1\nbase none\nuid 1000\ngid 1000\nunshare user\nunshare net\nunshare uts\nproc /proc\ndev /dev\n"
          + "tmpfs /tmp size 64MiB\n";

  KubernetesClient client;

  @TempDir Path temp;
  private Path work;

  @BeforeEach
  void work() throws IOException {
    work = Files.createDirectory(temp.toRealPath().resolve("work"));
    Files.createDirectory(work.resolve("keys"));
    Files.writeString(work.resolve("secret"), "secret\n");
    Files.writeString(work.resolve("said"), "said\n");
  }

  private Run.Result export(String name, String spec, String... words) throws IOException {
    Path file = Files.writeString(temp.resolve(name), spec);
    List<String> command = new ArrayList<>(List.of("export", "kubernetes", file.toString()));
    command.addAll(List.of(words));
    return Called.broot(command.toArray(new String[0]));
  }

  private List<HasMetadata> made(String name, String spec, String... words) throws IOException {
    Host.assumeRoot();
    // Where the tests run in a network of their own, it has nothing yet.
    Run.run("ip", "link", "set", "lo", "up");
    Run.Result result = export(name, spec, words);
    assertThat(result.status()).as(result.err()).isZero();
    List<HasMetadata> objects;
    // A machine with much else to do takes its time to accept a connection.
    Config patient =
        new ConfigBuilder(client.getConfiguration())
            .withConnectionTimeout(120_000)
            .withRequestTimeout(120_000)
            .build();
    try (KubernetesClient server = new KubernetesClientBuilder().withConfig(patient).build()) {
      objects =
          server
              .load(new ByteArrayInputStream(result.out().getBytes(StandardCharsets.UTF_8)))
              .inNamespace("farm")
              .create();
    }
    // Nothing is said that the models have no field for.
    try (var texts =
        new ObjectMapper(new YAMLFactory())
            .readerFor(JsonNode.class)
            .<JsonNode>readValues(result.out())) {
      for (HasMetadata object : objects) {
        assertThat(object.getKind()).isEqualTo(texts.next().get("kind").textValue());
      }
    }
    return objects;
  }

  private static <T> T the(Class<T> kind, List<HasMetadata> objects) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }

  private static PodSpec pod(List<HasMetadata> objects) {
    return the(Job.class, objects).getSpec().getTemplate().getSpec();
  }

  private static Map<String, VolumeMount> mounts(PodSpec pod) {
    return pod.getContainers().get(0).getVolumeMounts().stream()
        .collect(Collectors.toMap(VolumeMount::getMountPath, one -> one));
  }

  private static Volume volume(PodSpec pod, String place) {
    String name = mounts(pod).get(place).getName();
    return pod.getVolumes().stream().filter(one -> one.getName().equals(name)).findFirst().get();
  }

  /** The rules of https://kubernetes.io/docs/concepts/security/pod-security-standards. */
  private static List<String> againstRestricted(PodSpec pod) {
    List<String> all = new ArrayList<>();
    Container container = pod.getContainers().get(0);
    var of = container.getSecurityContext();
    for (Volume volume : pod.getVolumes()) {
      if (volume.getEmptyDir() == null && volume.getConfigMap() == null) {
        all.add("volume " + volume.getName());
      }
    }
    for (Boolean host : new Boolean[] {pod.getHostIPC(), pod.getHostNetwork(), pod.getHostPID()}) {
      if (Boolean.TRUE.equals(host)) {
        all.add("a namespace of the node");
      }
    }
    if (!Boolean.TRUE.equals(pod.getSecurityContext().getRunAsNonRoot())
        || pod.getSecurityContext().getRunAsUser() == 0) {
      all.add("root");
    }
    if (!"RuntimeDefault".equals(pod.getSecurityContext().getSeccompProfile().getType())) {
      all.add("seccomp");
    }
    if (!Boolean.FALSE.equals(of.getAllowPrivilegeEscalation())
        || !Boolean.FALSE.equals(of.getPrivileged())) {
      all.add("escalation");
    }
    if (!of.getCapabilities().getDrop().equals(List.of("ALL"))
        || !of.getCapabilities().getAdd().isEmpty()) {
      all.add("capabilities");
    }
    return all;
  }

  @Test
  void restrictedTakesWhatShowsNothingOfANode() throws IOException {
    String spec =
        PLAIN
            + "hostname box\nchdir /tmp\nlimit memory 64MiB\nlimit cpu 150%\n"
            + "text /etc/said = \"it's\\nsaid\" mode 0755\nsymlink /etc/said -> /link\n";
    List<HasMetadata> objects =
        made("s.broot", spec, "--timeout=90s", "--kill-after=1500ms", "--", "/pause", "-v");
    PodSpec pod = pod(objects);
    assertThat(againstRestricted(pod)).isEmpty();
    assertThat(pod.getHostname()).isEqualTo("box");
    assertThat(pod.getActiveDeadlineSeconds()).isEqualTo(90);
    assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(2);
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getRestartPolicy()).isEqualTo("Never");
    assertThat(the(Job.class, objects).getSpec().getBackoffLimit()).isZero();
    Container container = pod.getContainers().get(0);
    assertThat(container.getCommand()).containsExactly("/pause", "-v");
    assertThat(container.getWorkingDir()).isEqualTo("/tmp");
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getResources().getLimits()).hasToString("{memory=67108864, cpu=1500m}");
    assertThat(container.getImage()).contains("@sha256:");
    assertThat(volume(pod, "/tmp").getEmptyDir().getMedium()).isEqualTo("Memory");
    assertThat(volume(pod, "/tmp").getEmptyDir().getSizeLimit()).hasToString("67108864");
    assertThat(the(ConfigMap.class, objects).getData()).containsValue("it's\nsaid");
    assertThat(mounts(pod).get("/link").getSubPath())
        .isEqualTo(mounts(pod).get("/etc/said").getSubPath());
    assertThat(volume(pod, "/link").getConfigMap().getItems().get(0).getMode()).isEqualTo(0555);
    NetworkPolicy policy = the(NetworkPolicy.class, objects);
    assertThat(objects.get(0)).as("it is there before the program").isSameAs(policy);
    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getSpec().getEgress()).isEmpty();
    assertThat(policy.getSpec().getIngress()).isEmpty();
    assertThat(policy.getSpec().getPodSelector().getMatchLabels())
        .isEqualTo(the(Job.class, objects).getSpec().getTemplate().getMetadata().getLabels());
  }

  @Test
  void whatIsCoveredIsCoveredBehindEachLinkToo() throws IOException {
    String spec =
        PLAIN
            + ("bind rw " + work + " -> /work\nhide /work/secret\nhide /work/keys\n")
            + "symlink work -> /other\nsymlink /other/said -> /one\n";
    PodSpec pod = pod(made("s.broot", spec, "--allow-wider", "--", "/bin/sh"));
    for (String place : List.of("/work", "/other")) {
      assertThat(volume(pod, place).getHostPath().getPath()).isEqualTo(work.toString());
      assertThat(volume(pod, place).getHostPath().getType()).isEqualTo("Directory");
      assertThat(mounts(pod).get(place).getReadOnly()).isNotEqualTo(true);
      assertThat(mounts(pod).get(place + "/secret").getSubPath()).startsWith("file-");
      assertThat(mounts(pod).get(place + "/keys").getReadOnly()).isTrue();
      assertThat(volume(pod, place + "/keys").getEmptyDir()).isNotNull();
    }
    assertThat(volume(pod, "/one").getHostPath().getPath()).isEqualTo(work + "/said");
    assertThat(volume(pod, "/one").getHostPath().getType()).isEqualTo("File");
    assertThat(againstRestricted(pod)).isNotEmpty();
    Run.Result result = export("s.broot", spec, "--allow-wider", "--", "/bin/sh");
    assertThat(result.err()).contains("`restricted` refuses it, since it shows directories");
  }

  @Test
  void theHostsProgramsAreReadOnly() throws IOException {
    PodSpec pod = pod(made("s.broot", "broot 1\nbase host\n", "--", "true"));
    VolumeMount usr = mounts(pod).get("/usr");
    assertThat(usr.getReadOnly()).isTrue();
    assertThat(usr.getRecursiveReadOnly()).isEqualTo("Enabled");
    assertThat(mounts(pod)).containsKeys("/bin", "/lib", "/etc", "/etc/passwd", "/tmp");
    assertThat(mounts(pod).keySet()).noneMatch(place -> place.startsWith("/proc"));
  }

  @Test
  void hostileNamesStayNames() throws IOException {
    String word = "it's: \"$(HOME)\" $$ {}\n---\nkind: Pod\n# \\ \u0001é";
    String spec =
        PLAIN
            + "env A_1 = \"x: \\\"y\\\"\\n- \\$(A_1)\"\n"
            + "tmpfs \"/a\\nb {'\\\"\"\ntext \"/etc/ x\" = \"%YAML: \\n---\\n\"\n";
    String name = "It's: a\nname-\"--- ☂ of a job that nobody has seen.broot";
    List<HasMetadata> objects = made(name, spec, "--", "/bin/echo", word, "");
    assertThat(objects).hasSize(3);
    String plain = objects.get(0).getMetadata().getName();
    assertThat(plain).matches("it-s-a-name-of-a-job[a-z0-9-]*-[0-9a-f]{12}").hasSizeLessThan(64);
    Container container = pod(objects).getContainers().get(0);
    assertThat(container.getCommand()).containsExactly("/bin/echo", word.replace("$", "$$"), "");
    assertThat(container.getEnv()).contains(new EnvVar("A_1", "x: \"y\"\n- $$(A_1)", null));
    assertThat(mounts(pod(objects))).containsKeys("/a\nb {'\"", "/etc/ x");
    assertThat(the(ConfigMap.class, objects).getData()).containsValue("%YAML: \n---\n");
    List<HasMetadata> other = made("☂.broot", spec, "--", "/bin/echo");
    assertThat(other.get(0).getMetadata().getName()).matches("job-[0-9a-f]{12}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scratch /var prefix x-\\nvardir /var/tmp",
        "net allow example.org:443",
        "net user",
        "env inherit because \"x\"",
        "descriptor inherit listen",
        "argv0 other",
        "unshare uts\\nhostname Not_DNS",
        "seccomp /etc/filter",
        "syscalls deny mount",
        "lock-file /usr/x",
        "unsafe raw [\"--hostname\", \"x\"] because \"x\"",
        "bind-data rw /etc/hostname -> /x",
        "bind dev /dev/null -> /x",
        "bind ro /srv/broot-has-none -> /x",
        "bind ro /usr -> \"/a:b\"",
        "overlay [\"/usr\", \"/etc\"] ro -> /o",
        "symlink /nowhere -> /link",
        "symlink /tmp/inner -> /link",
        "limit pids 10",
        "limit open-files 100",
        "dir /locked\\ndir /locked/inner\\ntmpfs /locked/x\\nremount-ro /locked/x\\ntmpfs /locked/x/y",
      })
  void whatAPodCannotHoldIsNamedWithItsLine(String lines) throws IOException {
    String spec = "broot 1\nbase none\n" + lines.replace("\\n", "\n") + "\ntmpfs /tmp\n";
    for (String more : List.of("--allow-wider", "--line=env X = y")) {
      Run.Result result = export("s.broot", spec, more, "--", "true");
      assertThat(result.status()).as(lines + result).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("error[");
      assertThat(result.err())
          .containsPattern("s\\.broot:[3-7]:1: error.BR804.: a Pod cannot hold");
    }
  }

  @Test
  void whatIsLessIsListed() throws IOException {
    String spec = PLAIN + "bind rw " + work + " -> /work\nhide /work/none optional\n";
    Run.Result refused = export("s.broot", spec, "--image=busybox", "--", "sh");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("s.broot:12:1: error[BR805]", "may be another one tomorrow");
    Path target = temp.resolve("job.yaml");
    Run.Result wider =
        export("s.broot", spec, "--image=busybox", "--allow-wider", "-o", target + "", "--", "sh");
    assertThat(wider.status()).as(wider.err()).isZero();
    assertThat(wider.err()).contains("s.broot:12:1: warning[BR805]");
    assertThat(target).content().contains("image: \"busybox\"");
    assertThat(Files.getPosixFilePermissions(target)).hasSize(2);
  }

  @Test
  void addressesAreAllowedByThePolicy() throws IOException {
    String spec =
        "broot 1\nbase none\nunshare user\nnet allow 192.0.2.7:443\nnet allow [2001:db8::1]:22\n";
    NetworkPolicy policy =
        the(NetworkPolicy.class, made("s.broot", spec, "--allow-wider", "--", "x"));
    assertThat(policy.getSpec().getEgress())
        .extracting(
            rule ->
                rule.getTo().get(0).getIpBlock().getCidr()
                    + " "
                    + rule.getPorts().get(0).getPort().getIntVal())
        .containsExactly("192.0.2.7/32 443", "2001:db8::1/128 22");
  }

  @Test
  void whatIsNotUtf8TravelsAsBytesOrNotAtAll() throws IOException {
    Path bytes = Files.write(work.resolve("bytes"), new byte[] {(byte) 0xff, 0});
    String spec = PLAIN + "bind-data ro " + bytes + " -> /bytes\n";
    ConfigMap map = the(ConfigMap.class, made("s.broot", spec, "--", "x"));
    assertThat(map.getBinaryData()).containsValue("/wA=");
    Run.Result result = export("s.broot", spec, "--", "x\udcff");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("not UTF-8");
    Files.write(bytes, new byte[1_000_001]);
    assertThat(export("s.broot", spec, "--", "x").err()).contains("larger than a megabyte");
  }

  @Test
  void whatWasNotReviewedIsRefused() throws IOException {
    String zero = "sha256:" + "0".repeat(64);
    assertThat(export("s.broot", PLAIN, "--expect-plan", zero, "--", "x").status()).isEqualTo(1);
    assertThat(export("s.broot", PLAIN).status()).isEqualTo(2);
    assertThat(export("s.broot", PLAIN, "--status-file=x", "--", "x").status()).isEqualTo(2);
  }
}
