package dev.broot.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broot.check.Bases;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.junit.jupiter.api.Test;

/** The language server, asked by lsp4j's own client. */
class ServerTest extends Editor {
  @Test
  void mistakesAreShownAsOneTypesWithTheirPlacesInUtf16() throws Exception {
    String text =
        HOST + "env A = \"\uD83D\uDE00\"  # \uD83D\uDE00\nparam \u00e9\ntmpfs /\uD83D\uDE00 over\n";
    List<Diagnostic> found = open("a.broot", text);
    assertThat(found).extracting(Editor::code).containsExactly("BR101");
    type("a.broot", HOST + "bind ro \"/\uD83D\uDE00\" -> /a/../b\n");
    Range range = mistakes("a.broot").get(0).getRange();
    assertThat(range).isEqualTo(new Range(new Position(3, 17), new Position(3, 24)));
    type("a.broot", HOST);
    assertThat(mistakes("a.broot")).isEmpty();
    type("a.broot", HOST + "hostname a\nhostname b\n");
    Diagnostic twice = mistakes("a.broot").get(0);
    assertThat(twice.getRelatedInformation().get(0).getLocation().getRange().getStart())
        .isEqualTo(new Position(3, 0));
  }

  @Test
  void everyFixMendsItsMistake() throws Exception {
    open("a.broot", HOST);
    for (String line :
        List.of(
            "tmfs /tmp/x",
            "param tree: path\nbind ro ${tre} -> /t",
            "cap add CAP_CHWN",
            "bind rw /etc -> /e  # a comment",
            "bind rw /etc -> /e because \"why\"",
            "unsafe bind rw /etc -> /e",
            "unsafe tmpfs /x",
            "bind ro /opt -> /a/b\ntmpfs /a  # c",
            "bind ro /opt -> /a/b\nbind ro /srv -> /a because \"why\"",
            "param unused: path",
            "env A=b",
            "bind ro /opt -> /over over because \"it is over\"",
            "bind ro /opt->/opt")) {
      String text = HOST + line + "\n";
      type("a.broot", text);
      List<Diagnostic> found = mistakes("a.broot");
      assertThat(found).as(line).isNotEmpty();
      Diagnostic mistake = found.get(0);
      List<CodeAction> actions =
          get(
                  server
                      .getTextDocumentService()
                      .codeAction(
                          new CodeActionParams(
                              document("a.broot"),
                              mistake.getRange(),
                              new CodeActionContext(List.of(mistake)))))
              .stream()
              .map(either -> either.getRight())
              .toList();
      assertThat(actions).as(line).isNotEmpty();
      String mended = applied(text, actions.get(0).getEdit().getChanges().get(uri("a.broot")));
      type("a.broot", mended);
      assertThat(mistakes("a.broot"))
          .as(line + " -> " + mended)
          .noneMatch(other -> code(other).equals(code(mistake)));
    }
  }

  @Test
  void hoverSaysWhatALineBecomesAndWhatTheProgramMayThenDo() throws Exception {
    String text = HOST + "bind rw /srv/x -> /x because \"t\"\n";
    open("a.broot", text);
    String line = hover(text, "bind");
    assertThat(line)
        .contains("--bind /srv/x /x", "write /srv/x on the host", "### `bind ro|rw|dev SOURCE");
    assertThat(hover(text, "host")).contains("--ro-bind /usr /usr", "… and ");
    String broken = text + "bnd\n";
    type("a.broot", broken);
    mistakes("a.broot");
    assertThat(hover(broken, "bind")).contains("### `bind").doesNotContain("/srv/x");
  }

  private String hover(String text, String at) throws Exception {
    Hover hover =
        get(
            server
                .getTextDocumentService()
                .hover(new HoverParams(document("a.broot"), position(text, at))));
    return hover.getContents().getRight().getValue();
  }

