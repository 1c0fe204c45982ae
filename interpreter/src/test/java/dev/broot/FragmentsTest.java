package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.broot.check.Bases;
import dev.broot.permission.Difference;
import dev.broot.permission.Difference.Verdict;
import dev.broot.support.Golden;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import dev.broot.support.Tree;
import dev.broot.support.Tree.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The fragments that ship, with the real tools where this machine has them. */
class FragmentsTest {
  @TempDir Path temp = Path.of("");
  private Tree tree = new Tree(temp);

  @BeforeEach
  void project() throws Exception {
    tree = Tree.forAll(temp);
    tree.file("p/src/main.c", "int main;");
  }

  private String spec(String... lines) {
    String start = "broot 1\nbase host\nparam project: path = @\nbind rw @ -> @ because \"work\"\n";
    String end = "chdir ${project}\n";
    return (start + String.join("\n", lines) + "\n" + end).replace("@", tree.at("p"));
  }

  private void git(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", tree.at("p"), "-c", "user.name=n"));
    command.addAll(List.of("-c", "user.email=e@x", "-c", "safe.directory=*"));
    command.addAll(List.of(words));
    Run.Result result = Run.run(Map.of("HOME", temp.toString()), null, command);
    assertThat(result.status()).as(result.err()).isZero();
  }

  @Test
  void eachIsFineOnTheHostsBase() {
    for (String name : Bases.fragments()) {
      assertThat(Specs.compile(spec("include " + name), Map.of(), List.of()).diagnostics())
          .as(name)
          .isEmpty();
    }
    assertThat(Bases.fragments()).isSorted();
  }

  @Test
  void aNeedIsDeclaredByTheFragmentAndMetByTheSpec() {
    assertThat(messages("broot 1\nbase host\ninclude secrets\n"))
        .as("the fragment's own declaration")
        .isEmpty();
    assertThat(messages(spec("param project: path", "include secrets")))
        .containsExactly("the parameter `project` is declared twice");
    assertThat(messages("broot 1\nbase host\nparam project: string = x\ninclude secrets\n"))
        .contains("the parameter `project` is declared twice");
    assertThat(messages("broot 1\nbase secrets\n")).containsExactly("`secrets` is a fragment");
  }

  private static List<String> messages(String spec) {
    List<String> messages = new ArrayList<>();
    Specs.compile(spec, Map.of(), List.of())
        .diagnostics()
        .forEach(diagnostic -> messages.add(diagnostic.message()));
    return messages;
  }

  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void gitIsReadAndNotChanged(Way way) throws Exception {
    git("init", "-q", ".");
    git("add", "src");
    git("commit", "-qm", "first");
    tree.file("p/sub/.git", "gitdir: ../.git/modules/sub");
    tree.file("p/.husky/pre-push", "mine");
    Tree.Outcome outcome =
        tree.run(
            way,
            spec(
                "param git-name: string = n",
                "param git-mail: string = mail",
                "include git-protect",
                "include git-user"),
            "git var GIT_AUTHOR_IDENT; git log --format=%s; git diff --stat; echo new >src/new;"
                + " echo x >.git/hooks/pre-commit; echo ../evil >.git/commondir; mv .git .g;"
                + " echo 'gitdir: ../evil' >sub/.git; rm -rf .git; git config core.hooksPath src;"
                + " mv sub s; echo x >.husky/pre-push; mv .husky h; cat src/new");
    assertThat(outcome.output()).contains("n <mail>").contains("first\n").contains("new\n");
    assertThat(tree.names("p/.git")).doesNotContain("commondir");
    assertThat(tree.names("p/.git/hooks")).doesNotContain("pre-commit");
    assertThat(tree.read("p/.git/config")).doesNotContain("hooksPath");
    assertThat(tree.read("p/sub/.git")).isEqualTo("gitdir: ../.git/modules/sub");
    assertThat(tree.read("p/.husky/pre-push")).isEqualTo("mine");
  }

