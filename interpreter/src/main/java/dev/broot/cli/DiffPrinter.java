package dev.broot.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.broot.diagnostic.Visible;
import dev.broot.permission.Difference;
import dev.broot.permission.Grant;
import java.util.List;
import java.util.Locale;

/** A difference for comments and programs. */
final class DiffPrinter {
  private DiffPrinter() {}

  static String json(Difference difference) {
    JsonObject root = new JsonObject();
    root.addProperty("version", 1);
    root.addProperty("verdict", difference.verdict().name());
    root.add("gained", grants(difference.gained()));
    root.add("lost", grants(difference.lost()));
    root.add("appeared", grants(difference.appeared()));
    root.add("vanished", grants(difference.vanished()));
    JsonArray unknown = new JsonArray();
    difference.unknown().forEach(unknown::add);
    root.add("unknown", unknown);
    JsonArray notes = new JsonArray();
    difference.notes().forEach(notes::add);
    root.add("notes", notes);
    String json = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(root);
    return Visible.json(json) + "\n";
  }

  private static JsonArray grants(List<Grant> grants) {
    JsonArray array = new JsonArray();
    for (Grant grant : grants) {
      JsonObject object = new JsonObject();
      object.addProperty("level", grant.level().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      object.addProperty("text", grant.text());
      var provenance = grant.provenance();
      if (provenance != null) {
        object.addProperty("file", provenance.origin().file().name());
        object.addProperty("line", provenance.origin().line());
        object.addProperty("unsafe", provenance.unsafe());
        object.addProperty("because", provenance.because());
      }
      array.add(object);
    }
    return array;
  }

  static String markdown(Difference difference) {
    StringBuilder out = new StringBuilder();
    out.append("**").append(difference.verdict()).append("**\n");
    list(out, "Gained", "may ", difference.gained());
    list(out, "Lost", "may no longer ", difference.lost());
    list(out, "Visible", "", difference.appeared());
    list(out, "No longer visible", "", difference.vanished());
    for (String reason : difference.unknown()) {
      out.append("\nUnknown: ").append(escaped(reason)).append('\n');
    }
    for (String note : difference.notes()) {
      out.append("\nNote: ").append(escaped(note)).append('\n');
    }
    return out.toString();
  }

  private static void list(StringBuilder out, String title, String start, List<Grant> grants) {
    if (!grants.isEmpty()) {
      out.append("\n").append(title).append(":\n\n");
    }
    for (Grant grant : grants) {
      String said = Difference.said(grant);
      out.append("- ").append(start).append(escaped(grant.text()));
      out.append(said.isEmpty() ? "" : " (" + escaped(said) + ")").append('\n');
    }
  }

  // CommonMark takes a backslash before every punctuation character of ASCII for that character.
  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    Visible.line(text)
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> {
                  boolean letter = c > 0x7e || c == ' ' || Character.isLetterOrDigit(c);
                  boolean plain = letter || "/.,".indexOf(c) >= 0;
                  out.append(plain ? "" : "\\").appendCodePoint(c);
                }
              }
            });
    // GitHub makes names with an at sign into mentions, even escaped ones.
    return out.toString().replace("\\@", "&#64;");
  }
}