  private List<String> completed(String text) throws Exception {
    type("a.broot", text);
    mistakes("a.broot");
    List<CompletionItem> items =
        get(server
                .getTextDocumentService()
                .completion(
                    new CompletionParams(
                        document("a.broot"),
                        new Position(
                            (int) text.chars().filter(c -> c == '\n').count(),
                            text.length() - text.lastIndexOf('\n') - 1))))
            .getLeft();
    return items.stream().map(CompletionItem::getLabel).toList();
  }

  @Test
  void completionKnowsWhatMayStandThere() throws Exception {
    Files.writeString(temp.resolve("part.broot"), "fragment 1\nparam from_part: path\n");
    Files.writeString(temp.resolve("team.broot"), "broot 1\n");
    open("a.broot", "");
    assertThat(completed("")).containsExactly("broot 1", "fragment 1");
    assertThat(completed(HOST)).contains("bind", "tmpfs", "hostname", "unsafe").isSorted();
    assertThat(completed(HOST + "unsafe bi")).containsExactly("bind", "bind-data");
    assertThat(completed(HOST + "bind ")).containsExactly("ro", "rw", "dev");
    assertThat(completed("broot 1\nbase "))
        .contains("host", "none", "team.broot")
        .doesNotContain("part.broot", "a.broot");
    assertThat(completed(HOST + "include "))
        .contains("dns", "part.broot")
        .doesNotContain("team.broot");
    assertThat(completed(HOST + "include part.broot\nparam own: path\nbind ro ${"))
        .contains("own", "from_part", "root");
    assertThat(completed(HOST + "cap add CAP_SYS_A")).containsExactly("CAP_SYS_ADMIN");
    assertThat(completed(HOST + "unshare n")).containsExactly("net");
    assertThat(completed(HOST + "param x: ")).containsExactly("path", "string");
    assertThat(completed(HOST + "bind ro " + temp + "/te")).containsExactly(temp + "/team.broot");
    assertThat(completed(HOST + "bind ro /a -> /b ")).contains("optional", "over", "because");
    assertThat(completed(HOST + "# bi")).isEmpty();
  }

  @Test
  void aParameterIsFoundAndRenamedInAllFilesThatAreOpenOrNot() throws Exception {
    String part = "fragment 1\nparam tree: path\nbind ro ${tree}/usr -> /u\n";
    Files.writeString(temp.resolve("part.broot"), "fragment 1\n");
    String text =
        HOST
            + "include part.broot\nparam other: path\nbind ro ${other} -> /o\nenv A = \"\\${tree} ${tree}\"  # ${tree}\nbind ro ${tree} -> /t\n";
    open("part.broot", part);
    assertThat(open("a.broot", text)).as("the include is read from the editor").isEmpty();
    Position at = position(text, "tree} -> /t");
    List<? extends Location> definition =
        get(server
                .getTextDocumentService()
                .definition(new DefinitionParams(document("a.broot"), at)))
            .getLeft();
    assertThat(definition)
        .hasSize(1)
        .first()
        .isEqualTo(
            new Location(uri("part.broot"), new Range(new Position(1, 6), new Position(1, 10))));
    List<? extends Location> references =
        get(
            server
                .getTextDocumentService()
                .references(
                    new ReferenceParams(document("a.broot"), at, new ReferenceContext(true))));
    assertThat(references).hasSize(4);
    WorkspaceEdit edit =
        get(
            server
                .getTextDocumentService()
                .rename(new RenameParams(document("a.broot"), at, "root_of")));
    assertThat(applied(text, edit.getChanges().get(uri("a.broot"))))
        .contains("\"\\${tree} ${root_of}\"  # ${tree}", "bind ro ${root_of} -> /t");
    assertThat(applied(part, edit.getChanges().get(uri("part.broot"))))
        .contains("param root_of: path", "${root_of}/usr");
    // The include knows of the spec that is open and brings it in.
    WorkspaceEdit there =
        get(
            server
                .getTextDocumentService()
                .rename(
                    new RenameParams(document("part.broot"), position(part, "tree"), "root_of")));
    assertThat(there.getChanges().keySet()).isEqualTo(edit.getChanges().keySet());
    assertThat(applied(text, there.getChanges().get(uri("a.broot"))))
        .contains("bind ro ${root_of} -> /t");
    for (String name : List.of("not a name", "", "other", "root")) {
      assertThatThrownBy(
              () ->
                  get(
                      server
                          .getTextDocumentService()
                          .rename(new RenameParams(document("a.broot"), at, name))))
          .as(name)
          .hasMessageContaining(name.length() > 4 ? "" : name)
          .hasCauseInstanceOf(ResponseErrorException.class);
    }
    List<? extends Location> file =
        get(server
                .getTextDocumentService()
                .definition(
                    new DefinitionParams(document("a.broot"), position(text, "part.broot"))))
            .getLeft();
    assertThat(file.get(0).getUri()).isEqualTo(uri("part.broot"));
  }

