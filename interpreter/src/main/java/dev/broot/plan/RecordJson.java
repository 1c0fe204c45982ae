package dev.broot.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import dev.broot.spec.Caller;
import dev.broot.spec.Image;
import dev.broot.spec.Param;
import dev.broot.spec.Provenance;
import dev.broot.spec.Value;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON and back, without loss: a record is an object with a member for each component,
 * one of a sealed interface has its kind beside them, a word is a string where it is known. A new
 * record needs nothing here.
 */
final class RecordJson {
  private static final int MOST_LINES = 100_000;
  private static final String KIND = "kind";
  private static final String PARAMETER = "parameter";

  // What no parameter is called.
  private static final String IMAGE = Image.NAME + "@";

  // A mode is written as people write it.
  private static final String MODE = "mode";

  private final Map<String, Param> params = new LinkedHashMap<>();

  /** Makes parameters known, to which words refer by name. */
  void declare(List<Param> declared) {
    declared.forEach(param -> params.put(param.name(), param));
  }

  /** A value as JSON. */
  JsonElement write(@Nullable Object value) {
    if (value == null) {
      return JsonNull.INSTANCE;
    } else if (value instanceof String text) {
      return new JsonPrimitive(text);
    } else if (value instanceof Number number) {
      return new JsonPrimitive(number);
    } else if (value instanceof Boolean flag) {
      return new JsonPrimitive(flag);
    } else if (value instanceof Enum<?> word) {
      return new JsonPrimitive(kebab(word.name()));
    } else if (value instanceof List<?> list) {
      JsonArray array = new JsonArray();
      list.forEach(item -> array.add(write(item)));
      return array;
    } else if (value instanceof Word word) {
      return word(word);
    } else if (value instanceof Value said) {
      return said(said);
    } else if (value instanceof Origin origin) {
      return origin(origin);
    }
    return object(value);
  }

  private JsonObject object(Object value) {
    JsonObject object = new JsonObject();
    for (Class<?> type : value.getClass().getInterfaces()) {
      if (type.isSealed()) {
        object.addProperty(KIND, kind(value.getClass()));
      }
    }
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      JsonElement element;
      try {
        Object member = component.getAccessor().invoke(value);
        boolean mode = component.getName().equals(MODE) && member instanceof Integer;
        element = mode ? new JsonPrimitive(Modes.octal((Integer) member)) : write(member);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
      if (component.getType() == Provenance.class && element.isJsonObject()) {
        element.getAsJsonObject().asMap().forEach(object::add);
      } else {
        object.add(kebab(component.getName()), element);
      }
    }
    return object;
  }

  /**
   * A value from JSON.
   *
   * @throws PlanReader.Malformed when it is not of that type
   */
  <T> T read(@Nullable JsonElement json, Class<T> type) throws PlanReader.Malformed {
    Object value = read(json, (Type) type);
    if (value == null) {
      throw new PlanReader.Malformed("`" + kind(type) + "` is missing");
    }
    return type.cast(value);
  }

  private @Nullable Object read(@Nullable JsonElement json, Type type) throws PlanReader.Malformed {
    if (json == null || json.isJsonNull()) {
      return null;
    } else if (type instanceof ParameterizedType list) {
      List<Object> items = new ArrayList<>();
      for (JsonElement item : json.getAsJsonArray()) {
        Object read = read(item, list.getActualTypeArguments()[0]);
        if (read == null) {
          throw new PlanReader.Malformed("nothing in a list");
        }
        items.add(read);
      }
      return items;
    }
    Class<?> wanted = (Class<?>) type;
    if (wanted == String.class) {
      return json.getAsString();
    } else if (wanted == int.class || wanted == Integer.class) {
      return json.getAsInt();
    } else if (wanted == long.class || wanted == Long.class) {
      return json.getAsLong();
    } else if (wanted == boolean.class) {
      return flag(json);
    } else if (wanted.isEnum()) {
      return constant(json.getAsString(), wanted);
    } else if (wanted == Word.class) {
      return readWord(json);
    } else if (wanted == Value.class) {
      return readSaid(json);
    } else if (wanted == Origin.class) {
      return readOrigin(json);
    } else if (wanted.isSealed()) {
      return readRecord(json.getAsJsonObject(), permitted(json.getAsJsonObject(), wanted));
    }
    return readRecord(json.getAsJsonObject(), wanted);
  }

  private static boolean flag(JsonElement json) throws PlanReader.Malformed {
    if (!json.isJsonPrimitive() || !json.getAsJsonPrimitive().isBoolean()) {
      throw new PlanReader.Malformed("`" + json + "` is neither true nor false");
    }
    return json.getAsBoolean();
  }

  private static Object constant(String word, Class<?> type) throws PlanReader.Malformed {
    for (Object constant : type.getEnumConstants()) {
      if (kebab(((Enum<?>) constant).name()).equals(word)) {
        return constant;
      }
    }
    throw new PlanReader.Malformed("`" + word + "` is no " + kind(type));
  }

