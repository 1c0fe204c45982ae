package dev.broot.diagnostic;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Prints diagnostics as SARIF 2.1.0 (OASIS), which code scanning services read. */
public final class SarifPrinter {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private SarifPrinter() {}

  /**
   * One run with its results.
   *
   * @param version broot's own version
   */
  public static String print(List<Diagnostic> diagnostics, String version) {
    JsonObject driver = new JsonObject();
    driver.addProperty("name", "broot");
    driver.addProperty("version", version);
    Set<String> codes = new TreeSet<>();
    JsonArray results = new JsonArray();
    for (Diagnostic diagnostic : diagnostics) {
      codes.add(diagnostic.code().id());
      results.add(result(diagnostic));
    }
    JsonArray rules = new JsonArray();
    for (String code : codes) {
      JsonObject rule = new JsonObject();
      rule.addProperty("id", code);
      rules.add(rule);
    }
    driver.add("rules", rules);
    JsonObject tool = new JsonObject();
    tool.add("driver", driver);
    JsonObject run = new JsonObject();
    run.add("tool", tool);
    run.addProperty("columnKind", "unicodeCodePoints");
    run.add("results", results);
    JsonArray runs = new JsonArray();
    runs.add(run);
    JsonObject root = new JsonObject();
    root.addProperty("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    root.addProperty("version", "2.1.0");
    root.add("runs", runs);
    return GSON.toJson(root) + "\n";
  }

  private static JsonObject result(Diagnostic diagnostic) {
    JsonObject result = new JsonObject();
    String hint = diagnostic.hint();
    result.addProperty("ruleId", diagnostic.code().id());
    result.addProperty("level", diagnostic.severity() == Severity.ERROR ? "error" : "warning");
    result.add("message", message(diagnostic.message() + (hint == null ? "" : "\n" + hint)));
    JsonArray locations = new JsonArray();
    locations.add(location(diagnostic.origin()));
    result.add("locations", locations);
    JsonArray related = new JsonArray();
    for (Diagnostic.Note note : diagnostic.notes()) {
      JsonObject place = location(note.origin());
      place.add("message", message(note.message()));
      related.add(place);
    }
    result.add("relatedLocations", related);
    return result;
  }

  private static JsonObject message(String text) {
    JsonObject message = new JsonObject();
    message.addProperty("text", text);
    return message;
  }

  private static JsonObject location(Origin origin) {
    JsonObject artifact = new JsonObject();
    artifact.addProperty("uri", uri(origin.file().name()));
    JsonObject region = new JsonObject();
    int end = Math.max(origin.span().start(), origin.span().end());
    region.addProperty("startLine", origin.line());
    region.addProperty("startColumn", origin.column());
    region.addProperty("endLine", origin.file().line(end));
    region.addProperty("endColumn", origin.file().column(end));
    JsonObject physical = new JsonObject();
    physical.add("artifactLocation", artifact);
    physical.add("region", region);
    JsonObject location = new JsonObject();
    location.add("physicalLocation", physical);
    return location;
  }

  private static String uri(String name) {
    try {
      return new URI(null, null, name, null).toASCIIString();
    } catch (URISyntaxException e) {
      return "unknown";
    }
  }
}
