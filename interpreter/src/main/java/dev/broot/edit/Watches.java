package dev.broot.edit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/**
 * Asks the editor to say when files change: those that are called as specs are, and those with
 * other names that open texts bring in.
 */
final class Watches {
  private static final String ENDING = ".broot";
  private static final String ALL = "**/*" + ENDING;

  private final Set<String> watched = new HashSet<>();
  private @Nullable LanguageClient client;

  /** Begins, where an editor takes such a wish while it runs. */
  synchronized void start(LanguageClient editor) {
    client = editor;
    watch(editor, ALL);
  }

  /** Watches files on which an open text depends. */
  synchronized void see(Set<String> paths) {
    LanguageClient editor = client;
    for (String path : paths) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      // What is a pattern itself has no other form.
      if (editor != null && !name.endsWith(ENDING) && !name.matches(".*[*?{}\\[\\]\\\\].*")) {
        watch(editor, "**/" + name);
      }
    }
  }

  private void watch(LanguageClient editor, String pattern) {
    if (watched.add(pattern)) {
      var options =
          new DidChangeWatchedFilesRegistrationOptions(
              List.of(new FileSystemWatcher(Either.forLeft(pattern))));
      Registration wish =
          new Registration("broot " + pattern, "workspace/didChangeWatchedFiles", options);
      CompletableFuture<Void> unused =
          editor.registerCapability(new RegistrationParams(List.of(wish)));
    }
  }
}