  private static Class<?> permitted(JsonObject object, Class<?> sealed)
      throws PlanReader.Malformed {
    JsonElement kind = object.get(KIND);
    String wanted = kind == null ? "" : kind.getAsString();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (kind(permitted).equals(wanted)) {
        return permitted;
      }
    }
    throw new PlanReader.Malformed("a kind that this broot does not know: `" + wanted + "`");
  }

  private Object readRecord(JsonObject object, Class<?> type) throws PlanReader.Malformed {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new IllegalStateException(type + " is no record");
    }
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      types[i] = component.getType();
      JsonElement member =
          component.getType() == Provenance.class && object.has("origin")
              ? object
              : object.get(kebab(component.getName()));
      boolean mode = component.getName().equals(MODE) && member != null && !member.isJsonNull();
      values[i] =
          mode
              ? Integer.valueOf(member.getAsString(), 8)
              : read(member, component.getGenericType());
      if (values[i] == null && !isNullable(component)) {
        throw new PlanReader.Malformed(
            "`" + kebab(component.getName()) + "` is missing in " + kind(type));
      }
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new PlanReader.Malformed(kind(type) + " cannot be read: " + e.getCause());
    }
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private JsonElement word(Word word) {
    String literal = word.literal();
    if (literal != null) {
      return new JsonPrimitive(literal);
    }
    JsonArray parts = new JsonArray();
    for (Word.Part part : word.parts()) {
      if (part instanceof Word.Literal text) {
        parts.add(text.text());
      } else if (part instanceof Word.Open open) {
        parts.add(member(open.param()));
      } else {
        parts.add(object(part));
      }
    }
    return parts;
  }

  private Word readWord(JsonElement json) throws PlanReader.Malformed {
    if (json.isJsonPrimitive()) {
      return Word.of(json.getAsString());
    }
    List<Word.Part> parts = new ArrayList<>();
    for (JsonElement part : json.getAsJsonArray()) {
      if (part.isJsonPrimitive()) {
        parts.add(new Word.Literal(part.getAsString()));
      } else if (part.getAsJsonObject().has(PARAMETER)) {
        parts.add(new Word.Open(param(part)));
      } else {
        parts.add(read(part, Word.Part.class));
      }
    }
    return new Word(parts);
  }

  private static JsonElement said(Value value) {
    String literal = value.literal();
    if (literal != null) {
      return new JsonPrimitive(literal);
    }
    JsonArray parts = new JsonArray();
    for (Value.Part part : value.parts()) {
      if (part instanceof Value.Literal text) {
        parts.add(text.text());
      } else if (part instanceof Value.Open open) {
        parts.add(member(open.param()));
      } else {
        parts.add(member("setting", "socket"));
      }
    }
    return parts;
  }

  private Value readSaid(JsonElement json) throws PlanReader.Malformed {
    if (json.isJsonPrimitive()) {
      return Value.of(json.getAsString());
    }
    List<Value.Part> parts = new ArrayList<>();
    for (JsonElement part : json.getAsJsonArray()) {
      if (part.isJsonPrimitive()) {
        parts.add(new Value.Literal(part.getAsString()));
      } else if (part.getAsJsonObject().has(PARAMETER)) {
        parts.add(new Value.Open(param(part)));
      } else {
        parts.add(new Value.Socket());
      }
    }
    return new Value(parts);
  }

  private Param param(JsonElement part) throws PlanReader.Malformed {
    String name = part.getAsJsonObject().get(PARAMETER).getAsString();
    Param known = params.get(name);
    Param param = known != null ? known : name.startsWith(IMAGE) ? image(name) : Caller.param(name);
    if (param == null) {
      throw new PlanReader.Malformed("the parameter `" + name + "` is not declared");
    }
    return param;
  }

  private static @Nullable Param image(String name) {
    return Image.param(name.substring(IMAGE.length()));
  }

  private static JsonObject member(Param param) {
    String image = Image.key(param);
    return member(PARAMETER, image == null ? param.name() : IMAGE + image);
  }

  private static JsonObject member(String name, String value) {
    JsonObject object = new JsonObject();
    object.addProperty(name, value);
    return object;
  }

  private static JsonArray origin(Origin origin) {
    JsonArray chain = new JsonArray();
    for (Origin place : origin.chain()) {
      JsonObject item = new JsonObject();
      item.addProperty("file", place.file().name());
      item.addProperty("line", place.line());
      item.addProperty("column", place.column());
      chain.add(item);
    }
    return chain;
  }

  private static Origin readOrigin(JsonElement json) throws PlanReader.Malformed {
    Origin origin = null;
    List<JsonElement> places = json.getAsJsonArray().asList();
    for (int i = places.size() - 1; i >= 0; i--) {
      origin = place(places.get(i).getAsJsonObject(), origin);
    }
    if (origin == null) {
      throw new PlanReader.Malformed("an origin that is nowhere");
    }
    return origin;
  }

  // The files are not at hand, but their lines have numbers.
  private static Origin place(JsonObject place, @Nullable Origin from) throws PlanReader.Malformed {
    int line = place.get("line").getAsInt();
    int column = place.get("column").getAsInt();
    if (line < 1 || column < 1 || line > MOST_LINES || column > MOST_LINES) {
      throw new PlanReader.Malformed("a place with the line " + line);
    }
    String text = "\n".repeat(line - 1) + " ".repeat(column);
    int offset = line - 1 + column - 1;
    return new Origin(
        new SourceFile(place.get("file").getAsString(), text), new Span(offset, offset), from);
  }

  private static String kind(Class<?> type) {
    return kebab(type.getSimpleName());
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
