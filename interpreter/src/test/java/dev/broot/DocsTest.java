package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.bwrap.BwrapOption;
import dev.broot.bwrap.PlanText;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.TextPrinter;
import dev.broot.support.Golden;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the docs say is true: their examples compile, their commands print what they show. */
class DocsTest {
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\S+)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @TempDir Path temp = Path.of("");

  private record Block(String kind, String text, String heading) {}

  private static List<Block> blocks(String file) {
    String page;
    try {
      page = Files.readString(HOME.resolve(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(page);
    while (matcher.find()) {
      int heading = page.lastIndexOf("\n#", matcher.start());
      String title = page.substring(heading + 1, page.indexOf('\n', heading + 1));
      blocks.add(new Block(matcher.group(1), matcher.group(2), title.replaceFirst("#+ ", "")));
    }
    return blocks;
  }

  static List<List<String>> examples() {
    List<List<String>> examples = new ArrayList<>();
    List<Block> blocks = blocks("docs/language.md");
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).kind().equals("broot")) {
        assertThat(blocks.get(i + 1).kind()).isEqualTo("plan");
        examples.add(
            List.of(blocks.get(i).heading(), blocks.get(i).text(), blocks.get(i + 1).text()));
      }
    }
    return examples;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void theExamplesOfTheLanguageMeanWhatThePageSays(List<String> example) {
    String spec = example.get(1);
    String whole = spec.startsWith("broot 1") ? spec : "broot 1\nbase host\n" + spec;
    List<String> plan = PlanText.print(Specs.plan(whole)).lines().toList();
    assertThat(plan.stream().map(String::strip).toList())
        .as(spec)
        .containsSubsequence(example.get(2).lines().toList());
  }

  @Test
  void everyStatementHasASectionWithItsForm() throws IOException {
    String page = Files.readString(HOME.resolve("docs/language.md"));
    String grammar =
        Files.readString(HOME.resolve("grammar/src/main/antlr4/dev/broot/grammar/BrootLexer.g4"));
    String parser =
        Files.readString(HOME.resolve("grammar/src/main/antlr4/dev/broot/grammar/BrootParser.g4"));
    // The rule `noStatement` lists the words that a statement starts with.
    Matcher verbs = Pattern.compile("~\\(NEWLINE((?: ?\\| \\w+|\\s+)+)\\)").matcher(parser);
    assertThat(verbs.find()).isTrue();
    int count = 0;
    for (String token : verbs.group(1).split("[|\\s]+", -1)) {
      if (token.isEmpty()) {
        continue;
      }
      // One keyword, or several that are used alike.
      Matcher words =
          Pattern.compile(
                  "^" + token + "(: '([^']+)';|\\s+: ('[^']+'[\\s|]*)+;)", Pattern.MULTILINE)
              .matcher(grammar);
      assertThat(words.find()).as(token).isTrue();
      Matcher word = Pattern.compile("'([^']+)'").matcher(words.group(1));
      while (word.find()) {
        assertThat(page).containsPattern("(?m)^### `" + Pattern.quote(word.group(1)) + "[ `]");
        count++;
      }
    }
    assertThat(count).isGreaterThan(30);
  }

  @Test
  void everyCodeHasASectionAndItsExampleShowsIt() throws IOException {
    String page = Files.readString(HOME.resolve("docs/diagnostics.md"));
    TreeSet<String> sections = new TreeSet<>();
    Matcher headings = Pattern.compile("(?m)^## (BR\\d+)$").matcher(page);
    while (headings.find()) {
      sections.add(headings.group(1));
    }
    assertThat(sections)
        .containsExactlyElementsOf(Arrays.stream(Code.values()).map(Code::id).sorted().toList());
    List<Block> blocks = blocks("docs/diagnostics.md");
    assertThat(blocks).hasSizeGreaterThan(20);
    for (Block block : blocks) {
      String text = block.kind().equals("broot") ? "broot 1\n" + block.text() : block.text();
      List<Diagnostic> diagnostics = Specs.compile(text, Map.of(), List.of()).diagnostics();
      // What every spec without a base is warned of stands in whole files only.
      boolean part = block.kind().equals("broot");
      Set<Code> open =
          Set.of(Code.TERMINAL, Code.HOST_NETWORK, Code.USER_NAMESPACES, Code.HOST_PROCESSES);
      assertThat(
              diagnostics.stream()
                  .filter(d -> !part || !open.contains(d.code()))
                  .map(d -> d.code().id())
                  .distinct())
          .as(block.heading() + "\n" + TextPrinter.print(diagnostics, false))
          .containsExactly(block.heading());
    }
  }

  @Test
  @NeedsSandbox
  void theCommandsOfTheReadmePrintWhatItShows() throws IOException {
    // Where broot is installed it is on PATH.
    StringBuilder script = new StringBuilder("exec 2>&1\nPATH=$PWD/bin:$PATH\n");
    List<String> expected = new ArrayList<>();
    for (Block block : blocks("README.md")) {
      if (block.kind().equals("console")) {
        session(block.text(), script, expected);
      }
    }
    // The first command is that of somebody who has just got broot; here it is built.
    assertThat(BROOT).isEqualTo(HOME + "/bin/broot");
    String commands =
        script
            .toString()
            .replace("/tmp/broot-tour", temp + "/tour")
            .replace("/tmp/hello.broot", temp + "/hello.broot");
    Run.Result result = Run.run(Map.of(), HOME, List.of("sh", "-c", commands));
    assertThat(result.out().lines().toList()).isEqualTo(expected);
  }

  // `$ ` starts a command, `> ` goes on with it, the rest is what it prints.
  private static void session(String text, StringBuilder script, List<String> expected) {
    for (String line : text.lines().toList()) {
      if (line.startsWith("$ ")) {
        script.append(line.substring(2)).append('\n');
      } else if (line.equals(">") || line.startsWith("> ")) {
        script.append(line.length() > 2 ? line.substring(2) : "").append('\n');
      } else {
        expected.add(line);
      }
    }
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    Pattern link = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    List<Path> pages = new ArrayList<>();
    for (Path directory : List.of(HOME, HOME.resolve("docs"))) {
      try (Stream<Path> files = Files.list(directory)) {
        files.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    assertThat(pages).contains(HOME.resolve("SECURITY.md"));
    for (Path page : pages) {
      Matcher matcher = link.matcher(Files.readString(page));
      while (matcher.find()) {
        assertThat(page.resolveSibling(matcher.group(1))).as(page.toString()).exists();
      }
    }
  }

  @Test
  void theTableOfOptionsIsTheOneOfTheCode() throws IOException {
    String page = Files.readString(HOME.resolve("docs/language.md"));
    String head = "<!-- made by DocsTest -->\n";
    int from = page.indexOf(head) + head.length();
    String table =
        "| bubblewrap | in a spec |\n|---|---|\n" + String.join("\n", BwrapOption.table());
    Golden.verify(
        "../docs/language.md",
        page.substring(0, from)
            + table
            + "\n"
            + page.substring(page.indexOf("<!-- until here -->")));
  }
}
