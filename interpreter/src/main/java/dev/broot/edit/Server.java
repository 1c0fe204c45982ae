package dev.broot.edit;

import dev.broot.check.Sources;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeLensOptions;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.ExecuteCommandOptions;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.SemanticTokensLegend;
import org.eclipse.lsp4j.SemanticTokensWithRegistrationOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.jspecify.annotations.Nullable;

/** A language server for one editor, on two streams. */
public final class Server implements LanguageServer {
  private final String version;
  private final Runnable gone;
  private final Desk desk = new Desk();
  private final Lenses lenses;
  private volatile boolean watches;

  private Server(String version, Supplier<Sources> head, Runnable gone) {
    this.version = version;
    this.lenses = new Lenses(desk, head);
    this.gone = gone;
  }

  /**
   * Serves until the editor goes.
   *
   * @param version broot's own
   * @param head gives what reads files as they were in the last commit, for one look at them
   * @param gone is done when the editor says that it goes; some wait for that with open streams
   */
  public static void serve(
      InputStream in, OutputStream out, String version, Supplier<Sources> head, Runnable gone)
      throws InterruptedException {
    Server server = new Server(version, head, gone);
    // Of daemons: an editor that died without a word leaves no server behind.
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "broot lsp");
              thread.setDaemon(true);
              return thread;
            });
    Launcher<LanguageClient> launcher =
        LSPLauncher.createServerLauncher(
            server,
            in,
            out,
            threads,
            // What we say goes through here as well, and is right.
            consumer -> consumer instanceof RemoteEndpoint ? new Doorkeeper(consumer) : consumer);
    server.desk.publishTo(launcher.getRemoteProxy());
    try {
      launcher.startListening().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    ServerCapabilities can = new ServerCapabilities();
    can.setTextDocumentSync(TextDocumentSyncKind.Full);
    can.setHoverProvider(true);
    can.setCompletionProvider(new CompletionOptions(false, List.of("{", "/")));
    can.setDefinitionProvider(true);
    can.setReferencesProvider(true);
    can.setRenameProvider(new RenameOptions(true));
    can.setDocumentSymbolProvider(true);
    can.setFoldingRangeProvider(true);
    can.setDocumentFormattingProvider(true);
    can.setCodeActionProvider(new CodeActionOptions(List.of(CodeActionKind.QuickFix)));
    can.setCodeLensProvider(new CodeLensOptions(false));
    can.setExecuteCommandProvider(new ExecuteCommandOptions(List.of(Lenses.DIFF)));
    can.setSemanticTokensProvider(
        new SemanticTokensWithRegistrationOptions(
            new SemanticTokensLegend(Outline.TOKENS, List.of()), true));
    if (refreshesLenses(params.getCapabilities())) {
      desk.refreshesLenses();
    }
    watches = watches(params.getCapabilities());
    return CompletableFuture.completedFuture(
        new InitializeResult(can, new ServerInfo("broot", version)));
  }

  // A wish may only follow the answer to `initialize`.
  @Override
  public void initialized(InitializedParams params) {
    if (watches) {
      desk.watch();
    }
  }

  private static boolean watches(@Nullable ClientCapabilities capabilities) {
    return capabilities != null
        && capabilities.getWorkspace() != null
        && capabilities.getWorkspace().getDidChangeWatchedFiles() != null
        && Boolean.TRUE.equals(
            capabilities.getWorkspace().getDidChangeWatchedFiles().getDynamicRegistration());
  }

  private static boolean refreshesLenses(@Nullable ClientCapabilities capabilities) {
    return capabilities != null
        && capabilities.getWorkspace() != null
        && capabilities.getWorkspace().getCodeLens() != null
        && Boolean.TRUE.equals(capabilities.getWorkspace().getCodeLens().getRefreshSupport());
  }

  @Override
  public CompletableFuture<@Nullable Object> shutdown() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void exit() {
    gone.run();
  }

  @Override
  public TextDocumentService getTextDocumentService() {
    return new Documents(desk, lenses);
  }

  @Override
  public WorkspaceService getWorkspaceService() {
    return new Workspace(desk, lenses);
  }
}
