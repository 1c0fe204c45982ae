package dev.broot.edit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/** The texts that are open, and what is known of each. */
final class Desk {
  private final Buffers buffers = new Buffers();
  private final Map<String, Analysis> analyses = new ConcurrentHashMap<>();
  private @Nullable LanguageClient client;

  void publishTo(LanguageClient editor) {
    client = editor;
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
    for (String open : List.copyOf(analyses.keySet())) {
      Analysis analysis = analyses.get(open);
      if (analysis != null) {
        boolean concerned = open.equals(uri) || analysis.files().containsKey(Buffers.path(uri));
        if (concerned) {
          Analysis now = open.equals(uri) ? analysis : analyse(open, analysis.file().text());
          analyses.put(open, now);
          publish(open, new Mistakes(now).all());
        }
      }
    }
  }

  private Analysis analyse(String uri, String text) {
    return new Analysis(buffers, Buffers.path(uri), text);
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
}
