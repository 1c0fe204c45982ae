package dev.broot.check;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.syntax.Text;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds paths to what they say: where nothing is expanded, {@code *.pem} would be a file. */
final class Wildcards {
  private static final String SETS = "\\[|\\{[^{}]*(,|\\.\\.)[^{}]*\\}";
  private static final Pattern SPECIAL = Pattern.compile("[*?]|" + SETS);
  private static final Pattern IN_PATTERN = Pattern.compile(SETS);

  private Wildcards() {}

  /** Reports a pattern with what a shell would expand and a pattern does not. */
  static void refuseSets(Text pattern, Origin at, Diagnostics diagnostics) {
    for (Text.Part part : pattern.parts()) {
      Matcher found = IN_PATTERN.matcher(part instanceof Text.Literal said ? said.text() : "");
      if (found.find()) {
        diagnostics.error(
            Code.BAD_VALUE,
            at,
            "`" + found.group() + "` is not expanded in a pattern, and would match this very text",
            "write a line for each name, with `*` and `?`; where the text itself is meant, write"
                + " `?` for its `[` or `{`");
        return;
      }
    }
  }

  /** Reports a path with a bare {@code *}, {@code ?}, {@code [} or {@code {a,b}} in it. */
  static void refuse(Text path, Origin at, Diagnostics diagnostics) {
    for (Text.Part part : path.quoted() ? List.<Text.Part>of() : path.parts()) {
      Matcher found = SPECIAL.matcher(part instanceof Text.Literal said ? said.text() : "");
      if (found.find()) {
        String name = path.display();
        diagnostics.error(
            Code.BAD_VALUE,
            at,
            "`"
                + found.group()
                + "` is not expanded here: this names one file, called `"
                + name
                + "`",
            "name the files or their directory; if one is called so, quote it: \"" + name + "\"");
        return;
      }
    }
  }
}