  // A hook is often a link to a script that the tree itself keeps; with Android's repo, all of a
  // `.git` is links.
  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void whatLinksInGitLeadToIsProtected(Way way) throws Exception {
    git("init", "-q", ".");
    git("init", "-q", "--bare", "store/b.git");
    tree.file("p/tools/check.sh", "mine");
    tree.file("p/kept/pre-push", "mine");
    tree.file("p/cfg", tree.read("p/.git/config"));
    Path dir = Path.of(tree.at("p/.git"));
    Files.delete(dir.resolve("config"));
    Files.createSymbolicLink(dir.resolve("config"), Path.of("../cfg"));
    Files.createSymbolicLink(dir.resolve("hooks/pre-commit"), Path.of("../../tools/check.sh"));
    tree.file("p/sub/.git/HEAD", "x");
    Files.createSymbolicLink(Path.of(tree.at("p/sub/.git/hooks")), Path.of("../../kept"));
    String tries =
        "echo x >tools/check.sh; echo x >kept/pre-push; echo x >kept/new; echo x >cfg;"
            + " mv tools t; mv kept k; echo x >store/b.git/hooks/new; echo new >tools/mine;"
            + " cat tools/mine";
    assertThat(tree.run(way, spec("include git-protect"), tries).output()).contains("new\n");
    assertThat(tree.read("p/tools/check.sh")).isEqualTo("mine");
    assertThat(tree.names("p/kept")).containsExactly("pre-push");
    assertThat(tree.read("p/kept/pre-push")).isEqualTo("mine");
    assertThat(tree.read("p/cfg")).contains("[core]");
    assertThat(tree.names("p/store/b.git/hooks")).doesNotContain("new");
  }

  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void aWorktreeIsServed(Way way) throws Exception {
    git("init", "-q", ".");
    git("add", "src");
    git("commit", "-qm", "first");
    git("worktree", "add", "-q", tree.at("w"));
    String spec =
        spec("include git-protect", "env GIT_CONFIG_COUNT = 1")
            .replace("= " + tree.at("p"), "= " + tree.at("w"))
            .replace("bind rw " + tree.at("p") + " -> " + tree.at("p"), "bind rw @ -> @")
            .replace("@", tree.at("w"))
            .replace("param project", "param git: path = " + tree.at("p/.git") + "\nparam project");
    String config = "env GIT_CONFIG_KEY_0 = safe.directory\nenv GIT_CONFIG_VALUE_0 = \"*\"\n";
    Tree.Outcome outcome =
        tree.run(way, spec + config, "git log --format=%s; echo x >.git; git status --short");
    assertThat(outcome.output()).contains("first\n").doesNotContain("fatal");
    assertThat(tree.read("w/.git")).startsWith("gitdir: ");
  }

  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void theUsualSecretsAreHidden(Way way) throws Exception {
    String names =
        """
        x/.env a/.env.local a/b/.npmrc k/server.key .ssh/id_x id_rsa id_ed25519_sk
        prod.env .envrc.local credentials.json kubeconfig .kube/config
        .config/gh/hosts.yml a/prod.tfvars terraform.tfstate.backup
        .cargo/credentials.toml .m2/settings.xml .pgpass .docker/config.json
        .claude/.credentials.json .codex/auth.json .bash_history
        .gradle/gradle.properties conf/secrets.yml .netrc .pypirc .git-credentials
        """;
    List<String> secrets = List.of(names.strip().split("\\s+", -1));
    for (String secret : secrets) {
      tree.file("p/" + secret, "SECRET");
    }
    tree.file("p/.env.example", "EXAMPLE");
    Tree.Outcome outcome = tree.attack(way, spec("include secrets", "include tools-protect"), "p");
    assertThat(outcome.output()).doesNotContain("SECRET").contains("attacked");
    for (String secret : secrets) {
      assertThat(tree.read("p/" + secret)).isEqualTo("SECRET");
    }
    assertThat(tree.run(way, spec("include secrets"), "cat .env.example; true").output())
        .doesNotContain("SECRET");
  }

