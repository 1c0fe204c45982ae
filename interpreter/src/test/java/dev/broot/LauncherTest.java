package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code bin/broot} as people call it, with real bubblewrap. */
class LauncherTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @Test
  void runsHelloAndPrintsNothingElse() throws Exception {
    assertThat(broot("exec", HOME + "/examples/hello.broot", "--", "echo", "hello"))
        .isEqualTo("0:hello\n");
  }

  @Test
  void passesTheStatusOn() throws Exception {
    assertThat(broot("exec", HOME + "/examples/hello.broot", "--", "sh", "-c", "exit 7"))
        .isEqualTo("7:");
  }

  @Test
  void aSpecThatDoesNotCompileRunsNothing() throws Exception {
    assertThat(broot("exec", HOME + "/examples/none.broot", "--", "echo", "hello"))
        .isEqualTo("125:");
  }

  private static String broot(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(HOME + "/bin/broot"));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + ":" + out;
  }
}
