package dev.broot.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.cli.Heads;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeLensWorkspaceCapabilities;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesCapabilities;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An editor of lsp4j's own, and the language server, on two pipes. */
abstract class Editor {
  static final String HOST = "broot 1\nbase host\n\n";

  @TempDir Path temp = Path.of("");

  final BlockingQueue<PublishDiagnosticsParams> published = new LinkedBlockingQueue<>();
  final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
  final BlockingQueue<Boolean> refreshed = new LinkedBlockingQueue<>();
  final BlockingQueue<String> registered = new LinkedBlockingQueue<>();
  final CompletableFuture<Boolean> exited = new CompletableFuture<>();
  final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  final PipedOutputStream toServer = new PipedOutputStream();

  /** How long git may take. */
  volatile Duration limit = Duration.ofSeconds(20);

  private @Nullable Future<?> listening;

  @SuppressWarnings("NullAway.Init")
  LanguageServer server;

  private int version;

  private final class Client implements LanguageClient {
    @Override
    public void telemetryEvent(Object object) {}

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
      published.add(diagnostics);
    }

    @Override
    public void showMessage(MessageParams message) {
      shown.add(message.getMessage());
    }

    @Override
    public CompletableFuture<Void> registerCapability(RegistrationParams params) {
      params.getRegistrations().forEach(one -> registered.add(one.getRegisterOptions() + ""));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> refreshCodeLenses() {
      refreshed.add(true);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams p) {
      return CompletableFuture.completedFuture(new MessageActionItem("none"));
    }

    @Override
    public void logMessage(MessageParams message) {}
  }

  @BeforeEach
  void connect() throws Exception {
    PipedInputStream serverIn = new PipedInputStream(toServer, 1 << 20);
    PipedOutputStream serverOut = new PipedOutputStream();
    PipedInputStream fromServer = new PipedInputStream(serverOut, 1 << 20);
    Thread thread =
        new Thread(
            () -> {
              try {
                Server.serve(
                    serverIn,
                    serverOut,
                    "test",
                    Heads.within(() -> limit),
                    () -> exited.complete(true));
                ended.complete(true);
              } catch (InterruptedException | RuntimeException e) {
                ended.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    Launcher<LanguageServer> launcher =
        LSPLauncher.createClientLauncher(new Client(), fromServer, toServer);
    listening = launcher.startListening();
    server = launcher.getRemoteProxy();
    InitializeParams params = new InitializeParams();
    ClientCapabilities can = new ClientCapabilities();
    can.setWorkspace(new WorkspaceClientCapabilities());
    can.getWorkspace().setCodeLens(new CodeLensWorkspaceCapabilities(true));
    can.getWorkspace().setDidChangeWatchedFiles(new DidChangeWatchedFilesCapabilities(true));
    params.setCapabilities(can);
    assertThat(get(server.initialize(params)).getServerInfo().getName()).isEqualTo("broot");
    server.initialized(new InitializedParams());
  }

  @AfterEach
  void theServerGoesWithItsEditor() throws Exception {
    get(server.shutdown());
    server.exit();
    assertThat(get(exited)).isTrue();
    toServer.close();
    assertThat(get(ended)).isTrue();
    assertThat(listening).isNotNull();
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  String uri(String name) {
    return temp.resolve(name).toUri().toString();
  }

  TextDocumentIdentifier document(String name) {
    return new TextDocumentIdentifier(uri(name));
  }

  List<Diagnostic> mistakes(String name) throws InterruptedException {
    PublishDiagnosticsParams next = published.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    assertThat(next.getUri()).isEqualTo(uri(name));
    return next.getDiagnostics();
  }

  List<Diagnostic> open(String name, String text) throws InterruptedException {
    server
        .getTextDocumentService()
        .didOpen(
            new DidOpenTextDocumentParams(
                new TextDocumentItem(uri(name), "broot", ++version, text)));
    return mistakes(name);
  }

  void type(String name, String text) {
    server
        .getTextDocumentService()
        .didChange(
            new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(uri(name), ++version),
                List.of(new TextDocumentContentChangeEvent(text))));
  }

  static String code(Diagnostic mistake) {
    return mistake.getCode().getLeft();
  }

  static int offset(String text, Position position) {
    int at = 0;
    for (int line = 0; line < position.getLine(); line++) {
      at = text.indexOf('\n', at) + 1;
    }
    return at + position.getCharacter();
  }

  static Position position(String text, String at) {
    int offset = text.indexOf(at);
    assertThat(offset).as(at).isNotNegative();
    int line = (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    return new Position(line, offset - text.lastIndexOf('\n', offset - 1) - 1);
  }

  static String applied(String text, @Nullable List<? extends TextEdit> edits) {
    List<TextEdit> last = new ArrayList<>(edits == null ? List.of() : edits);
    last.sort(
        (a, b) ->
            Integer.compare(
                offset(text, b.getRange().getStart()), offset(text, a.getRange().getStart())));
    StringBuilder out = new StringBuilder(text);
    for (TextEdit edit : last) {
      out.replace(
          offset(text, edit.getRange().getStart()),
          offset(text, edit.getRange().getEnd()),
          edit.getNewText());
    }
    return out.toString();
  }
}
