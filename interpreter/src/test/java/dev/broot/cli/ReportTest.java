package dev.broot.cli;

import static dev.broot.cli.Called.broot;
import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
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
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code report} and {@code textconv}: what reviewers look at. */
class ReportTest {
  @TempDir Path temp = Path.of("");
  private String before = "";
  private String after = "";

  @BeforeEach
  void specs() throws IOException {
    before = spec("before.broot", "bind ro /opt -> /opt\ntmpfs /gone\n");
    after =
        spec(
            "after.broot",
            "bind rw /opt -> /opt because \"</q><script>document.title='x'</script>&amp;\"\n"
                + "bind ro \"/"
                + "a-very-long-name".repeat(20)
                + "\" -> /long\n");
  }

  private String spec(String name, String lines) throws IOException {
    return Files.writeString(temp.resolve(name), "broot 1\nbase host\n" + lines).toString();
  }

  @Test
  void thePageIsWholeAndItsLinksLead() throws Exception {
    Path file = temp.resolve("report.html");
    assertThat(broot("report", before, after, "-o", file.toString()))
        .isEqualTo(new Run.Result(0, "WIDER\n", ""));
    String page = Files.readString(file);
    assertThat(page)
        .isEqualTo(broot("report", before, after).out())
        .contains("<h1 class=\"wider\">WIDER</h1>")
        .contains("write /opt on the host, seen as /opt")
        .contains("&lt;script&gt;document.title='x'&lt;/script&gt;&amp;amp;")
        .contains("<ins>├── opt  rw /opt</ins>")
        .contains("<del>├── gone  in memory</del>")
        .doesNotContain("<script", "http://", "https://", "src=");
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
      if (element.hasAttribute("id")) {
        assertThat(ids.add(element.getAttribute("id"))).isTrue();
      }
      if (element.hasAttribute("href")) {
        links.add(element.getAttribute("href"));
      }
    }
    assertThat(links).hasSizeGreaterThan(2).allMatch(link -> ids.contains(link.substring(1)));
  }

  @Test
  void chromiumShowsItOnAPhoneAndInTheDark() throws IOException {
    boolean there = Run.run("sh", "-c", "command -v chromium").status() == 0;
    Assumptions.assumeTrue(there, "needs chromium, which bin/verify installs where it can");
    Path report = temp.resolve("report.html");
    assertThat(broot("report", before, after, "-o", report.toString()).status()).isZero();
    // The report allows no script in itself; the page around it looks into it.
    String probe =
        "<iframe id=f src=report.html width=360 height=640></iframe><script>"
            + "onload=()=>{const f=document.getElementById('f'),d=f.contentDocument,w=f.contentWindow;"
            + "const l=[...d.querySelectorAll('a,summary,pre')];l[0].focus();"
            + "document.body.textContent=JSON.stringify({"
            + "wide:d.documentElement.scrollWidth,title:d.title,"
            + "dark:w.getComputedStyle(d.body).backgroundColor,"
            + "focused:d.activeElement===l[0],"
            + "reachable:l.every(e=>e.tabIndex>=0)})}</script>";
    Files.writeString(temp.resolve("probe.html"), probe);
    for (String scheme : List.of("0", "1")) {
      Run.Result shown =
          Run.run(
              "timeout",
              "60",
              "chromium",
              "--headless",
              "--no-sandbox",
              "--disable-gpu",
              "--disable-quic",
              "--no-first-run",
              "--disable-background-networking",
              "--disable-component-update",
              "--disable-sync",
              "--allow-file-access-from-files",
              "--blink-settings=preferredColorScheme=" + scheme,
              "--user-data-dir=" + temp.resolve("profile" + scheme),
              "--dump-dom",
              temp.resolve("probe.html").toUri().toString());
      String dom = shown.out();
      String json = dom.replaceAll("(?s).*<body>(\\{.*\\})</body>.*", "$1");
      assertThat(json).as(shown.toString()).startsWith("{");
      JsonObject seen = JsonParser.parseString(json).getAsJsonObject();
      assertThat(seen.get("wide").getAsInt()).isLessThanOrEqualTo(360);
      assertThat(seen.get("title").getAsString()).startsWith("WIDER: ");
      assertThat(seen.get("focused").getAsBoolean()).isTrue();
      assertThat(seen.get("reachable").getAsBoolean()).isTrue();
      assertThat(seen.get("dark").getAsString())
          .isEqualTo(scheme.equals("0") ? "rgb(22, 24, 27)" : "rgb(253, 253, 252)");
    }
  }

  @Test
  void aSideThatDoesNotCompileMakesNoPage() throws IOException {
    String bad = spec("bad.broot", "tmpfs tmp\n");
    Path file = temp.resolve("report.html");
    Run.Result result = broot("report", before, bad, "-o", file.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("UNKNOWN\n");
    assertThat(file).doesNotExist();
  }

  @Test
  void whatIsGainedIsAnnotated() {
    assertThat(broot("diff", "--format", "github", before, after).out())
        .startsWith("::warning file=" + after + ",line=3,col=1,title=BR801::WIDER: the program may")
        .contains("write /opt on the host");
    JsonObject sarif =
        JsonParser.parseString(broot("diff", "--format", "sarif", before, after).out())
            .getAsJsonObject();
    JsonObject run = sarif.getAsJsonArray("runs").get(0).getAsJsonObject();
    assertThat(run.getAsJsonArray("results")).hasSize(2);
    assertThat(broot("diff", "--format", "github", after, after).out()).isEmpty();
    assertThat(broot("diff", "--format", "xml", before, after).status()).isEqualTo(2);
  }

  @Test
  void gitShowsThePlans() throws IOException {
    assertThat(broot("textconv", before).out())
        .startsWith("broot 1\nbase host\nbind ro /opt -> /opt\n")
        .contains("\n# The plan:\n", "  --ro-bind /opt /opt\n");
    String bad = spec("bad.broot", "include none.broot\n");
    assertThat(broot("textconv", bad).out()).contains("\n# No plan: ");
    assertThat(broot("textconv", temp + "/none").status()).isEqualTo(125);
    String git =
        "cd '"
            + temp
            + "' && mkdir r && cd r && git init -q . && git config diff.broot.textconv '"
            + BROOT
            + " textconv' && echo '*.broot diff=broot' >.gitattributes && cp ../before.broot"
            + " s.broot && git add . && git -c user.name=a -c user.email=b commit -qm one && cp"
            + " ../after.broot s.broot && git diff";
    assertThat(Run.run("sh", "-c", git).out())
        .contains("\n-  --ro-bind /opt /opt\n", "\n+  --bind /opt /opt\n");
  }
}
