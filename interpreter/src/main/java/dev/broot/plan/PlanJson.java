package dev.broot.plan;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.broot.diagnostic.Origin;
import dev.broot.ir.Param;
import dev.broot.ir.Provenance;
import dev.broot.ir.Spec;
import dev.broot.ir.Value;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The plan as JSON, with provenance; {@code docs/schema/plan.schema.json} describes it. */
public final class PlanJson {
  /** The version of the format. */
  public static final int VERSION = 1;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  private PlanJson() {}

  /** Prints a plan with the arguments of its program. */
  public static String print(Plan plan, List<String> argv) {
    JsonObject root = new JsonObject();
    root.addProperty("version", VERSION);
    root.addProperty("name", plan.name());
    JsonArray params = new JsonArray();
    plan.openParams().forEach(param -> params.add(param(param)));
    root.add("parameters", params);
    JsonArray setup = new JsonArray();
    plan.setup().forEach(step -> setup.add(step(step)));
    root.add("setup", setup);
    root.add("environment", environment(plan.env()));
    root.addProperty("stdin", plan.stdinInherited() ? "inherit" : "null");
    JsonArray options = new JsonArray();
    plan.options().forEach(option -> options.add(option(option)));
    root.add("bwrap", options);
    JsonObject command = new JsonObject();
    Word entry = plan.entry();
    command.add("entry", entry == null ? JsonNull.INSTANCE : word(entry));
    JsonArray arguments = new JsonArray();
    argv.forEach(arguments::add);
    command.add("arguments", arguments);
    root.add("command", command);
    JsonArray teardown = new JsonArray();
    plan.teardown().forEach(undo -> teardown.add(undo(undo)));
    root.add("teardown", teardown);
    return GSON.toJson(root) + "\n";
  }

  private static JsonObject param(Param param) {
    JsonObject object = new JsonObject();
    object.addProperty("name", param.name());
    object.addProperty("type", param.type().name().toLowerCase(Locale.ROOT));
    object.addProperty("variable", param.variable());
    said(object, param.origin(), null);
    return object;
  }

  private static JsonObject step(Step step) {
    JsonObject object = new JsonObject();
    if (step instanceof Step.MakeDirectory directory) {
      object.addProperty("step", "mkdir");
      object.add("path", word(directory.path()));
    } else if (step instanceof Step.MakeTemp temp) {
      object.addProperty("step", "mkdtemp");
      object.addProperty("temp", temp.name());
      Word parent = temp.parent();
      object.add("parent", parent == null ? JsonNull.INSTANCE : word(parent));
      object.add("prefix", word(temp.prefix()));
    } else if (step instanceof Step.MountTmpfs mount) {
      object.addProperty("step", "mount-tmpfs");
      object.addProperty("temp", mount.temp());
      object.addProperty("options", "nosuid");
    } else if (step instanceof Step.MakeNode node) {
      object.addProperty("step", "mknod");
      object.addProperty("temp", node.temp());
      object.addProperty("name", node.name());
      object.addProperty("major", node.major());
      object.addProperty("minor", node.minor());
      object.addProperty("mode", Modes.octal(node.mode()));
    } else {
      inner(object, step);
    }
    said(object, step.provenance());
    return object;
  }

  private static void inner(JsonObject object, Step step) {
    if (step instanceof Step.BindDevice device) {
      object.addProperty("step", "bind-device");
      object.addProperty("temp", device.temp());
      object.addProperty("name", device.name());
      object.addProperty("optional", device.optional());
    } else if (step instanceof Step.MakeInner inner) {
      Integer mode = inner.mode();
      object.addProperty("step", "mkdir-in");
      object.addProperty("temp", inner.temp());
      object.addProperty("name", inner.path());
      object.addProperty("mode", mode == null ? null : Modes.octal(mode));
    } else if (step instanceof Step.WriteText text) {
      object.addProperty("step", "write");
      object.addProperty("temp", text.temp());
      object.addProperty("name", text.path());
      object.add("text", word(text.text()));
    } else if (step instanceof Step.StartProvider provider) {
      object.addProperty("step", "serve");
      object.addProperty("temp", provider.temp());
      object.addProperty("name", provider.api());
      JsonArray command = new JsonArray();
      provider.command().forEach(word -> command.add(word(word)));
      object.add("command", command);
      object.addProperty("required", provider.required());
    }
  }

