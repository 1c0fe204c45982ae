package dev.broot.permission;

import dev.broot.diagnostic.Visible;
import java.util.List;

/** A difference for people: in terminals and editors. */
public final class DifferenceText {
  private static final int LONGEST = 120;

  private DifferenceText() {}

  /**
   * The verdict in one line that is not long, with what weighs most.
   *
   * @param old what the older side is called
   */
  public static String headline(Difference difference, String old) {
    return switch (difference.verdict()) {
      case EQUAL -> "EQUAL to " + old;
      case WIDER -> "WIDER than " + old + first(": + may ", texts(difference.gained()));
      case NARROWER ->
          "NARROWER than " + old + first(": - may no longer ", texts(difference.lost()));
      case UNKNOWN -> "UNKNOWN against " + old + first(": ", difference.unknown());
    };
  }

  private static List<String> texts(List<Grant> grants) {
    return grants.stream().map(Grant::text).toList();
  }

  private static String first(String sign, List<String> texts) {
    if (texts.isEmpty()) {
      return "";
    }
    int[] points = Visible.line(texts.get(0)).codePoints().toArray();
    String text = new String(points, 0, Math.min(points.length, LONGEST));
    return sign
        + text
        + (points.length > LONGEST ? "…" : "")
        + (texts.size() > 1 ? ", and " + (texts.size() - 1) + " more" : "");
  }

  /** Prints it: the verdict, and a line for each thing and for what is not known. */
  public static String print(Difference difference) {
    StringBuilder out = new StringBuilder();
    out.append(difference.verdict()).append('\n');
    section(out, "gained", "+ may ", difference.gained());
    section(out, "lost", "- may no longer ", difference.lost());
    section(out, "visible", "+ ", difference.appeared());
    section(
        out,
        difference.appeared().isEmpty() ? "visible" : "",
        "- no longer ",
        difference.vanished());
    for (String reason : difference.unknown()) {
      out.append("unknown: ").append(Visible.line(reason)).append('\n');
    }
    for (String note : difference.notes()) {
      out.append("note: ").append(Visible.line(note)).append('\n');
    }
    return out.toString();
  }

  private static void section(StringBuilder out, String title, String sign, List<Grant> grants) {
    if (!grants.isEmpty() && !title.isEmpty()) {
      out.append(title).append('\n');
    }
    for (Grant grant : grants) {
      String said = Difference.said(grant);
      out.append("  ").append(sign).append(Visible.line(grant.text()));
      out.append(said.isEmpty() ? "" : "    " + Visible.line(said)).append('\n');
    }
  }
}
