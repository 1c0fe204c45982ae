package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spec that somebody sends in reads nothing but its own tree, and fills no memory. */
class UntrustedSpecsTest {
  private static final String SECRET = "AWS_KEY=hunter2\nother secret line\n";
  private static final Duration FAST = Duration.ofSeconds(20);

  @TempDir Path temp = Path.of("");

  private Path tree = temp;

  @BeforeEach
  void makeATree() throws IOException {
    tree = Files.createDirectories(temp.resolve("tree"));
    Files.createDirectory(tree.resolve("sub"));
    write("outside/secret", SECRET);
    write("outside/rules.fragment", "fragment 1\nexpect deny network\n");
    write("outside/team.broot", "broot 1\nbase host\n");
  }

  private String write(String name, String text) throws IOException {
    Path file = temp.resolve(name);
    Path parent = java.util.Objects.requireNonNull(file.getParent());
    Files.createDirectories(parent);
    return Files.writeString(file, text).toString();
  }

  private String spec(String... lines) throws IOException {
    return write("tree/s.broot", "broot 1\nbase host\n" + String.join("\n", lines) + "\n");
  }

  private static Run.Result check(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "check";
    System.arraycopy(args, 0, all, 1, args.length);
    return Called.broot(all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include ../outside/rules.fragment",
        "include ../outside/none.fragment",
        "include sub/../../outside/rules.fragment",
        "include link.fragment",
        "include linked/rules.fragment",
        "include linked/none/x",
        "include ../outside/secret",
        "include ../../../../../../../../../proc/self/environ",
        "include ../../../../../../../../../dev/zero",
      })
  void whatIsBroughtInLiesInItsTree(String line) throws IOException {
    Files.createSymbolicLink(tree.resolve("link.fragment"), temp.resolve("outside/rules.fragment"));
    Files.createSymbolicLink(tree.resolve("linked"), Path.of("../outside"));
    Run.Result result = check(spec(line));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .startsWith(tree + "/s.broot:3:9: error[BR203]")
        .contains("lies outside of " + tree.toRealPath(), "--include-root DIR")
        .doesNotContain("hunter2", "no such file");
  }

  @Test
  void soDoesABase() throws IOException {
    String spec = write("tree/s.broot", "broot 1\nbase ../outside/team.broot\n");
    assertThat(check(spec).err()).contains("error[BR203]", "lies outside of");
    assertThat(check("--include-root", temp + "/outside", spec).status()).isZero();
    assertThat(check("--include-root", temp + "/none", spec).status()).isEqualTo(2);
  }

  @Test
  void anOptionAddsATree() throws IOException {
    String spec = spec("include ../outside/rules.fragment");
    String root = temp + "/outside";
    assertThat(check("--include-root", root, spec)).isEqualTo(new Run.Result(0, "", ""));
    for (String command : List.of("plan", "compile", "tree")) {
      assertThat(Called.broot(command, spec).status()).isEqualTo(1);
      assertThat(Called.broot(command, "--include-root", root, spec).status()).isZero();
    }
    assertThat(Called.broot("golden", "--update", spec).status()).isEqualTo(1);
    assertThat(Called.broot("golden", "--update", "--include-root", root, spec).status()).isZero();
  }

  @Test
  void aGitWorkTreeIsOneTree() throws IOException {
    spec("tmpfs /x");
    String spec = write("tree/sub/s.broot", "broot 1\nbase host\ninclude ../f.fragment\n");
    write("tree/f.fragment", "fragment 1\ninclude sub/g.fragment\n");
    write("tree/sub/g.fragment", "fragment 1\nexpect deny network\n");
    assertThat(check(spec).err()).contains("error[BR203]", "lies outside of");
    assertThat(Run.run("git", "init", "-q", tree.toString()).status()).isZero();
    assertThat(check(spec)).isEqualTo(new Run.Result(0, "", ""));
    // A work tree of somebody else's is none of ours.
    Assumptions.assumeTrue(Files.getAttribute(tree, "unix:uid").equals(0));
    Files.setAttribute(tree.resolve(".git"), "unix:uid", 1234, LinkOption.NOFOLLOW_LINKS);
    assertThat(check(spec).err()).contains("error[BR203]", "lies outside of");
  }

