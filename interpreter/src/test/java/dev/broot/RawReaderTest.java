package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.permission.Difference;
import dev.broot.permission.Difference.Verdict;
import dev.broot.plan.Plan;
import dev.broot.support.Specs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code raw} arguments are read as, and which are not read. */
class RawReaderTest {
  private static Plan spec(String lines) {
    String text =
        Arrays.stream(lines.split(";", -1))
            .map(line -> line.startsWith("--") ? raw(line) : line)
            .collect(Collectors.joining("\n"));
    return Specs.plan("broot 1\nbase host\n" + text + "\n");
  }

  private static String raw(String words) {
    return Arrays.stream(words.split(" ", -1))
        .map(word -> "\"" + (word.equals("''") ? "" : word) + "\"")
        .collect(Collectors.joining(", ", "unsafe raw [", "] because \"x\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--bind /opt /o | bind rw /opt -> /o",
        "--ro-bind /opt /o | bind ro /opt -> /o",
        "--ro-bind /opt/a.b /o..x | bind ro /opt/a.b -> /o..x",
        "--dev-bind /opt /o | bind dev /opt -> /o",
        "--bind-try /opt /o | bind rw /opt -> /o optional",
        "--ro-bind-try /opt /o | bind ro /opt -> /o optional",
        "--dev-bind-try /opt /o | bind dev /opt -> /o optional",
        "--ro-bind / /o | bind ro / -> /o",
        "--tmpfs /t | tmpfs /t",
        "--perms 0700 --size 4096 --tmpfs /t | tmpfs /t size 4KiB mode 0700",
        "--size 4096 --perms 0700 --tmpfs /t | tmpfs /t size 4KiB mode 0700",
        "--perms 711 --dir /d | dir /d mode 0711",
        "--proc /p | proc /p",
        "--dev /d | dev /d",
        "--mqueue /q | mqueue /q",
        "--symlink ../x /l | symlink ../x -> /l",
        "bind rw /opt -> /o;--remount-ro /o | bind rw /opt -> /o;remount-ro /o",
        "--remount-ro / | remount-ro /",
        "dir /d;--chmod 0700 /d | dir /d;chmod 0700 /d",
        "--tmpfs /a --ro-bind /opt /a/b | tmpfs /a;bind ro /opt -> /a/b",
        "--unshare-uts --unshare-cgroup | unshare uts;unshare cgroup",
        "--share-net | share net",
        "--new-session | new-session",
        "--die-with-parent | die-with-parent",
      })
  void isWhatALineWouldSay(String raw, String line) {
    String typed =
        line.startsWith("share") || line.equals("bind dev / -> /o")
            ? "unsafe " + line + " because \"x\""
            : line;
    assertThat(Difference.of(spec(raw), spec(typed)).verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(Difference.of(spec(typed), spec(raw)).verdict()).isEqualTo(Verdict.EQUAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // It counts at its place.
        "bind ro /opt -> /o;--tmpfs /o | --tmpfs /o;bind ro /opt -> /o | WIDER",
        "--tmpfs /o;bind ro /opt -> /o | bind ro /opt -> /o;--tmpfs /o | NARROWER",
        "bind rw /opt -> /o;--remount-ro /o | --remount-ro /;bind rw /opt -> /o | WIDER",
        // The last one of the network counts.
        "| --unshare-net;--share-net | WIDER",
        "--share-net | --share-net --unshare-net | NARROWER",
        "--share-net | --share-net;--unshare-all | NARROWER",
      })
  void order(String before, String after, String verdict) {
    assertThat(Difference.of(spec(before == null ? "" : before), spec(after)).verdict())
        .isEqualTo(Verdict.valueOf(verdict));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Values that come from elsewhere, or go elsewhere.
        "--ro-bind /opt",
        "--ro-bind;--tmpfs /x",
        "--ro-bind /opt;/x",
        "--perms 0700;--tmpfs /x",
        "--perms 0700",
        "--size 4096",
        // What bubblewrap refuses, or what means something else than it seems.
        "--perms 0700 --proc /p",
        "--size 4096 --dir /d",
        "--perms 0700 --perms 0711 --dir /d",
        "--perms 0888 --dir /d",
        "--size 0 --tmpfs /x",
        "--chmod 10000 /x",
        // Paths that have to be looked up.
        "--ro-bind opt /x",
        "--ro-bind /opt x",
        "--ro-bind /opt/../etc /x",
        "--ro-bind /opt/. /x",
        "--ro-bind /opt /x/..",
        "--ro-bind /opt //x",
        "--ro-bind /opt /x/",
        "--ro-bind '' /x",
        "--tmpfs /",
        "--bind /opt /",
        // Options of which there is one, those of descriptors, and those that nobody knows.
        "--hostname x",
        "--uid 0",
        "--setenv A b",
        "--cap-add CAP_CHOWN",
        "--args 3",
        "--bind-fd 3 /x",
        "--file 3 /x",
        "--seccomp 3",
        "--userns 3",
        "--overlay-src /opt --tmp-overlay /x",
        "--exec-label a_t",
        "--",
        "--later",
        "--tmpfs /x true",
        // One that is not read takes the others along.
        "--tmpfs /x;--later",
        // Nobody looks for masks in what it shows.
        "hide /home/x optional;--tmpfs /x",
        "protect /home/x optional;--tmpfs /x",
      })
  void staysUnknown(String raw) {
    String lines =
        Arrays.stream(raw.split(";", -1))
            .map(line -> line.startsWith("/") ? raw(line) : line)
            .collect(Collectors.joining(";"));
    String beside =
        raw.startsWith("hide") || raw.startsWith("protect") ? raw.split(";", -1)[0] : "";
    assertThat(Difference.of(spec(lines), spec(beside)).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(Difference.of(spec(beside), spec(lines)).unknown())
        .anyMatch(reason -> reason.contains("`raw`"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"read /etc/x", "write /x", "network", "syscall ptrace", "connect a.example"})
  void noDenyHoldsBesideIt(String what) {
    for (String raw : new String[] {"--tmpfs /x", "--later"}) {
      String text =
          "broot 1\nbase host\nsyscalls deny ptrace\n" + raw(raw) + "\nexpect deny " + what;
      assertThat(Specs.compile(text + "\n", Map.of(), List.of()).diagnostics())
          .anyMatch(error -> error.message().contains("`raw` arguments may do that"));
    }
  }
}
