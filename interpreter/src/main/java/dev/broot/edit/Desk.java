package dev.broot.edit;

import dev.broot.syntax.SpecSyntax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/** The texts that are open, and what is known of each. */
final class Desk {
  private final Buffers buffers = new Buffers();
  private final Map<String, Analysis> analyses = new ConcurrentHashMap<>();
  private final Watches watches = new Watches();
  private @Nullable LanguageClient client;
  private volatile boolean refreshes;

  void publishTo(LanguageClient editor) {
    client = editor;
  }

  /** Says that the editor asks for all lenses anew when it is told to. */
  void refreshesLenses() {
    refreshes = true;
  }

  /** Lets the editor, which can, say which files change. */
  void watch() {
    LanguageClient editor = client;
    if (editor != null) {
      watches.start(editor);
    }
  }

  /** Shows a text to who sits at the editor. */
  void show(String text) {
    LanguageClient editor = client;
    if (editor != null) {
      editor.showMessage(new MessageParams(MessageType.Info, text));
    }
  }

  /** Takes a text over, or lets it go; all that are open may bring it in. */
  void changed(String uri, @Nullable String text) {
    if (text == null) {
      buffers.remove(uri);
      analyses.remove(uri);
      publish(uri, List.of());
    } else {
      buffers.put(uri, text);
      analyses.put(uri, analyse(uri, text));
    }
    String path = Buffers.path(uri);
    boolean others = false;
    for (String open : List.copyOf(analyses.keySet())) {
      Analysis analysis = analyses.get(open);
      if (open.equals(uri) && analysis != null) {
        publish(open, analysis);
      } else if (analysis != null && analysis.asksFor(path)) {
        others = true;
        renew(open, analysis);
      }
    }
    if (others) {
      refreshLenses();
    }
  }

  /**
   * Looks again at all that may depend on files that changed, of which a symlink may lead there.
   */
  void changedOnDisk(List<String> uris) {
    if (uris.stream().allMatch(uri -> buffers.text(uri) != null)) {
      return;
    }
    for (String open : List.copyOf(analyses.keySet())) {
      Analysis analysis = analyses.get(open);
      if (analysis != null) {
        renew(open, analysis);
      }
    }
    refreshLenses();
  }

  private void renew(String uri, Analysis before) {
    Analysis now = analyse(uri, before.file().text());
    analyses.put(uri, now);
    publish(uri, now);
  }

  // An editor asks for the lens of a text when that changes, not when what it includes does.
  private void refreshLenses() {
    LanguageClient editor = client;
    if (editor != null && refreshes) {
      CompletableFuture<Void> unused = editor.refreshCodeLenses();
    }
  }

  private Analysis analyse(String uri, String text) {
    return new Analysis(buffers, Buffers.path(uri), text);
  }

  private void publish(String uri, Analysis analysis) {
    watches.see(analysis.asked());
    publish(uri, new Mistakes(analysis).all());
  }

  private void publish(String uri, List<org.eclipse.lsp4j.Diagnostic> mistakes) {
    LanguageClient editor = client;
    if (editor != null) {
      editor.publishDiagnostics(new PublishDiagnosticsParams(uri, mistakes));
    }
  }

  /** What is known of an open text, or null where it is not open. */
  @Nullable Analysis analysis(String uri) {
    return analyses.get(uri);
  }

  /** What is known of an open text by the files as they are now, or null where it is not open. */
  @Nullable Analysis fresh(String uri) {
    String text = buffers.text(uri);
    return text == null ? null : analyse(uri, text);
  }

  /** A text, all that it brings in, and all that is open and brings it in, by path. */
  Map<String, SpecSyntax> around(Analysis analysis) {
    Map<String, SpecSyntax> around = new LinkedHashMap<>(analysis.files());
    for (Analysis other : analyses.values()) {
      if (other.files().containsKey(analysis.file().name())) {
        other.files().forEach(around::putIfAbsent);
      }
    }
    return around;
  }
}
