package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Run;
import dev.broot.translate.Shortfalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bundle cannot hold is said with its line, and nothing is made. */
class OciRefusedTest extends OciCase {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "scratch /var prefix x-\\nvardir /var/tmp",
        "api x serve [\"x\", \"${socket}\"]\\napis /run/api",
        "net allow example.org:443",
        "env inherit because \"x\"",
        "descriptor inherit listen",
        "descriptor info",
        "argv0 other",
        "uid 1000",
        "seccomp /etc/filter",
        "lock-file /usr/x",
        "unsafe raw [\"--hostname\", \"x\"] because \"x\"",
        "bind-data rw /etc/hostname -> /etc/x",
        "overlay [\"/usr\"] tmpfs -> /o",
        "overlay [\"/a:b\", \"/usr\"] ro -> /o",
        "dir /tmp/inner",
        "symlink x -> /tmp/inner",
        "dev /other",
        "tmpfs /dev over",
        "drop /dev\\ntmpfs /dev",
        "drop /dev\\nbind ro /usr/lib -> /dev/lib",
        "drop /dev\\ndir /dev/x",
        "bind ro /usr -> / over",
        "bind ro /etc/hostname -> /dev/tty",
        "net user",
        "limit nice 5",
        "map users auto\\nmap groups 200000 -> 1",
        "bind ro /srv -> /proc/tty",
      })
  void whatABundleCannotHoldIsNamedWithItsLine(String lines) throws Exception {
    String text = "broot 1\nbase host\n" + lines.replace("\\n", "\n") + "\n";
    Path file = Files.writeString(temp.resolve("s.broot"), text);
    Path target = temp.resolve("refused");
    for (String more : List.of("--allow-wider", "--line=env X = y")) {
      Run.Result result =
          Called.broot(
              "export", "oci", more, file.toString(), "-o", target.toString(), "--", "true");
      assertThat(result.status()).as(lines + result).isEqualTo(1);
      assertThat(result.err()).contains("error[BR804]: a bundle cannot hold this: ");
      assertThat(result.err()).containsPattern("s\\.broot:[34]:.*error.BR804");
      assertThat(target).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hide /work/none optional",
        "protect /work/**/x",
        "bind ro /srv/none -> /work/none optional",
      })
  void whatMayAppearLaterIsWider(String line) throws Exception {
    Path file = Files.writeString(temp.resolve("s.broot"), spec(line + "\n"));
    Path target = temp.resolve("later");
    List<String> command =
        List.of("export", "oci", file.toString(), "-o", target.toString(), "--", "true");
    Run.Result refused = Called.broot(command.toArray(new String[0]));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains("s.broot:12:", "error[BR805]", "`--allow-wider` goes on without it");
    assertThat(target).doesNotExist();
    List<String> wider = new ArrayList<>(command);
    wider.add(1, "--allow-wider");
    Run.Result made = Called.broot(wider.toArray(new String[0]));
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.err()).contains(file + ":12:", "warning[BR805]");
    assertThat(target.resolve("config.json")).exists();
  }

  @Test
  void aBundleIsMadeWholeOrNotAtAll() throws Exception {
    Path file = Files.writeString(temp.resolve("s.broot"), spec("bind-data ro /none -> /etc/x\n"));
    Path target = temp.resolve("half");
    Run.Result result =
        Called.broot("export", "oci", file.toString(), "-o", target.toString(), "--", "true");
    assertThat(result.status()).isEqualTo(125);
    try (var left = Files.list(temp)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".broot-") || name.equals("half"));
    }
    Files.createSymbolicLink(target, Path.of("/nowhere"));
    Files.writeString(file, spec(""));
    Run.Result there =
        Called.broot("export", "oci", file.toString(), "-o", target.toString(), "--", "true");
    assertThat(there.status()).isEqualTo(125);
    assertThat(there.err()).contains("half is there already");
    Path other = temp.resolve("it's \"here\"");
    assertThat(
            Called.broot("export", "oci", file.toString(), "-o", other.toString(), "--", "true")
                .status())
        .isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
        .isEqualTo("rwx------");
  }

  @Test
  void whatLeadsElsewhereLaterIsWider() throws Exception {
    Files.createSymbolicLink(work.resolve("linked"), work.resolve("secret"));
    for (String line :
        List.of(
            "hide /work/linked",
            "bind ro /srv/none -> /work/none if directory",
            "stdin null",
            "syscalls deny mseal")) {
      String spec = spec(line + "\n");
      assertThat(bundle(Who.ROOT, spec, "true").shortfalls().of(Shortfalls.Kind.WIDER))
          .as(line)
          .hasSize(1);
    }
    assertThat(
            bundle(Who.ROOT, spec("bind ro /srv/none -> /none if directory\n"), "true")
                .shortfalls()
                .of(Shortfalls.Kind.WIDER))
        .isEmpty();
  }

  @Test
  void whatIsKnownAtARunOnlyIsJudgedOnce() throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("s.broot"),
            spec(
                "param p: path from env P\nbind rw ${p} -> /p\nenv pass SHOWN\nexpect deny write /usr\n"));
    Files.createSymbolicLink(temp.resolve("etc"), Path.of("/etc"));
    Path target = temp.resolve("judged");
    for (String value : List.of("/etc", temp.resolve("etc").toString())) {
      Run.Result result = export(Map.of("P", value), file, target);
      assertThat(result.status()).as(result.err()).isNotZero();
      assertThat(result.err()).contains("unsafe");
      assertThat(target).doesNotExist();
    }
    Files.createSymbolicLink(temp.resolve("free"), work);
    Run.Result made = export(Map.of("P", temp.resolve("free").toString()), file, target);
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.err())
        .contains("s.broot:15: it holds now", "value of now of SHOWN", "the parameter p");
    assertThat(Files.readString(target.resolve("config.json")))
        .contains("\"" + work.toRealPath() + "\"")
        .doesNotContain("free");
  }

  private static Run.Result export(Map<String, String> env, Path spec, Path target) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();
    int status =
        Main.run(
            List.of("export", "oci", spec.toString(), "-o", target.toString(), "--", "true"),
            new Console(out, err, env, false));
    return new Run.Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void whatAnotherTargetTakesIsRefused() throws Exception {
    Path file = Files.writeString(temp.resolve("s.broot"), spec(""));
    for (List<String> words :
        List.of(
            List.of("oci", file.toString(), "-o", "x", "--timeout=5s"),
            List.of("oci", file.toString(), "-o", "x", "--status-file=x"),
            List.of("oci", file.toString(), "-o", "x", "--resolve"),
            List.of("slurm", file.toString(), "--allow-wider"),
            List.of("slurm", file.toString(), "--format=sh"),
            List.of(file.toString(), "-o", "x"),
            List.of(file.toString(), "--allow-wider"),
            List.of(file.toString(), "--expect-plan=x"))) {
      List<String> all = new ArrayList<>(List.of("export"));
      all.addAll(words);
      all.addAll(List.of("--", "true"));
      Run.Result result = Called.broot(all.toArray(new String[0]));
      assertThat(result.status()).as(words + result.err()).isEqualTo(2);
      assertThat(result.err()).contains("takes no -");
    }
  }

  @Test
  void noFileThatNeverEndsIsCopied() throws Exception {
    Path file = Files.writeString(temp.resolve("s.broot"), spec("bind-data ro /dev/zero -> /z\n"));
    Run.Result result =
        Called.broot("export", "oci", file.toString(), "-o", temp + "/x", "--", "true");
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err()).contains("/dev/zero");
  }
}