  @Test
  void whatIsTypedInAnIncludeIsSeenInTheSpec() throws Exception {
    Files.writeString(temp.resolve("part.broot"), "fragment 1\n");
    open("a.broot", HOST + "include part.broot\n");
    server
        .getTextDocumentService()
        .didOpen(
            new DidOpenTextDocumentParams(
                new TextDocumentItem(
                    uri("part.broot"), "broot", 1, "fragment 1\nbind rw /etc -> /e\n")));
    List<PublishDiagnosticsParams> both =
        List.of(published.poll(20, TimeUnit.SECONDS), published.poll(20, TimeUnit.SECONDS));
    for (PublishDiagnosticsParams one : both) {
      assertThat(one.getDiagnostics()).extracting(Editor::code).contains("BR501");
      boolean inSpec = one.getUri().equals(uri("a.broot"));
      assertThat(one.getDiagnostics().get(0).getRange().getStart().getLine())
          .isEqualTo(inSpec ? 3 : 1);
    }
    assertThat(both)
        .extracting(PublishDiagnosticsParams::getUri)
        .containsExactlyInAnyOrder(uri("a.broot"), uri("part.broot"));
  }

  @Test
  void theOutlineFoldsColoursAndLayoutAreThoseOfTheText() throws Exception {
    String text = "# one\n# two\nbroot   1\n\nbase host\nparam p: path # c\nbind ro ${p} -> /p\n";
    open("a.broot", text);
    assertThat(
            get(
                    server
                        .getTextDocumentService()
                        .documentSymbol(new DocumentSymbolParams(document("a.broot"))))
                .stream()
                .map(either -> either.getRight().getName()))
        .containsExactly("base host", "param p: path", "bind ro ${p} -> /p");
    assertThat(
            get(
                server
                    .getTextDocumentService()
                    .foldingRange(new FoldingRangeRequestParams(document("a.broot")))))
        .extracting(fold -> fold.getStartLine() + "-" + fold.getEndLine())
        .containsExactly("0-1", "4-6");
    List<Integer> tokens =
        get(server
                .getTextDocumentService()
                .semanticTokensFull(new SemanticTokensParams(document("a.broot"))))
            .getData();
    assertThat(tokens.subList(0, 15)).containsExactly(0, 0, 5, 5, 0, 1, 0, 5, 5, 0, 1, 0, 5, 0, 0);
    List<? extends TextEdit> edits =
        get(
            server
                .getTextDocumentService()
                .formatting(
                    new DocumentFormattingParams(
                        document("a.broot"), new FormattingOptions(2, true))));
    assertThat(applied(text, edits)).contains("broot 1\n", "param p: path  # c\n");
    type("a.broot", text + "bnd\n");
    mistakes("a.broot");
    assertThat(
            get(
                server
                    .getTextDocumentService()
                    .formatting(
                        new DocumentFormattingParams(
                            document("a.broot"), new FormattingOptions(2, true)))))
        .isEmpty();
  }

