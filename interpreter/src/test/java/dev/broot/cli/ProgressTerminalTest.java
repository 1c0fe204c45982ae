package dev.broot.cli;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Checkout;
import dev.broot.support.Git;
import dev.broot.support.Run;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What takes long says so on a real terminal, and not in a pipe. Each command waits for a text in
 * the middle: it gets that when the terminal has shown how far it is.
 */
class ProgressTerminalTest {
  private static final String SPEC = "broot 1\nbase host\n";
  private static final String ERASE = "\r\u001b[K";
  private static final int NARROW = 20;

  @TempDir Path temp = Path.of("");

  private void write(String name, String text) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @BeforeEach
  void gates() throws IOException {
    for (String name : List.of("terminal", "pipe")) {
      Path directory = Files.createDirectory(temp.resolve(name));
      assertThat(Run.run("mkfifo", directory + "/gate", directory + "/next").status()).isZero();
    }
    write("a.broot", SPEC);
  }

  private Process start(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("TERM", "xterm");
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    return builder.redirectErrorStream(true).start();
  }

  private String until(Process process, String pattern) throws IOException {
    InputStream out = process.getInputStream();
    Pattern wanted = Pattern.compile(pattern);
    StringBuilder seen = new StringBuilder();
    while (!wanted.matcher(seen).find()) {
      int next = out.read();
      assertThat(next).as(seen.toString()).isNotNegative();
      seen.append((char) next);
    }
    return seen.toString();
  }

  private static String rest(Process process) throws Exception {
    String rest = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return rest;
  }

  /**
   * Runs a command on a terminal and in a pipe.
   *
   * @param command gets the text from the file `gate` of the directory that $WHERE names
   * @param far what the terminal shows while it waits for that
   * @return what the terminal showed behind that
   */
  private String run(String command, String far, String text, Map<String, String> environment)
      throws Exception {
    Map<String, String> here = new java.util.HashMap<>(environment);
    here.put("WHERE", "pipe");
    // It waits for longer than the other one.
    Process pipe = start(here, "sh", "-c", command);
    here.put("WHERE", "terminal");
    Process terminal = start(here, "script", "-q", "-e", "-c", command, "/dev/null");
    String seen = until(terminal, far);
    String line = seen.substring(seen.lastIndexOf(ERASE) + ERASE.length());
    assertThat(line).hasSizeLessThanOrEqualTo(NARROW);
    write("pipe/gate", text);
    write("terminal/gate", text);
    assertThat(rest(pipe)).doesNotContain("\u001b", "\r");
    return rest(terminal);
  }

  private String run(String command, String far, String text) throws Exception {
    return run(command, far, text, Map.of());
  }

  @Test
  void manySpecs() throws Exception {
    String command = "cat $WHERE/gate | " + BROOT + " check a.broot -";
    String rest = run(command, "1 of 2 specs", SPEC);
    assertThat(rest).endsWith(ERASE).doesNotContain("broot");
  }

  @Test
  void manyFilesToLayOut() throws Exception {
    String rest = run("cat $WHERE/gate | " + BROOT + " fmt a.broot -", "1 of 2 files", SPEC);
    assertThat(rest).endsWith(ERASE + "broot 1\r\nbase host\r\n");
  }

  @Test
  void anImport() throws Exception {
    String command = "cat $WHERE/gate | " + BROOT + " import --as lines --from -";
    String rest = run(command, "import, [0-9]+ s", "bwrap\n--ro-bind\n/\n/\ntrue\n");
    assertThat(rest).contains(ERASE + "broot 1\r\n");
  }

  @Test
  void aReview() throws Exception {
    write("b.broot", SPEC);
    write("c.broot", SPEC);
    Git.git(temp, "init", "-q");
    Git.git(temp, "add", "a.broot", "b.broot", "c.broot");
    Git.git(temp, "commit", "-qm", "a");
    Git.git(temp, "rm", "-q", "a.broot");
    Path fake = Files.createDirectory(temp.resolve("fake"));
    Checkout.tool(
        fake.resolve("git"),
        "case \" $* \" in *' diff-index '*) read -r x <$WHERE/gate ;; esac\n"
            + "PATH=${PATH#*:}; exec git \"$@\"");
    String rest =
        run(
            BROOT + " review --base HEAD --index",
            "0 of 2 files",
            "go\n",
            Map.of("PATH", fake + ":" + System.getenv("PATH")));
    assertThat(rest).contains(ERASE).contains("a.broot (deleted)");
  }

  @Test
  void theFirstBuild() throws Exception {
    String maven = "echo '[INFO] --- one'; echo '[INFO] --- two'; read -r x <\"$GATE/gate\"";
    for (String where : List.of("pipe", "terminal")) {
      Path home = Checkout.of(temp.resolve(where), maven);
      Checkout.tool(
          home.resolve("fake/bin/java"),
          "case $* in *Xshare:dump*) read -r x <\"$GATE/next\" ;; esac");
      // What prepares a fast start waits, too.
    }
    Map<String, String> environment = Map.of("PATH", temp + "/$WHERE/checkout/fake");
    Process pipe = start(environment, "sh", "-c", build("pipe"));
    Process terminal =
        start(environment, "script", "-q", "-e", "-c", build("terminal"), "/dev/null");
    assertThat(until(terminal, "step 2/15, [0-9]+ s")).contains("building on first use");
    write("pipe/gate", "go\n");
    write("terminal/gate", "go\n");
    assertThat(until(terminal, "step 15/15, [0-9]+ s"))
        .contains(ERASE + "broot: preparing a fast start\r\n");
    write("pipe/next", "go\n");
    write("terminal/next", "go\n");
    assertThat(rest(terminal)).endsWith(ERASE + "broot: built\r\n");
    assertThat(rest(pipe)).endsWith("broot: built\n").doesNotContain("\u001b", "\r", "step");
  }

  private String build(String where) {
    String checkout = temp + "/" + where + "/checkout";
    return "PATH="
        + checkout
        + "/fake:"
        + System.getenv("PATH")
        + " JAVA_HOME="
        + checkout
        + "/fake GATE="
        + temp
        + "/"
        + where
        + " exec "
        + checkout
        + "/bin/.build";
  }
}
