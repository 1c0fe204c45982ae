package dev.broot.diagnostic;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/** Prints diagnostics as JSON; {@code docs/schema/diagnostics.schema.json} describes it. */
public final class JsonPrinter {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private JsonPrinter() {}

  /** An object with a list. */
  public static String print(List<Diagnostic> diagnostics) {
    JsonObject root = new JsonObject();
    root.addProperty("version", 1);
    JsonArray list = new JsonArray();
    diagnostics.forEach(d -> list.add(diagnostic(d)));
    root.add("diagnostics", list);
    return Visible.json(GSON.toJson(root)) + "\n";
  }

  private static JsonObject diagnostic(Diagnostic d) {
    JsonObject object = place(d.origin());
    object.addProperty("severity", d.severity().name().toLowerCase(Locale.ROOT));
    object.addProperty("code", d.code().id());
    object.addProperty("message", d.message());
    if (d.hint() != null) {
      object.addProperty("hint", d.hint());
    }
    JsonArray notes = new JsonArray();
    for (Diagnostic.Note note : d.notes()) {
      JsonObject item = place(note.origin());
      item.addProperty("message", note.message());
      notes.add(item);
    }
    object.add("notes", notes);
    return object;
  }

  private static JsonObject place(Origin origin) {
    JsonObject object = new JsonObject();
    object.addProperty("file", origin.file().name());
    object.addProperty("line", origin.line());
    object.addProperty("column", origin.column());
    int end = Math.max(origin.span().start(), origin.span().end());
    object.addProperty("endLine", origin.file().line(end));
    object.addProperty("endColumn", origin.file().column(end));
    return object;
  }
}
