package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.bwrap.PlanText;
import dev.broot.plan.HostFacts;
import dev.broot.plan.Plan;
import dev.broot.plan.Resolver;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No sandbox writes what broot obeys later: compiled scripts and entries of runs. */
@NeedsSandbox
class OwnTest {
  @TempDir Path temp = Path.of("");

  @BeforeEach
  void home() throws IOException {
    Files.createDirectories(temp.resolve("home/.cache/broot/exec"));
    Files.writeString(temp.resolve("home/.cache/broot/exec/1.sh"), "compiled");
    Files.createDirectories(temp.resolve("home/.cache/other"));
    Files.createSymbolicLink(temp.resolve("link"), Path.of("home/.cache"));
  }

  private String spec(String source) {
    return "broot 1\nbase host\nunsafe bind rw " + temp.resolve(source) + " -> /at because \"x\"\n";
  }

  private Run.Result script(String spec, String line) throws IOException {
    Path file = temp.resolve("script.sh");
    Files.writeString(file, ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
    return Run.run(
        Map.of("HOME", temp.resolve("home").toString(), "XDG_CACHE_HOME", ""),
        null,
        List.of("dash", file.toString(), "sh", "-c", line));
  }

  /** The directories above are held too: another one in their place would be broot's next time. */
  @ParameterizedTest
  @CsvSource({"home/.cache,.", "home,.cache", "link,.", "home/.cache/../../home,.cache"})
  void whatLiesAboveTheCacheDoesNotGiveIt(String source, String cache) throws IOException {
    String attack =
        "cd /at/@ || exit; echo x >broot/exec/1.sh; rm -rf broot; mv broot b; mkdir -p broot/exec;"
            + " echo evil >broot/exec/1.sh; umount broot; cat broot/exec/1.sh; cd /at;"
            + " mv .cache c && mkdir -p .cache/broot/exec && echo evil >.cache/broot/exec/1.sh;"
            + " echo kept >/at/@/other/file";
    Run.Result result = script(spec(source), attack.replace("@", cache));
    assertThat(Files.readString(temp.resolve("home/.cache/broot/exec/1.sh")))
        .as(result.out() + result.err())
        .isEqualTo("compiled");
    assertThat(result.out() + result.err()).doesNotContain("compiled");
    assertThat(temp.resolve("home/.cache/other/file")).hasContent("kept\n");
  }

  @Test
  void oneThatIsNotThereYetIsNotMadeByTheProgram() throws IOException {
    Run.run(Map.of(), null, List.of("rm", "-rf", temp.resolve("home/.cache/broot").toString()));
    Run.Result result =
        script(
            spec("home"), "mkdir -p /at/.cache/broot/exec; echo evil >/at/.cache/broot/exec/1.sh");
    assertThat(temp.resolve("home/.cache/broot/exec")).as(result.err()).doesNotExist();
  }

  @Test
  void whatLiesInItIsRefused() throws IOException {
    Run.Result result = script(spec("home/.cache/broot/exec"), "true");
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err()).contains("test.broot:3: ").contains("is broot's own");
  }

  @Test
  void whatDoesNotReachItStaysAsItIs() throws IOException {
    Run.Result result = script(spec("home/.cache/other"), "grep -c ' /at' /proc/self/mountinfo");
    assertThat(result.out()).as(result.err()).isEqualTo("1\n");
  }

  /** What is read only where it is needed holds words of the spec, which may hold any line. */
  @Test
  void noNameEndsWhatIsReadLater() throws IOException {
    for (String line : List.of("BROOT_MASKS", "BROOT_LATER", "EOT", "BROOT_LATER_")) {
      String name = "x\\n" + line + "\\n)\\\"\\n/bin/touch " + temp + "/evil\\n: \\\"\\$(\\n";
      String spec = spec("home").replace("/at because", "\"/" + name + "\" because");
      Run.Result result = script(spec, "echo ran");
      assertThat(result).as(line).isEqualTo(new Run.Result(0, "ran\n", ""));
      assertThat(temp.resolve("evil")).doesNotExist();
    }
  }

  /** The library asks the same functions. */
  @Test
  void aPlanForThisHostHidesIt() throws Exception {
    Map<String, String> environment = Map.of("HOME", temp.resolve("home").toString());
    Plan plan = Resolver.resolve(Specs.plan(spec("link")), HostFacts.of(environment));
    assertThat(PlanText.print(plan))
        .contains("--perms 0000 --tmpfs /at/broot\n")
        .contains("--remount-ro /at/broot\n");
    Plan other = Resolver.resolve(Specs.plan(spec("home/.cache/other")), HostFacts.of(environment));
    assertThat(PlanText.print(other)).doesNotContain("--remount-ro");
  }
}
