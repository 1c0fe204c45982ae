package dev.broot.diagnostic;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Prints diagnostics as SARIF 2.1.0 (OASIS), which code scanning services read. */
public final class SarifPrinter {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  // Texts of the command line that are named by their option.
  private static final Set<String> ARGUMENTS = Set.of("--line", "--set", "--policy");

  private SarifPrinter() {}

  /**
   * One run with its results.
   *
   * @param version broot's own version
   */
  public static String print(List<Diagnostic> diagnostics, String version) {
    return print(diagnostics, version, Map.of());
  }

  /**
   * The same; some results are suppressed.
   *
   * @param accepted why, for each of those
   */
  public static String print(
      List<Diagnostic> diagnostics, String version, Map<Diagnostic, String> accepted) {
    JsonObject driver = new JsonObject();
    driver.addProperty("name", "broot");
    driver.addProperty("version", version);
    Set<String> codes = new TreeSet<>();
    JsonArray results = new JsonArray();
    for (Diagnostic diagnostic : diagnostics) {
      codes.add(diagnostic.code().id());
      JsonObject result = result(diagnostic);
      if (accepted.containsKey(diagnostic)) {
        result.add("suppressions", suppressions(accepted.get(diagnostic)));
      }
      results.add(result);
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
    return Visible.json(GSON.toJson(root)) + "\n";
  }

  private static JsonObject result(Diagnostic diagnostic) {
    JsonObject result = new JsonObject();
    String hint = diagnostic.hint();
    result.addProperty("ruleId", diagnostic.code().id());
    result.addProperty("level", diagnostic.severity() == Severity.ERROR ? "error" : "warning");
    result.add(
        "message",
        message(
            Visible.line(diagnostic.message()) + (hint == null ? "" : "\n" + Visible.line(hint))));
    JsonArray locations = new JsonArray();
    locations.add(location(diagnostic.origin()));
    result.add("locations", locations);
    JsonArray related = new JsonArray();
    for (Diagnostic.Note note : diagnostic.notes()) {
      JsonObject place = location(note.origin());
      place.add("message", message(Visible.line(note.message())));
      related.add(place);
    }
    result.add("relatedLocations", related);
    return result;
  }

  private static JsonArray suppressions(@Nullable String justification) {
    JsonObject suppression = new JsonObject();
    suppression.addProperty("kind", "external");
    suppression.addProperty("justification", Visible.line(String.valueOf(justification)));
    JsonArray suppressions = new JsonArray();
    suppressions.add(suppression);
    return suppressions;
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

  /**
   * A name as a URI reference (RFC 3986): a path is relative to where broot was called, or {@code
   * file:} where it is absolute, percent-encoded byte for byte. What is no file, such as a shipped
   * base or a value of the command line, gets the scheme {@code broot}.
   */
  public static String uri(String name) {
    if (name.equals("-")) {
      return "broot:stdin";
    } else if (name.startsWith("base:")) {
      return "broot:base/" + encoded(name.substring("base:".length()));
    } else if (ARGUMENTS.contains(name)) {
      return "broot:" + name.substring(2);
    }
    return (name.startsWith("/") ? "file://" : "") + encoded(name);
  }

  private static String encoded(String name) {
    StringBuilder uri = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> {
              boolean plain =
                  (c >= 'a' && c <= 'z')
                      || (c >= 'A' && c <= 'Z')
                      || (c >= '0' && c <= '9')
                      || "-._~/".indexOf(c) >= 0;
              if (plain) {
                uri.appendCodePoint(c);
              } else if (c >= 0xDC80 && c <= 0xDCFF) {
                // A byte that is not UTF-8, as broot holds it.
                uri.append(String.format("%%%02X", c - 0xDC00));
              } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                  uri.append(String.format("%%%02X", b & 0xFF));
                }
              }
            });
    return uri.toString();
  }
}