  // `npm ci` removes node_modules and renames packages; requests opens the certificates of certifi.
  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void installedPackagesAreReplacedAndRead(Way way) throws Exception {
    String names =
        """
        a/.vscode/x b/.idea/x c/.npmrc d/test/server.pem e/.husky/x f/.env g/.claude/x
        @h/i/.envrc @h/i/j.code-workspace k/.docker/x
        """;
    for (String name : names.strip().split("\\s+", -1)) {
      tree.file("p/node_modules/" + name, "x");
      tree.file("p/sub/node_modules/" + name, "x");
    }
    tree.file("p/.venv/lib/python3/site-packages/certifi/cacert.pem", "ROOTS");
    tree.file("p/env/ssl/cacert.pem", "MORE");
    tree.file("p/env/ssl/node_modules.pem", "SECRET");
    String spec = spec("include secrets", "include git-protect", "include tools-protect");
    String tries =
        "cd "
            + tree.at("p")
            + " && mv node_modules/d node_modules/.d-1 && rm -r node_modules sub/node_modules &&"
            + " cat $(find -name '*.pem')";
    assertThat(tree.run(way, spec, tries).output().lines())
        .containsExactlyInAnyOrder("ROOTS", "MORE");
    assertThat(Path.of(tree.at("p/node_modules"))).doesNotExist();
  }

  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void anIncludeLeavesOutWhatItNames(Way way) throws Exception {
    for (String name : List.of("tests/a.pem", "tests/deep/.env", "b.pem", "auth.json", ".envrc")) {
      tree.file("p/" + name, name + "\n");
    }
    String spec = spec("include secrets except ${project}/tests ${project}/auth.json");
    assertThat(
            tree.run(way, spec, "cat tests/a.pem tests/deep/.env b.pem auth.json .envrc").output())
        .contains("tests/a.pem\n", "tests/deep/.env\n", "auth.json\n")
        .doesNotContain("b.pem\n", ".envrc\n");
    String pattern = spec("include secrets except ${project}/**/*.pem ${project}/au*.json");
    assertThat(tree.run(way, pattern, "cat tests/a.pem b.pem auth.json tests/deep/.env").output())
        .contains("tests/a.pem\n", "b.pem\n", "auth.json\n")
        .doesNotContain(".env\n");
  }

  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void whatLiesInPackagesIsHiddenIfSaid(Way way) throws Exception {
    tree.file("p/node_modules/a/key.pem", "packed");
    tree.file("p/key.pem", "mine");
    String cat = "cd " + tree.at("p") + "; cat node_modules/a/key.pem key.pem";
    assertThat(tree.run(way, spec("include secrets"), cat).output()).isEqualTo("packed\n");
    assertThat(tree.run(way, spec("include secrets-everywhere"), cat).output()).isEmpty();
    assertThat(verdict(spec("include secrets"), spec("include secrets-everywhere")))
        .isEqualTo(Verdict.NARROWER);
  }

  @Test
  void whatAnIncludeLeavesOutIsWider() {
    String whole = spec("include tools-protect");
    String less = spec("include tools-protect except ${project}/.vscode");
    assertThat(verdict(whole, less)).isEqualTo(Verdict.WIDER);
    assertThat(verdict(less, whole)).isEqualTo(Verdict.NARROWER);
    assertThat(verdict(less, less)).isEqualTo(Verdict.EQUAL);
  }

  private static Verdict verdict(String before, String after) {
    return Difference.of(Specs.plan(before), Specs.plan(after)).verdict();
  }

  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void aLinkInThePlaceOfWhatAFragmentProtectsIsLeftOut(Way way) throws Exception {
    tree.file("p/shared/agents/x", "1");
    Files.createSymbolicLink(Path.of(tree.at("p/.agents")), Path.of("shared/agents"));
    String write = "cd " + tree.at("p") + "; echo 2 >.agents/x; cat .agents/x";
    assertThat(tree.run(way, spec("include tools-protect"), write).output())
        .contains("/.agents is a symlink that the program can replace; put what it leads to")
        .contains("`except " + tree.at("p/.agents") + "`");
    String cured =
        spec(
            "include tools-protect except " + tree.at("p/.agents"),
            "protect " + tree.at("p/shared/agents"));
    assertThat(tree.run(way, cured, write).output()).contains("1\n").doesNotContain("2\n");
  }

  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void cachesAreKept(Way way) throws Exception {
    tree.file("home/.npm/x", "1");
    String spec = spec("param caches: path = " + tree.at("home"), "include caches");
    Tree.Outcome outcome =
        tree.run(
            way, spec, "echo 2 >$npm_config_cache/y; echo $CARGO_HOME; ls -A " + tree.at("home"));
    assertThat(outcome.output()).isEqualTo(tree.at("home/.cargo") + "\n.npm\n");
    assertThat(tree.read("home/.npm/y")).isEqualTo("2");
  }