  @Test
  void aHalfTypedFileNeverKillsIt() throws Exception {
    Random random = new Random(24);
    open("a.broot", "");
    List<String> texts = new ArrayList<>();
    for (String name : Stream.concat(Bases.names().stream(), Bases.fragments().stream()).toList()) {
      byte[] bytes = Bases.read(name);
      texts.add(new String(bytes == null ? new byte[0] : bytes, StandardCharsets.UTF_8));
    }
    String odd = "\"${}\\\r\n\t#[],->=\uD83D\u0000 \u2028x:";
    for (int i = 0; i < 300; i++) {
      String whole = texts.get(random.nextInt(texts.size()));
      int cut = random.nextInt(whole.length() + 1);
      StringBuilder typed = new StringBuilder(whole.substring(0, cut));
      for (int k = random.nextInt(4); k > 0; k--) {
        typed.insert(random.nextInt(typed.length() + 1), odd.charAt(random.nextInt(odd.length())));
      }
      type("a.broot", typed.toString());
      mistakes("a.broot");
      Position at = new Position(random.nextInt(90), random.nextInt(50));
      TextDocumentIdentifier a = document("a.broot");
      var asked = server.getTextDocumentService();
      get(asked.hover(new HoverParams(a, at)));
      get(asked.completion(new CompletionParams(a, at)));
      get(asked.definition(new DefinitionParams(a, at)));
      get(asked.rename(new RenameParams(a, at, "x")));
      get(asked.documentSymbol(new DocumentSymbolParams(a)));
      get(asked.foldingRange(new FoldingRangeRequestParams(a)));
      get(asked.semanticTokensFull(new SemanticTokensParams(a)));
      get(asked.formatting(new DocumentFormattingParams(a, new FormattingOptions(2, true))));
      Range all = new Range(new Position(0, 0), new Position(500, 0));
      get(asked.codeAction(new CodeActionParams(a, all, new CodeActionContext(List.of()))));
    }
  }

  @Test
  void longTextsAnswerSoon() {
    StringBuilder text = new StringBuilder(HOST);
    for (int i = 0; i < 2800; i++) {
      text.append("bind ro /opt/").append(i).append(" -> /o/").append(i).append('\n');
    }
    // The time of this thread, so that others on the machine do not count.
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String typed = text + "env LAST_" + i + " = x\n";
      long start = clock.getCurrentThreadCpuTime();
      Buffers buffers = new Buffers();
      buffers.put(uri("a.broot"), typed);
      Analysis analysis = new Analysis(buffers, Buffers.path(uri("a.broot")), typed);
      assertThat(new Mistakes(analysis).all()).isEmpty();
      assertThat(new Offers(analysis).at(new Position(2, 0))).hasSizeGreaterThan(50);
      times.add((clock.getCurrentThreadCpuTime() - start) / 1_000_000);
    }
    assertThat(times.stream().sorted().toList().get(3)).as(times.toString()).isLessThan(100);
  }

  @Test
  void aTextThatIsClosedIsReadFromItsFileAgain() throws IOException, InterruptedException {
    Files.writeString(temp.resolve("part.broot"), "fragment 1\n");
    open("part.broot", "fragment 1\nbnd\n");
    assertThat(open("a.broot", HOST + "include part.broot\n"))
        .extracting(Editor::code)
        .containsExactly("BR102");
    server
        .getTextDocumentService()
        .didClose(new DidCloseTextDocumentParams(document("part.broot")));
    assertThat(mistakes("part.broot")).isEmpty();
    assertThat(mistakes("a.broot")).isEmpty();
  }

  @Test
  void aHoverOfALongTextDelaysNothing() throws Exception {
    StringBuilder text = new StringBuilder(HOST);
    for (int i = 0; i < 2800; i++) {
      text.append("bind ro /opt/").append(i).append(" -> /o/").append(i).append('\n');
    }
    open("a.broot", text.toString());
    CompletableFuture<Hover> hover =
        server
            .getTextDocumentService()
            .hover(new HoverParams(document("a.broot"), position(text.toString(), "bind")));
    CompletableFuture<List<FoldingRange>> folds =
        server
            .getTextDocumentService()
            .foldingRange(new FoldingRangeRequestParams(document("a.broot")));
    assertThat(get(folds)).isNotEmpty();
    assertThat(hover).isNotDone();
    assertThat(get(hover).getContents().getRight().getValue()).contains("read /opt/0 on the host");
  }
}
