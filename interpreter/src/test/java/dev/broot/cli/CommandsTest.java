package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broot.host.Bytes;
import dev.broot.support.Golden;
import dev.broot.support.Run;
import dev.broot.support.Schemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command: what it prints, where, and with which status. */
class CommandsTest {
  @TempDir Path temp = Path.of("");

  private static Run.Result broot(String... args) {
    return broot(Map.of(), args);
  }

  private static Run.Result broot(Map<String, String> env, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(Arrays.asList(args), new Console(out, err, env, false));
    return new Run.Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private String spec(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text).toString();
  }

  @Test
  void helpTextsAreReadByPeople() {
    StringBuilder all = new StringBuilder(broot("--help").out());
    for (String command : Main.commands()) {
      Run.Result result = broot(command, "--help");
      assertThat(result.status()).isZero();
      all.append("\n$ broot ").append(command).append(" --help\n").append(result.out());
    }
    Golden.verify("help.txt", all.toString());
  }

  @Test
  void withoutACommandItSaysWhatThereIs() {
    assertThat(broot().status()).isEqualTo(2);
    assertThat(broot("chekc"))
        .isEqualTo(
            new Run.Result(2, "", "broot: `chekc` is not a command; did you mean `check`?\n"));
  }

  @Test
  void aCommandLineThatCannotBeFollowedIsStatus2() throws IOException {
    String good = spec("good.broot", "broot 1\n");
    for (List<String> args :
        List.of(
            List.of("check"),
            List.of("check", "--format", "xml", good),
            List.of("plan", "--format", "xml", good),
            List.of("check", "--frobnicate", good),
            List.of("plan", "--set", "novalue", good),
            List.of("plan", "--set", "a=1", "--set", "a=2", good),
            List.of("bases", "hots"),
            List.of("golden", "--check", "--update", good),
            List.of("golden", "--check", "base:host"),
            List.of("compile"))) {
      Run.Result result = broot(args.toArray(new String[0]));
      assertThat(result.status()).as(args + result.err()).isEqualTo(2);
      assertThat(result.err()).startsWith("broot: ").hasLineCount(1);
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void checkReportsAllSpecsInThreeFormats() throws IOException {
    String good = spec("good.broot", "broot 1\n");
    String bad = spec("a:b,c.broot", "broot 1\nbnd ro /a -> /b\ntmpfs tmp\ntmpfs /%0A\n");
    assertThat(broot("check", good)).isEqualTo(new Run.Result(0, "", ""));

    Run.Result text = broot("check", good, bad);
    assertThat(text.status()).isEqualTo(1);
    assertThat(text.out()).isEmpty();
    assertThat(text.err())
        .contains("a:b,c.broot:2:1: error[BR102]", "a:b,c.broot:3:7: error[BR304]");

    Run.Result json = broot("check", "--format", "json", good, bad);
    assertThat(json.status()).isEqualTo(1);
    assertThat(json.err()).isEmpty();
    Schemas.assertValid("diagnostics.schema.json", json.out());
    assertThat(new ObjectMapper().readTree(json.out()).at("/diagnostics/1/code").asText())
        .isEqualTo("BR304");

    Run.Result github = broot("check", "--format", "github", bad);
    assertThat(github.status()).isEqualTo(1);
    assertThat(github.out().lines())
        .hasSize(2)
        .allMatch(
            line -> line.startsWith("::error file=") && line.contains("a%3Ab%2Cc.broot,line="));
  }

  @Test
  void aSpecForMoreArgumentsThanBubblewrapTakesIsRefused() throws IOException {
    StringBuilder text = new StringBuilder("broot 1\n");
    for (int i = 0; i < 3001; i++) {
      text.append("bind ro /srv/").append(i).append(" -> /srv/").append(i).append('\n');
    }
    String large = spec("large.broot", text.toString());
    for (String command : List.of("check", "plan", "compile")) {
      Run.Result result = broot(command, large);
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err())
          .contains("large.broot:3001:1: error[BR308]: this spec makes 9005 arguments");
    }
  }

  @Test
  void aDiagnosticCannotForgeAWorkflowCommand() throws IOException {
    String bad =
        spec("bad.broot", "broot 1\nunshare \"x\"\nbind ro \"a\\n::error::forged\" -> /b\n");
    assertThat(broot("check", "--format", "github", bad).out()).doesNotContain("\n::error::forged");
    assertThat(broot("check", bad).err()).doesNotContain("\n::error");
  }

  @Test
  void colorIsForTerminals() throws IOException {
    String bad = spec("bad.broot", "broot 1\ntmpfs tmp\n");
    for (String noColor : List.of("", "1")) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Map<String, String> env = Map.of("NO_COLOR", noColor, "TERM", "xterm");
      Main.run(List.of("check", bad), new Console(new ByteArrayOutputStream(), err, env, true));
      assertThat(err.toString(StandardCharsets.UTF_8).contains("\u001b["))
          .isEqualTo(noColor.isEmpty());
    }
    assertThat(broot("check", bad).err()).doesNotContain("\u001b");
  }

