package dev.broot.diagnostic;

import java.util.List;

/** Prints diagnostics as workflow commands of GitHub Actions, which become annotations. */
public final class GithubPrinter {
  private GithubPrinter() {}

  /** One command a line. */
  public static String print(List<Diagnostic> diagnostics) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic d : diagnostics) {
      String hint = d.hint();
      out.append(d.severity() == Severity.ERROR ? "::error " : "::warning ")
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