  private static JsonObject undo(Step.Undo undo) {
    JsonObject object = new JsonObject();
    if (undo instanceof Step.Undo.Unmount unmount) {
      object.addProperty("step", "umount");
      object.addProperty("temp", unmount.temp());
    } else if (undo instanceof Step.Undo.Remove remove) {
      object.addProperty("step", "remove");
      object.addProperty("temp", remove.temp());
    } else if (undo instanceof Step.Undo.Stop stop) {
      object.addProperty("step", "stop");
      object.addProperty("temp", stop.temp());
      object.addProperty("name", stop.api());
    }
    return object;
  }

  private static JsonObject environment(Spec.Env env) {
    JsonObject object = new JsonObject();
    object.addProperty("inherit", env.inherit());
    JsonArray variables = new JsonArray();
    for (Spec.Variable variable : env.variables()) {
      JsonObject item = new JsonObject();
      item.addProperty("name", variable.name());
      if (variable instanceof Spec.SetVariable set) {
        item.addProperty("change", "set");
        item.add("value", word(Word.of(set.value())));
      } else {
        item.addProperty("change", variable instanceof Spec.PassVariable ? "pass" : "unset");
        Value otherwise = variable instanceof Spec.PassVariable pass ? pass.otherwise() : null;
        if (otherwise != null) {
          item.add("value", word(Word.of(otherwise)));
        }
      }
      said(item, variable.provenance());
      variables.add(item);
    }
    object.add("variables", variables);
    return object;
  }

  private static JsonObject option(Plan.Option option) {
    JsonObject object = new JsonObject();
    JsonArray words = new JsonArray();
    option.words().forEach(word -> words.add(word(word)));
    object.add("words", words);
    Plan.Question question = option.question();
    if (question == null) {
      object.addProperty("if", "always");
    } else {
      boolean empty = question.asked() == Plan.Asked.EMPTY_DIRECTORY;
      object.addProperty("if", empty ? "empty-directory" : "directory");
      object.add("asked", word(question.path()));
    }
    Provenance provenance = option.provenance();
    if (provenance != null) {
      said(object, provenance);
    }
    return object;
  }

  // A word is a string where it is known, else a list of strings and questions.
  private static JsonElement word(Word word) {
    String literal = word.literal();
    if (literal != null) {
      return new JsonPrimitive(literal);
    }
    JsonArray parts = new JsonArray();
    for (Word.Part part : word.parts()) {
      if (part instanceof Word.Literal text) {
        parts.add(text.text());
      } else {
        JsonObject question = new JsonObject();
        if (part instanceof Word.Open open) {
          question.addProperty("parameter", open.param().name());
        } else if (part instanceof Word.Temp temp) {
          question.addProperty("temp", temp.name());
        } else if (part instanceof Word.PythonModule module) {
          question.addProperty("python3-module", module.module());
        } else if (part instanceof Word.Passed passed) {
          question.addProperty("descriptor", passed.name());
        } else if (part instanceof Word.Input input) {
          question.add(input.file() ? "file" : "text", word(input.content()));
        }
        parts.add(question);
      }
    }
    return parts;
  }

  private static void said(JsonObject object, Provenance provenance) {
    said(object, provenance.origin(), provenance);
  }

  private static void said(JsonObject object, Origin origin, @Nullable Provenance provenance) {
    if (provenance != null) {
      object.addProperty("unsafe", provenance.unsafe());
      object.addProperty("because", provenance.because());
    }
    JsonArray chain = new JsonArray();
    for (Origin place : origin.chain()) {
      JsonObject item = new JsonObject();
      item.addProperty("file", place.file().name());
      item.addProperty("line", place.line());
      item.addProperty("column", place.column());
      chain.add(item);
    }
    object.add("origin", chain);
  }
}
