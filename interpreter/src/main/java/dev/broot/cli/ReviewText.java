package dev.broot.cli;

import dev.broot.cli.Review.Acceptance;
import dev.broot.cli.Review.Item;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.GithubPrinter;
import dev.broot.diagnostic.SarifPrinter;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.TextPrinter;
import dev.broot.diagnostic.Visible;
import dev.broot.permission.DifferenceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A review as text, as annotations and as SARIF. */
final class ReviewText {
  private ReviewText() {}

  /** The verdict of the whole, and what it is about. */
  static String headline(Review review) {
    int specs = review.items().size();
    return review.verdict()
        + (review.isAccepted() ? ", accepted" : "")
        + ": "
        + (specs == 0 ? "no spec" : specs == 1 ? "1 spec" : specs + " specs")
        + " changed between "
        + review.base()
        + " and "
        + review.head();
  }

  static String accepted(Acceptance acceptance) {
    return "accepted by " + acceptance.who() + ": " + acceptance.why();
  }

  static String text(Review review) {
    StringBuilder out = new StringBuilder(Visible.line(headline(review))).append('\n');
    for (Item item : review.items()) {
      out.append('\n').append(Visible.line(item.path())).append(" (");
      out.append(Visible.line(item.happened())).append("): ");
      DifferenceText.print(item.difference())
          .lines()
          .forEach(line -> out.append(line).append('\n'));
      Acceptance acceptance = item.accepted();
      if (acceptance != null) {
        out.append("  ").append(Visible.line(accepted(acceptance))).append('\n');
      }
      item.drift().forEach(line -> out.append("golden  ").append(Visible.line(line)).append('\n'));
      out.append(TextPrinter.print(item.problems(), false));
    }
    return Visible.lines(out.toString());
  }

  static String github(Review review) {
    Map<Diagnostic, String> accepted = new LinkedHashMap<>();
    List<Diagnostic> all = findings(review, accepted);
    return GithubPrinter.print(all, accepted.keySet());
  }

  static String sarif(Review review) {
    Map<Diagnostic, String> accepted = new LinkedHashMap<>();
    List<Diagnostic> all = findings(review, accepted);
    return SarifPrinter.print(all, VersionCommand.version(), accepted);
  }

  private static List<Diagnostic> findings(Review review, Map<Diagnostic, String> accepted) {
    List<Diagnostic> all = new ArrayList<>();
    for (Item item : review.items()) {
      Sides sides = item.sides();
      SourceFile file =
          sides == null || sides.after().sources().isEmpty()
              ? new SourceFile(item.path(), "")
              : sides.after().sources().get(0);
      Acceptance acceptance = item.accepted();
      for (Diagnostic finding : item.difference().diagnostics(file)) {
        if (acceptance != null) {
          finding =
              new Diagnostic(
                  finding.severity(),
                  finding.code(),
                  finding.message(),
                  finding.origin(),
                  finding.notes(),
                  accepted(acceptance));
          accepted.put(finding, accepted(acceptance));
        }
        all.add(finding);
      }
      all.addAll(item.problems());
    }
    return all;
  }
}
