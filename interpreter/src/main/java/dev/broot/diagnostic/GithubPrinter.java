package dev.broot.diagnostic;

import java.util.List;
import java.util.Set;

/** Prints diagnostics as workflow commands of GitHub Actions, which become annotations. */
public final class GithubPrinter {
  private GithubPrinter() {}

  /** One command a line. */
  public static String print(List<Diagnostic> diagnostics) {
    return print(diagnostics, Set.of());
  }

  /** The same; some of them are notices, which nobody has to do anything about. */
  public static String print(List<Diagnostic> diagnostics, Set<Diagnostic> notices) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic d : diagnostics) {
      String hint = d.hint();
      String loud = d.severity() == Severity.ERROR ? "::error " : "::warning ";
      out.append(notices.contains(d) ? "::notice " : loud)
          .append("file=")
          .append(property(d.origin().file().name()))
          .append(",line=")
          .append(d.origin().line())
          .append(",col=")
          .append(d.origin().column())
          .append(",title=")
          .append(d.code().id())
          .append("::")
          .append(data(d.message()) + (hint == null ? "" : "%0A" + data(hint)))
          .append('\n');
    }
    return out.toString();
  }

  // The escapes are those of actions/toolkit, packages/core/src/command.ts. The runner knows none
  // for
  // what starts a command; a reader of the raw log should not find one either.
  private static String data(String text) {
    return percent(Visible.line(text)).replace("::", ":\\u003a").replace("##[", "##\\u005b");
  }

  private static String property(String text) {
    return percent(Visible.line(text)).replace(":", "%3A").replace(",", "%2C");
  }

  private static String percent(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