  @Test
  void planIsTextJsonOrArguments() throws IOException {
    String spec =
        spec(
            "s.broot",
            "broot 1\nbase osbuild-2020\nparam tree: path\nroot ${tree}\nrunner r\nlibdir /lib\n"
                + "api a socket /a.sock\n"
                + "unsafe bind rw /etc -> /out because \"<b>\"\n");
    assertThat(broot("plan", spec).out()).contains("  --ro-bind ${tree}/usr /usr    (if a dir");
    Run.Result json = broot("plan", "--format", "json", spec, "--", "a b");
    Schemas.assertValid("plan.schema.json", json.out());
    assertThat(json.out()).contains("\"because\": \"<b>\"", "\"a b\"");
    Schemas.assertValid("plan.schema.json", broot("plan", "--format", "json", "base:host").out());

    Run.Result open = broot("plan", "--resolve", spec);
    assertThat(open.status()).isEqualTo(1);
    assertThat(open.err()).contains("BR209").contains("--set tree=VALUE");
    Run.Result resolved = broot("plan", "--resolve", "--set", "tree=" + temp, spec);
    assertThat(resolved.out()).doesNotContain("/usr /usr", "(if");

    Run.Result nul =
        broot("plan", "--format", "nul", "--set", "tree=/", spec, "--", "x", "", "a\nb");
    assertThat(nul.out())
        .startsWith("bwrap\0--cap-add\0CAP_MAC_ADMIN\0")
        .endsWith("r\0x\0\0a\nb\0");
    assertThat(nul.out()).contains("--ro-bind\0/usr\0/usr\0").contains("--bind\0/etc\0/out\0");
  }

