package dev.broot;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.broot.bwrap.PlanJson;
import dev.broot.diagnostic.Origin;
import dev.broot.plan.Plan;
import dev.broot.plan.PlanReader;
import dev.broot.plan.Word;
import dev.broot.spec.Provenance;
import dev.broot.spec.Value;
import dev.broot.support.Golden;
import dev.broot.support.Schemas;
import dev.broot.support.Specs;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The schema of a plan as JSON is made from the records that are written: what it says of a member
 * is so, and it allows no other. A record more shows here first.
 */
class PlanSchemaTest {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final TreeMap<String, JsonObject> definitions = new TreeMap<>();

  private static JsonObject json(String text) {
    return GSON.fromJson(text, JsonObject.class);
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
  }

  private static String name(Class<?> type) {
    Class<?> around = type.getEnclosingClass();
    return (around == null ? "" : name(around) + ".") + kebab(type.getSimpleName());
  }

  private JsonObject reference(Class<?> type) {
    String name = name(type);
    if (!definitions.containsKey(name)) {
      definitions.put(name, new JsonObject());
      definitions.put(name, type.isSealed() ? sealed(type) : record(type));
    }
    return json("{\"$ref\": \"#/$defs/" + name + "\"}");
  }

  private JsonObject sealed(Class<?> type) {
    JsonArray kinds = new JsonArray();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      kinds.add(reference(permitted));
    }
    return with("oneOf", kinds);
  }

  private static JsonObject with(String name, JsonArray values) {
    JsonObject object = new JsonObject();
    object.add(name, values);
    return object;
  }

  private JsonObject record(Class<?> type) {
    assertThat(type.isRecord()).as(type.toString()).isTrue();
    JsonObject properties = new JsonObject();
    for (Class<?> one : type.getInterfaces()) {
      if (one.isSealed()) {
        properties.add("kind", json("{\"const\": \"" + kebab(type.getSimpleName()) + "\"}"));
      }
    }
    RecordComponent said = null;
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType() == Provenance.class) {
        said = component;
      } else {
        properties.add(kebab(component.getName()), member(component));
      }
    }
    if (said == null) {
      return object(properties);
    }
    JsonObject whole = properties.deepCopy();
    for (RecordComponent component : Provenance.class.getRecordComponents()) {
      whole.add(kebab(component.getName()), member(component));
    }
    if (!isNullable(said)) {
      return object(whole);
    }
    properties.add(kebab(said.getName()), json("{\"type\": \"null\"}"));
    JsonArray both = new JsonArray();
    both.add(object(whole));
    both.add(object(properties));
    return with("oneOf", both);
  }

  private static JsonObject object(JsonObject properties) {
    JsonObject object = json("{\"type\": \"object\", \"additionalProperties\": false}");
    JsonArray required = new JsonArray();
    properties.keySet().forEach(required::add);
    object.add("required", required);
    object.add("properties", properties);
    return object;
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private JsonObject member(RecordComponent component) {
    boolean mode =
        component.getName().equals("mode")
            && List.of(int.class, Integer.class).contains(component.getType());
    JsonObject schema =
        mode
            ? json("{\"type\": \"string\", \"pattern\": \"^[0-7]{4}$\"}")
            : schema(component.getGenericType());
    if (!isNullable(component)) {
      return schema;
    }
    JsonArray either = new JsonArray();
    either.add(schema);
    either.add(json("{\"type\": \"null\"}"));
    return with("anyOf", either);
  }

  private JsonObject schema(Type type) {
    if (type instanceof ParameterizedType list) {
      assertThat(list.getRawType()).isEqualTo(List.class);
      JsonObject array = json("{\"type\": \"array\"}");
      array.add("items", schema(list.getActualTypeArguments()[0]));
      return array;
    }
    Class<?> one = (Class<?>) type;
    if (one == String.class) {
      return json("{\"type\": \"string\"}");
    } else if (List.of(int.class, long.class, Integer.class, Long.class).contains(one)) {
      return json("{\"type\": \"integer\"}");
    } else if (one == boolean.class) {
      return json("{\"type\": \"boolean\"}");
    } else if (one.isEnum()) {
      JsonArray words = new JsonArray();
      for (Object constant : one.getEnumConstants()) {
        words.add(kebab(((Enum<?>) constant).name()));
      }
      return with("enum", words);
    } else if (one == Word.class || one == Value.class) {
      return words(one);
    } else if (one == Origin.class) {
      definitions.put("origin", origin());
      return json("{\"$ref\": \"#/$defs/origin\"}");
    }
    return reference(one);
  }

  // A text where it is known, else its parts: texts, parameters, and what is known when it runs.
  private JsonObject words(Class<?> type) {
    String name = name(type);
    if (!definitions.containsKey(name)) {
      definitions.put(name, new JsonObject());
      JsonArray parts = new JsonArray();
      parts.add(json("{\"type\": \"string\"}"));
      parts.add(object(json("{\"parameter\": {\"type\": \"string\"}}")));
      if (type == Value.class) {
        parts.add(object(json("{\"setting\": {\"const\": \"socket\"}}")));
      } else {
        for (Class<?> part : Word.Part.class.getPermittedSubclasses()) {
          if (part != Word.Literal.class && part != Word.Open.class) {
            parts.add(reference(part));
          }
        }
      }
      JsonObject array = json("{\"type\": \"array\"}");
      array.add("items", with("oneOf", parts));
      JsonArray both = new JsonArray();
      both.add(json("{\"type\": \"string\"}"));
      both.add(array);
      definitions.put(name, with("oneOf", both));
    }
    return json("{\"$ref\": \"#/$defs/" + name + "\"}");
  }

  private static JsonObject origin() {
    JsonObject origin =
        json(
            "{\"type\": \"array\", \"minItems\": 1, \"description\":"
                + " \"The place, and the lines that brought its file in, nearest first.\"}");
    String number = "{\"type\": \"integer\", \"minimum\": 1}";
    origin.add(
        "items",
        object(
            json(
                "{\"file\": {\"type\": \"string\"}, \"line\": "
                    + number
                    + ", \"column\": "
                    + number
                    + "}")));
    return origin;
  }

  private JsonObject whole() {
    JsonObject plan = record(Plan.class);
    JsonObject properties = json("{\"version\": {\"const\": " + PlanReader.VERSION + "}}");
    plan.getAsJsonObject("properties").asMap().forEach(properties::add);
    String words = "{\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"description\": \"";
    properties.add(
        "bwrap",
        json(
            "{\"type\": \"array\", \"description\": \"The command line of bubblewrap, one list for each"
                + " option with those that are for it.\", \"items\":"
                + " {\"type\": \"array\", \"items\": {\"type\": \"string\"}}}"));
    properties.add("arguments", json(words + "The program's.\"}"));
    properties.add("teardown", json(words + "Done after the run, in order.\"}"));
    JsonObject schema =
        json(
            "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\","
                + " \"title\": \"A plan of broot, as printed by `broot plan --format json`\"}");
    object(properties).asMap().forEach(schema::add);
    JsonObject all = new JsonObject();
    definitions.forEach(all::add);
    schema.add("$defs", all);
    return schema;
  }

  @Test
  void theSchemaIsThatOfTheRecords() {
    Golden.verify("../docs/schema/plan.schema.json", GSON.toJson(whole()) + "\n");
  }

  private static final String EVERYTHING =
      """
      broot 1
      base osbuild-2026
      param p: path from env P
      param q: string = "v"
      root ${p}
      runner /usr/lib/osbuild/runners/r
      env A = "${q}x"
      env pass B else c
      libdir /usr/lib/osbuild
      dir /d mode 0700
      tmpfs /t size 1MiB mode 01777
      symlink a -> /s
      text /etc/x = "y"
      overlay ["/a", "${p}"] rw /u work /w -> /o
      bind rw ${p} -> /p optional
      hide /d/secret optional
      protect /p
      limit pids 64
      descriptor info
      api x serve ["server", "${socket}"]
      expect allow read /usr
      """;

  @Test
  void plansOfAllSortsAreValid() throws IOException {
    Plan plan = Specs.plan(EVERYTHING);
    String text = PlanJson.print(plan, List.of("a"));
    Schemas.assertValid("plan.schema.json", text);
    for (String wrong :
        List.of(
            text.replaceFirst("\"optional\": ", "\"0ptional\": "),
            text.replaceFirst("\"mode\": \"0700\"", "\"mode\": 448"),
            text.replaceFirst("\"kind\": \"tmpfs\"", "\"kind\": \"tmpfz\""),
            text.replaceFirst("\"unsafe\": false", "\"safe\": true"))) {
      assertThat(wrong).isNotEqualTo(text);
      Assertions.assertThatThrownBy(() -> Schemas.assertValid("plan.schema.json", wrong))
          .isInstanceOf(AssertionError.class);
    }
    assertThat(Files.readString(HOME.resolve("docs/schema/plan.schema.json"))).contains("tmpfs");
  }
}
