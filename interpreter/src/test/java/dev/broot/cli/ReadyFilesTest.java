package dev.broot.cli;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Broot;
import dev.broot.support.Host;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files for CI services and for pre-commit: what they run, run here. */
class ReadyFilesTest {
  private static final String WIDE = "broot 1\nbase host\nbind rw /srv -> /srv because \"t\"\n";

  @TempDir Path temp = Path.of("");
  private Path home = Path.of("");

  private Run.Result run(Map<String, String> more, String... command) throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PATH", HOME + "/bin:" + System.getenv("PATH"));
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "a");
      environment.put("GIT_" + who + "_EMAIL", "a@example.org");
    }
    return Run.run(Map.copyOf(environment), home, List.of(command));
  }

  private void git(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Run.Result result = run(Map.of(), command.toArray(new String[0]));
    assertThat(result.status()).as(result.err()).isZero();
  }

  @BeforeEach
  void repository() throws IOException {
    home = Files.createDirectory(temp.resolve("repository"));
    git("init", "-q", "-b", "main");
    Files.writeString(home.resolve("a b.broot"), "broot 1\nbase host\n");
    git("add", "-A");
    git("commit", "-qm", "first");
    git("checkout", "-qb", "work");
    Files.writeString(home.resolve("a b.broot"), WIDE);
    git("add", "-A");
  }

  // The lines of a block scalar, without their indentation.
  private static String script(String file, String start) throws IOException {
    String page = Files.readString(HOME.resolve(file));
    int at = page.indexOf(start);
    assertThat(at).isNotNegative();
    return page.substring(at + start.length()).stripIndent();
  }

  @Test
  void theStepsOfTheActionShowWhatWidensAndFail() throws IOException {
    git("commit", "-qm", "wider");
    Path summary = temp.resolve("summary");
    Map<String, String> environment = new HashMap<>();
    environment.put("GITHUB_STEP_SUMMARY", summary.toString());
    environment.put("BROOT_BASE", "main");
    environment.put("BROOT_PATHS", "a b.broot\n");
    environment.put("BROOT_POLICY", "");
    environment.put("BROOT_GOLDEN", "");
    environment.put("BROOT", Broot.BROOT);
    String script = script("action.yml", "run: |\n");
    String[] step = {"bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script};
    Run.Result wide = run(environment, step);
    assertThat(wide.status()).as(wide.err()).isEqualTo(1);
    assertThat(wide.out()).startsWith("::warning file=a b.broot,line=3");
    assertThat(Files.readString(summary)).startsWith("<!-- broot review -->\n### WIDER");
    environment.put("BROOT_BASE", "work");
    assertThat(run(environment, step)).isEqualTo(new Run.Result(0, "", ""));
    environment.put("BROOT_BASE", "none");
    assertThat(run(environment, step).status()).isNotZero();
  }

  /** The page's own repository: the part of the change that it shows, and what it says of all. */
  @Test
  void thePageShowsWhatReviewPrints() throws IOException {
    Path ci = Files.createDirectories(home.resolve("ci"));
    String part = "fragment 1\n" + "# More.\n".repeat(5);
    Files.writeString(ci.resolve("common.broot"), part);
    Files.writeString(ci.resolve("build.broot"), "broot 1\nbase host\ninclude common.broot\n");
    Files.writeString(
        ci.resolve("test.broot"), "broot 1\nbase host\nunsafe share net because \"t\"\n");
    git("add", "-A");
    git("commit", "-qm", "first");
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    Files.writeString(
        ci.resolve("common.broot"),
        part + "bind rw /srv/cache -> /cache because \"the compiler's cache\"\n");
    Files.writeString(ci.resolve("test.broot"), "broot 1\nbase host\n");
    git("commit", "-qam", "second");
    Run.Result result = run(Map.of(), Broot.BROOT, "review", "--base", "origin/main");
    String shown = script("docs/review.md", "```console\n");
    assertThat(shown.substring(0, shown.indexOf("```"))).isEqualTo(result.out() + result.err());
    String golden = script("docs/review.md", "plan of each spec beside it (`");
    run(Map.of(), "sh", "-c", "cd ci && " + golden.substring(0, golden.indexOf('`')));
    assertThat(ci.resolve("build.plan")).exists();
    assertThat(run(Map.of(), "sh", "-c", "broot golden --check ci/*.broot"))
        .isEqualTo(
            new Run.Result(
                0, "", "broot: ci/common.broot is a fragment and no spec, and is left out\n"));
    assertThat(run(Map.of(), "sh", "-c", "broot check ci/*.broot").status()).isZero();
    assertThat(run(Map.of(), "sh", "-c", "broot check ci/common.broot ci/common.broot").err())
        .contains("BR204");
  }

  @Test
  void theHookOfPreCommitReadsTheIndexAndTheMessage() throws IOException {
    String page = Files.readString(HOME.resolve(".pre-commit-hooks.yaml"));
    int at = page.indexOf("entry: ") + 7;
    // pre-commit splits the entry as a shell does, and adds the name of the message's file.
    String entry = page.substring(at, page.indexOf('\n', at)) + " '" + temp.resolve("MSG") + "'";
    Files.writeString(temp.resolve("MSG"), "wider\n");
    Run.Result held = run(Map.of(), "sh", "-c", entry);
    assertThat(held.status()).as(held.err()).isEqualTo(1);
    assertThat(held.out()).contains("a b.broot (changed): WIDER");
    Files.writeString(
        temp.resolve("MSG"), "wider\n\nBroot-Accept: a b.broot because the test says so\n");
    assertThat(run(Map.of(), "sh", "-c", entry).status()).isZero();
  }

  @Test
  void theRealPreCommitCallsThem() throws IOException {
    Host.assumePreCommit();
    Path hooks = Files.createDirectory(temp.resolve("hooks"));
    Files.copy(HOME.resolve(".pre-commit-hooks.yaml"), hooks.resolve(".pre-commit-hooks.yaml"));
    for (String[] step :
        new String[][] {{"init", "-q"}, {"add", "-A"}, {"commit", "-qm", "hooks"}}) {
      List<String> command = new ArrayList<>(List.of("git", "-C", hooks.toString()));
      command.addAll(List.of(step));
      assertThat(run(Map.of(), command.toArray(new String[0])).status()).isZero();
    }
    String revision =
        run(Map.of(), "git", "-C", hooks.toString(), "rev-parse", "HEAD").out().strip();
    String config =
        script("docs/review.md", "```yaml\n# .pre-commit-config.yaml\n")
            .replace("ADDRESS", hooks.toString())
            .replace("REVISION", revision);
    Files.writeString(
        home.resolve(".pre-commit-config.yaml"), config.substring(0, config.indexOf("```")));
    Map<String, String> own = Map.of("PRE_COMMIT_HOME", temp.resolve("cache").toString());
    Run.Result installed = run(own, "pre-commit", "install");
    assertThat(installed.status()).as(installed.toString()).isZero();
    git("add", "-A");
    Run.Result held = run(own, "git", "commit", "-m", "wider");
    assertThat(held.status()).as(held.toString()).isEqualTo(1);
    assertThat(held.out() + held.err())
        .contains("a b.broot (changed): WIDER", "Broot-Accept: a b.broot because REASON");
    Files.writeString(home.resolve("a b.broot"), WIDE.replace("bind", "  bind"));
    git("add", "-A");
    String message = "wider\n\nBroot-Accept: a b.broot because the test says so";
    Run.Result ragged = run(own, "git", "commit", "-m", message);
    assertThat(ragged.status()).as(ragged.toString()).isEqualTo(1);
    Files.writeString(home.resolve("a b.broot"), WIDE);
    git("add", "-A");
    Run.Result accepted = run(own, "git", "commit", "-m", message);
    assertThat(accepted.status()).as(accepted.toString()).isZero();
  }

  @Test
  void theHookOfPreCommitNamesWhatIsLaidOutOtherwise() throws IOException {
    String page = Files.readString(HOME.resolve(".pre-commit-hooks.yaml"));
    String hook = page.substring(page.indexOf("- id: broot-fmt"));
    String entry = hook.lines().filter(line -> line.contains("entry: ")).findFirst().orElseThrow();
    String command = entry.substring(entry.indexOf("entry: ") + 7) + " 'a b.broot'";
    assertThat(hook).contains("files: \\.broot$");
    assertThat(run(Map.of(), "sh", "-c", command)).isEqualTo(new Run.Result(0, "", ""));
    Files.writeString(home.resolve("a b.broot"), "broot 1\n  base   host\n");
    assertThat(run(Map.of(), "sh", "-c", command)).isEqualTo(new Run.Result(1, "a b.broot\n", ""));
  }

  @Test
  void theComponentOfGitLabShowsWhatWidensAndFails() throws IOException {
    git("commit", "-qm", "wider");
    String page = Files.readString(HOME.resolve("templates/review.yml"));
    String script =
        page.substring(page.indexOf("  script:\n"))
            .lines()
            .filter(line -> line.startsWith("    - "))
            .map(line -> line.substring(6))
            .collect(Collectors.joining("\n"));
    for (String paths : List.of("", ".", "'a b.broot'")) {
      String job = script.replace("$[[ inputs.paths ]]", paths);
      Run.Result wide = run(Map.of("CI_MERGE_REQUEST_DIFF_BASE_SHA", "main"), "sh", "-ec", job);
      assertThat(wide.status()).as(wide.err()).isEqualTo(1);
      assertThat(wide.out()).startsWith("WIDER: 1 spec changed");
    }
    String whole = script.replace("$[[ inputs.paths ]]", "");
    Map<String, String> same = Map.of("CI_MERGE_REQUEST_DIFF_BASE_SHA", "work");
    assertThat(run(same, "sh", "-ec", whole).status()).isZero();
    // A pipeline that is not of a merge request has none.
    assertThat(run(Map.of("CI_MERGE_REQUEST_DIFF_BASE_SHA", ""), "sh", "-ec", whole).err())
        .contains("`--base` is given an empty REV");
  }
}
