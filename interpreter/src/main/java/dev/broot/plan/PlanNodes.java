package dev.broot.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import dev.broot.ir.Param;
import dev.broot.ir.Provenance;
import dev.broot.ir.Value;
import dev.broot.plan.PlanReader.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of which a plan in JSON is made: words, places, and members that have to be there. */
final class PlanNodes {
  private static final int MOST_LINES = 100_000;

  private final String name;
  private final Map<String, Param> params = new LinkedHashMap<>();

  PlanNodes(String name, JsonObject root) throws Malformed {
    this.name = name;
    for (JsonElement element : array(root, "parameters")) {
      JsonObject object = element.getAsJsonObject();
      String type = string(object, "type").toUpperCase(Locale.ROOT);
      JsonElement variable = get(object, "variable");
      String param = string(object, "name");
      if (!List.of("PATH", "STRING").contains(type)) {
        throw new Malformed("a parameter of the type `" + type + "`");
      }
      params.put(
          param,
          new Param(
              param,
              Param.Type.valueOf(type),
              variable.isJsonNull() ? null : variable.getAsString(),
              origin(object)));
    }
  }

  List<Param> params() {
    return List.copyOf(params.values());
  }

  static JsonElement get(JsonObject object, String member) throws Malformed {
    JsonElement element = object.get(member);
    if (element == null) {
      throw new Malformed("`" + member + "` is missing");
    }
    return element;
  }

  static JsonObject object(JsonObject object, String member) throws Malformed {
    return get(object, member).getAsJsonObject();
  }

  static JsonArray array(JsonObject object, String member) throws Malformed {
    return get(object, member).getAsJsonArray();
  }

  static String string(JsonObject object, String member) throws Malformed {
    return get(object, member).getAsString();
  }

  static int integer(JsonObject object, String member) throws Malformed {
    return get(object, member).getAsInt();
  }

  boolean isText(JsonElement word, String text) {
    return word.isJsonPrimitive() && word.getAsString().equals(text);
  }

  /** A word in which nothing but parameters is open. */
  Value value(JsonElement word) throws Malformed {
    if (word.isJsonPrimitive()) {
      return Value.of(word.getAsString());
    }
    List<Value.Part> parts = new ArrayList<>();
    for (JsonElement part : word.getAsJsonArray()) {
      if (part.isJsonPrimitive()) {
        parts.add(new Value.Literal(part.getAsString()));
        continue;
      }
      JsonElement parameter = part.getAsJsonObject().get("parameter");
      Param param = parameter == null ? null : params.get(parameter.getAsString());
      if (param == null) {
        throw new Malformed("a word that this broot does not understand: " + part);
      }
      parts.add(new Value.Open(param));
    }
    return new Value(parts);
  }

  /** The word of a command of the setup; what is not a parameter is shown as it stands. */
  Value shown(JsonElement word) throws Malformed {
    if (word.isJsonPrimitive()) {
      return Value.of(word.getAsString());
    }
    List<Value.Part> parts = new ArrayList<>();
    for (JsonElement part : word.getAsJsonArray()) {
      boolean temp = part.isJsonObject() && part.getAsJsonObject().has("temp");
      if (temp) {
        // Only the path of its socket lies in a temporary directory.
        return new Value(List.of(new Value.Socket()));
      }
      parts.addAll(value(part.isJsonPrimitive() ? part : single(part)).parts());
    }
    return new Value(parts);
  }

  private static JsonElement single(JsonElement part) {
    JsonArray word = new JsonArray();
    word.add(part);
    return word;
  }

  /** What a word starts with, where that is an object with this member alone. */
  @Nullable JsonElement first(JsonElement word, String member) {
    if (!word.isJsonArray() || word.getAsJsonArray().isEmpty()) {
      return null;
    }
    JsonElement first = word.getAsJsonArray().get(0);
    return first.isJsonObject() ? first.getAsJsonObject().get(member) : null;
  }

  /** The input that a word is, or null. */
  @Nullable JsonElement input(JsonElement word, String member) {
    return word.isJsonArray() && word.getAsJsonArray().size() == 1 ? first(word, member) : null;
  }

  /** What stands behind a temporary directory in a word, without the slash. */
  String rest(JsonElement word) throws Malformed {
    JsonArray parts = word.getAsJsonArray();
    if (parts.size() == 1) {
      return "";
    }
    String rest =
        parts.size() == 2 && parts.get(1).isJsonPrimitive() ? parts.get(1).getAsString() : "";
    if (!rest.startsWith("/")) {
      throw new Malformed("a path in a temporary directory that this broot does not understand");
    }
    return rest.substring(1);
  }

  /** Where something was said. */
  Provenance said(JsonObject object) throws Malformed {
    JsonElement because = object.get("because");
    JsonElement unsafe = object.get("unsafe");
    return new Provenance(
        origin(object),
        because == null || because.isJsonNull() ? null : because.getAsString(),
        unsafe != null && unsafe.getAsBoolean());
  }

  private Origin origin(JsonObject object) throws Malformed {
    JsonElement chain = object.get("origin");
    Origin origin = null;
    if (chain != null) {
      List<JsonElement> places = chain.getAsJsonArray().asList();
      for (int i = places.size() - 1; i >= 0; i--) {
        origin = place(places.get(i).getAsJsonObject(), origin);
      }
    }
    return origin == null ? new Origin(new SourceFile(name, ""), new Span(0, 0), null) : origin;
  }

  // The files are not at hand, but their lines have numbers.
  private static Origin place(JsonObject place, @Nullable Origin from) throws Malformed {
    int line = integer(place, "line");
    int column = integer(place, "column");
    if (line < 1 || column < 1 || line > MOST_LINES || column > MOST_LINES) {
      throw new Malformed("a place with the line " + line);
    }
    String text = "\n".repeat(line - 1) + " ".repeat(column);
    int offset = line - 1 + column - 1;
    return new Origin(new SourceFile(string(place, "file"), text), new Span(offset, offset), from);
  }
}
