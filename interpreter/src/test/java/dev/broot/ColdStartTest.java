package dev.broot;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.broot.support.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A compilation in a JVM of its own, with the archive that {@code bin/.build} makes. */
class ColdStartTest {
  private static final Path DIST = HOME.resolve("interpreter/target/dist");

  @TempDir Path temp = Path.of("");

  // The first lambda, comparator or record of its kind that the archive lacks costs some 10 ms.
  @ParameterizedTest
  @ValueSource(strings = {"hello", "osbuild-stage"})
  void makesNoClassThatTheArchiveHasNot(String example) throws Exception {
    List<String> jvm = Files.readAllLines(DIST.resolve("jvm"));
    assumeTrue(jvm.get(1).startsWith("-XX:AOTCache="), "no JDK 25 has built broot here");
    Path loaded = temp.resolve("loaded");
    List<String> command = new ArrayList<>(List.of(jvm.get(0)));
    command.addAll(Arrays.asList(jvm.get(2).split(" ", -1)));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC", jvm.get(1), "-Xlog:class+load:file=" + loaded + ":none", "-cp"));
    command.addAll(List.of(DIST.resolve("broot.jar") + "", "dev.broot.cli.Main", "exec"));
    command.addAll(
        List.of("--script-to", temp.resolve("s") + "", "examples/" + example + ".broot"));
    if (example.startsWith("osbuild")) {
      command.addAll(List.of("--set", "tree=/tree"));
    }
    Run.Result result = Run.run(Map.of("LC_ALL", "C.UTF-8"), HOME, command);
    assertThat(result).isEqualTo(new Run.Result(0, "", ""));
    List<String> lines = Files.readAllLines(loaded);
    assertThat(lines).anyMatch(line -> line.startsWith("dev.broot.cli.Main source: shared"));
    assertThat(lines)
        .filteredOn(line -> line.contains("$$Lambda") || line.contains("LambdaForm$"))
        .allMatch(line -> line.contains("shared objects file"));
  }
}
