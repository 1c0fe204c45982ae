package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.bwrap.PlanText;
import dev.broot.bwrap.Requirement;
import dev.broot.permission.Difference;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import dev.broot.support.Tree;
import dev.broot.support.Tree.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code base host} shows, and that the host's real tools do a small job in it. */
@NeedsSandbox
class BaseHostTest {
  private static final String SPEC = "broot 1\nbase host\nchdir /tmp\n";

  @TempDir Path temp = Path.of("");

  private Tree.Outcome run(Way way, String line) throws Exception {
    return new Tree(temp).run(way, SPEC, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "java ~ printf 'class A { public static void main(String[] a) { System.out.println(6*7); } }' >A.java; java A.java",
        "mvn ~ mvn -v >v && grep -q 'Apache Maven' v && echo 42",
        "node ~ node -e 'console.log(6*7)'",
        "npm ~ npm --version >/dev/null && npm init -y >/dev/null && grep -q version package.json && echo 42",
        "python3 ~ python3 -c 'import json, ssl; print(6*7)'",
        "perl ~ perl -MPOSIX -e 'print floor(42.5), \"\\n\"'",
        "git ~ git init -q r && cd r && echo 42 >f && git add f && git -c user.name=a -c user.email=a@b commit -qm c && git show HEAD:f",
        "gcc ~ printf '#include <stdio.h>\\nint main(void) { puts(\"42\"); return 0; }' >a.c; gcc a.c && ./a.out",
        "go ~ printf 'package main\\nfunc main() { println(42) }' >a.go; go run a.go 2>&1",
        "cargo ~ cargo init -q --name a . && cargo run -q >/dev/null && echo 42",
        "gradle ~ echo 'task a { doLast { println 6*7 } }' >build.gradle; gradle --no-daemon --offline -q a",
      })
  void theHostsToolsDoASmallJob(String tool, String line) throws Exception {
    boolean there =
        Run.run("sh", "-c", "PATH=/usr/local/bin:/usr/bin:/bin; command -v " + tool).status() == 0;
    if (!there) {
      Host.tell("needs " + tool);
    }
    Assumptions.assumeTrue(there, "needs " + tool);
    Tree.Outcome outcome = run(Way.SCRIPT, line);
    assertThat(outcome.output()).as(outcome.output()).contains("42\n");
    assertThat(outcome.status()).isZero();
  }