  @Test
  void aPolicyIsNamedByTheCallerAndHasATreeOfItsOwn() throws IOException {
    String spec = spec("tmpfs /x");
    String policy = write("rules/p.fragment", "fragment 1\ninclude q.fragment\n");
    write("rules/q.fragment", "fragment 1\nexpect deny network\n");
    assertThat(check("--policy", policy, spec)).isEqualTo(new Run.Result(0, "", ""));
    write("rules/q.fragment", "fragment 1\ninclude ../tree/sub/r.fragment\n");
    write("tree/sub/r.fragment", "fragment 1\n");
    assertThat(check("--policy", policy, spec).err()).contains("error[BR203]", "lies outside of");
  }

  @Test
  void ofARevisionNothingIsReadBesideTheRepository() throws IOException {
    String spec = spec("include f.fragment");
    write("tree/f.fragment", "fragment 1\nexpect deny network\n");
    Files.createSymbolicLink(tree.resolve("l.fragment"), temp.resolve("outside/rules.fragment"));
    String git = "git -c user.name=n -c user.email=e@example.org ";
    String commit =
        "cd '" + tree + "' && " + git + "init -q . && git add -A && " + git + "commit -qm i";
    assertThat(Run.run("sh", "-c", commit).status()).isZero();
    assertThat(Called.broot("diff", "--git", "HEAD", spec).out()).startsWith("EQUAL");
    // The directory is gone by now; the revision has it.
    String moved = write("tree/dir/new.broot", "broot 1\ninclude ../sub/f.fragment\n");
    write("tree/sub/f.fragment", "fragment 1\nexpect deny network\n");
    assertThat(Run.run("sh", "-c", commit).status()).isZero();
    assertThat(Run.run("rm", "-r", tree + "/dir").status()).isZero();
    assertThat(Called.broot("diff", "--git", "HEAD", moved).err())
        .contains("NEW does not compile")
        .doesNotContain("neither");
    for (String include : List.of("../outside/rules.fragment", "l.fragment", "sub/../../x")) {
      String bad = spec("include " + include);
      assertThat(Run.run("sh", "-c", commit).status()).isZero();
      Run.Result result = Called.broot("diff", "--git", "HEAD", bad);
      assertThat(result.err()).contains("neither side compiles").contains("error[BR203]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "github", "sarif"})
  void whatIsNoSpecIsNotShown(String format) throws IOException {
    Files.createSymbolicLink(tree.resolve("named.broot"), temp.resolve("outside/secret"));
    Files.copy(temp.resolve("outside/secret"), tree.resolve("secret.broot"));
    byte[] binary = new byte[2000];
    new java.util.Random(1).nextBytes(binary);
    Files.write(tree.resolve("binary"), binary);
    String included = spec("include secret.broot", "include binary");
    String base = write("tree/b.broot", "broot 1\nbase secret.broot\n");
    for (String spec : List.of(included, base, tree + "/named.broot", tree + "/binary")) {
      Run.Result result = check("--format", format, spec);
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.out() + result.err())
          .contains("BR")
          .doesNotContain("AWS", "hunter2", "other secret", "\uFFFD");
    }
    assertThat(check(included).err()).contains("`" + tree + "/secret.broot` is not a fragment");
    assertThat(check(base).err()).contains("error[BR201]", "secret.broot` is not a spec");
    assertThat(check(tree + "/named.broot").err()).contains("error[BR104]").doesNotContain("|");
    for (String command : List.of("diff", "report")) {
      Run.Result result = Called.broot(command, included, tree + "/named.broot");
      assertThat(result.out() + result.err()).doesNotContain("AWS", "hunter2", "other secret");
    }
  }

  @Test
  void aHeaderMayStandBehindComments() throws IOException {
    String spec = write("tree/c.broot", "\uFEFF\r\n # why\n\n\tbroot 1 # edition\nbase host\n");
    assertThat(check(spec)).isEqualTo(new Run.Result(0, "", ""));
    assertThat(check(write("tree/c.broot", "# only\n#".repeat(400_000))).err()).contains("BR104");
  }

  @Test
  void whatIsNoPlainFileIsNotRead() throws IOException {
    assertThat(Run.run("mkfifo", tree + "/fifo").status()).isZero();
    Files.createSymbolicLink(tree.resolve("link"), Path.of("fifo"));
    for (String name : List.of("fifo", "link", "sub")) {
      String spec = spec("include " + name);
      Assertions.assertTimeoutPreemptively(
          FAST, () -> assertThat(check(spec).err()).contains("BR107", "it is no plain file"));
    }
  }

  @Test
  void aFragmentThatTwoIncludeStandsThereOnce() throws IOException {
    write("tree/a.fragment", "fragment 1\ninclude c.fragment\n");
    write("tree/b.fragment", "fragment 1\ninclude ./c.fragment\n");
    write("tree/c.fragment", "fragment 1\nparam p: path = /srv\nbind ro ${p} -> /srv\n");
    String spec = spec("include a.fragment", "include b.fragment");
    assertThat(check(spec)).isEqualTo(new Run.Result(0, "", ""));
    assertThat(Called.broot("plan", spec).out().lines().filter(line -> line.contains("/srv")))
        .hasSize(1);
    assertThat(check(spec("include a.fragment", "include a.fragment")).err())
        .contains(":4:1: error[BR301]: `a.fragment` is included twice", ":3:1");
  }

  @Test
  void doublingIncludesAreFast() throws IOException {
    write("tree/f0.fragment", "fragment 1\nexpect deny network\n");
    for (int i = 1; i < 60; i++) {
      String other = "include ./f" + (i - 1) + ".fragment\n";
      write(
          "tree/f" + i + ".fragment",
          "fragment 1\ninclude f"
              + (i - 1)
              + ".fragment\n"
              + other
              + other.replace("./", "sub/../"));
    }
    String spec = spec("include f59.fragment");
    Assertions.assertTimeoutPreemptively(FAST, () -> assertThat(check(spec).status()).isZero());
  }

  @Test
  void aSpecHasLimits() throws IOException {
    String files =
        IntStream.range(0, 1001)
            .mapToObj(i -> "include m/f" + i + ".fragment")
            .collect(Collectors.joining("\n"));
    for (int i = 0; i < 1001; i++) {
      write("tree/m/f" + i + ".fragment", "fragment 1\n");
    }
    assertThat(check(spec(files)).err())
        .contains("error[BR108]: this spec has more than 1000 files");

    String large = "fragment 1\n" + ("#" + "x".repeat(999) + "\n").repeat(3000);
    for (int i = 0; i < 3; i++) {
      write("tree/large" + i, large);
    }
    assertThat(check(spec("include large0", "include large1", "include large2")).err())
        .contains(":5:9: error[BR108]: this spec has more than 8 MiB in all");

    assertThat(check(spec("\n".repeat(60_000))).err())
        .contains("error[BR108]: this spec has more than 50000 lines in all");
    assertThat(check(spec("tmpfs /" + "x".repeat(100_001))).err())
        .contains("error[BR108]: line 3 has more than 100000 characters")
        .hasSizeLessThan(1000);
  }

  @Test
  void aValueHasALimit() throws IOException {
    StringBuilder doubling = new StringBuilder("param p0: string = xxxxxxxxxx\n");
    for (int i = 1; i < 60; i++) {
      doubling.append(String.format("param p%d: string = ${p%d}${p%d}\n", i, i - 1, i - 1));
    }
    String bomb = spec(doubling + "env A = ${p59}");
    Assertions.assertTimeoutPreemptively(
        FAST,
        () ->
            assertThat(check(bomb).err())
                .contains("error[BR308]: a value of more than 65536 characters")
                .doesNotContain("OutOfMemory"));

    String longest = "x".repeat(65_530);
    String many =
        IntStream.range(0, 600)
            .mapToObj(i -> "env A" + i + " = ${p}")
            .collect(Collectors.joining("\n"));
    assertThat(check(spec("param p: string = " + longest, many)).err())
        .contains("error[BR308]: with this value, all values of the spec have more than");

    StringBuilder chain = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      chain.append(String.format("param p%d: string = ${p%d}\n", i, i + 1));
    }
    assertThat(check(spec(chain + "param p20000: string = x", "env A = ${p0}")).err())
        .contains("error[BR308]: values that refer to others more than 100 deep")
        .doesNotContain("StackOverflow");

    String open = spec("param p: string", "env A = ${p}");
    assertThat(check("--set", "p=" + "x".repeat(65_537), open).err())
        .contains("--set:1:3: error[BR308]");
  }

  @Test
  void aReferenceThatIsUnknownProvesNothing() throws IOException {
    String beside = spec("bind rw ${oot} -> /out", "symlink \"x\" -> ");
    assertThat(check(beside).err()).contains("BR101").doesNotContain("BR501", "BR503");
    String alone = spec("bind rw ${oot} -> /out");
    assertThat(check(alone).err()).contains("BR205").doesNotContain("BR501");
  }
}
