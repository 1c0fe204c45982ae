package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.bwrap.CommandLine;
import dev.broot.bwrap.PlanText;
import dev.broot.plan.Plan;
import dev.broot.plan.Resolver;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.BareHost;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The base {@code osbuild-2026} does what osbuild's class {@code BuildRoot} does in August 2026;
 * what is expected is written from reading that class.
 */
class Osbuild2026Test {
  private static final String SPEC =
      "broot 1\nbase osbuild-2026\nroot /srv/tree\nrunner /usr/lib/runners/org.osbuild.f40\nlibdir /lib/o\n";

  @TempDir Path temp = Path.of("");

  /** A host where all directories are there and some are empty. */
  private record Facts(Set<String> empty) implements BareHost {

    @Override
    public boolean isDirectory(String path) {
      return true;
    }

    @Override
    public boolean isEmptyDirectory(String path) {
      return empty.contains(path);
    }

    @Override
    public @Nullable String pythonModule(String module) {
      return "/py/" + module;
    }
  }

  private static String argv(Set<String> empty, String... lines) throws Exception {
    Plan plan = Specs.plan(SPEC, Map.of(), List.of(lines));
    Plan resolved = Resolver.resolve(plan, new Facts(empty));
    return String.join(" ", CommandLine.argv(resolved, List.of("a", "b")));
  }

  @Test
  void theArgvIsTheClassOnes() throws Exception {
    String before =
        "bwrap --chdir / --die-with-parent --new-session --unshare-ipc --unshare-pid --unshare-net";
    String mounts =
        " --ro-bind /srv/tree/boot /boot --ro-bind /srv/tree/usr /usr"
            + " --symlink usr/lib /lib --symlink usr/lib64 /lib64 --symlink usr/bin /bin"
            + " --symlink usr/sbin /sbin --dev-bind @dev /dev --tmpfs /dev/shm --dir /etc"
            + " --tmpfs /run --tmpfs /tmp --bind @tmp/var /var --proc /proc --ro-bind /sys /sys"
            + " --ro-bind-try /sys/fs/selinux /sys/fs/selinux"
            + " --ro-bind-try /srv/tree/etc/mke2fs.conf /etc/mke2fs.conf"
            + " --ro-bind-try /srv/tree/etc/containers /etc/containers"
            + " --ro-bind-try /srv/tree/ostree /ostree"
            + " --ro-bind-try /srv/tree/etc/selinux/ /etc/selinux/"
            + " --ro-bind /lib/o /run/osbuild/lib";
    String module = " --ro-bind /py/osbuild /run/osbuild/lib/osbuild";
    String cmdline = " --ro-bind @tmp/proc/cmdline /proc/cmdline";
    String after =
        " --dir /run/osbuild/api --bind /s /run/osbuild/api/x"
            + " --ro-bind /usr/lib/runners/org.osbuild.f40 /run/osbuild/runner/org.osbuild.f40"
            + " -- /run/osbuild/runner/org.osbuild.f40 a b";
    assertThat(
            argv(
                Set.of("/lib/o/osbuild"),
                "bind rw /r -> /w",
                "bind ro /q -> /p",
                "api x socket /s"))
        .isEqualTo(before + mounts + module + cmdline + " --bind /r /w --ro-bind /q /p" + after);
    assertThat(argv(Set.of(), "api x socket /s")).isEqualTo(before + mounts + cmdline + after);
    assertThat(
            argv(
                Set.of(),
                "api x socket /s",
                "drop /boot",
                "cap drop ALL",
                "unsafe cap add CAP_SYS_ADMIN because \"loop devices\"",
                "cap add CAP_MKNOD"))
        .isEqualTo(
            before
                + " --cap-drop ALL --cap-add CAP_MKNOD --cap-add CAP_SYS_ADMIN"
                + mounts.replace(" --ro-bind /srv/tree/boot /boot", "")
                + cmdline
                + after);
  }

  @Test
  void theSetupIsTheClassOnes() {
    String plan = PlanText.print(Specs.plan(SPEC));
    assertThat(plan.substring(0, plan.indexOf("stdin")))
        .isEqualTo(
            """
            setup
              mkdir /run/osbuild    (if missing)
              mkdir /var/tmp    (if missing)
              mkdtemp @dev /run/osbuild/osbuild-dev-*
              mkdtemp @tmp /var/tmp/osbuild-tmp-*
              mkdir @tmp/var
              mkdir @tmp/var/tmp 1777
              mkdir @tmp/proc
              write @tmp/proc/cmdline $'root=/dev/osbuild\\n'
              mount tmpfs @dev nosuid
              bind /dev/full @dev/full
              bind /dev/null @dev/null
              bind /dev/random @dev/random
              bind /dev/urandom @dev/urandom
              bind /dev/tty @dev/tty
              bind /dev/zero @dev/zero
              bind /dev/fuse @dev/fuse    (if it exists)
            environment
              container=bwrap-osbuild
              LC_CTYPE=C.UTF-8
              PATH=/usr/sbin:/usr/bin
              PYTHONPATH=/run/osbuild/lib
              PYTHONUNBUFFERED=1
              pass TERM    (else dumb)
            """);
    assertThat(plan).endsWith("teardown\n  umount --lazy @dev\n  remove @tmp\n  remove @dev\n");
  }

