package dev.broot.edit;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.broot.grammar.BrootLexer;
import dev.broot.spec.Setting;
import dev.broot.support.Golden;
import dev.broot.support.Run;
import dev.broot.syntax.Lexeme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The colours of editors without a language server: made of the lexer's keywords, and up to date.
 */
class GrammarTest {
  private static final String BEFORE = "(?<![^\\s])";
  private static final String BEHIND = "(?![^\\s])";
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]*";

  @TempDir Path temp = Path.of("");

  private static Set<String> keywords() {
    Set<String> keywords = new TreeSet<>(Setting.words());
    for (int type = 1; type <= BrootLexer.VOCABULARY.getMaxTokenType(); type++) {
      String literal = BrootLexer.VOCABULARY.getLiteralName(type);
      if (literal != null && literal.matches("'[a-z][a-z0-9-]*'")) {
        keywords.add(literal.substring(1, literal.length() - 1));
      }
    }
    assertThat(keywords).hasSizeGreaterThan(70).containsAll(Lexeme.verbs());
    return keywords;
  }

  private static JsonObject rule(String name, String match) {
    JsonObject rule = new JsonObject();
    rule.addProperty("name", name + ".broot");
    rule.addProperty("match", match);
    return rule;
  }

  private static String textMate() {
    JsonArray patterns = new JsonArray();
    patterns.add(rule("comment.line.number-sign", BEFORE + "#.*$"));
    JsonObject string = new JsonObject();
    string.addProperty("name", "string.quoted.double.broot");
    string.addProperty("begin", "\"");
    string.addProperty("end", "\"|$");
    JsonArray inside = new JsonArray();
    inside.add(rule("constant.character.escape", "\\\\(?:[\"\\\\/bfnrt$]|u[0-9A-Fa-f]{4})"));
    inside.add(rule("variable.other", "\\$\\{" + NAME + "\\}"));
    string.add("patterns", inside);
    patterns.add(string);
    patterns.add(rule("variable.parameter", BEFORE + NAME + ":" + BEHIND));
    patterns.add(rule("invalid.unsafe", BEFORE + "unsafe" + BEHIND));
    patterns.add(
        rule("keyword.other", BEFORE + "(?:" + String.join("|", keywords()) + ")" + BEHIND));
    patterns.add(rule("constant.numeric", BEFORE + "[0-9]+(?::[0-9]+)?" + BEHIND));
    patterns.add(rule("keyword.operator", BEFORE + "(?:->|=)" + BEHIND));
    patterns.add(rule("variable.other", "\\$\\{" + NAME + "\\}"));
    JsonObject grammar = new JsonObject();
    grammar.addProperty("name", "broot");
    grammar.addProperty("scopeName", "source.broot");
    JsonArray types = new JsonArray();
    types.add("broot");
    grammar.add("fileTypes", types);
    grammar.add("patterns", patterns);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(grammar)
        + "\n";
  }

  private static String vim() {
    return "\" Made by GrammarTest from the lexer's keywords.\n"
        + "if exists('b:current_syntax')\n  finish\nendif\n"
        + "syntax iskeyword @,48-57,_,-\n"
        + "syntax keyword brootKeyword "
        + String.join(" ", keywords().stream().filter(word -> !word.equals("unsafe")).toList())
        + "\nsyntax keyword brootUnsafe unsafe\n"
        + "syntax match brootName /\\v[A-Za-z_][A-Za-z0-9_-]*:\\ze\\s/\n"
        + "syntax match brootReference /\\v\\$\\{[A-Za-z_][A-Za-z0-9_-]*\\}/\n"
        + "syntax match brootWord /\\v[^ \\t\"#]*\\/[^ \\t\"#$]*/ contains=brootReference\n"
        + "syntax region brootString start=/\"/ skip=/\\\\./ end=/\"/ oneline"
        + " contains=brootReference\n"
        + "syntax match brootComment /\\v(^|\\s)\\zs#.*$/\n"
        + "highlight default link brootKeyword Keyword\n"
        + "highlight default link brootUnsafe WarningMsg\n"
        + "highlight default link brootName Identifier\n"
        + "highlight default link brootReference Identifier\n"
        + "highlight default link brootString String\n"
        + "highlight default link brootComment Comment\n"
        + "let b:current_syntax = 'broot'\n";
  }

  @Test
  void theFilesOfTheEditorsHaveEveryKeyword() {
    Golden.verify("../editors/broot.tmLanguage.json", textMate());
    Golden.verify("../editors/vim/syntax/broot.vim", vim());
  }

  @Test
  void theTextMateGrammarFindsTheKeywordsThatTheLexerFinds() throws IOException {
    JsonObject grammar =
        JsonParser.parseString(Files.readString(HOME.resolve("editors/broot.tmLanguage.json")))
            .getAsJsonObject();
    Pattern keyword = Pattern.compile("(?!)");
    for (var rule : grammar.getAsJsonArray("patterns")) {
      if (rule.getAsJsonObject().get("name").getAsString().equals("keyword.other.broot")) {
        keyword = Pattern.compile(rule.getAsJsonObject().get("match").getAsString());
      }
    }
    try (Stream<Path> examples = Files.list(HOME.resolve("examples"))) {
      for (Path example : examples.toList()) {
        for (Lexeme lexeme : Lexeme.of(Files.readString(example))) {
          Matcher matcher = keyword.matcher(lexeme.text());
          assertThat(matcher.matches())
              .as(lexeme.toString())
              .isEqualTo(lexeme.kind() == Lexeme.Kind.KEYWORD);
        }
      }
    }
  }

  @Test
  void vimColoursAnExample() throws IOException {
    Assumptions.assumeTrue(Run.run("sh", "-c", "command -v vim").status() == 0, "no vim here");
    Path spec =
        Files.writeString(
            temp.resolve("a.broot"),
            "broot 1\n# bind\nunsafe bind ro /bind/x -> \"/a ${b}\" because \"w\"\n");
    Path out = temp.resolve("out");
    String at =
        "call writefile([&filetype] + map([[1,1],[2,3],[3,1],[3,8],[3,18],[3,28],[3,33]],"
            + " {_, p -> synIDattr(synID(p[0], p[1], 1), 'name')}), '"
            + out
            + "')";
    Run.Result result =
        Run.run(
            Map.of("HOME", temp.toString()),
            temp,
            List.of(
                "vim",
                "-Nu",
                "NONE",
                "-es",
                "--cmd",
                "set rtp^=" + HOME + "/editors/vim",
                "-c",
                "filetype plugin on | syntax on",
                "-c",
                "edit " + spec,
                "-c",
                at,
                "-c",
                "qall!"));
    assertThat(Files.readAllLines(out))
        .as(result.out() + result.err())
        .containsExactly(
            "broot",
            "brootKeyword",
            "brootComment",
            "brootUnsafe",
            "brootKeyword",
            "brootWord",
            "brootString",
            "brootReference");
  }
}