  @Test
  void bytesThatAreNotUtf8PassThroughThePlan() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String argument = Bytes.decode(new byte[] {'a', (byte) 0xff, (byte) 0xc3, (byte) 0xa9});
    Main.run(
        List.of("plan", "--format", "nul", "base:none", "--", argument),
        new Console(out, new ByteArrayOutputStream(), Map.of(), false));
    byte[] all = out.toByteArray();
    assertThat(Arrays.copyOfRange(all, all.length - 5, all.length))
        .containsExactly('a', 0xff, 0xc3, 0xa9, 0);
    assertThat(broot("plan", "--set", "x=" + argument, "base:none").status()).isEqualTo(2);
  }

  @Test
  void goldenFilesAreWrittenAndChecked() throws IOException {
    String spec = spec("s.broot", "broot 1\nbase host\n");
    Path golden = temp.resolve("s.plan");
    assertThat(broot("golden", "--check", spec).status()).isEqualTo(1);
    assertThat(broot("golden", "--update", spec).status()).isZero();
    assertThat(golden).content().isEqualTo(broot("plan", spec).out());
    assertThat(broot("golden", "--check", spec)).isEqualTo(new Run.Result(0, "", ""));
    assertThat(broot("golden", spec).status()).isZero();
    Files.writeString(golden, "x\n");
    Run.Result drift = broot("golden", "--check", spec);
    assertThat(drift.status()).isEqualTo(1);
    assertThat(drift.out()).contains("-x\n").contains("+bwrap\n");
    assertThat(golden).hasContent("x");
    assertThat(broot("golden", "--update", "--dir", temp + "/missing", spec).status()).isEqualTo(1);
    String twin =
        Files.writeString(Files.createDirectory(temp.resolve("d")).resolve("s.broot"), "broot 1\n")
            .toString();
    assertThat(broot("golden", "--update", "--dir", temp.toString(), spec, twin).status())
        .isEqualTo(2);
    assertThat(temp).isDirectoryNotContaining(file -> file.toString().contains(".broot-"));
  }

  @Test
  void basesAreListedAndPrinted() throws IOException {
    assertThat(broot("bases").out().lines()).contains("host", "none", "osbuild-2020").isSorted();
    for (String base : broot("bases").out().lines().toList()) {
      assertThat(broot("bases", base).out()).startsWith("broot 1\n");
      assertThat(broot("check", "base:" + base)).isEqualTo(new Run.Result(0, "", ""));
    }
    assertThat(broot("check", "base:hots").err()).contains("did you mean `host`?");
  }

  @Test
  void setAndLineAreChecked() throws IOException {
    String spec = spec("s.broot", "broot 1\nparam tree: path\nbind ro ${tree} -> /t\n");
    assertThat(broot("plan", "--set", "tre=/x", spec).err())
        .startsWith("--set:1:1: error[BR207]")
        .contains("did you mean `tree`?");
    assertThat(broot("plan", "--set", "tree=", spec).err()).startsWith("--set:1:6: error[BR207]");
    assertThat(broot("plan", "--line", "tmpfs /x", "--line", "bind ro /y", spec).err())
        .startsWith("--line:1:11: error[BR101]");
    assertThat(broot("plan", "--line", "base host", spec).err()).contains("BR204");
    assertThat(broot("plan", "--line", "dir /a\ndir /b", spec).status()).isEqualTo(1);
    assertThat(broot("plan", "--line", "bind ro /a:b -> \"/c d\"", spec).out())
        .contains("  --ro-bind ${tree} /t\n  --ro-bind /a:b '/c d'\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-dash.broot", "new\nline.broot", "co:lon.broot", "spa ce.broot", "é.broot"})
  void namesOfSpecsAreNames(String name) throws IOException {
    spec(name, "broot 1\nbnd\n");
    Run.Result result = broot("check", temp + "/" + name);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err().lines().filter(line -> line.contains("error[")).toList()).hasSize(1);
    assertThat(result.err()).contains(":2:1: error[BR102]");
  }

  @Test
  void oddFilesAreReadOrRefused() throws IOException {
    assertThat(broot("check", spec("bom.broot", "\uFEFFbroot 1\r\nbase host\r\n")).status())
        .isZero();
    assertThat(broot("check", spec("cr.broot", "broot 1\rbase host\r")).status()).isZero();
    assertThat(broot("check", spec("nul.broot", "broot 1\ntmpfs /a\0b\n")).err())
        .contains(":2:9: error[BR103]");
    assertThat(broot("check", spec("empty.broot", "")).err()).contains("BR104");
    assertThat(broot("check", temp.toString()).err()).contains("BR107", "it is a directory");
    assertThat(broot("check", temp + "/none.broot").err()).contains("BR107", "no such file");
    assertThat(broot("check", spec("big.broot", "broot 1\n" + "#".repeat(10 << 20))).err())
        .contains("BR108");
    Path loop = Files.createSymbolicLink(temp.resolve("loop.broot"), Path.of("loop.broot"));
    assertThat(broot("check", loop.toString()).err()).contains("BR107").doesNotContain("\tat ");
  }

  @Test
  void aBugOfOursSaysWhereToReportIt() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    java.io.OutputStream broken =
        new java.io.OutputStream() {
          @Override
          public void write(int b) {
            throw new IllegalStateException("a bug");
          }
        };
    int status = Main.run(List.of("bases"), new Console(broken, err, Map.of(), false));
    assertThat(status).isEqualTo(125);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("broot: this is a bug of broot")
        .contains("to whoever gave you broot", "IllegalStateException: a bug");
  }

  @Test
  void aScriptIsWrittenWholeAndExecutable() throws IOException {
    Path file = temp.resolve("run.sh");
    assertThat(broot("compile", "base:host", "-o", file.toString()))
        .isEqualTo(new Run.Result(0, "", ""));
    assertThat(file).isExecutable().content().isEqualTo(broot("compile", "base:host").out());
    assertThat(broot("compile", "base:host", "-o", temp + "/no/where").status()).isEqualTo(125);
    assertThat(broot("compile", "base:osbuild-2020").status()).isEqualTo(1);
  }
}