  /** Runs a shell line in a tree that has the host's programs. */
  private Run.Result run(Map<String, @Nullable String> environment, String more, String line)
      throws IOException {
    dev.broot.support.Host.assumeRoot();
    Path tree = Files.createDirectories(temp.resolve("tree"));
    Path lib = Files.createDirectories(temp.resolve("lib/osbuild")).getParent();
    Path runner = temp.resolve("org.osbuild.test");
    if (!Files.exists(runner)) {
      Files.createSymbolicLink(tree.resolve("usr"), Path.of("/usr"));
      Files.writeString(runner, "#!/bin/sh\nexec sh -c \"$@\"\n");
      Files.setPosixFilePermissions(runner, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path run = temp.resolve("run");
    // A symlink is no directory, so the host's /usr is bound by a line.
    String spec =
        String.format(
            "broot 1%nbase osbuild-2026%nroot %s%nrunner %s%nlibdir %s%nrundir %s create%n"
                + "vardir %s/var create%ndrop /usr%nbind ro /usr -> /usr%ndrop /run/osbuild/lib/osbuild%n%s%n",
            tree, runner, lib, run, temp, more);
    String script = ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST");
    Path file = Files.writeString(temp.resolve("script.sh"), script);
    String before = dev.broot.support.Host.state();
    Run.Result result = Run.run(environment, null, List.of("dash", file.toString(), line));
    assertThat(dev.broot.support.Host.state()).isEqualTo(before);
    assertThat(temp.resolve("var")).isEmptyDirectory();
    assertThat(run).isEmptyDirectory();
    return result;
  }

  @Test
  void whatTheProgramSees() throws IOException {
    Map<String, @Nullable String> environment = new HashMap<>();
    environment.put("SECRET", "1");
    environment.put("TERM", "vt 100");
    Run.Result result =
        run(
            environment,
            "",
            "env | sort; cat /proc/cmdline; stat -c %a /var/tmp; echo > /var/tmp/x;"
                + " head -c 3 /dev/zero | wc -c; [ -c /dev/full ] && echo $0; touch /sys/x || echo ro");
    assertThat(result.out())
        .as(result.err())
        .isEqualTo(
            """
            LC_CTYPE=C.UTF-8
            PATH=/usr/sbin:/usr/bin
            PWD=/
            PYTHONPATH=/run/osbuild/lib
            PYTHONUNBUFFERED=1
            TERM=vt 100
            container=bwrap-osbuild
            root=/dev/osbuild
            1777
            3
            sh
            ro
            """);
    environment.put("TERM", null);
    assertThat(
            run(
                    environment,
                    "drop /proc/cmdline\ntext /proc/cmdline = \"it's\\n\"",
                    "echo $TERM; cat /proc/cmdline")
                .out())
        .isEqualTo("dumb\nit's\n");
  }

  @Test
  void whatTheProgramMayDo() throws IOException {
    String caps = "sed -n 's/^CapEff:.//p' /proc/self/status";
    String own = Run.run("sh", "-c", "sed -n 's/^CapBnd:.//p' /proc/self/status").out();
    assertThat(run(Map.of(), "", caps).out()).isEqualTo(own);
    assertThat(
            run(Map.of(), "cap drop ALL\nunsafe cap add CAP_SYS_ADMIN because \"the test's\"", caps)
                .out())
        .isEqualTo("0000000000200000\n");
    assertThat(run(Map.of(), "", "cat /proc/net/dev | grep -c :").out()).isEqualTo("1\n");
    assertThat(run(Map.of(), "", "exit 7").status()).isEqualTo(7);
  }

  @Test
  void theModuleIsBoundOnAnEmptyDirectory() throws IOException {
    Run.Result result =
        run(
            Map.of(),
            "module json -> /run/osbuild/lib/osbuild if empty ${libdir}/osbuild",
            "ls /run/osbuild/lib/osbuild/decoder.py");
    assertThat(result.out()).as(result.err()).isEqualTo("/run/osbuild/lib/osbuild/decoder.py\n");
    Files.writeString(temp.resolve("lib/osbuild/there"), "");
    assertThat(
            run(
                    Map.of(),
                    "module nosuchmodule -> /run/osbuild/lib/osbuild if empty ${libdir}/osbuild",
                    "ls /run/osbuild/lib/osbuild")
                .out())
        .isEqualTo("there\n");
  }
}
