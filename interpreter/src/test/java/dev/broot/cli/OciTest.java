package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The third way to run a plan: real runc does with a bundle what bubblewrap does with a script. */
class OciTest extends OciCase {
  @ParameterizedTest
  @EnumSource(Who.class)
  void theSameBehaviour(Who who) throws Exception {
    same(who, "", "echo out; echo err >&2; exit 7");
    same(who, "", "sh -c 'kill -9 $$'; echo $?");
    same(who, "chdir /work\n", "pwd; env | sort");
    same(who, "", "cat shown /work/shown /etc/said /link; readlink /link /bin; stat -c %a /made");
    same(who, "", "stat -f -c '%T %b %s' /scratch; stat -c %a /scratch /tmp");
    same(who, "", "for i in /proc/self/fd/*; do [ ! -e $i ] || echo ${i##*/}; done");
    same(
        who,
        "",
        "grep -E '^(Cap|NoNewPrivs|Sig(Ign|Blk)|Groups)' /proc/self/status | sed 's/[0-9a-f]*\\(.......\\)$/\\1/' | head -6");
    same(who, "", "ls -A / /etc /dev /work | grep -vE '^(console|core)$'; cat /etc/hosts");
    same(who, "", "cat /proc/net/dev | cut -d: -f1; ls /proc/self/ns");
    same(who, "hostname box\n", "cat /proc/sys/kernel/hostname");
    same(who, "limit open-files 64\nlimit core 0\n", "ulimit -n; ulimit -c");
  }

  @ParameterizedTest
  @EnumSource(Who.class)
  void theSameIsForbidden(Who who) throws Exception {
    for (String program :
        List.of(
            "echo x >/usr/x",
            "echo x >/etc/said",
            "echo x >/work/.git/config",
            "mv /work/.git /work/gone",
            "rm -r /work/.git/hooks",
            "cat /work/secret",
            "echo x >/work/secret",
            "ls /work/keys",
            "cat /work/keys/key",
            "mv /work/keys /work/gone",
            "echo x >/proc/sys/kernel/core_pattern",
            "echo b >/proc/sysrq-trigger",
            "dd if=/dev/zero of=/scratch/x bs=1M count=4 status=none",
            "unshare -m true",
            "mount -t tmpfs x /tmp",
            "mknod /tmp/sda b 8 0",
            "ls /root /home",
            "cat /proc/1/root/root/x")) {
      same(who, "", program + " 2>&1; echo $?");
    }
    assertThat(work.resolve(".git/config")).hasContent("configured");
    assertThat(work.resolve("keys/key")).hasContent("secret");
  }

  @ParameterizedTest
  @EnumSource(Who.class)
  void noUserNamespacesCanBeMade(Who who) throws Exception {
    String program = "unshare -U true >/dev/null 2>&1 || echo none; echo; sh -c 'echo child'";
    assertThat(runc(who, spec("disable-userns\n"), "sh", "-c", program))
        .isEqualTo(new Run.Result(0, "none\n\nchild\n", ""));
    assertThat(runc(who, spec(""), "sh", "-c", program).out()).isEqualTo("\nchild\n");
  }

  @ParameterizedTest
  @EnumSource(Who.class)
  void systemCallsAreHeldByName(Who who) throws Exception {
    String program = "mkdir /tmp/x 2>&1; echo $?; chmod 700 /tmp 2>&1; echo $?";
    same(who, "syscalls deny mkdir mkdirat\n", program);
  }

  @Test
  void whatIsWrittenIsWhereTheSpecSaysSo() throws Exception {
    runc(Who.ROOT, spec(""), "sh", "-c", "echo x >/work/new; echo x >/tmp/x; echo x >/y");
    assertThat(work.resolve("new")).hasContent("x");
    assertThat(temp.resolve("bundle0/rootfs/tmp")).isEmptyDirectory();
    assertThat(temp.resolve("bundle0/rootfs/y")).doesNotExist();
  }

  @Test
  void limitsOfTheWholeSandboxAreHeld() throws Exception {
    JsonObject resources =
        bundle(
                Who.ROOT,
                spec("limit memory 64MiB\nlimit pids 20\nlimit cpu 150%\nlimit io-weight 50\n"),
                "true")
            .config()
            .getAsJsonObject("linux")
            .getAsJsonObject("resources");
    assertThat(resources)
        .isEqualTo(
            JsonParser.parseString(
                "{'memory':{'limit':67108864,'swap':67108864},'pids':{'limit':20},"
                    + "'cpu':{'quota':150000,'period':100000},'blockIO':{'weight':50}}"));
    Run.Result result =
        runc(
            Who.ROOT,
            spec("limit pids 20\n"),
            "sh",
            "-c",
            "i=0; while [ $i -lt 40 ]; do sleep 30 & i=$((i+1)); done");
    assertThat(result.status()).isNotZero();
    assertThat(result.err()).containsIgnoringCase("fork");
    String eater = "dd if=/dev/zero of=/dev/null bs=80M count=1 status=none 2>&1; echo $?";
    assertThat(runc(Who.ROOT, spec("limit memory 32MiB\n"), "sh", "-c", eater).out())
        .doesNotEndWith("\n0\n")
        .isNotEqualTo("0\n");
    Run.Result rootless = runc(Who.USER, spec("limit memory 32MiB best-effort\n"), "true");
    assertThat(rootless.status()).as("what runc cannot hold, it does not start").isNotZero();
    assertThat(rootless.err()).contains("cgroup");
  }

