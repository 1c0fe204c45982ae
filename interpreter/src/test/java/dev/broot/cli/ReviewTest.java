package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.broot.support.Run;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code broot review}: a real git repository, its commits and its index. */
class ReviewTest extends ReviewCase {
  private Run.Result review(String... arguments) {
    List<String> all = new ArrayList<>(List.of("review", "--repository", home.toString()));
    if (!List.of(arguments).contains("--base")) {
      all.addAll(List.of("--base", "main"));
    }
    all.addAll(List.of(arguments));
    return Called.broot(all.toArray(new String[0]));
  }

  @BeforeEach
  void repository() throws IOException {
    write("a.broot", HOST);
    write("old.broot", HOST + "tmpfs /1\ntmpfs /2\ntmpfs /3\ntmpfs /4\ntmpfs /5\n");
    write("sub/b.broot", HOST + "include ../part.broot\n");
    write("part.broot", "fragment 1\ntmpfs /part\n");
    write("team.broot", HOST + "tmpfs /team\n");
    write("c.broot", "broot 1\nbase team.broot\n");
    commit("first");
    git("checkout", "-qb", "work");
  }

  @Test
  void whatDidNotChangeIsNotReviewed() throws IOException {
    write("README", "x");
    commit("docs");
    assertThat(review())
        .isEqualTo(new Run.Result(0, "EQUAL: no spec changed between main and HEAD\n", ""));
  }

  @Test
  void aWiderSpecIsShownWithItsLineAndTheWorkTreeIsNotRead() throws IOException {
    write("a.broot", HOST + WIDE);
    Run.Result before = review();
    assertThat(before.status()).as("not committed").isZero();
    assertThat(review("--index").status()).as("not in the index").isZero();
    git("add", "-A");
    assertThat(review("--index", "--base", "HEAD").status()).isEqualTo(1);
    commit("wider");
    write("a.broot", HOST);
    Run.Result result = review();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .startsWith("WIDER: 1 spec changed between main and HEAD\n\na.broot (changed): WIDER\n")
        .contains("+ may write /srv on the host, seen as /srv    a.broot:3  because \"a test\"");
    assertThat(review("sub").out()).startsWith("EQUAL: no spec");
    assertThat(review("sub", "a.broot").status()).isEqualTo(1);
    assertThat(review("nowhere").status()).isEqualTo(2);
  }

  @Test
  void othersWorkOnTheBaseIsNotAPartOfTheChange() throws IOException {
    git("checkout", "-q", "main");
    write("a.broot", HOST + "tmpfs /x\n");
    commit("meanwhile");
    git("checkout", "-q", "work");
    write("c.broot", "broot 1\nbase team.broot\ntmpfs /y\n");
    commit("ours");
    assertThat(review().out()).contains("c.broot (changed)").doesNotContain("a.broot");
  }

  @Test
  void aFragmentAndABaseReachTheSpecsThatBringThemIn() throws IOException {
    write("part.broot", "fragment 1\n" + WIDE);
    write("team.broot", HOST);
    commit("both");
    String out = review().out();
    assertThat(out)
        .startsWith("WIDER: 3 specs changed")
        .contains("sub/b.broot (changed through part.broot): WIDER")
        .contains("c.broot (changed through team.broot): EQUAL")
        .contains("team.broot (changed): EQUAL")
        .contains("sub/../part.broot:2")
        .doesNotContain("\npart.broot");
  }

  @Test
  void addedDeletedAndRenamedSpecsAreSaid() throws IOException {
    write("new.broot", HOST);
    git("mv", "old.broot", "moved.broot");
    write("moved.broot", Files.readString(home.resolve("moved.broot")) + "tmpfs /more\n");
    git("rm", "-q", "sub/b.broot");
    commit("moves");
    Run.Result result = review();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .contains("new.broot (added): WIDER\ngained\n", "+ may read /usr on the host, ")
        .contains("moved.broot (renamed from old.broot): EQUAL")
        .contains("sub/b.broot (deleted): UNKNOWN\nunknown: what ran in this sandbox")
        .doesNotContain("\nold.broot");
    write("moved.broot", Files.readString(home.resolve("moved.broot")) + WIDE);
    commit("and wider");
    assertThat(review("moved.broot").out())
        .startsWith("WIDER: 1 spec changed")
        .contains("moved.broot (renamed from old.broot): WIDER", "moved.broot:9  because");
  }

  @Test
  void aSpecThatBecomesAFragmentIsGone() throws IOException {
    write("a.broot", "fragment 1\n");
    commit("no spec");
    assertThat(review().out()).contains("a.broot (deleted): UNKNOWN");
  }

  @Test
  void whatDoesNotCompileIsAnError() throws IOException {
    write("a.broot", HOST + "bnd\n");
    Files.delete(home.resolve("part.broot"));
    Files.createSymbolicLink(home.resolve("part.broot"), Path.of("a.broot"));
    commit("broken");
    Run.Result result = review();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .contains("a.broot (changed): UNKNOWN", "a.broot:3:1: error[BR102]")
        .contains("sub/b.broot (changed through part.broot): UNKNOWN", "it is no plain file");
  }

