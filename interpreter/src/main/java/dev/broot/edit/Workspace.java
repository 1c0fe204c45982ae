package dev.broot.edit;

import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.services.WorkspaceService;

/** There is nothing to configure, and one command. */
final class Workspace implements WorkspaceService {
  private final Desk desk;
  private final Lenses lenses;

  Workspace(Desk desk, Lenses lenses) {
    this.desk = desk;
    this.lenses = lenses;
  }

  @Override
  public CompletableFuture<Object> executeCommand(ExecuteCommandParams params) {
    return lenses.execute(params.getCommand(), params.getArguments());
  }

  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {}

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
    desk.changedOnDisk(params.getChanges().stream().map(FileEvent::getUri).toList());
  }
}
