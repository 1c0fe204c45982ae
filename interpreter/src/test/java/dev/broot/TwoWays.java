package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.run.BuildRoot;
import dev.broot.run.SetupException;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a spec by its script and by the library, in directories that have to be empty afterwards.
 */
abstract class TwoWays {
  /** The two ways to run a plan. */
  enum Way {
    SCRIPT,
    LIBRARY
  }

  record Outcome(int status, String output) {}

  @TempDir Path temp = Path.of("");
  Path run = temp;
  Path var = temp;

  @BeforeEach
  void directories() throws IOException {
    Host.assumeRoot();
    run = Files.createDirectories(temp.resolve("run"));
    var = Files.createDirectories(temp.resolve("var"));
  }

  String root(String more) {
    return "broot 1\nbase host\nrundir "
        + run
        + "\nvardir "
        + var
        + "\ndrop /dev\ndevices /dev prefix dev-\nnode null c 1:3 0666\nnode zero c 1:5 0600\n"
        + "scratch /var prefix var-\n"
        + more;
  }

  Outcome run(Way way, String spec, String... argv) throws Exception {
    return run(way, spec, null, argv);
  }

  Outcome run(Way way, String spec, @Nullable Duration timeout, String... argv) throws Exception {
    String before = Host.state();
    Outcome outcome =
        way == Way.SCRIPT ? script(spec, timeout, argv) : library(spec, timeout, argv);
    assertThat(Host.state()).isEqualTo(before);
    assertThat(run).isEmptyDirectory();
    assertThat(var).isEmptyDirectory();
    return outcome;
  }

  Outcome script(String spec, @Nullable Duration timeout, String... argv) throws IOException {
    return script(spec, timeout, Map.of(), argv);
  }

  Outcome script(
      String spec, @Nullable Duration timeout, Map<String, String> environment, String... argv)
      throws IOException {
    String seconds = timeout == null ? null : timeout.toMillis() / 1000.0 + "";
    String text = ScriptWriter.write(Specs.plan(spec), new RunOptions(seconds, null, null), "TEST");
    Path file = Files.writeString(temp.resolve("script.sh"), text);
    List<String> command = new ArrayList<>(List.of("dash", file.toString()));
    command.addAll(List.of(argv));
    Run.Result result = Run.run(new HashMap<>(environment), null, command);
    return new Outcome(result.status(), result.out() + result.err());
  }

  private static Outcome library(String spec, @Nullable Duration timeout, String... argv)
      throws Exception {
    try (BuildRoot root = BuildRoot.enter(Specs.valid(spec))) {
      dev.broot.run.Run one = dev.broot.run.Run.of(argv).capture();
      dev.broot.run.Result result = root.run(timeout == null ? one : one.timeout(timeout));
      return new Outcome(result.status(), result.output());
    } catch (SetupException e) {
      return new Outcome(125, "broot: " + e.getMessage() + "\n");
    }
  }
}
