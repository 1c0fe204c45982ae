package dev.broot.shipped;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pages of {@code docs/}, as they were when broot was built, for reading in a terminal. */
public final class Pages {
  /** What can be read; the first is the reference. */
  public static final List<String> NAMES =
      List.of(
          "language",
          "install",
          "diagnostics",
          "bases",
          "running",
          "network",
          "syscalls",
          "starting",
          "review",
          "editor",
          "permissions",
          "promises",
          "agents",
          "library",
          "farm",
          "performance");

  // A page by the name of its file, which only a checkout has.
  private static final Pattern PAGE =
      Pattern.compile("\\[(" + String.join("|", NAMES) + ")\\.md\\]\\([^)\\s]*\\)");
  private static final Pattern LINK =
      Pattern.compile("!?\\[((?:[^\\]`]|`[^`]*`)*)\\]\\([^)\\s]*\\)");
  private static final Pattern COMMENT = Pattern.compile("(?m)^<!--.*-->\\n");
  private static final String FENCE = "```";

  private Pages() {}

  /** A page. */
  public static String page(String name) {
    return shown(Shipped.text("docs/" + name + ".md"));
  }

  /** The section of a diagnostic, or null where none has this code. */
  public static @Nullable String diagnostic(String code) {
    String page = Shipped.text("docs/diagnostics.md");
    return section(page, Pattern.compile("(?m)^## " + Pattern.quote(code) + "$"), "\n## ");
  }

  /** The sections of the statements that start with a word, or null where there are none. */
  public static @Nullable String statement(String word) {
    String page = Shipped.text("docs/language.md");
    Pattern heading = Pattern.compile("(?m)^### .*`" + Pattern.quote(word) + "[ `].*$");
    return section(page, heading, "\n##");
  }

  private static @Nullable String section(String page, Pattern heading, String next) {
    StringBuilder found = new StringBuilder();
    Matcher headings = heading.matcher(page);
    while (headings.find()) {
      int end = page.indexOf(next, headings.end());
      found
          .append(found.isEmpty() ? "" : "\n")
          .append(page, headings.start(), end < 0 ? page.length() : end)
          .append('\n');
    }
    return found.isEmpty() ? null : shown(found.toString().strip() + "\n");
  }

  // Markdown is read as it is, except for what only a browser follows.
  private static String shown(String markdown) {
    StringBuilder out = new StringBuilder();
    boolean code = false;
    for (String line : COMMENT.matcher(markdown).replaceAll("").lines().toList()) {
      if (line.startsWith(FENCE)) {
        code = !code;
      } else {
        String named = code ? line : PAGE.matcher(line).replaceAll("`broot docs $1`");
        String text = code ? line : LINK.matcher(named).replaceAll("$1");
        out.append(code && !line.isEmpty() ? "    " : "").append(text).append('\n');
      }
    }
    return out.toString();
  }
}
