package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.broot.script.DoctorScript;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Schemas;
import dev.broot.support.Specs;
import dev.broot.support.SubordinateIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts from which one thing was taken away: {@code broot doctor} finds it, and has a cure. */
class DoctorTest {
  private static final String PATH = System.getenv("PATH");

  @TempDir Path temp = Path.of("");
  private Path bin = temp;

  @BeforeEach
  void files() throws IOException {
    Host.assumeRoot();
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    bin = Files.createDirectories(temp.resolve("bin"));
    file("doctor.sh", DoctorScript.write(null));
  }

  private Path file(String name, String text) throws IOException {
    Path file = Files.writeString(temp.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** What the script says of each feature, behind other commands. */
  private Map<String, String> said(Map<String, String> environment, List<String> around)
      throws IOException {
    List<String> command = new ArrayList<>(around);
    command.addAll(List.of("/bin/sh", temp + "/doctor.sh"));
    Map<String, @Nullable String> all = new HashMap<>();
    all.put("container", "docker");
    all.putAll(environment);
    Run.Result result = Run.run(all, null, command);
    assertThat(result.err()).isEmpty();
    Map<String, String> said = new LinkedHashMap<>();
    for (String line : result.out().lines().toList()) {
      String[] words = line.split("\t", -1);
      assertThat(words).as(line).hasSize(4);
      assertThat(words[1].equals("no")).as(line).isEqualTo(!words[3].isEmpty());
      said.put(words[0], words[1] + " " + words[2] + "; " + words[3]);
    }
    return said;
  }

  private static List<String> ordinary(String... more) {
    List<String> all = new ArrayList<>(StartingTest.ORDINARY);
    all.addAll(List.of(more));
    return all;
  }

  private static List<String> mapped(String setUp) {
    return ordinary("unshare", "-Urm", "sh", "-c", setUp + "; exec \"$@\"", "sh");
  }

  @Test
  void aHostIsAskedFeatureByFeature() throws IOException {
    Run.Result result = Run.run(BROOT, "doctor", "--format", "json");
    Schemas.assertValid("doctor.schema.json", result.out());
    assertThat(result.status()).as(result.out()).isZero();
    JsonObject root = JsonParser.parseString(result.out()).getAsJsonObject();
    assertThat(root.get("works").getAsBoolean()).isTrue();
    List<String> names =
        StreamSupport.stream(root.getAsJsonArray("features").spliterator(), false)
            .map(feature -> feature.getAsJsonObject().get("name").getAsString())
            .toList();
    assertThat(names).hasSize(DoctorScript.Feature.values().length);
    assertThat(Run.run(BROOT, "doctor").out())
        .contains("\nsandbox          ok bubblewrap makes a sandbox\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "base none;bind ro /usr -> /usr|0|host-proc tools bubblewrap sandbox",
        "base none;unshare all;unsafe share net because \"t\";proc /proc|0|host-proc tools bubblewrap sandbox namespaces proc",
        "base none;unshare net;unshare user;dev /dev"
            + "|0|host-proc tools bubblewrap sandbox user-namespaces network terminal",
        "base none;vardir /run/broot create;temp prefix broot-tmp-;text /a = b"
            + "|0|host-proc tools bubblewrap sandbox setup-tools tmpdir",
        "base none;tmpfs /a;limit pids 64|0|host-proc tools bubblewrap sandbox cgroups",
        "base none;tmpfs /a;net allow a.example:443|0|host-proc tools bubblewrap sandbox hosts setup-tools tmpdir",
        "base none;tmpfs /a;net allow *.example.org:443|0|host-proc tools bubblewrap sandbox hosts wildcards setup-tools tmpdir",
        "nonsense|1|",
      })
  void aSpecIsAskedForWhatItNeeds(String lines, int status, @Nullable String features)
      throws IOException {
    String text = "broot 1\n" + lines.replace(';', '\n') + "\n";
    Path spec = file("a.broot", text);
    Run.Result result = Run.run(BROOT, "doctor", spec.toString());
    assertThat(result.status()).as(result.toString()).isEqualTo(status);
    assertThat(String.join(" ", result.out().lines().map(line -> line.split(" ", 2)[0]).toList()))
        .isEqualTo(features == null ? "" : features);
  }

  @Test
  void userNamespacesThatAreSwitchedOff() throws IOException {
    Map<String, String> said = said(Map.of(), mapped("echo 0 >/proc/sys/user/max_user_namespaces"));
    assertThat(said.get("user-namespaces"))
        .startsWith("no user namespaces are switched off here")
        .contains("sysctl -w user.max_user_namespaces=15000");
    assertThat(said.get("nested")).startsWith("no a sandbox in a sandbox: user namespaces are");
    assertThat(said.get("network")).startsWith("ok ");
  }

  @Test
  void namespacesOfOtherKindsThatAreSwitchedOff() throws IOException {
    assertThat(said(Map.of(), mapped("echo 0 >/proc/sys/user/max_net_namespaces")).get("network"))
        .startsWith("no network namespaces are switched off here");
    Map<String, String> said = said(Map.of(), mapped("echo 0 >/proc/sys/user/max_pid_namespaces"));
    assertThat(said.get("proc")).startsWith("no PID namespaces are switched off here");
  }

  /** Others have some: what the cure names are none of theirs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other:100000:65536 | other:100000:9;x:165536:65536 | --add-subuids 165536-231071 --add-subgids 231072-296607",
        "other:5:5 | nobody:100000:65536 | --add-subuids 100000-165535",
        "65534:100000:65536 | other:100000:65536;y:08:010 | --add-subgids 165536-231071",
        "nobody:100000:65536 | nobody:100000:65536;other:200000:9 |",
      })
  void aUserWithoutSubordinateIds(String users, String groups, @Nullable String cure)
      throws IOException {
    Path uids = file("uids", users.replace(';', '\n') + "\n");
    Path gids = file("gids", groups.replace(';', '\n') + "\n");
    List<String> around = new ArrayList<>(SubordinateIds.given(uids, gids));
    around.addAll(ordinary());
    assertThat(said(Map.of(), around).get("subordinate-ids"))
        .isEqualTo(
            cure == null
                ? "ok users and groups beside the caller; "
                : "no /etc/subuid and /etc/subgid do not give nobody users and groups; as root, run `usermod "
                    + cure
                    + " nobody`");
  }

  @Test
  void aProcThatIsMasked() throws IOException {
    Map<String, String> said = said(Map.of(), mapped("mount -t tmpfs none /proc/irq"));
    assertThat(said.get("proc"))
        .startsWith("no no /proc can be mounted in the sandbox: parts of /proc are masked")
        .contains("docker run --security-opt systempaths=unconfined");
    assertThat(said.get("sandbox")).startsWith("ok ");
    assertThat(
            said(Map.of("container", "podman"), mapped("mount -t tmpfs none /proc/irq"))
                .get("proc"))
        .contains("podman run --security-opt unmask=ALL");
  }

  @ParameterizedTest
  @CsvSource({
    "docker,docker run --security-opt seccomp=unconfined",
    "podman,podman run --security-opt seccomp=unconfined",
    "lxc,security.nesting",
  })
  void aFilterOfSystemCalls(String container, String cure) throws IOException {
    file("filter.py", StartingTest.FILTER);
    Map<String, String> said =
        said(Map.of("container", container), ordinary("/usr/bin/python3", temp + "/filter.py"));
    assertThat(said.get("sandbox"))
        .startsWith("no user namespaces are forbidden, and a seccomp filter is set here")
        .contains(cure);
    assertThat(said.get("network")).startsWith("unknown ");
  }

  private void bwrap(String version, String message, String mode) throws IOException {
    Path fake =
        file(
            "bin/bwrap",
            "#!/bin/sh\n[ \"$1\" != --version ] || { echo '"
                + version
                + "'; exit 0; }\necho 'bwrap: "
                + message
                + "' >&2\nexit 1\n");
    assertThat(Run.run("chmod", mode, fake.toString()).status()).isZero();
  }

  private Map<String, String> path() {
    return Map.of("PATH", bin + ":" + PATH);
  }

  @Test
  void aBubblewrapThatSomebodyStops() throws IOException {
    bwrap("bubblewrap 0.8.0", "setting up uid map: Permission denied", "755");
    assertThat(said(path(), ordinary()).get("sandbox"))
        .contains("that is how AppArmor restricts user namespaces", "/etc/apparmor.d/bwrap");
    bwrap("bubblewrap 0.8.0", "Creating new namespace failed: Operation not permitted", "4755");
    Map<String, String> said = said(path(), ordinary("setpriv", "--no-new-privs"));
    assertThat(said.get("bubblewrap")).contains("it is setuid");
    assertThat(said.get("sandbox")).startsWith("no bwrap is setuid, and no_new_privs is set here");
    bwrap("nonsense", "x", "755");
    assertThat(said(path(), List.of()).get("bubblewrap")).contains("does not start, or is no");
  }

  @Test
  void aBubblewrapThatIsTooOld() throws IOException {
    bwrap("bubblewrap 0.4.1", "x", "755");
    file(
        "doctor.sh", DoctorScript.write(Specs.plan("broot 1\nbase none\ntmpfs /work size 1MiB\n")));
    assertThat(said(path(), List.of()).get("bubblewrap"))
        .startsWith("no test.broot:3: --size needs bubblewrap 0.7, and " + bin + "/bwrap is")
        .endsWith("install a newer one");
  }

  @Test
  void rootWithoutRights() throws IOException {
    List<String> weak =
        List.of(
            "setpriv",
            "--bounding-set=-sys_admin",
            "--inh-caps=-sys_admin",
            "sh",
            "-c",
            "exec \"$@\"",
            "sh");
    Map<String, String> said = said(Map.of(), weak);
    for (String feature : List.of("sandbox", "mounts")) {
      assertThat(said.get(feature)).startsWith("no this is uid 0 without CAP_SYS_ADMIN");
    }
  }

  @Test
  void aChroot() throws IOException {
    Map<String, String> said =
        said(Map.of(), List.of("unshare", "-m", "sh", "-c", StartingTest.CHROOT, temp.toString()));
    assertThat(said.get("sandbox"))
        .startsWith("no bubblewrap cannot change the root here: / is not a mount point");
  }

  @Test
  void toolsThatAreMissing() throws IOException {
    for (String tool : List.of("env", "stat", "sleep", "bwrap")) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin/" + tool));
    }
    Map<String, String> said = said(Map.of("PATH", bin.toString()), List.of());
    assertThat(said.get("tools")).startsWith("no not on PATH: setsid (package util-linux)");
    assertThat(said.get("setup-tools")).contains("unshare (package util-linux)", "umount");
    Files.delete(bin.resolve("bwrap"));
    assertThat(said(Map.of("PATH", bin.toString()), List.of()))
        .containsEntry("bubblewrap", "no bwrap is not on PATH; install the package bubblewrap")
        .doesNotContainKey("sandbox");
  }

  @ParameterizedTest
  @CsvSource({
    "noexec,it is mounted with noexec",
    "ro,nothing can be made in",
  })
  void aTmpdirThatIsOfNoUse(String option, String cause) throws IOException {
    String tmp = Files.createDirectory(temp.resolve("tmp")).toString();
    String mount = "mount -t tmpfs -o " + option + " none " + tmp + " && exec \"$@\"";
    Map<String, String> said =
        said(Map.of("TMPDIR", tmp), List.of("unshare", "-m", "sh", "-c", mount, "sh"));
    assertThat(said.get("tmpdir")).startsWith("no ").contains(cause, "let TMPDIR name");
    assertThat(said(Map.of("TMPDIR", tmp + "/none"), List.of()).get("tmpdir"))
        .contains("is not a directory");
    try (var left = Files.list(Path.of(tmp))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aProcThatHides() throws IOException {
    String hide = "mount -o remount,hidepid=2 /proc && exec \"$@\"";
    assertThat(
            said(Map.of(), List.of("unshare", "-mpf", "--mount-proc", "sh", "-c", hide, "sh"))
                .get("host-proc"))
        .startsWith("ok ")
        .contains("hidepid hides the processes of others");
    String none = "umount -l /proc && exec \"$@\"";
    assertThat(said(Map.of(), List.of("unshare", "-m", "sh", "-c", none, "sh")))
        .containsOnlyKeys("host-proc");
  }

  /** A container as runc makes it: masked paths, few rights. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "admin"})
  void aContainer(String rights) throws IOException {
    Host.assumeRunc();
    file(
        "config.py",
        """
        import json, os, subprocess, sys
        os.chdir(sys.argv[1])
        subprocess.run(['runc', 'spec'], check=True)
        config = json.load(open('config.json'))
        for name in ('bin', 'sbin', 'lib', 'lib64'):
            if os.path.exists('/usr/' + name):
                os.symlink('usr/' + name, 'rootfs/' + name)
        process = config['process']
        process.update(terminal=False, args=['sh', '/work/doctor.sh'])
        process['env'].append('container=docker')
        if sys.argv[2] == 'admin':
            for kind in process['capabilities'].values():
                kind += ['CAP_SYS_ADMIN', 'CAP_NET_ADMIN', 'CAP_SETUID', 'CAP_SETGID', 'CAP_SYS_CHROOT']
        config['root'] = {'path': 'rootfs', 'readonly': False}
        config['mounts'] = [mount for mount in config['mounts'] if mount['type'] != 'cgroup']
        for source, target in (('/usr', '/usr'), (sys.argv[1], '/work')):
            config['mounts'].append(
                {'destination': target, 'type': 'bind', 'source': source, 'options': ['rbind', 'ro']})
        config['linux']['resources'] = {}
        json.dump(config, open('config.json', 'w'))
        """);
    Files.createDirectories(temp.resolve("rootfs/usr"));
    Files.createDirectories(temp.resolve("rootfs/tmp"));
    assertThat(Run.run("python3", temp + "/config.py", temp.toString(), rights).status()).isZero();
    Run.Result result =
        Run.run(
            "runc",
            "--root",
            temp + "/state",
            "run",
            "--bundle",
            temp.toString(),
            "broot-doctor-" + UUID.randomUUID());
    assertThat(result.out())
        .as(result.toString())
        .contains(
            rights.equals("none")
                ? "sandbox\tno\tthis is uid 0 without CAP_SYS_ADMIN"
                : "sandbox\tok\t");
    assertThat(result.out()).contains("cgroups\tno\tno cgroup can be made");
  }

  @Test
  void theScriptIsCleanForShellcheck() throws IOException {
    Host.assumeShellcheck();
    assertThat(Run.run("shellcheck", temp + "/doctor.sh")).isEqualTo(new Run.Result(0, "", ""));
  }
}
