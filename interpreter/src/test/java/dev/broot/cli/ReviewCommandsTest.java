package dev.broot.cli;

import static dev.broot.cli.Called.broot;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code diff}, {@code why} and {@code tree} as reviewers call them. */
class ReviewCommandsTest {
  @TempDir Path temp = Path.of("");
  private String before = "";
  private String after = "";

  @BeforeEach
  void specs() throws IOException {
    before = spec("before.broot", "bind ro /opt -> /opt");
    after = spec("after.broot", "bind rw /opt -> /opt because \"<b>`::error::x`@me*\"");
  }

  private String spec(String name, String lines) throws IOException {
    return Files.writeString(temp.resolve(name), "broot 1\nbase host\n" + lines + "\n").toString();
  }

  @Test
  void whyKnowsTheVariablesOfAnInheritedEnvironment() throws IOException {
    String lines = "env unset GONE\nenv SAID = \"a b\"\nenv pass P\n";
    String spec = spec("a.broot", "env inherit because \"t\"\n" + lines);
    assertThat(broot("why", spec, "ANY").out())
        .startsWith("ANY: the program may see the caller's whole environment\n")
        .endsWith("a.broot:3: env inherit because \"t\"\n");
    assertThat(broot("why", spec, "GONE").out())
        .startsWith("GONE: no\n")
        .contains("env unset GONE");
    assertThat(broot("why", spec, "SAID").out())
        .startsWith("SAID: the program sees the spec's value, `a b`\n")
        .contains("env SAID");
    String alone = spec("b.broot", "env SAID = b\nenv pass P\n");
    assertThat(broot("why", alone, "P").out())
        .startsWith("P: the program may see the caller's P\n");
    assertThat(broot("why", alone, "ANY").out()).isEqualTo("ANY: no\n");
  }

  @Test
  void whyNamesWhoSharesANamespaceOrThatNobodyOwnsIt() throws IOException {
    String shares = spec("share.broot", "unsafe share net because \"t\"");
    assertThat(broot("why", shares, "network").out())
        .startsWith("network: the program may use the host's network")
        .endsWith("share.broot:3: unsafe share net because \"t\"\n");
    String bare = Files.writeString(temp.resolve("n.broot"), "broot 1\nbase none\n").toString();
    assertThat(broot("why", bare, "network").out()).endsWith("\n  no line says `unshare net`\n");
    assertThat(broot("why", bare, "pid").out()).endsWith("\n  no line says `unshare pid`\n");
  }

  @Test
  void whySaysWhatRootReachesBesideAllLines() throws IOException {
    Path spec = temp.resolve("root.broot");
    String own = "broot 1\nbase none\nunshare net\nunshare pid\n";
    String kept = Files.writeString(spec, own).toString();
    String network = "note: run by root, the program keeps CAP_SYS_ADMIN, with which it can reach";
    assertThat(broot("why", kept, "network").out()).contains("network: no\n", network);
    assertThat(broot("why", kept, "connect", "example.org:443").out()).contains(": no;", network);
    Files.writeString(spec, own + "cap drop ALL\nproc /proc\n");
    assertThat(broot("why", kept, "/etc").out())
        .contains("note: run by root, the program can use files of the host")
        .contains("by `/proc/sys/kernel/core_pattern`");
    Files.writeString(spec, own + "cap drop ALL\n");
    assertThat(broot("why", kept, "/etc").out() + broot("why", kept, "network").out())
        .doesNotContain("note:");
  }

