package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.diagnostic.Visible;
import dev.broot.shipped.Shipped;
import dev.broot.support.Run;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a spec says, or is called, reaches a reader in another form than it has. */
class HarmlessOutputTest {
  /** What a spec can hold in a string: each as an escape of the language, and as itself. */
  private static final List<String> ODD =
      List.of("\u001b]0;owned\u0007", "\u202e", "\u200b", "\u2028", "\u0085", "\u2066", "\ufeff");

  private static final String COMMANDS = "::error::forged ##[error]forged ";

  @TempDir Path temp = Path.of("");

  private Path directory = temp;

  @BeforeEach
  void makeAHostileDirectory() throws IOException {
    directory = Files.createDirectory(temp.resolve("d\u001b[2J\u202e\n::error::x%0A,y:z"));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
    return escaped.toString();
  }

  private static String odd() {
    return COMMANDS + escaped(String.join(" ", ODD) + "\n::error::forged\r%");
  }

  private String spec(String name, String... lines) throws IOException {
    String text = "broot 1\nbase host\n" + String.join("\n", lines) + "\n";
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private static void assertHarmless(Run.Result result, boolean annotations) {
    for (String text : List.of(result.out(), result.err())) {
      assertThat(text.codePoints().filter(c -> c != '\n' && Visible.isHidden(c)).toArray())
          .as(Visible.lines(text))
          .isEmpty();
      assertThat(text.lines().map(String::strip).filter(line -> line.startsWith("::")))
          .allMatch(line -> annotations && line.matches("::(error|warning|notice) file=[^:]*::.*"));
      assertThat(text.lines().filter(line -> line.contains("::error::forged")))
          .noneMatch(line -> line.strip().startsWith("::"));
    }
  }

  private String before() throws IOException {
    return spec("before.broot", "env A = a");
  }

  private String after() throws IOException {
    String odd = odd();
    return spec(
        "after.broot",
        "env A = \"" + odd + "\"",
        "param p: path",
        "bind ro \"/srv/" + odd + "\" -> \"/m/" + odd + "\" because \"x" + odd + "\"",
        "bind rw \"${p}/" + odd + "\" -> \"/p/" + odd + "\"",
        "bind ro \"/run/" + odd + "\" -> \"/run\" # " + String.join(" ", ODD.subList(1, 3)),
        "bind rw /sys -> \"/k" + odd + "\"",
        "symlink \"" + odd + "\" -> /s",
        "text /t = \"" + odd + "\"",
        "apis /apis",
        "api \"x\" serve [\"" + odd + "\", \"${socket}\"]",
        "unsafe raw [\"--hostname\", \"" + odd + "\"] because \"" + odd + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "github", "sarif"})
  void ofCheck(String format) throws IOException {
    String odd = odd();
    String broken =
        spec(
            "broken.broot",
            "bind ro \"a" + odd + "\" -> /b",
            "bind ro /a -> \"b"
                + odd
                + "\" because \""
                + String.join(" ", ODD.subList(1, 3))
                + "\"",
            "unsafe env A = x because \"" + odd + "\"",
            "base \"" + odd + ".broot\"",
            "include \"" + odd + "\"",
            "bnd" + ODD.get(1) + ODD.get(2),
            "cap add \u202e\u200b",
            "expect deny write /etc");
    for (String spec : List.of(broken, after(), directory + "/missing.broot")) {
      Run.Result result = Called.broot("check", "--format", format, spec);
      assertThat(result.out() + result.err()).isNotEmpty();
      assertHarmless(result, format.equals("github"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "markdown", "github", "sarif"})
  void ofDiff(String format) throws IOException {
    Run.Result result = Called.broot("diff", "--format", format, before(), after());
    assertThat(result.out()).contains("srv");
    assertHarmless(result, format.equals("github"));
    Run.Result broken =
        Called.broot("diff", "--format", format, before(), directory + "/none.json");
    assertHarmless(broken, false);
  }

  @Test
  void ofTheOthers() throws IOException {
    String after = after();
    String golden = directory + "/after.plan";
    Files.writeString(Path.of(golden), "::error::forged\n " + COMMANDS + ODD + "\r\n");
    for (List<String> call :
        List.of(
            List.of("plan", after),
            List.of("plan", "--format", "json", after),
            List.of("plan", "--resolve", after),
            List.of("golden", "--check", after),
            List.of("golden", "--update", after),
            List.of("golden", "--update", "--dir", directory + "/none", after),
            List.of("report", before(), after),
            List.of("why", after, "/m"),
            List.of("why", after, "A\u202e"),
            List.of("why", after, "A"),
            List.of("tree", after),
            List.of("textconv", after),
            List.of("textconv", directory + "/none"),
            List.of("export", after),
            List.of("compile", after),
            List.of("check", "--set", "p=\u202ex", "--line", "bnd \u202e", after),
            List.of("check", "--\u202e", after),
            List.of("\u202e"),
            List.of("bases", "\u202e"))) {
      Run.Result result = Called.broot(call.toArray(new String[0]));
      assertThat(result.out() + result.err()).as(call.get(0)).isNotEmpty();
      assertHarmless(result, false);
    }
  }

  @Test
  void ofImport() {
    List<String> args = new ArrayList<>(List.of("import", "--partial", "--", "bwrap"));
    for (String odd : ODD) {
      args.addAll(List.of("--ro-bind", "/" + odd, "/x" + odd));
      args.addAll(List.of("--ro-bind", odd, "/y" + odd, "--setenv", "V", odd));
      args.addAll(List.of("--setenv", odd, odd, "--chmod", odd, "/c"));
    }
    args.addAll(List.of("--hostname", "a\u202e", "--hostname", "b\n#", "program", "\u202e"));
    Run.Result result = Called.broot(args.toArray(new String[0]));
    assertThat(result.out()).contains("\\u202e");
    assertHarmless(result, false);
  }

  @Test
  void uniformResourceIdentifiersOfOddNames() throws IOException {
    for (Map.Entry<String, String> name :
        Map.of(
                "/a b", "file:///a%20b",
                "a:b,c.broot", "a%3Ab%2Cc.broot",
                "100%\u202e", "100%25%E2%80%AE",
                "e\u0301.broot", "e%CC%81.broot",
                "//x", "file:////x",
                "?#[", "%3F%23%5B",
                "\udcff", "%FF",
                "-", "broot:stdin",
                "base:host", "broot:base/host",
                "--line", "broot:line")
            .entrySet()) {
      assertThat(dev.broot.diagnostic.SarifPrinter.uri(name.getKey())).isEqualTo(name.getValue());
      assertThat(java.net.URI.create(name.getValue()).toASCIIString()).isEqualTo(name.getValue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void theScriptsShowWhatJavaShows(String shell) throws IOException {
    StringBuilder all = new StringBuilder("a");
    for (int c = 1; c <= 0x10FFFF; c++) {
      boolean edge = Visible.isHidden(c) != Visible.isHidden(c - 1) || c < 0x300;
      if (edge && c != '\n' && (c < 0xD7FF || c > 0xE000)) {
        all.appendCodePoint(c - 1 < 0xD800 || c - 1 > 0xDFFF ? Math.max(1, c - 1) : c);
        all.appendCodePoint(c).append(' ');
      }
    }
    String text = all.toString().replace("\n", "");
    Path file = Files.writeString(temp.resolve("text"), text);
    String script =
        Shipped.text("script/message.sh") + "IFS=:\nLC_ALL=C.UTF-8\nbroot_print \"$(cat \"$1\")\"";
    Run.Result result = Run.run(shell, "-c", script, "sh", file.toString());
    assertThat(result.err()).isEqualTo(Visible.line(text) + "\n");
    Run.Result bytes =
        Run.run(shell, "-c", script.replace("$(cat \"$1\")", "$(printf 'a\\377b\\342\\200')"));
    assertThat(bytes.err()).isEqualTo("a\\ufffdb\\ufffd\n");
  }
}