  @Test
  void onlyWarningsThatAreNewAreShown() throws IOException {
    write("a.broot", "broot 1\nbind ro /srv/x -> /x\n");
    commit("open");
    git("checkout", "-qb", "later");
    write("a.broot", "broot 1\nbind ro /srv/x -> /x\nenv pass MY_TOKEN\n");
    commit("more");
    assertThat(review("--base", "work").out()).contains("BR707").doesNotContain("BR708", "BR709");
  }

  @Test
  void aGoldenFileThatDiffersNamesTheLine() throws IOException {
    write("a.plan", Called.broot("plan", home + "/a.broot").out());
    commit("golden");
    git("branch", "-f", "main");
    write("a.broot", HOST + "tmpfs /scratch\n");
    commit("drift");
    Run.Result result = review();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .contains("golden  + --tmpfs /scratch    a.broot:3", "a.broot:3:1: error[BR803]");
    write("a.plan", Called.broot("plan", home + "/a.broot").out());
    commit("golden, too");
    assertThat(review().out()).doesNotContain("golden", "BR803");
    git("checkout", "-qb", "tampered");
    write("a.plan", "nothing\n");
    commit("only the golden file");
    Run.Result tampered = review("--base", "work");
    assertThat(tampered.status()).isEqualTo(1);
    assertThat(tampered.out()).contains("a.broot (golden file changed): EQUAL", "- nothing");
  }

  @Test
  void anAcceptedWideningSaysWhoAndWhyUntilMoreIsGained() throws IOException {
    write("a.broot", HOST + WIDE);
    commit("wider\n\nBroot-Accept: a.broot because the build writes there\n");
    Run.Result result = review();
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .startsWith("WIDER, accepted: 1 spec")
        .contains("  accepted by Ada <ada@example.org> in ")
        .contains(": the build writes there\n");
    for (String format : List.of("markdown", "html", "github", "sarif")) {
      Run.Result other = review("--format", format);
      assertThat(other.status()).isZero();
      assertThat(other.out()).contains("the build writes there");
    }
    assertThat(review("--format", "github").out()).startsWith("::notice file=a.broot,line=3");
    assertThat(review("--format", "sarif").out()).contains("\"suppressions\"");
    write("a.broot", HOST + WIDE + "bind rw /opt -> /opt because \"more\"\n");
    commit("still wider");
    assertThat(review().status()).isEqualTo(1);
    write("a.broot", HOST + WIDE.replace("rw", "ro"));
    commit("less than was accepted");
    assertThat(review().status()).isZero();
  }

  @Test
  void anAcceptanceNeedsAReasonAndItsSpec() throws IOException {
    write("a.broot", HOST + WIDE);
    commit("wider\n\nBroot-Accept: a.broot\nBroot-Accept: c.broot because another\n");
    assertThat(review().status()).isEqualTo(1);
  }

  @Test
  void theMessageOfTheCommitThatIsBeingMadeCounts() throws IOException {
    write("a.broot", HOST + WIDE);
    git("add", "-A");
    git("config", "user.name", "Bo");
    git("config", "user.email", "bo@example.org");
    Path message =
        Files.writeString(
            temp.resolve("MSG"), "x\n\nBroot-Accept: a.broot because it must\n# a comment\n");
    assertThat(review("--index", "--base", "HEAD").status()).isEqualTo(1);
    Run.Result result = review("--index", "--base", "HEAD", "--message", message.toString());
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("accepted by Bo <bo@example.org>: it must");
  }

  @Test
  void aPolicyThatChangedHasToBeRead() throws IOException {
    write("rules.broot", "fragment 1\nexpect deny write /srv\n");
    commit("rules");
    git("branch", "-f", "main");
    assertThat(review("--policy", "rules.broot").status()).isZero();
    write("a.broot", HOST + WIDE);
    commit("wider\n\nBroot-Accept: a.broot because it must\n");
    Run.Result broken = review("--policy", "rules.broot");
    assertThat(broken.status()).as("an acceptance breaks no rule").isEqualTo(1);
    assertThat(broken.out()).contains("error[BR601]");
    write("rules.broot", "fragment 1\n");
    commit("no rules");
    Run.Result changed = review("--policy", "rules.broot");
    assertThat(changed.status()).isEqualTo(1);
    assertThat(changed.out()).contains("rules.broot (policy changed): UNKNOWN");
  }

  @Test
  void whatIsToBeDoneIsSaid() throws IOException {
    write("b.broot", HOST + WIDE);
    commit("wider");
    Run.Result held = review("b.broot");
    assertThat(held.status()).isEqualTo(1);
    assertThat(held.err())
        .isEqualTo(
            "broot: if this is meant, end the commit message in a paragraph with the line"
                + " `Broot-Accept: b.broot because REASON`\n");
    assertThat(review("--format", "markdown", "b.broot").err()).isEmpty();
    git("commit", "-q", "--amend", "-m", "wider\n\nBroot-Accept: b.broot because it is meant");
    assertThat(review("b.broot").err()).isEmpty();
  }

