package dev.broot.edit;

import static dev.broot.edit.Editor.HOST;
import static dev.broot.edit.Editor.get;
import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code broot lsp} as a process, started by an editor that itself was started by git. */
class LspProcessTest {
  private static final class Deaf implements LanguageClient {
    @Override
    public void telemetryEvent(Object object) {}

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {}

    @Override
    public void showMessage(MessageParams message) {}

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams p) {
      return CompletableFuture.completedFuture(new MessageActionItem("none"));
    }

    @Override
    public void logMessage(MessageParams message) {}
  }

  @TempDir Path temp = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private Process process;

  @SuppressWarnings("NullAway.Init")
  private LanguageServer server;

  @SuppressWarnings("NullAway.Init")
  private Future<?> listening;

  @BeforeEach
  void start() throws Exception {
    String make =
        "git init -q . && printf 'broot 1\\nbase host\\n\\n' >a.broot && git add a.broot &&"
            + " git -c user.name=a -c user.email=a@b commit -qm one && rm -rf other &&"
            + " git init -q other";
    Run.Result made = Run.run(java.util.Map.of(), temp, List.of("sh", "-c", make));
    assertThat(made.status()).as(made.err()).isZero();
    ProcessBuilder builder = new ProcessBuilder(BROOT, "lsp");
    builder.environment().put("GIT_DIR", temp.resolve("other/.git").toString());
    builder.environment().put("GIT_INDEX_FILE", temp.resolve("none").toString());
    process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Launcher<LanguageServer> launcher =
        LSPLauncher.createClientLauncher(
            new Deaf(), process.getInputStream(), process.getOutputStream());
    listening = launcher.startListening();
    server = launcher.getRemoteProxy();
    assertThat(get(server.initialize(new InitializeParams()))).isNotNull();
    server
        .getTextDocumentService()
        .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri(), "broot", 1, HOST)));
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
    listening.cancel(true);
  }

  private String uri() {
    return temp.resolve("a.broot").toUri().toString();
  }

  private CompletableFuture<List<? extends CodeLens>> ask() {
    return server
        .getTextDocumentService()
        .codeLens(new CodeLensParams(new TextDocumentIdentifier(uri())));
  }

  @Test
  void theRepositoryIsThatOfTheText() throws Exception {
    assertThat(get(ask()).get(0).getCommand().getTitle()).isEqualTo("EQUAL to HEAD");
  }

  @Test
  void aGitThatHangsDoesNotOutliveTheServer() throws Exception {
    for (String ending : List.of("exit", "closed", "killed")) {
      ProcessHandle git = hangingGit();
      switch (ending) {
        case "exit" -> server.exit();
        case "closed" -> process.getOutputStream().close();
        default -> process.destroy();
      }
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(ending).isTrue();
      // Sooner than by its own limit, which nobody would hold any more.
      assertThat(git.onExit().get(20, TimeUnit.SECONDS)).as(ending).isNotNull();
      if (!ending.equals("killed")) {
        Run.Result away = Run.run("rm", "-rf", temp.resolve(".git").toString());
        assertThat(away.status()).isZero();
        start();
      }
    }
  }

  private ProcessHandle hangingGit() throws IOException {
    Files.delete(temp.resolve(".git/HEAD"));
    assertThat(Run.run("mkfifo", temp.resolve(".git/HEAD").toString()).status()).isZero();
    CompletableFuture<List<? extends CodeLens>> asked = ask();
    while (!asked.isDone()) {
      for (ProcessHandle one : process.descendants().toList()) {
        if (one.info().command().orElse("").endsWith("/git")) {
          return one;
        }
      }
    }
    throw new AssertionError("git did not hang");
  }
}