  // A spec that has nothing but programs, and a home.
  private static final String BARE =
      """
      broot 1
      base none because "the fragment brings what is needed"
      unshare all
      new-session
      die-with-parent
      bind ro /usr -> /usr
      bind ro /bin -> /bin if directory
      bind ro /lib -> /lib if directory
      bind ro /lib64 -> /lib64 if directory
      symlink usr/bin -> /bin if symlink
      symlink usr/lib -> /lib if symlink
      symlink usr/lib64 -> /lib64 if symlink
      proc /proc
      dev /dev
      tmpfs /tmp
      chdir /tmp
      env HOME = /tmp
      """;

  @NeedsSandbox
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "users ~ whoami ~ [ $(whoami) = $(id -un) ] && getent hosts localhost >/dev/null && echo 42",
        "timezone ~ date ~ [ -e /etc/localtime ] && date >/dev/null && echo 42",
        "certificates ~ openssl ~ openssl version -d >/dev/null && ls /etc/ssl/certs | grep -q . && ! ls /etc/ssl/private 2>/dev/null && echo 42",
        "java ~ java ~ printf 'class A { public static void main(String[] a) { System.out.println(6*7); } }' >A.java; java A.java",
        "java ~ mvn ~ mvn -v >v && grep -q 'Apache Maven' v && echo 42",
        "node ~ node ~ node -e 'console.log(6*7)'",
        "node ~ npm ~ npm init -y >/dev/null && grep -q version package.json && [ $(npm config get audit) = false ] && echo 42",
        "python ~ python3 ~ python3 -c 'import json, ssl, sys; print(6*7, file=sys.stdout)' && ! [ -e __pycache__ ]",
        "go ~ go ~ printf 'package main\\nfunc main() { println(42) }' >a.go; go run a.go 2>&1",
        "rust ~ cargo ~ mkdir c && cd c && cargo init -q --vcs none --name a . && cargo run -q >/dev/null && echo 42",
      })
  void toolsOfALanguageDoASmallJob(String name, String tool, String line) throws Exception {
    // The tests have another home of their own.
    String home = Run.run("sh", "-c", "getent passwd $(id -u) | cut -d: -f6").out().strip();
    String find = "PATH=" + home + "/.cargo/bin:/usr/local/bin:/usr/bin:/bin; command -v " + tool;
    boolean there = Run.run("sh", "-c", find).status() == 0;
    if (!there) {
      Host.tell("needs " + tool);
    }
    assumeTrue(there, "needs " + tool);
    Tree.Outcome outcome =
        new Tree(temp)
            .script(
                Way.SCRIPT,
                BARE + "include " + name + "\n",
                Map.of("HOME", home),
                List.of("sh", "-c", line));
    assertThat(outcome.output()).as(outcome.output()).contains("42\n");
    assertThat(outcome.status()).isZero();
  }

  /** An agent that goes wrong, in the example that ships, as the README starts it. */
  @NeedsSandbox
  @Test
  void theExampleForAgentsKeepsWhatItSays() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/git")), "git is not installed");
    git("init", "-q", ".");
    git("add", "src");
    git("commit", "-qm", "first");
    tree.file("p/.env", "SECRET");
    tree.file("home/.ssh/id_ed25519", "SECRET");
    Run.Result result =
        Run.run(
            Map.of("HOME", tree.at("home"), "SECRET_TOKEN", "SECRET"),
            null,
            List.of(
                Golden.HOME.resolve("bin/broot").toString(),
                "exec",
                "--set",
                "project=" + tree.at("p"),
                Golden.HOME.resolve("examples/coding-agent.broot").toString(),
                "--",
                "sh",
                "-c",
                "cat .env "
                    + tree.at("home/.ssh/id_ed25519")
                    + "; env; cat /proc/*/environ;"
                    + " printf 'exit 1' >.git/hooks/pre-commit; echo x >.git/config;"
                    + " mv .git .old; mkdir -p .git/hooks; echo done >src/done; pwd"));
    assertThat(result.out() + result.err()).contains(tree.at("p") + "\n").doesNotContain("SECRET");
    assertThat(tree.read("p/src/done")).isEqualTo("done");
    assertThat(tree.names("p/.git/hooks")).doesNotContain("pre-commit");
    git("commit", "--allow-empty", "-qm", "still mine");
  }
}
