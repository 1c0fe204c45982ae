package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.permission.Difference;
import dev.broot.permission.Difference.Verdict;
import dev.broot.support.Broot;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lines of the network mean beside each other, and what is said of them. */
class NetworkWordsTest {
  @TempDir Path temp = Path.of("");

  private static String spec(String lines) {
    return "broot 1\nbase host\n" + lines.replace("; ", "\n") + "\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net none | net allow a.example:443 | WIDER",
        "net allow a.example:443 | net allow a.example:443 | EQUAL",
        "net allow a.example:443 | net allow a.example:443; net allow a.example:80 | WIDER",
        "net allow a.example:443; net allow b.example:443 | net allow b.example:443 | NARROWER",
        "net allow a.example:443 | net allow a.example:443 private | WIDER",
        "net allow a.example:443 private | net allow a.example:443 | NARROWER",
        "unsafe share net because \"x\" | net allow a.example:443 | NARROWER",
        "net allow a.example:443 | unsafe share net because \"x\" | WIDER",
        "net allow a.example.org:443 | net allow *.example.org:443 | WIDER",
        "net allow *.example.org:443 | net allow a.b.Example.org:443 | NARROWER",
        "net allow *.example.org:443 | net allow *.b.example.org:443 | NARROWER",
        "net allow *.example.org:443 | net allow example.org:443 | WIDER",
        "net allow *.example.org:443 | net allow badexample.org:443 | WIDER",
        "net allow *.example.org:443 | net allow a.example.org:80 | WIDER",
        "net allow *.example.org:443 | net allow a.example.org:443 private | WIDER",
        "net allow *.example.org:443 | net allow *.example.org:443; net allow *.example.com:443 |"
            + " WIDER",
        "net user | net allow *.example.org:443 | NARROWER",
        "net none | net user | WIDER",
        "net user | net user | EQUAL",
        "net allow a.example:443; net allow 10.0.0.1:22 | net user | WIDER",
        "net user | net allow a.example:443 private | NARROWER",
        "net user | net allow localhost:443 | WIDER",
        "net user | unsafe net allow 168.63.129.16:80 because \"x\" | WIDER",
        "net user | unsafe net allow [fd00:ec2::254]:80 because \"x\" | WIDER",
        "net user | unsafe net allow 169.254.169.254:80 because \"x\" | WIDER",
        "net user | unsafe share net because \"x\" | WIDER",
        "unsafe share net because \"x\" | net user | NARROWER",
      })
  void diffKnowsHosts(String before, String after, Verdict verdict) {
    Difference difference = Difference.of(Specs.plan(spec(before)), Specs.plan(spec(after)));
    assertThat(difference.verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net none | deny network | ",
        "net allow a.example:443 | deny network | the program may connect to a.example:443",
        "net allow a.example:443 | allow network | the program may connect to a.example:443, and not to all others",
        "net allow a.example:443 | deny connect b.example | ",
        "net allow a.example:443 | deny connect a.example:80 | ",
        "net allow a.example:443 | deny connect A.example | the program may connect to a.example:443",
        "net allow a.example:443 | allow connect a.example:443 | ",
        "net allow a.example:443 | allow connect a.example:80 | no line lets the program connect to `a.example:80`",
        "net allow a.example:443 private | deny connect 10.1.2.3 | the program may connect to a.example:443, also at a private address",
        "net allow a.example:443 private | deny connect 169.254.169.254 | ",
        "net allow localhost:443 | deny connect 127.0.0.1 | the program may connect to localhost:443, a service of the host",
        "net allow *.example.org:443 | deny connect a.example.org | the program may connect to *.example.org:443",
        "net allow *.example.org:443 | deny connect A.b.example.org:443 | the program may connect to *.example.org:443",
        "net allow a.example.org:443 | deny connect *.example.org | the program may connect to a.example.org:443",
        "net allow *.a.example.org:443 | deny connect *.example.org | the program may connect to *.a.example.org:443",
        "net allow *.example.org:443 | deny connect example.org | ",
        "net allow *.example.org:443 | deny connect a.example.org:80 | ",
        "net allow *.example.org:443 | deny connect a.badexample.org | ",
        "net allow *.example.org:443 | deny connect 10.1.2.3 | ",
        "net allow *.example.org:443 | deny connect 169.254.169.254 | ",
        "net allow *.example.org:443 | deny network | the program may connect to *.example.org:443",
        "net allow *.example.org:443 | allow connect *.a.example.org:443 | ",
        "net allow a.example.org:443 | allow connect *.example.org:443 | no line lets the program connect to `*.example.org:443`",
        "net user | deny network | the program may connect to every host outside, in private networks too, but not to the host itself",
        "net user | allow network | ",
        "net user | allow connect a.example:443 | ",
        "net user | deny connect 10.1.2.3 | the program may connect to every host outside, in private networks too, but not to the host itself",
        "net user | deny connect localhost | ",
        "net user | deny connect [::1]:22 | ",
        "net user | deny connect 169.254.169.254 | ",
        "unsafe share net because \"x\" | deny connect a.example | the program may use the host's network, with every abstract socket",
      })
  void assertionsKnowHosts(String lines, String expected, String broken) {
    List<String> messages =
        Specs.compile(spec(lines + "; expect " + expected), Map.of(), List.of())
            .diagnostics()
            .stream()
            .filter(diagnostic -> diagnostic.code().id().equals("BR601"))
            .map(diagnostic -> diagnostic.message())
            .toList();
    assertThat(messages)
        .isEqualTo(broken == null ? List.of() : List.of("this does not hold: " + broken));
  }

  @Test
  void aLastHostThatIsDroppedLeavesNoNetwork() throws IOException {
    Files.writeString(temp.resolve("hosts.broot"), "fragment 1\nnet allow a.example:443\n");
    Files.writeString(
        temp.resolve("spec.broot"),
        "broot 1\nbase none because \"test\"\nbind ro /usr -> /usr\ninclude hosts.broot\n");
    Run.Result result =
        Run.run(
            Broot.BROOT,
            "plan",
            "--line",
            "drop net a.example:443",
            temp.resolve("spec.broot").toString());
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("--unshare-net");
  }

  /** Whoever starts bubblewrap by himself has no hosts, and never all of the host's network. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text | net allow a.example:443 | --unshare-net",
        "json | net allow a.example:443 | --unshare-net",
        "text | unshare all; net allow a.example:443 | --unshare-all",
        "json | unshare all; net allow a.example:443 | --unshare-all",
      })
  void aPlanDoesNotShareTheHostsNetwork(String format, String lines, String option)
      throws IOException {
    Files.writeString(
        temp.resolve("spec.broot"),
        "broot 1\nbase none because \"test\"\n" + lines.replace("; ", "\n") + "\n");
    String spec = temp.resolve("spec.broot").toString();
    Run.Result result = Run.run(Broot.BROOT, "plan", "--format", format, spec);
    assertThat(result.out()).contains(option).doesNotContain("--share-net");
    for (List<String> way :
        List.of(
            List.of("plan", "--format", "nul"),
            List.of("export"),
            List.of("export", "--format", "sh"),
            List.of("export", "--format", "args-file", "--resolve"))) {
      List<String> command = new ArrayList<>(List.of(Broot.BROOT));
      command.addAll(way);
      command.add(spec);
      Run.Result refused = Run.run(command.toArray(new String[0]));
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err()).contains("spec.broot:").contains("`broot compile` makes a script");
      assertThat(refused.status()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net allow a.example:443 | --line=unshare net | --unshare-net",
        "net allow a.example:443 | --line=unsafe share net because \"x\" | !--unshare-net",
        "net none | --line=net allow a.example:443 | allow a.example:443    (at 127.0.0.2)",
        "net allow a.example:443 | --line=net user | user    (everything outside of the host)",
        "net user | --line=net allow a.example:443 | allow a.example:443    (at 127.0.0.2)",
        "net user | --line=unshare net | !everything",
        "net user | --line=unsafe share net because \"x\" | !--unshare-net",
        "unsafe share net because \"x\" | --line=net user | user    (everything outside of the host)",
        "unshare all | --line=net allow a.example:443 | !--share-net",
      })
  void aLaterLineReplacesWhatWasSaidOfTheNetwork(String first, String line, String planned)
      throws IOException {
    Files.writeString(temp.resolve("spec.broot"), "broot 1\nbase host\n" + first + "\n");
    Run.Result result = Run.run(Broot.BROOT, "plan", line, temp.resolve("spec.broot").toString());
    assertThat(result.err()).isEmpty();
    if (planned.startsWith("!")) {
      assertThat(result.out()).doesNotContain(planned.substring(1));
    } else {
      assertThat(result.out()).contains("  " + planned + "\n");
    }
  }
}
