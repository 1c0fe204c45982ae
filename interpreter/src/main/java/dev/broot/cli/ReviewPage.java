package dev.broot.cli;

import static dev.broot.cli.ReportPage.escaped;

import dev.broot.cli.Review.Acceptance;
import dev.broot.cli.Review.Item;
import dev.broot.diagnostic.Diagnostic;
import java.util.List;
import java.util.Locale;

/** A review as a page of HTML without scripts; text from specs appears as text. */
final class ReviewPage {
  private ReviewPage() {}

  static String print(Review review) {
    StringBuilder out = new StringBuilder(ReportPage.head(ReviewText.headline(review)));
    String verdict = review.verdict().name();
    out.append("<body>\n<header>\n<h1 class=\"" + verdict.toLowerCase(Locale.ROOT) + "\">");
    out.append(verdict).append("</h1>\n<p>");
    out.append(escaped(ReviewText.headline(review))).append("</p>\n</header>\n<main>\n");
    out.append("<ul>\n");
    for (int i = 0; i < review.items().size(); i++) {
      Item item = review.items().get(i);
      out.append("<li><a href=\"#spec" + i + "\">" + escaped(item.path()) + "</a> ");
      out.append(title(item)).append("</li>\n");
    }
    out.append("</ul>\n");
    for (int i = 0; i < review.items().size(); i++) {
      item(out, review.items().get(i), i);
    }
    out.append("</main>\n<footer>Written by <code>broot review</code>.</footer>\n");
    return out.append("</body>\n</html>\n").toString();
  }

  private static String title(Item item) {
    return "<b>"
        + item.verdict()
        + (item.isWide() && item.accepted() != null ? ", accepted" : "")
        + (item.hasErrors() ? ", with errors" : "")
        + "</b> <small>"
        + escaped(item.happened())
        + "</small>";
  }

  private static void item(StringBuilder out, Item item, int number) {
    out.append("<details id=\"spec" + number + "\"" + (item.isCalm() ? "" : " open=\"open\""));
    out.append("><summary><code>" + escaped(item.path()) + "</code> " + title(item));
    out.append("</summary>\n");
    Acceptance acceptance = item.accepted();
    if (acceptance != null) {
      out.append("<p>" + escaped(ReviewText.accepted(acceptance)) + "</p>\n");
    }
    list(out, "Errors and new warnings", item.problems().stream().map(ReviewPage::text).toList());
    list(out, "The golden file differs", item.drift());
    Sides sides = item.sides();
    if (sides == null) {
      list(out, "Not certain", item.difference().unknown());
    } else {
      out.append(ReportPage.sections(sides, item.difference(), "s" + number + "-"));
    }
    out.append("</details>\n");
  }

  private static String text(Diagnostic problem) {
    return problem.origin().place() + ": " + problem.code().id() + ": " + problem.message();
  }

  private static void list(StringBuilder out, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      out.append("<h2>" + title + "</h2>\n<ul>\n");
      lines.forEach(line -> out.append("<li>" + escaped(line) + "</li>\n"));
      out.append("</ul>\n");
    }
  }
}
