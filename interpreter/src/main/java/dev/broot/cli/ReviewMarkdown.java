package dev.broot.cli;

import dev.broot.cli.Review.Acceptance;
import dev.broot.cli.Review.Item;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.permission.Difference;
import dev.broot.permission.Grant;
import java.util.List;
import java.util.stream.Stream;

/** A review as one comment for a pull request, of a bounded length. */
final class ReviewMarkdown {
  /** GitHub takes 65,536 characters, GitLab more. */
  static final int LONGEST = 60_000;

  /** By this a job finds the comment of its last run. */
  static final String MARK = "<!-- broot review -->";

  private static final int MOST_LINES = 20;
  private static final int LONGEST_LINE = 400;

  private ReviewMarkdown() {}

  static String print(Review review) {
    StringBuilder out = new StringBuilder(MARK + "\n");
    out.append("### ").append(text(ReviewText.headline(review))).append("\n");
    // What somebody has to look at comes first.
    List<Item> items =
        Stream.concat(
                review.items().stream().filter(item -> !item.isCalm()),
                review.items().stream().filter(Item::isCalm))
            .toList();
    int shown = 0;
    for (Item item : items) {
      String whole = item(item);
      String next = out.length() + whole.length() < LONGEST - 1000 ? whole : "\n" + title(item);
      if (out.length() + next.length() >= LONGEST - 1000) {
        break;
      }
      out.append(next);
      shown++;
    }
    if (shown < items.size()) {
      out.append("\n… and ").append(items.size() - shown).append(" more; run `broot review`.\n");
    }
    return out.toString();
  }

  private static String text(String text) {
    int[] points = text.codePoints().limit(LONGEST_LINE + 1).toArray();
    String cut = new String(points, 0, Math.min(points.length, LONGEST_LINE));
    return DiffPrinter.escaped(cut) + (points.length > LONGEST_LINE ? "…" : "");
  }

  private static String title(Item item) {
    return "**"
        + item.verdict()
        + "**"
        + (item.isWide() && item.accepted() != null ? ", accepted" : "")
        + (item.hasErrors() ? ", with errors" : "")
        + ": "
        + text(item.path())
        + " ("
        + text(item.happened())
        + ")\n";
  }

  private static String item(Item item) {
    StringBuilder out = new StringBuilder("\n").append(title(item));
    Acceptance acceptance = item.accepted();
    if (acceptance != null) {
      out.append("\n> ").append(text(ReviewText.accepted(acceptance))).append('\n');
    }
    Difference difference = item.difference();
    list(out, "gained", difference.gained().stream().map(ReviewMarkdown::may).toList());
    list(out, "unknown", difference.unknown());
    list(
        out,
        "errors and new warnings",
        item.problems().stream().map(ReviewMarkdown::problem).toList());
    list(out, "golden file differs", item.drift());
    list(out, "lost", difference.lost().stream().map(ReviewMarkdown::may).toList());
    list(out, "notes", difference.notes());
    return out.toString();
  }

  private static String may(Grant grant) {
    String said = Difference.said(grant);
    return grant.text() + (said.isEmpty() ? "" : "    " + said);
  }

  private static String problem(Diagnostic problem) {
    return problem.origin().place() + ": " + problem.code().id() + ": " + problem.message();
  }

  private static void list(StringBuilder out, String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    boolean open = title.equals("gained") || title.equals("unknown");
    out.append(open ? "\n<details open><summary>" : "\n<details><summary>");
    out.append(title).append(": ").append(lines.size()).append("</summary>\n\n");
    lines.stream()
        .limit(MOST_LINES)
        .forEach(line -> out.append("- ").append(text(line)).append('\n'));
    if (lines.size() > MOST_LINES) {
      out.append("- … and ").append(lines.size() - MOST_LINES).append(" more\n");
    }
    out.append("\n</details>\n");
  }
}