  @Test
  void aShallowCloneIsSaid() throws IOException {
    write("a.broot", HOST + WIDE);
    commit("wider");
    Path full = home;
    home = temp;
    git("clone", "-q", "--depth", "1", "-b", "work", "file://" + full, "shallow");
    home = temp.resolve("shallow");
    // As a checkout of CI has it, which knows its own branch only.
    Run.Result alone = review("--base", "origin/main");
    assertThat(alone.status()).isEqualTo(125);
    assertThat(alone.err())
        .isEqualTo(
            "broot: git knows no revision `origin/main`; this clone is shallow: run `git fetch"
                + " --unshallow`, or clone without --depth\n");
    git("fetch", "-q", "--depth", "1", "origin", "main:main");
    Run.Result result = review();
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err()).contains("shallow", "git fetch --unshallow");
  }

  @Test
  void theFirstCommitIsComparedWithTheEmptyTree() throws IOException {
    String empty = git("hash-object", "-t", "tree", "/dev/null").strip();
    Run.Result result = review("--base", empty, "a.broot");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("a.broot (added): WIDER");
  }

  @Test
  void revisionsAndPlacesThatAreNoneAreUsageErrors() throws IOException {
    for (String revision : List.of("-x", "a:b", "none")) {
      assertThat(review("--base", revision).status()).isEqualTo(2);
    }
    assertThat(review("--index", "--head", "work").status()).isEqualTo(2);
    assertThat(review("--message", "x").status()).isEqualTo(2);
    assertThat(review("../x").status()).isEqualTo(2);
    assertThat(review("--golden", "goldn").err()).startsWith("broot: `goldn` is in neither");
    home = Files.createDirectory(temp.resolve("none"));
    Run.Result none = review();
    assertThat(none.status()).isEqualTo(125);
    assertThat(none.err()).contains("not a git repository");
  }

  @Test
  void namesOfEveryByteAndHostileTextAreText() throws IOException {
    write("<b>`x`\n::error::@me.broot", HOST + "bind rw /srv -> \"/<script>\"\n");
    Run.Result raw =
        Run.run(
            Map.of(),
            home,
            List.of("sh", "-c", "cp a.broot \"$(printf 'bytes\\377.broot')\"; echo >>part.broot"));
    assertThat(raw.status()).isZero();
    commit("names");
    String text = review().out();
    assertThat(text)
        .contains("<b>`x`\\u000a::error::@me.broot (added)", "bytes\\udcff.broot (added): WIDER")
        .doesNotContain("\n::error");
    assertThat(review("--format", "markdown").out()).doesNotContain("<b>", "<script", "@me");
    assertThat(review("--format", "html").out()).doesNotContain("<b>`", "<script");
    assertThat(review("--format", "github").out().lines())
        .allMatch(line -> line.startsWith("::warning file="));
    assertThat(JsonParser.parseString(review("--format", "sarif").out()).isJsonObject()).isTrue();
  }

  @Test
  void thePageIsWholeAndItsLinksLead() throws Exception {
    write("a.broot", HOST + WIDE);
    write("part.broot", "fragment 1\n" + WIDE);
    git("rm", "-q", "c.broot");
    commit("several");
    Path file = temp.resolve("review.html");
    Run.Result result = review("--format", "html", "-o", file.toString());
    assertThat(result).isEqualTo(new Run.Result(1, "", ""));
    String page = Files.readString(file);
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    NodeList all = root.getElementsByTagName("*");
    Set<String> ids = new HashSet<>();
    List<String> links = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      assertThat(element.getAttribute("id").isEmpty() || ids.add(element.getAttribute("id")))
          .as(element.getAttribute("id"))
          .isTrue();
      if (element.hasAttribute("href")) {
        links.add(element.getAttribute("href"));
      }
    }
    assertThat(links).hasSizeGreaterThan(4).allMatch(link -> ids.contains(link.substring(1)));
  }

  @Test
  void aThousandSpecsAreReviewedInOneComment() throws IOException {
    for (int i = 0; i < 1000; i++) {
      write("many/s" + i + ".broot", HOST + "include ../part.broot\ntmpfs /t" + i + "\n");
    }
    commit("many");
    git("branch", "-f", "main");
    for (int i = 0; i < 10; i++) {
      write("many/s" + i * 100 + ".broot", HOST + "include ../part.broot\n" + WIDE);
    }
    commit("ten");
    assertThat(review().out()).startsWith("WIDER: 10 specs changed");
    write("part.broot", "fragment 1\n" + WIDE);
    commit("all");
    String comment = review("--format", "markdown").out();
    assertThat(comment)
        .startsWith("<!-- broot review -->\n### WIDER")
        .contains(" more; run `broot review`.");
    assertThat(comment.length()).isLessThan(65_536);
  }
}
