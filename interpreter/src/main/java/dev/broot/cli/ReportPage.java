package dev.broot.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Visible;
import dev.broot.permission.Difference;
import dev.broot.permission.Grant;
import dev.broot.permission.Permissions;
import dev.broot.permission.TreeText;
import dev.broot.shipped.Shipped;
import dev.broot.spec.Provenance;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A difference as a page of HTML without scripts; text from specs appears as text. */
final class ReportPage {
  private final Sides sides;
  private final Difference difference;
  // What the names of places in the page start with, where it holds several differences.
  private final String prefix;
  private final StringBuilder out = new StringBuilder();

  private ReportPage(Sides sides, Difference difference, String prefix) {
    this.sides = sides;
    this.difference = difference;
    this.prefix = prefix;
  }

  static String write(Sides sides, Difference difference) {
    ReportPage page = new ReportPage(sides, difference, "");
    page.page();
    return page.out.toString();
  }

  /** The sections about one difference, for a page that holds several. */
  static String sections(Sides sides, Difference difference, String prefix) {
    ReportPage page = new ReportPage(sides, difference, prefix);
    page.sections();
    return page.out.toString();
  }

  /** How each page starts, up to its body. */
  static String head(String title) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
        + " 'unsafe-inline'\"/>\n<title>"
        + escaped(title)
        + "</title>\n<style>\n"
        + Shipped.text("report.css")
        + "</style>\n</head>\n";
  }

  static String escaped(String text) {
    return Visible.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private void line(String html) {
    out.append(html).append('\n');
  }

  private void page() {
    String verdict = difference.verdict().name();
    out.append(head(verdict + ": " + sides.newName()));
    line("<body>");
    line("<header>");
    line("<h1 class=\"" + verdict.toLowerCase(Locale.ROOT) + "\">" + verdict + "</h1>");
    line("<p>" + meaning() + "</p>");
    line(
        "<p class=\"names\"><code>"
            + escaped(sides.oldName())
            + "</code> → <code>"
            + escaped(sides.newName())
            + "</code></p>");
    line("</header>");
    line("<main>");
    sections();
    line("</main>");
    line("<footer>Written by <code>broot report</code>.</footer>");
    line("</body>");
    line("</html>");
  }

  private void sections() {
    grants("gained", "Gained", "The program may now", difference.gained(), "new");
    grants("lost", "Lost", "The program may no longer", difference.lost(), "old");
    reasons();
    grants("appeared", "Also found", "The program now", difference.appeared(), "new");
    grants("vanished", "No longer found", "The program no longer", difference.vanished(), "old");
    trees();
    sources("old", "Lines before", sides.before());
    sources("new", "Lines after", sides.after());
  }

  private String meaning() {
    return meaning(difference.verdict());
  }

  static String meaning(Difference.Verdict verdict) {
    return switch (verdict) {
      case EQUAL -> "The program may do the same as before.";
      case NARROWER -> "The program may do less than before, and nothing more.";
      case WIDER -> "The program may do something that it could not do before.";
      case UNKNOWN -> "broot cannot tell whether the program may do more than before.";
    };
  }

  private void grants(String id, String title, String start, List<Grant> grants, String side) {
    if (grants.isEmpty()) {
      return;
    }
    line("<section aria-labelledby=\"" + prefix + id + "\">");
    line("<h2 id=\"" + prefix + id + "\">" + title + " <small>" + grants.size() + "</small></h2>");
    line("<p>" + start + "</p>");
    line("<ul class=\"" + id + "\">");
    for (Grant grant : grants) {
      String level = grant.level().name().toLowerCase(Locale.ROOT).replace('_', '-');
      line("<li class=\"" + level + "\">" + escaped(grant.text()) + said(grant, side) + "</li>");
    }
    line("</ul>");
    line("</section>");
  }

  private String said(Grant grant, String side) {
    Provenance said = grant.provenance();
    if (said == null) {
      return "";
    }
    Origin origin = said.origin();
    String because = said.because();
    return " <span class=\"said\"><a href=\"#"
        + anchor(side, origin.file(), origin.line())
        + "\">"
        + escaped(origin.place())
        + "</a>"
        + (said.unsafe() ? " <b>unsafe</b>" : "")
        + (because == null ? "" : " <q>" + escaped(because) + "</q>")
        + "</span>";
  }

  private String anchor(String side, SourceFile file, int line) {
    String name = file.name() + "\0" + file.text();
    return prefix + side + "-" + Integer.toHexString(name.hashCode()) + "-" + line;
  }

  private void reasons() {
    if (difference.unknown().isEmpty() && difference.notes().isEmpty()) {
      return;
    }
    line("<section aria-label=\"Not certain\">");
    line("<h2>Not certain</h2>");
    line("<ul>");
    difference.unknown().forEach(reason -> line("<li>" + escaped(reason) + "</li>"));
    difference.notes().forEach(note -> line("<li>" + escaped(note) + "</li>"));
    line("</ul>");
    line("</section>");
  }

  private void trees() {
    List<String> before =
        TreeText.print(Permissions.of(sides.before().plan()).view()).lines().toList();
    List<String> after =
        TreeText.print(Permissions.of(sides.after().plan()).view()).lines().toList();
    Set<Integer> gone = new HashSet<>();
    Set<Integer> added = new HashSet<>();
    for (AbstractDelta<String> delta : DiffUtils.diff(plain(before), plain(after)).getDeltas()) {
      for (int i = 0; i < delta.getSource().size(); i++) {
        gone.add(delta.getSource().getPosition() + i);
      }
      for (int i = 0; i < delta.getTarget().size(); i++) {
        added.add(delta.getTarget().getPosition() + i);
      }
    }
    line("<section aria-labelledby=\"" + prefix + "files\">");
    line("<h2 id=\"" + prefix + "files\">The sandbox's file system</h2>");
    line("<div class=\"trees\">");
    tree("Before", before, gone, "del");
    tree("After", after, added, "ins");
    line("</div>");
    line("</section>");
  }

  // A branch looks different when what follows it changes.
  private static List<String> plain(List<String> tree) {
    return tree.stream().map(line -> line.replace('└', '├').replace('│', ' ')).toList();
  }

  private void tree(String title, List<String> lines, Set<Integer> changed, String tag) {
    line("<figure>");
    line("<figcaption>" + title + "</figcaption>");
    out.append("<pre tabindex=\"0\" aria-label=\"" + title + "\">");
    for (int i = 0; i < lines.size(); i++) {
      String text = escaped(lines.get(i));
      line(changed.contains(i) ? "<" + tag + ">" + text + "</" + tag + ">" : text);
    }
    line("</pre>");
    line("</figure>");
  }

  private void sources(String side, String title, Sides.Side spec) {
    line("<section aria-labelledby=\"" + prefix + side + "-lines\">");
    line("<h2 id=\"" + prefix + side + "-lines\">" + title + "</h2>");
    for (SourceFile file : spec.sources()) {
      boolean shipped = file.name().startsWith("base:");
      line("<details" + (shipped ? "" : " open=\"open\"") + ">");
      line("<summary><code>" + escaped(file.name()) + "</code></summary>");
      line("<ol>");
      List<String> lines = file.text().lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        String id = anchor(side, file, i + 1);
        line("<li id=\"" + id + "\"><code>" + escaped(lines.get(i)) + "</code></li>");
      }
      line("</ol>");
      line("</details>");
    }
    line("</section>");
  }
}