  @Test
  void whyNamesEachCauseOnce() throws IOException {
    String links = "symlink /x/b -> /x/a\nsymlink c -> /x/b\nbind ro /opt -> /x/c\n";
    for (String what : List.of("/x/a", "/x/a/y", "/usr/bin/env", "HOME")) {
      assertThat(
              broot("why", spec("why.broot", links + "unsafe share net because \"t\""), what)
                  .out()
                  .lines()
                  .filter(line -> line.startsWith("  ")))
          .as(what)
          .isNotEmpty()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aWiderSandboxEndsWithOneWhenAsked() {
    assertThat(broot("diff", before, after).status()).isZero();
    assertThat(broot("diff", "--exit-code", before, after).status()).isEqualTo(1);
    assertThat(broot("diff", "--exit-code", after, before).status()).isZero();
    assertThat(broot("diff", after, before).out()).startsWith("NARROWER\nlost\n");
    assertThat(broot("diff", before).status()).isEqualTo(2);
    assertThat(broot("diff", before, after, before).status()).isEqualTo(2);
  }

  @Test
  void hostileTextIsText() throws IOException {
    String markdown = broot("diff", "--format", "markdown", before, after).out();
    assertThat(markdown)
        .startsWith("**WIDER**\n")
        .contains("&lt;b&gt;\\`\\:\\:error\\:\\:x\\`&#64;me\\*")
        .doesNotContain("<b>");
    String json = broot("diff", "--format", "json", before, after).out();
    assertThat(JsonParser.parseString(json).getAsJsonObject().get("verdict").getAsString())
        .isEqualTo("WIDER");
    assertThat(json).contains("\"level\": \"host-write\"").contains("<b>`::error::x`@me*");
    String escape = spec("escape.broot", "bind ro \"/a\\u001b[31m\\nGAINED\" -> /opt");
    assertThat(broot("diff", before, escape).out()).contains("/a\\u001b[31m\\u000aGAINED");
  }

  @Test
  void plansAsJsonAreCompared() throws IOException {
    String old = plan("old.json", before);
    String now = plan("new.json", after);
    assertThat(broot("diff", old, now).out())
        .startsWith("WIDER\n")
        .contains("may write /opt on the host, seen as /opt    " + after + ":3");
    assertThat(broot("diff", old, before)).isEqualTo(new Run.Result(0, "EQUAL\n", ""));
    Files.writeString(temp.resolve("cut.json"), Files.readString(Path.of(now)).substring(0, 400));
    Run.Result cut = broot("diff", "--exit-code", old, temp + "/cut.json");
    assertThat(cut.status()).isEqualTo(1);
    assertThat(cut.out()).isEqualTo("UNKNOWN\n");
    assertThat(cut.err()).contains("cut.json is not a plan: ").endsWith("NEW does not compile\n");
    assertThat(broot("diff", old, temp + "/none.json").status()).isEqualTo(1);
  }

  private String plan(String name, String spec) throws IOException {
    String json = broot("plan", "--format", "json", spec).out();
    return Files.writeString(temp.resolve(name), json).toString();
  }

  @Test
  void aSideThatDoesNotCompileIsNamed() throws IOException {
    String bad = spec("bad.broot", "tmpfs tmp");
    assertThat(broot("diff", before, bad))
        .satisfies(
            result -> {
              assertThat(result.status()).isEqualTo(1);
              assertThat(result.out()).isEqualTo("UNKNOWN\n");
              assertThat(result.err())
                  .contains("bad.broot:3:7: error")
                  .endsWith("broot: NEW does not compile\n");
            });
    assertThat(broot("diff", bad, before).err()).endsWith("broot: OLD does not compile\n");
    String json = broot("diff", "--format", "json", bad, before).out();
    assertThat(JsonParser.parseString(json).getAsJsonObject().get("verdict").getAsString())
        .isEqualTo("UNKNOWN");
    assertThat(broot("diff", "--format", "markdown", bad, before).out()).startsWith("**UNKNOWN**");
    assertThat(broot("diff", "--format", "github", bad, before).out()).isEmpty();
  }

  @Test
  void aRevisionOfGitIsCompared() throws IOException {
    String in = temp.toString();
    String spec = spec("s.broot", "include f.broot");
    Path fragment =
        Files.writeString(temp.resolve("f.broot"), "fragment 1\nbind ro /opt -> /opt\n");
    String commit =
        "cd '"
            + in
            + "' && git init -q . && git add . && git -c user.name=a -c user.email=b commit -qm one";
    assertThat(Run.run("sh", "-c", commit).status()).isZero();
    assertThat(broot("diff", "--git", "HEAD", spec)).isEqualTo(new Run.Result(0, "EQUAL\n", ""));
    Files.writeString(fragment, "fragment 1\nbind rw /opt -> /opt\n");
    assertThat(broot("diff", "--git", "HEAD", spec).out())
        .startsWith("WIDER\n")
        .contains("may write /opt on the host, seen as /opt");
    assertThat(broot("diff", "--git", "nosuch", spec))
        .satisfies(
            result -> {
              assertThat(result.status()).isEqualTo(1);
              assertThat(result.out()).isEqualTo("UNKNOWN\n");
            });
    assertThat(broot("diff", "--git", "--output=/tmp/x", spec).status()).isEqualTo(2);
    assertThat(broot("diff", "--git", "HEAD", before, after).status()).isEqualTo(2);
  }

  @Test
  void whySaysWhatAndWhichLine() throws IOException {
    assertThat(broot("why", after, "/opt/x").out())
        .isEqualTo(
            "/opt/x: read and write, which is /opt/x on the host\n  "
                + after
                + ":3: bind rw /opt -> /opt because \"<b>`::error::x`@me*\"\n");
    assertThat(broot("why", before, "/bin/sh").out())
        .startsWith("/bin/sh (which is /usr/bin/sh): read, which is /usr/bin/sh on the host\n")
        .contains("base:host:33: symlink usr/bin -> /bin")
        .contains("    brought in by " + before + ":2");
    assertThat(broot("why", "--write", before, "/opt").status()).isEqualTo(1);
    assertThat(broot("why", "--read", before, "/opt").status()).isZero();
    assertThat(broot("why", "--write", after, "/opt").status()).isZero();
    assertThat(broot("why", "--read", after, "/nothing").status()).isEqualTo(1);
    assertThat(broot("why", before, "network").out()).startsWith("network: no\n");
    String keeps = spec("keeps.broot", "drop cap ALL\nbind ro /opt -> /opt");
    assertThat(broot("why", keeps, "/opt").out())
        .endsWith(
            "note: run by root, the program keeps CAP_SYS_ADMIN, with which it undoes mounts; the"
                + " lines are about what is mounted\n");
    assertThat(broot("why", before, "/opt").out()).doesNotContain("note");
    assertThat(broot("why", before, "HOME").out()).contains("env HOME = /tmp");
    assertThat(broot("why", "--read", before, "network").status()).isEqualTo(2);
  }

  @Test
  void aPolicyHoldsForSpecsThatDoNotKnowIt() throws IOException {
    Path policy =
        Files.writeString(temp.resolve("policy.broot"), "fragment 1\nexpect deny write /opt\n");
    assertThat(broot("check", "--policy", policy.toString(), before))
        .isEqualTo(new Run.Result(0, "", ""));
    Run.Result broken = broot("check", "--policy", policy.toString(), before, after);
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.err())
        .startsWith(policy + ":2:1: error[BR601]: this does not hold: the program can write `/opt`")
        .contains("note: this line makes it so (" + after + ":3:1)");
    assertThat(broot("check", "--policy", before, after).err())
        .contains("is a spec, not a fragment");
    assertThat(broot("check", "--policy", temp + "/none", after).status()).isEqualTo(1);
  }

  @Test
  void warningsDoNotRefuse() throws IOException {
    String spec = spec("w.broot", "env pass NPM_TOKEN");
    Run.Result result = broot("check", spec);
    assertThat(result.status()).isZero();
    assertThat(result.err()).contains("w.broot:3:1: warning[BR707]");
    assertThat(broot("check", "--format", "github", spec).out()).startsWith("::warning file=");
    assertThat(broot("plan", spec).err()).isEmpty();
  }

  @Test
  void driftNamesTheLineThatMadeIt() throws IOException {
    assertThat(broot("golden", "--update", before).status()).isZero();
    Files.writeString(Path.of(before), "broot 1\nbase host\nenv A = b\nbind rw /opt -> /opt\n");
    Run.Result drift = broot("golden", "--check", before);
    assertThat(drift.status()).isEqualTo(1);
    assertThat(drift.out())
        .contains("-  --ro-bind /opt /opt\n+  --bind /opt /opt\n")
        .endsWith(
            "A=b  comes from " + before + ":3\n--bind /opt /opt  comes from " + before + ":4\n");
  }

  @Test
  void sarifHasWhatCodeScanningReads() throws IOException {
    String spec = spec("s p.broot", "tmpfs tmp\nenv pass MY_TOKEN");
    var run =
        JsonParser.parseString(broot("check", "--format", "sarif", spec, after).out())
            .getAsJsonObject()
            .getAsJsonArray("runs")
            .get(0)
            .getAsJsonObject();
    var result = run.getAsJsonArray("results").get(0).getAsJsonObject();
    assertThat(result.get("level").getAsString()).isEqualTo("error");
    assertThat(result.get("ruleId").getAsString()).startsWith("BR3");
    var place =
        result
            .getAsJsonArray("locations")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("physicalLocation");
    assertThat(place.getAsJsonObject("artifactLocation").get("uri").getAsString())
        .endsWith("/s%20p.broot");
    assertThat(place.getAsJsonObject("region").get("startLine").getAsInt()).isEqualTo(3);
    assertThat(run.getAsJsonObject("tool").getAsJsonObject("driver").get("name").getAsString())
        .isEqualTo("broot");
  }

  /** The hook of docs/review.md, in a repository of its own. */
  @Test
  void theHookHoldsBackWhatNobodyAcceptedAndLooksAtTheIndex() throws IOException {
    String page = Files.readString(dev.broot.support.Golden.HOME.resolve("docs/review.md"));
    int start = page.indexOf("```sh\n#!/bin/sh\n") + 6;
    String hook = page.substring(start, page.indexOf("```", start));
    Path repository = Files.createDirectories(temp.resolve("repository/sub"));
    Path spec = repository.resolve("a.broot");
    Run.Result init = Run.run(Map.of(), repository.getParent(), List.of("git", "init", "-q", "."));
    assertThat(init.status()).isZero();
    Path file = Files.writeString(temp.resolve("repository/.git/hooks/commit-msg"), hook);
    assertThat(file.toFile().setExecutable(true)).isTrue();

    Files.writeString(spec, "broot 1\nbase host\nbind ro /opt -> /opt\n");
    Run.Result first = commit(repository, "first");
    assertThat(first.status()).as(first.err()).isNotZero();
    assertThat(first.out() + first.err()).contains("sub/a.broot (added): WIDER");
    String accept = "\n\nBroot-Accept: sub/a.broot because it is the first\n";
    Run.Result accepted = commit(repository, "first" + accept);
    assertThat(accepted.status()).as(accepted.out() + accepted.err()).isZero();

    Files.writeString(spec, "broot 1\nbase host\nbind rw /opt -> /opt\n");
    assertThat(commit(repository, "wider").status()).isNotZero();
    // It is in the index now, whatever the file says.
    Files.writeString(spec, "broot 1\nbase host\nbind ro /opt -> /opt\n");
    Run.Result staged =
        Run.run(environment(), repository, List.of("git", "commit", "-qm", "hidden"));
    assertThat(staged.status()).isNotZero();
    Files.writeString(spec, "broot 1\nbase host\n");
    Run.Result narrower = commit(repository, "narrower");
    assertThat(narrower.status()).as(narrower.out() + narrower.err()).isZero();
  }

  private static Map<String, String> environment() {
    return Map.of(
        "PATH",
        dev.broot.support.Golden.HOME + "/bin:" + System.getenv("PATH"),
        "GIT_AUTHOR_NAME",
        "a",
        "GIT_AUTHOR_EMAIL",
        "a@example.org",
        "GIT_COMMITTER_NAME",
        "a",
        "GIT_COMMITTER_EMAIL",
        "a@example.org");
  }

  private static Run.Result commit(Path directory, String message) throws IOException {
    assertThat(Run.run(Map.of(), directory, List.of("git", "add", "-A", ".")).status()).isZero();
    return Run.run(environment(), directory, List.of("git", "commit", "-qm", message));
  }

  @Test
  void theTreeShowsWhatIsThere() {
    assertThat(broot("tree", after).out())
        .startsWith("/  in memory\n├── bin  -> usr/bin (if it is there)\n")
        .contains("├── opt  rw /opt\n")
        .contains("├── usr  ro /usr\n")
        .endsWith("└── ca-certificates  ro /var/lib/ca-certificates (if it is there)\n");
  }
}