  @Test
  void aProgramHasWhatItWouldHaveHadWithTheCallersUmask() throws Exception {
    same(Who.ROOT, "", "umask; : >/work/made; stat -c %a /work/made; rm /work/made");
  }

  @Test
  void whatTheHostMountsStaysAsItIs() throws Exception {
    Path mounted = Files.createDirectory(temp.resolve("mounted"));
    mount("-t", "tmpfs", "-o", "noexec,mode=777", "t", mounted.toString());
    try {
      Files.writeString(mounted.resolve("file"), "#!/bin/sh\n");
      Files.setPosixFilePermissions(
          mounted.resolve("file"), PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createDirectory(mounted.resolve("keys"));
      mount("--make-shared", mounted.toString());
      String lines = "bind rw " + mounted + " -> /m\nhide " + mounted + "/keys\n";
      same(Who.ROOT, lines, "/m/file 2>&1; echo $?; echo x >/m/new; echo $?; ls /m/keys 2>&1");
      same(Who.ROOT, lines, "grep -c shared: /proc/self/mountinfo");
      Path seen = Files.writeString(temp.resolve("table"), "");
      String table =
          "for i in 1 2 3; do :; done; echo ready >/work/ready; cat /proc/self/mountinfo";
      assertThat(runc(Who.ROOT, spec(lines), "sh", "-c", table).out()).contains(" /m/keys ");
      assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain("/m/keys");
      mount("-o", "remount,ro", mounted.toString());
      same(Who.ROOT, lines, "echo x >/m/new 2>&1; echo $?");
      assertThat(seen).isEmptyFile();
    } finally {
      mount("--make-private", mounted.toString());
      Run.run("umount", "-l", mounted.toString());
    }
  }

  private static void mount(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(words));
    Run.Result result = Run.run(command.toArray(new String[0]));
    assertThat(result.status()).as(result.err()).isZero();
  }

  @Test
  void aDeviceOpensWhereTheSpecSaysSo() throws Exception {
    same(Who.ROOT, "bind dev /dev/zero -> /zero\n", "head -c 3 /zero | wc -c");
    same(Who.ROOT, "bind ro /dev/zero -> /zero\n", "head -c 3 /zero 2>&1 | wc -c");
    same(Who.ROOT, "", "mknod /tmp/full c 1 7; head -c 3 /tmp/full 2>&1 | wc -c");
  }

  @ParameterizedTest
  @EnumSource(Who.class)
  void almostNothingIsEnough(Who who) throws Exception {
    String bare =
        "broot 1\nbase none because \"bare\"\nbind ro /usr -> /usr\nsymlink usr/bin -> /bin\n"
            + "symlink usr/lib -> /lib\nsymlink usr/lib64 -> /lib64\nstdin inherit\nchdir /\n"
            + "unshare user\nunshare pid\nunshare ipc\nunshare net\nproc /proc\nenv HOME = /\n"
            + "env PATH = /usr/bin\n";
    String program =
        "ls -A /; env; umask; grep -E '^Cap(Prm|Eff|Bnd|Amb)' /proc/self/status; ls /dev";
    Run.Result found = runc(who, bare, "sh", "-c", program);
    Run.Result expected = script(who, bare, "sh", "-c", program);
    assertThat(found.out())
        .as("runc needs /dev/null" + found.err())
        .isEqualTo(expected.out().replace("bin\nlib", "bin\ndev\nlib") + "null\n");
  }

  @ParameterizedTest
  @EnumSource(Who.class)
  void callsAreHeldWithTheirArgumentsAndByTheirOtherNames(Who who) throws Exception {
    same(
        who,
        "syscalls deny unshare(CLONE_NEWUTS)\nsyscalls deny clone(CLONE_NEWUTS)\n"
            + "syscalls deny clone3\nsyscalls kill chroot\n",
        "unshare -u true 2>&1; echo $?; unshare -U true; echo $?; (chroot / true) 2>/dev/null; echo $?");
    same(
        who,
        "syscalls default\n",
        "echo x >/tmp/x; cat /tmp/x; unshare -U true 2>/dev/null; echo $?");
  }
}