  /** A mask says where it lies by its pattern, and is not a mount over everything. */
  @Test
  void whatIsHiddenTakesNothingElseAway() {
    String plan = PlanText.print(Specs.plan(SPEC));
    assertThat(PlanText.print(Specs.plan(SPEC + "hide /usr/share/doc optional\n")))
        .contains("--ro-bind-try /etc/alternatives /etc/alternatives\n")
        .isEqualTo(plan.replace("command\n", "  hide /usr/share/doc    (if it exists)\ncommand\n"));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void rootCannotWriteToTheKernel(Way way) throws Exception {
    String tries =
        "for f in /proc/sys/kernel/core_pattern /proc/sys/vm/drop_caches; do"
            + " for mine in '' 'unshare -Um' 'unshare -Upfm --mount-proc' 'unshare -Upfm'; do"
            + " $mine sh -c 'umount /proc/sys; mount -t proc p /tmp && test -w /tmp/sys/kernel/core_pattern && echo WRITABLE;"
            + " [ -w \"$0\" ] && echo WRITABLE' $f 2>/dev/null; done; done; echo tried";
    assertThat(run(way, tries).output()).isEqualTo("tried\n");
  }

  @Test
  void whoeverIsNotRootStillMakesSandboxesInside() throws Exception {
    Tree.Outcome outcome =
        run(Way.USER, "bwrap --unshare-all --ro-bind / / --proc /proc echo nested");
    assertThat(outcome.output()).isEqualTo("nested\n");
  }

  /** What a bubblewrap has mounted that fails at once is what the outer one has. */
  @Test
  void rootIsToldWhyItMakesNoSandboxInside() throws Exception {
    Host.assumeRoot();
    java.nio.file.Files.writeString(
        temp.resolve("script.sh"),
        dev.broot.script.ScriptWriter.write(
            Specs.plan(SPEC), dev.broot.script.RunOptions.NONE, "TEST"));
    String spec = SPEC + "bind ro " + temp + " -> /inner\n";
    String line = "for i in 1 2 3 4 5 6; do sh /inner/script.sh true; done 2>&1 | grep broot:";
    assertThat(new Tree(temp).run(Way.SCRIPT, spec, line).output().lines())
        .hasSize(6)
        .allMatch(said -> said.contains("this is uid 0 without CAP_SYS_ADMIN"));
  }

  /** A host whose /lib64 and /bin are directories. */
  @Test
  void hostsWithoutAMergedUsrWork() throws IOException {
    Host.assumeRoot();
    Path script = temp.resolve("script.sh");
    java.nio.file.Files.writeString(
        script,
        dev.broot.script.ScriptWriter.write(
            Specs.plan(SPEC), dev.broot.script.RunOptions.NONE, "TEST"));
    String host =
        "set -e; d=$1; mount -t tmpfs none $d/h; mkdir $d/h/u $d/h/w $d/h/m\n"
            + "mount -t overlay overlay -o lowerdir=/,upperdir=$d/h/u,workdir=$d/h/w $d/h/m\n"
            + "m=$d/h/m; rm $m/lib64 $m/bin; mkdir $m/lib64 $m/bin; cp -a /usr/lib64/. $m/lib64/; cp /usr/bin/dash $m/bin/sh\n"
            + "cp /usr/bin/bash $m/bin/bash; echo '#!/bin/sh' >$m/bin/only-here; echo 'echo here' >>$m/bin/only-here\n"
            + "chmod 755 $m/bin/only-here; rm -rf $m/usr/lib64; cp $d/script.sh $m/run.sh\n"
            + "mount --rbind /dev $m/dev; mount --rbind /proc $m/proc; mkdir $m/old; cd $m; pivot_root . old; umount -l /old; cd /\n"
            + "exec sh /run.sh sh -c 'only-here; test -L /bin || echo directory; test -L /lib && echo symlink'";
    java.nio.file.Files.createDirectory(temp.resolve("h"));
    Run.Result result =
        Run.run(
            "unshare", "-m", "--propagation", "private", "bash", "-c", host, "-", temp.toString());
    assertThat(result.out() + result.err()).isEqualTo("here\ndirectory\nsymlink\n");
  }

  @Test
  void rootWritesToTheFilesOfOthersWithTheLinesThatItIsTold() throws Exception {
    Host.assumeRoot();
    Tree tree = new Tree(temp);
    tree.file("co/f", "x");
    assertThat(Run.run("chown", "-R", "1003", tree.at("co")).status()).isZero();
    String spec = SPEC + "bind rw \"" + tree.at("co") + "\" -> /src\n";
    Tree.Outcome denied = tree.run(Way.SCRIPT, spec, "touch /src/g");
    assertThat(denied.output()).contains("`share user` and `cap add CAP_DAC_OVERRIDE`");
    String told = spec + "share user\ncap add CAP_DAC_OVERRIDE\n";
    assertThat(tree.run(Way.SCRIPT, told, "touch /src/g; touch /usr/g").output())
        .contains("Read-only file system");
    assertThat(tree.names("co")).containsExactly("f", "g");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theProgramHasTheCallersNameAndKnowsNobodyElse(Way way) throws Exception {
    String name = way == Way.USER && Host.isRoot() ? "nobody" : Run.run("id", "-un").out().strip();
    String asks =
        "whoami; id -gn; getent passwd daemon; getent hosts localhost | tr -s ' ' | cut -d' ' -f2;"
            + " wc -l </etc/passwd; echo ~";
    assertThat(run(way, asks).output()).isEqualTo(name + "\n" + name + "\nlocalhost\n3\n/tmp\n");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theNumbersAreThoseOfTheSpec(Way way) throws Exception {
    String spec = SPEC + "uid 1234\ngid 5678\nenv ME = \"${caller-uid}:${caller-gid}\"\n";
    String name = way == Way.USER && Host.isRoot() ? "nobody" : Run.run("id", "-un").out().strip();
    assertThat(new Tree(temp).run(way, spec, "whoami; id -u; echo $ME").output())
        .isEqualTo(name + "\n1234\n1234:5678\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "me:x:@:0::/:/bin/sh | me",
        "a.b-C_9:x:@:0::/:/bin/sh | a.b-C_9",
        "..:x:@:0::/:/bin/sh | user",
        "-n:x:@:0::/:/bin/sh | user",
        "a b:x:@:0::/:/bin/sh | user",
        "a\\:x:@:0::/:/bin/sh | user",
        "$(id):x:@:0::/:/bin/sh | user",
        "other:x:7@:0::/:/bin/sh | user",
      })
  void aNameIsTakenOnlyWhereItIsOne(String line, String expected) throws Exception {
    Host.assumeRoot();
    Path list = temp.resolve("passwd");
    Path script = temp.resolve("caller.sh");
    java.nio.file.Files.writeString(list, line.replace("@", "4321") + "\n");
    java.nio.file.Files.writeString(
        script,
        "set -u; broot_caller_name=x broot_caller_uid=x\n"
            + dev.broot.script.ScriptWriter.write(
                    Specs.plan(SPEC), dev.broot.script.RunOptions.NONE, "TEST")
                .replaceFirst("(?s).*?\n(?=# Who the caller is)", "")
                .replaceFirst("(?s)\nesac\n\n.*", "\nesac\n")
            + "echo \"$broot_caller_uid $broot_caller_gid $broot_caller_name\"\n");
    assertThat(Run.run("chmod", "-R", "a+rX", temp.toString()).status()).isZero();
    for (String shell : List.of("dash", "bash")) {
      Run.Result result =
          Run.run(
              "unshare",
              "-m",
              "sh",
              "-c",
              "mount --bind \"$1\" /etc/passwd; exec setpriv --reuid 4321 --regid 99 --clear-groups"
                  + " \"$2\" \"$3\"",
              "-",
              list.toString(),
              shell,
              script.toString());
      assertThat(result.out() + result.err()).isEqualTo("4321 99 " + expected + "\n");
    }
  }

  @Test
  void itNeedsNoNewerBubblewrap() {
    assertThat(Requirement.of(Specs.plan(SPEC))).isNull();
  }

  @Test
  void whatIsADefaultGivesWay() {
    String spec = SPEC + "bind ro /etc/ssl -> /etc/ssl\ntext /etc/localtime = \"x\"\n";
    String plan = PlanText.print(Specs.plan(spec));
    assertThat(plan).contains("--ro-bind /etc/ssl /etc/ssl\n").doesNotContain("/etc/ssl/certs");
    assertThat(plan).doesNotContain("--ro-bind-try /etc/localtime");
  }

  @Test
  void itIsEqualToItself() {
    assertThat(Difference.of(Specs.plan(SPEC), Specs.plan(SPEC)).verdict())
        .isEqualTo(Difference.Verdict.EQUAL);
    String more = SPEC + "bind rw /srv -> /srv\nexpect deny write /bin\nexpect deny write /lib64\n";
    Difference difference = Difference.of(Specs.plan(SPEC), Specs.plan(more));
    assertThat(difference.gained()).hasSize(2);
    assertThat(difference.unknown()).isEqualTo(List.of());
  }
}
