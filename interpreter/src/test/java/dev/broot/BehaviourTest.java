package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Host;
import dev.broot.support.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same plan, the same behaviour: what holds for the script and for the library alike. */
class BehaviourTest extends TwoWays {
  @ParameterizedTest
  @EnumSource(Way.class)
  void theStatusIsThePrograms(Way way) throws Exception {
    assertThat(run(way, root(""), "sh", "-c", "echo out; exit 7"))
        .isEqualTo(new Outcome(7, "out\n"));
    assertThat(run(way, root(""), "sh", "-c", "kill -9 $$").status()).isEqualTo(137);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatIsNotExecutedIsTold(Way way) throws Exception {
    assertThat(run(way, root(""), "/no/such").status()).isEqualTo(127);
    assertThat(run(way, root(""), "nosuchprogram").status()).isEqualTo(127);
    assertThat(run(way, root(""), "/usr/lib").status()).isEqualTo(126);
    assertThat(run(way, root("bind ro /no/such -> /mnt\n"), "true").status()).isEqualTo(125);
    assertThat(run(way, root("chdir /usr\n"), "share/doc").status()).isEqualTo(126);
    assertThat(run(way, root("chdir /usr\n"), "share/none").status()).isEqualTo(127);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aProgramIsLookedForOnTheInheritedPath(Way way) throws Exception {
    String spec = root("env inherit\ndrop env PATH\ndrop env HOME\n");
    assertThat(run(way, spec, "nosuchprogram").status()).isEqualTo(127);
    assertThat(run(way, spec, "true").status()).isZero();
    assertThat(run(way, spec, "/usr/lib").status()).isEqualTo(126);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aLongArgvArrivesAndOneThatIsTooLongFails(Way way) throws Exception {
    // bubblewrap takes 9,000 arguments, the kernel 128 KiB for one of them and 2 MiB for all.
    String[] most = new String[20];
    java.util.Arrays.fill(most, "x".repeat(90_000));
    most[0] = "sh";
    most[1] = "-c";
    most[2] = "echo $#; echo ${#16}";
    assertThat(run(way, root(""), most)).isEqualTo(new Outcome(0, "16\n90000\n"));
    String[] many = new String[9_500];
    java.util.Arrays.fill(many, "x");
    many[0] = "true";
    Outcome outcome = run(way, root(""), many);
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.output()).contains("9000");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void devicesHaveTheirModesAndNumbers(Way way) throws Exception {
    assertThat(run(way, root(""), "sh", "-c", "umask; stat -c '%n %A %t:%T' /dev/*").output())
        .isEqualTo("0022\n/dev/null crw-r--r-- 1:3\n/dev/zero crw------- 1:5\n");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theProgramSeesThreeDescriptorsAndNothingOnStdin(Way way) throws Exception {
    String spec = root("stdin null\n");
    assertThat(
            run(
                    way,
                    spec,
                    "sh",
                    "-c",
                    "cat; cd /proc/self/fd; for i in *; do [ ! -e $i ] || echo $i; done")
                .output())
        .isEqualTo("0\n1\n2\n");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void signalsAreAsAProgramExpectsThem(Way way) throws Exception {
    // 32 and 33 are the C library's own.
    String masks =
        "grep -E '^Sig(Blk|Ign)' /proc/self/status | sed 's/[0-9a-f]*\\(.......\\)$/\\1/'";
    assertThat(run(way, root(""), "sh", "-c", masks).output())
        .isEqualTo("SigBlk:\t0000000\nSigIgn:\t0000000\n");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theEnvironmentIsTheSpecs(Way way) throws Exception {
    assertThat(
            run(way, root("env A = \"x y\"\ndrop env HOME\nenv pass NOSUCH else z\n"), "env")
                .output())
        .isEqualTo(
            "PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin:"
                + "/run/current-system/sw/bin:/run/current-system/profile/bin\n"
                + "A=x y\nNOSUCH=z\nPWD=/\n");
  }

  /** bubblewrap's own process is seen in the sandbox, with what it was started with. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void whatIsTakenOutOrReplacedIsInNoProcess(Way way) throws Exception {
    assertThat(System.getenv()).containsKeys("XDG_CACHE_HOME", "HOME");
    Outcome outcome =
        run(
            way,
            root("env inherit\ndrop env PATH\nenv HOME = /elsewhere\nenv unset XDG_CACHE_HOME\n"),
            "sh",
            "-c",
            "cat /proc/[0-9]*/environ | tr '\\0' '\\n'; echo end");
    assertThat(outcome.output())
        .endsWith("end\n")
        .contains("HOME=/elsewhere", "PATH=")
        .doesNotContain("XDG_CACHE_HOME", System.getenv("HOME"));
  }

  /** What the dynamic linker obeys is for the program; bubblewrap runs on the host. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void nothingIsLoadedOutsideOfTheSandbox(Way way) throws Exception {
    for (String inherit : List.of("", "env inherit\n")) {
      Outcome outcome = run(way, root(inherit + "env LD_PRELOAD = /no/such.so\n"), "/usr/bin/true");
      assertThat(outcome.status()).isZero();
      assertThat(outcome.output().lines().filter(line -> line.contains("/no/such.so")))
          .as(outcome.output())
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void timeRunsOut(Way way) throws Exception {
    Outcome outcome = run(way, root(""), Duration.ofMillis(300), "sleep", "600");
    assertThat(outcome.status()).isEqualTo(124);
    assertThat(run(way, root(""), Duration.ofMinutes(10), "true").status()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aTextAndTheHostsDevicesAreThere(Way way) throws Exception {
    String spec =
        root(
            "temp prefix tmp-\ntext /etc/hello = \"it's\\n\"\nscratch /srv\nscratch-dir /srv/a 01777\n"
                + "device tty optional\ndevice full\n");
    assertThat(
            run(
                    way,
                    spec,
                    "sh",
                    "-c",
                    "cat /etc/hello; stat -c %a /srv/a; [ -c /dev/full ] && echo x")
                .output())
        .isEqualTo("it's\n1777\nx\n");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void filesAndTextsAreGivenAsDescriptors(Way way) throws Exception {
    Path data = Files.writeString(temp.resolve("a \"file"), "from the host\n");
    // A filter that answers mkdir(2) and mkdirat(2) with EPERM, as struct sock_filter has it.
    java.nio.ByteBuffer filter =
        java.nio.ByteBuffer.allocate(40).order(java.nio.ByteOrder.nativeOrder());
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    filter.putShort((short) 0x20).putShort((short) 0).putInt(0);
    filter.putShort((short) 0x15).put((byte) 1).put((byte) 0).putInt(arm ? 34 : 83);
    filter.putShort((short) 0x15).put((byte) 0).put((byte) 1).putInt(arm ? 34 : 258);
    filter.putShort((short) 0x06).putShort((short) 0).putInt(0x00050001);
    filter.putShort((short) 0x06).putShort((short) 0).putInt(0x7fff0000);
    Path bpf = Files.write(temp.resolve("filter.bpf"), filter.array());
    // More bytes than a pipe holds, and fewer characters than a value may have.
    String large = "é".repeat(40_000);
    String source = "\"" + data.toString().replace("\"", "\\\"") + "\"";
    String spec =
        root(
            "seccomp "
                + bpf
                + "\ntmpfs /work\nfile "
                + source
                + " -> /work/copy mode 0640\nbind-data rw "
                + source
                + " -> /work/own\nbind-data ro "
                + source
                + " -> /work/ro\ntext /work/text = \"it's\\nhere\"\ntext /work/large = "
                + large
                + "\n");
    String look =
        "cd /work; cat copy own ro text; stat -c '%n %a' *; wc -c <large; echo x >own && cat own;"
            + " echo x >ro; mkdir made; ls /proc/self/fd";
    Outcome outcome = run(way, spec, "sh", "-c", look);
    assertThat(outcome.output().lines().sorted())
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                "from the host",
                "from the host",
                "from the host",
                "it's",
                "herecopy 640",
                "large 644",
                "own 600",
                "ro 600",
                "text 644",
                "80000",
                "x",
                "sh: 1: cannot create ro: Read-only file system",
                "mkdir: cannot create directory 'made': Operation not permitted",
                "0",
                "1",
                "2",
                "3"));
    assertThat(data).hasContent("from the host\n");
    Outcome missing = run(way, root("bind-data ro /no/such -> /usr/x\n"), "true");
    assertThat(missing.status()).isEqualTo(125);
    assertThat(missing.output()).contains("cannot read /no/such");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatTheInstalledBubblewrapLacksIsToldBeforeAnythingIsDone(Way way) throws Exception {
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Path old = Files.writeString(bin.resolve("bwrap"), "#!/bin/sh\necho bubblewrap 0.4.1\n");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));
    org.junit.jupiter.api.Assumptions.assumeTrue(way == Way.SCRIPT || !Host.hasOverlays());
    String spec = root("overlay [\"/usr\", \"/etc\"] ro -> /o\n");
    Outcome outcome =
        way == Way.SCRIPT
            ? script(spec, null, Map.of("PATH", bin + ":" + System.getenv("PATH")), "true")
            : run(way, spec, "true");
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.output())
        .matches(
            "(?s)broot: test.broot:10: --overlay-src needs bubblewrap 0.11, and .*bwrap is bubblewrap .*\n");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void overlaysAndWhatElseIsNewWork(Way way) throws Exception {
    org.junit.jupiter.api.Assumptions.assumeFalse(
        !Host.hasOverlays(),
        "the bubblewrap on PATH is older than 0.11: bin/verify runs this on a newer one");
    Files.writeString(Files.createDirectories(temp.resolve("lower")).resolve("a"), "lower");
    Files.writeString(Files.createDirectories(temp.resolve("more")).resolve("b"), "more");
    Path upper = Files.createDirectories(temp.resolve("upper"));
    Path work = Files.createDirectories(temp.resolve("work"));
    String lower = "overlay [\"" + temp.resolve("lower") + "\"";
    String spec =
        root(
            "argv0 renamed\nlevel-prefix\n"
                + lower
                + ", \""
                + temp.resolve("more")
                + "\"] ro -> /ro\n"
                + lower
                + "] tmpfs -> /gone\n"
                + lower
                + "] rw "
                + upper
                + " work "
                + work
                + " -> /kept\n");
    String program =
        "echo $0; cat /ro/a /ro/b; echo; (echo x >/ro/a) 2>/dev/null || echo refused;"
            + " echo one >/gone/a; echo two >/kept/a; cat /gone/a /kept/a";
    assertThat(run(way, spec, "sh", "-c", program))
        .isEqualTo(new Outcome(0, "renamed\nlowermore\nrefused\none\ntwo\n"));
    assertThat(temp.resolve("lower/a")).hasContent("lower");
    assertThat(upper.resolve("a")).hasContent("two");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aProviderServes(Way way) throws Exception {
    String server =
        "import socket,sys; s=socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen();"
            + " c=s.accept()[0]; c.sendall(b'served'); c.close(); s.accept()";
    String client =
        "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect('/run/api/x');"
            + " sys.stdout.write(s.makefile().read())";
    String spec =
        root(
            "apis /run/api\napi x serve [\"python3\", \"-c\", \""
                + server
                + "\", \"${socket}\"]\n");
    assertThat(run(way, spec, "python3", "-c", client)).isEqualTo(new Outcome(0, "served"));
    String broken = root("apis /run/api\napi x serve [\"true\", \"${socket}\"]\n");
    Outcome outcome = run(way, broken, "true");
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.output())
        .contains("the provider of the API x ended before its socket answered");
    assertThat(Run.run("pgrep", "-f", "served[^t]*accept").out()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aRequiredProviderThatEndsEndsTheRun(Way way) throws Exception {
    String server =
        "import socket,sys; s=socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen();"
            + " s.accept()";
    String api =
        "apis /run/api\napi x serve [\"python3\", \"-c\", \"" + server + "\", \"${socket}\"]";
    String client =
        "import socket,time; s=socket.socket(socket.AF_UNIX); s.connect('/run/api/x'); s.close();";
    assertThat(
            run(way, root(api + " required\n"), "python3", "-c", client + "time.sleep(600)")
                .status())
        .isEqualTo(125);
    assertThat(run(way, root(api + "\n"), "python3", "-c", client).status()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatFailsIsUndone(Way way) throws Exception {
    Outcome late = run(way, root("device nosuchdevice\n"), "true");
    assertThat(late.status()).isEqualTo(125);
    assertThat(late.output()).contains("/dev/nosuchdevice");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxrwx"));
    Outcome open = run(way, root(""), "true");
    assertThat(open.status()).isEqualTo(125);
    assertThat(open.output()).contains(run + " can be written by everybody; take");
  }
}
