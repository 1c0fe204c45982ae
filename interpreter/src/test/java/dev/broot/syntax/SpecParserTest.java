package dev.broot.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.TextPrinter;
import dev.broot.grammar.BrootLexer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the grammar reads. */
class SpecParserTest {
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("PATH", "/p"),
          Map.entry("SOURCE", "/s"),
          Map.entry("TARGET", "/t"),
          Map.entry("NAME", "x"),
          Map.entry("VALUE", "\"a value\""),
          Map.entry("TYPE", "path"),
          Map.entry("SETTING", "root"),
          Map.entry("NAMESPACE", "net"),
          Map.entry("TEXT", "t"),
          Map.entry("MAJOR:MINOR", "1:3"),
          Map.entry("MODE", "0666"),
          Map.entry("WHAT", "write"));

  private static List<Statement> parse(String line) {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = new SourceFile("test", line);
    List<Statement> statements = SpecParser.parseLine(file, diagnostics);
    assertThat(TextPrinter.print(diagnostics.sorted(List.of(file)), false)).as(line).isEmpty();
    return statements;
  }

  /** Every form that a hint shows, with every choice that it offers. */
  static List<String> forms() {
    List<String> lines = new ArrayList<>();
    for (String verb : Usage.verbs()) {
      Token first = new BrootLexer(CharStreams.fromString(verb)).nextToken();
      String form = String.valueOf(Usage.of(first));
      Matcher quoted = Pattern.compile("`([^`]+)`").matcher(form);
      while (quoted.find()) {
        String text = quoted.group(1);
        // A piece of a form, such as `= VALUE`, and the name of a word are no statements.
        if (text.startsWith(verb + " ") || (text.equals(verb) && !verb.equals("unsafe"))) {
          expand(text, lines);
        }
      }
    }
    return lines;
  }

  private static void expand(String form, List<String> lines) {
    Matcher optional = Pattern.compile(" \\[([^\"\\]]+)\\]").matcher(form);
    if (optional.find()) {
      String before = form.substring(0, optional.start());
      String after = form.substring(optional.end());
      expand(before + after, lines);
      for (String choice : optional.group(1).split(" \\| ", -1)) {
        expand(before + " " + choice + after, lines);
      }
      return;
    }
    Matcher choices = Pattern.compile("[a-z]+(\\|[a-z]+)+").matcher(form);
    if (choices.find()) {
      for (String choice : choices.group().split("\\|", -1)) {
        expand(form.replace(choices.group(), choice), lines);
      }
      return;
    }
    StringBuilder line = new StringBuilder();
    for (String word : form.split(" ", -1)) {
      boolean label = word.endsWith(":");
      String name = label ? word.substring(0, word.length() - 1) : word;
      line.append(line.isEmpty() ? "" : " ")
          .append(VALUES.getOrDefault(name, name))
          .append(label ? ":" : "");
    }
    lines.add(line.toString());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readsTheFormThatAHintShows(String line) {
    assertThat(parse(line)).hasSize(1);
    assertThat(parse(line + " because \"a reason\"").get(0).because()).isEqualTo("a reason");
    assertThat(parse("unsafe " + line).get(0).unsafe()).isNotNull();
  }

  @Test
  void thereAreForms() {
    assertThat(forms()).hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample.broot", "osbuild-2020.broot"})
  void readsTheSamplesOfTheDesign(String name) throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file =
        new SourceFile(name, Files.readString(Path.of("src/test/resources/design", name)));
    SpecSyntax syntax = SpecParser.parseFile(file, null, diagnostics);
    assertThat(TextPrinter.print(diagnostics.sorted(List.of(file)), false)).isEmpty();
    assertThat(syntax.statements()).hasSizeGreaterThan(10);
  }

  /** A word that becomes reserved breaks specs that use it as a value only if values exclude it. */
  @Test
  void everyKeywordIsAlsoAValue() {
    for (int type = 1; type <= BrootLexer.VOCABULARY.getMaxTokenType(); type++) {
      String literal = BrootLexer.VOCABULARY.getLiteralName(type);
      if (literal != null && literal.matches("'[a-z-]+'")) {
        String word = literal.substring(1, literal.length() - 1);
        assertThat(parse("runner " + word)).hasSize(1);
        assertThat(parse("env " + word + " = " + word)).hasSize(1);
      }
    }
  }
}
