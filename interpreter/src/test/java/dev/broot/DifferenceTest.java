package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.bwrap.PlanJson;
import dev.broot.permission.Difference;
import dev.broot.permission.Difference.Verdict;
import dev.broot.permission.Grant;
import dev.broot.plan.Plan;
import dev.broot.plan.PlanReader;
import dev.broot.support.Specs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The verdict on a change: known pairs and properties. What real sandboxes show is in {@link
 * dev.broot.pairs.PairsTest}.
 */
class DifferenceTest {
  private static Plan spec(String lines) {
    return Specs.plan("broot 1\nbase host\n" + lines.replace(";", "\n") + "\n");
  }

  private static Difference diff(String before, String after) {
    return Difference.of(spec(before), spec(after));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tmpfs /a | tmpfs /a | EQUAL |",
        "tmpfs /a;tmpfs /b | tmpfs /b;tmpfs /a | EQUAL |",
        "bind ro /opt -> /opt | tmpfs /a;bind ro /opt -> /opt because \"why\" | EQUAL |",
        "| bind ro /opt -> /opt | WIDER | read /opt on the host, seen as /opt",
        "bind ro /opt -> /opt | bind rw /opt -> /opt | WIDER | write /opt on the host, seen as /opt",
        "bind rw /opt -> /opt | bind ro /opt -> /opt | NARROWER |",
        "bind ro /srv -> /srv | bind ro /srv/a -> /srv | NARROWER |",
        "bind ro /srv/a -> /srv | bind ro /srv -> /srv | WIDER | read /srv on the host, seen as /srv",
        "bind ro /srv -> /srv;tmpfs /srv/a | bind ro /srv -> /srv | WIDER | read /srv/a on the host, seen as /srv/a",
        "bind ro /srv -> /srv | bind ro /srv -> /srv;tmpfs /srv/a | NARROWER |",
        "bind ro /srv -> /srv;tmpfs /srv/a | bind ro /srv -> /srv;tmpfs /srv/a;bind ro /srv/a/b -> /b | WIDER | read /srv/a/b on the host, seen as /b",
        "bind ro /srv -> /srv | bind ro /srv -> /srv;bind rw /srv/a -> /srv/a | WIDER | write /srv/a on the host, seen as /srv/a",
        "bind ro /srv -> /a | bind ro /srv -> /b | EQUAL |",
        "bind ro /srv -> /srv;tmpfs /srv/a | bind ro /srv -> /srv;bind ro /opt -> /srv/a optional | WIDER | read /srv/a on the host, seen as /srv/a",
        "| unsafe share net because \"x\" | WIDER | use the host's network, with every abstract socket",
        "unsafe share net because \"x\" | | NARROWER |",
        "| env pass HOME | WIDER | see the caller's HOME",
        "| env inherit | WIDER | see the caller's whole environment",
        "env inherit | env inherit;env unset SECRET | NARROWER |",
        "env inherit;env unset SECRET | env inherit | WIDER | see the caller's SECRET",
        "| cap add CAP_CHOWN | WIDER | use CAP_CHOWN",
        "drop cap ALL;cap drop CAP_CHOWN | drop cap ALL | WIDER | use CAP_CHOWN when root runs it",
        "drop cap ALL | | NARROWER |",
        "stdin null | stdin inherit | WIDER | read the caller's standard input",
        "| symlink usr/x -> /x | EQUAL |",
        "| tmpfs /scratch | EQUAL |",
        "apis /run/a | apis /run/a;api x socket /run/x.sock | WIDER | connect to /run/x.sock, at /run/a/x",
        "| unsafe raw [\"--hostname\", \"x\"] because \"x\" | UNKNOWN |",
        "unshare all | unshare all;unshare user | EQUAL |",
        "| unsafe bind ro /run/docker.sock -> /d because \"x\" | WIDER | connect to /run/docker.sock on the host, seen as /d",
        "bind ro /srv -> /srv;bind ro /opt -> /srv/a optional | bind ro /srv -> /srv;bind ro /opt -> /srv/a optional | EQUAL |",
        "bind ro /srv -> /srv;bind ro /opt -> /srv/a if directory | bind ro /srv -> /srv;bind ro /opt -> /srv/a optional | WIDER | read /srv/a on the host, seen as /srv/a",
        "bind ro /srv -> /srv;bind ro /opt -> /srv/a optional | bind ro /srv -> /srv | WIDER | read /srv/a on the host, seen as /srv/a",
        "seccomp /a | | WIDER | make the system calls that the filter /a forbids",
        "seccomp /a | seccomp /a;seccomp /b | NARROWER |",
        "seccomp /a | seccomp /b | WIDER | make the system calls that the filter /a forbids",
        "| bind-data ro /etc/shadow -> /s | WIDER | read /etc/shadow on the host, seen as /s",
        "drop cap ALL;share user;bind ro /srv/f -> /s | drop cap ALL;share user;bind-data rw /srv/f -> /s | NARROWER |",
        "bind ro /srv/f -> /s | bind-data rw /srv/f -> /s | WIDER | read /srv/f on the host, seen as /s",
        "bind-data rw /srv/f -> /s | bind ro /srv/f -> /s | WIDER | read /srv/f on the host, seen as /s",
        "| text /etc/x = y | EQUAL |",
        "param p: path;bind ro ${p} -> /p | param p: path;bind ro ${p}/sub -> /p | NARROWER |",
        "param p: path;bind ro /srv -> ${p} | bind ro /srv -> /srv | UNKNOWN |",
        "unsafe share pid because \"x\" | unsafe share pid because \"x\";drop /proc | NARROWER |",
      })
  void knownPairs(
      @Nullable String before, @Nullable String after, Verdict verdict, @Nullable String gain) {
    Difference difference =
        diff(
            before == null ? "" : before.replace("unsafe share pid because \"x\"", "share pid"),
            after == null ? "" : after.replace("unsafe share pid because \"x\"", "share pid"));
    assertThat(difference.verdict()).as(difference.toString()).isEqualTo(verdict);
    if (gain != null) {
      assertThat(difference.gained().stream().map(Grant::text)).contains(gain);
    }
  }

  @Test
  void fromOneYearsOsbuildToAnothers() {
    String inputs = "root /srv/tree\nrunner /usr/lib/r\nlibdir /usr/lib/osbuild\n";
    Plan old = Specs.plan("broot 1\nbase osbuild-2020\n" + inputs.replace("/usr/lib/r", "r"));
    Plan now = Specs.plan("broot 1\nbase osbuild-2026\n" + inputs);
    Difference difference = Difference.of(old, now);
    List<String> lost = difference.lost().stream().map(Grant::text).toList();
    assertThat(lost)
        .contains(
            "write /sys on the host, seen as /sys",
            "use the host's network, with every abstract socket",
            "see the caller's whole environment");
    assertThat(difference.verdict()).isEqualTo(Verdict.WIDER);
    assertThat(difference.gained().stream().map(Grant::text))
        .contains("read /srv/tree/etc/containers on the host, seen as /etc/containers");
    assertThat(Difference.of(old, old).verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(Difference.of(now, now).verdict()).isEqualTo(Verdict.EQUAL);
  }

  @Test
  void theWorstComesFirst() {
    Difference difference =
        diff(
            "",
            "bind ro /opt -> /opt;unsafe bind rw /etc -> /etc2 because \"x\";bind rw /srv -> /srv");
    assertThat(difference.gained().get(0).text())
        .isEqualTo("write /etc on the host, seen as /etc2");
    assertThat(difference.gained().get(1).text()).isEqualTo("write /srv on the host, seen as /srv");
    assertThat(Difference.said(difference.gained().get(0)))
        .isEqualTo("test.broot:4  unsafe  because \"x\"");
  }

  static Plan again(Plan spec) throws PlanReader.Malformed {
    return PlanReader.read(PlanJson.print(spec, List.of()));
  }

  @Test
  void aPlanAsJsonPermitsWhatItsSpecDoes() throws Exception {
    for (String base : List.of("host", "osbuild-2020", "osbuild-2026")) {
      String text =
          "broot 1\nbase "
              + base
              + (base.equals("host")
                  ? "\nrundir /run/x create\ndrop /dev\ndevices /dev prefix d-\nnode null c 1:3 0666\nvardir /var/tmp create\nscratch /srv prefix s-\n"
                      + "text /etc/a = b\nbind-data rw /a -> /b\nfile /a -> /tmp/c\nseccomp /f\n"
                      + "overlay [\"/a\", \"/b\"] ro -> /o\nlock-file /usr/l\nchmod 0700 /tmp\n"
                      + "param p: path\nbind rw ${p} -> /p if directory\nremount-ro /tmp\n"
                      + "tmpfs /t size 1MiB mode 0700\ntemp prefix t-\n"
                      + "unsafe raw [\"--x\", \"y\"] because \"z\"\n"
                      + "apis /run/api\napi a serve [\"srv\", \"${socket}\"]\n"
                  : "\nroot /srv/t\nrunner /usr/r\nlibdir /usr/lib/osbuild\n"
                      .replace("/usr/r", base.endsWith("6") ? "/usr/r" : "r"));
      Plan spec = Specs.plan(text);
      Difference there = Difference.of(spec, again(spec));
      Difference back = Difference.of(again(spec), spec);
      assertThat(there.gained()).as(base).isEmpty();
      assertThat(back.gained()).as(base).isEmpty();
      assertThat(there.verdict()).isEqualTo(Verdict.EQUAL);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\": 2|\"version\": 3|its version is 3, and this broot reads 2",
        "\"version\": 2|\"version\": \"x\"|x",
        "\"stdin-inherited\": true|\"stdin-inherited\": \"some\"|neither true nor false",
        "\"sandbox\": {|\"sandbx\": {|`sandbox` is missing",
        "\"access\": \"ro\"|\"access\": \"all\"|`all` is no access",
        "\"kind\": \"set-variable\"|\"kind\": \"keep\"|does not know: `keep`",
        "\"line\": 2|\"line\": -2|a place with the line",
        "{|[|it is not JSON",
      })
  void whatIsNoPlanIsRefused(String good, String bad, String why) {
    String json = PlanJson.print(spec(""), List.of());
    assertThat(json).contains(good);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> PlanReader.read(json.replace(good, bad)))
        .isInstanceOf(PlanReader.Malformed.class)
        .hasMessageContaining(why);
    for (int end = 0; end < json.length() - 2; end += 97) {
      String part = json.substring(0, end);
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> PlanReader.read(part))
          .isInstanceOf(PlanReader.Malformed.class);
    }
  }
}
