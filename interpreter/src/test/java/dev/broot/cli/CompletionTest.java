package dev.broot.cli;

import static dev.broot.cli.Called.broot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Checkout;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code broot completion}: the scripts, in the shells themselves. */
class CompletionTest {
  @TempDir Path temp = Path.of("");

  private List<String> bash(String... words) throws IOException {
    Path script = Files.writeString(temp.resolve("broot.bash"), broot("completion", "bash").out());
    String call =
        ". '"
            + script
            + "'; COMP_WORDS=(broot '"
            + String.join("' '", words)
            + "'); COMP_CWORD="
            + words.length
            + "; COMP_LINE='broot "
            + String.join(" ", words)
            + "'; _complete_broot; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Run.Result result = Run.run(Map.of(), temp, List.of("bash", "-c", call));
    assertThat(result.status()).as(result.err()).isZero();
    return result.out().lines().map(String::strip).toList();
  }

  @Test
  void bashCompletesCommandsAndTheirOptions() throws IOException {
    assertThat(bash("")).containsAll(Main.commands());
    assertThat(bash("che")).containsExactly("check");
    assertThat(bash("check", "--")).contains("--format", "--policy", "--help");
    assertThat(bash("review", "--ba")).containsExactly("--base");
  }

  @Test
  void fishCompletesCommandsAndTheirOptions() throws IOException {
    String script = broot("completion", "fish").out();
    for (String command : Main.commands()) {
      assertThat(script).contains(" -a " + command + " -d '");
    }
    assertThat(script).contains("__fish_seen_subcommand_from review' -l base -r -d 'What the");
    Assumptions.assumeTrue(Run.run("sh", "-c", "command -v fish").status() == 0, "no fish here");
    Path file = Files.writeString(temp.resolve("broot.fish"), script);
    String call =
        "source '" + file + "'; complete -C 'broot review --ba'; complete -C 'broot chec'";
    Map<String, String> home = Map.of("HOME", temp.toString(), "XDG_CONFIG_HOME", temp.toString());
    Run.Result result = Run.run(home, temp, List.of("fish", "--no-config", "-c", call));
    assertThat(result.out()).contains("--base", "check\t");
  }

  @Test
  void zshCompletesWhatIsTyped() throws IOException {
    Assumptions.assumeTrue(Run.run("sh", "-c", "command -v zsh").status() == 0, "no zsh here");
    Files.writeString(temp.resolve("completion"), broot("completion", "zsh").out());
    Checkout.tool(temp.resolve("broot"), "echo \"[$*]\"");
    // A real terminal, on which two words are begun, and completed by TAB.
    Path typist =
        Files.writeString(
            temp.resolve("typist"),
            """
            zmodload zsh/zpty
            zpty z 'zsh -f -i'
            zpty -w z 'autoload -U compinit; compinit -u -D; source ./completion; bindkey "^I" complete-word; print LOADED'
            while zpty -r z line; do [[ $line == LOADED* ]] && break; done
            zpty -w -n z $'broot chec\\t --forma\\t'
            zpty -w z ' ; print DONE'
            while zpty -r z line; do print -r -- $line; [[ $line == DONE* ]] && break; done
            """);
    Map<String, String> environment =
        Map.of("HOME", temp.toString(), "PATH", temp + ":" + System.getenv("PATH"));
    Run.Result result =
        Run.run(environment, temp, List.of("timeout", "60", "zsh", "-f", typist.toString()));
    assertThat(result.out()).contains("[check --format]");
  }

  @Test
  void anotherShellIsAUsageError() {
    assertThat(broot("completion", "tcsh").status()).isEqualTo(2);
  }
}
