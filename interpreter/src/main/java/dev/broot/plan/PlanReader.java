package dev.broot.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.broot.diagnostic.SourceFile;
import dev.broot.ir.Authority;
import dev.broot.ir.Mount;
import dev.broot.ir.Provenance;
import dev.broot.ir.Spec;
import dev.broot.ir.Value;
import dev.broot.syntax.Statement.Access;
import dev.broot.syntax.Statement.Condition;
import dev.broot.syntax.Statement.Copied;
import dev.broot.syntax.Statement.Fresh;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link PlanJson} prints back into a spec that permits the same, so that two plans can
 * be compared. An option that is not understood is one that nobody has looked into.
 */
public final class PlanReader {
  private static final String MORE_FILTERS = "add-seccomp-fd";

  /** A text that is no plan. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private final PlanNodes nodes;
  private final PlanSetup setup;
  private final List<Mount> mounts = new ArrayList<>();
  private final List<Spec.CapChange> caps = new ArrayList<>();
  private final List<Spec.Unshared> namespaces = new ArrayList<>();
  private final List<Spec.Plain> plain = new ArrayList<>();
  private @Nullable Value chdir;
  private boolean newSession;
  private boolean dieWithParent;

  private PlanReader(PlanNodes nodes, PlanSetup setup) {
    this.nodes = nodes;
    this.setup = setup;
  }

  /**
   * Reads a plan.
   *
   * @param name how people call it
   * @throws Malformed when it is not one, or of another version
   */
  public static Spec read(String name, String json) throws Malformed {
    JsonObject root;
    try {
      root = JsonParser.parseString(json).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new Malformed("it is no JSON object: " + String.valueOf(e.getMessage()));
    }
    try {
      if (PlanNodes.integer(root, "version") != PlanJson.VERSION) {
        throw new Malformed("it is a plan of another version; this broot reads 1");
      }
      PlanNodes nodes = new PlanNodes(name, root);
      return new PlanReader(nodes, new PlanSetup(nodes, root)).spec(name, json, root);
    } catch (ClassCastException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException e) {
      throw new Malformed("a value has another type than in a plan: " + e.getMessage());
    }
  }

  private Spec spec(String name, String json, JsonObject root) throws Malformed {
    for (JsonElement option : PlanNodes.array(root, "bwrap")) {
      option(option.getAsJsonObject());
    }
    JsonElement entry = PlanNodes.get(PlanNodes.object(root, "command"), "entry");
    String stdin = PlanNodes.string(root, "stdin");
    if (!List.of("inherit", "null").contains(stdin)) {
      throw new Malformed("`stdin` is inherit or null, not `" + stdin + "`");
    }
    return new Spec(
        PlanNodes.string(root, "name"),
        List.of(new SourceFile(name, json)),
        nodes.params(),
        setup.created(0),
        setup.created(1),
        null,
        chdir,
        entry.isJsonNull() ? null : nodes.value(entry),
        stdin.equals("inherit"),
        newSession,
        dieWithParent,
        plain,
        caps,
        namespaces,
        environment(PlanNodes.object(root, "environment")),
        mounts,
        mounts.size(),
        List.of(),
        null);
  }

  private Spec.Env environment(JsonObject object) throws Malformed {
    List<Spec.Variable> variables = new ArrayList<>();
    for (JsonElement element : PlanNodes.array(object, "variables")) {
      JsonObject item = element.getAsJsonObject();
      String name = PlanNodes.string(item, "name");
      Provenance said = nodes.said(item);
      Value value = item.has("value") ? nodes.value(PlanNodes.get(item, "value")) : null;
      String change = PlanNodes.string(item, "change");
      if (change.equals("set") && value != null) {
        variables.add(new Spec.SetVariable(name, value, said));
      } else if (change.equals("pass")) {
        variables.add(new Spec.PassVariable(name, value, said));
      } else if (change.equals("unset")) {
        variables.add(new Spec.UnsetVariable(name, said));
      } else {
        throw new Malformed("a variable is set, passed or unset, not `" + change + "`");
      }
    }
    return new Spec.Env(PlanNodes.get(object, "inherit").getAsBoolean(), variables);
  }

  private void option(JsonObject option) throws Malformed {
    List<JsonElement> words = PlanNodes.array(option, "words").asList();
    Provenance said = nodes.said(option);
    String question = PlanNodes.string(option, "if");
    if (!List.of("always", "directory", "empty-directory").contains(question)) {
      throw new Malformed("nobody knows the question `" + question + "`");
    }
    if (words.isEmpty()) {
      throw new Malformed("an option without words");
    }
    String name = words.get(0).isJsonPrimitive() ? words.get(0).getAsString() : "";
    boolean plainQuestion = question.equals("always");
    if (plainQuestion && setting(name, words, said)) {
      return;
    }
    Mount mount = plainQuestion ? made(name, words, said) : null;
    if (mount == null) {
      mount = bound(name, words, option, said);
    }
    mounts.add(mount == null ? raw(words, said) : mount);
  }

  private Mount raw(List<JsonElement> words, Provenance said) throws Malformed {
    List<Value> values = new ArrayList<>();
    for (JsonElement word : words) {
      values.add(nodes.value(word));
    }
    return new Mount.Raw(values, said);
  }

  private boolean setting(String name, List<JsonElement> words, Provenance said) throws Malformed {
    if (!name.startsWith("--") || words.size() > 3) {
      return false;
    }
    String word = name.substring(2);
    String plainName = word.equals(MORE_FILTERS) ? Spec.Plain.SECCOMP : word;
    boolean alone = words.size() == 1;
    boolean one = words.size() == 2;
    if (word.startsWith("unshare-") && Authority.NAMESPACES.contains(word.substring(8)) && alone) {
      namespaces.add(new Spec.Unshared(word.substring(8), said));
    } else if (word.equals(Authority.SHARE_NET) && alone) {
      namespaces.add(new Spec.Unshared(word, said));
    } else if (word.equals("die-with-parent") && alone) {
      dieWithParent = true;
    } else if (word.equals("new-session") && alone) {
      newSession = true;
    } else if (word.equals("chdir") && one) {
      chdir = nodes.value(words.get(1));
    } else if ((word.equals("cap-add") || word.equals("cap-drop")) && one) {
      caps.add(new Spec.CapChange(word.equals("cap-add"), words.get(1).getAsString(), said));
    } else if (one
        && nodes.input(words.get(1), "descriptor") != null
        && Spec.Plain.isKnown(plainName)) {
      plain.add(new Spec.Plain(plainName, null, said));
    } else if (Spec.Plain.isKnown(plainName) && words.size() <= 2) {
      JsonElement input = alone ? null : nodes.input(words.get(1), "file");
      Value value = alone ? null : nodes.value(input == null ? words.get(1) : input);
      plain.add(new Spec.Plain(plainName, value, said));
    } else {
      // What is set here stands in the environment too.
      return (word.equals("setenv") && words.size() == 3) || (word.equals("unsetenv") && one);
    }
    return true;
  }

  // What bubblewrap makes by itself, without a source on the host.
  private @Nullable Mount made(String first, List<JsonElement> words, Provenance said)
      throws Malformed {
    int at = 0;
    Long size = null;
    Integer mode = null;
    String name = first;
    while (List.of("--size", "--perms").contains(name) && at + 2 < words.size()) {
      String value = words.get(at + 1).getAsString();
      if (name.equals("--size")) {
        size = Long.valueOf(value);
      } else {
        mode = Integer.valueOf(value, 8);
      }
      at += 2;
      name = words.get(at).isJsonPrimitive() ? words.get(at).getAsString() : "";
    }
    int values = words.size() - at - 1;
    if (values == 1 && List.of("--tmpfs", "--dir", "--proc", "--dev", "--mqueue").contains(name)) {
      Fresh kind = Fresh.valueOf(name.substring(2).toUpperCase(java.util.Locale.ROOT));
      return new Mount.FreshMount(kind, nodes.value(words.get(at + 1)), size, mode, said);
    }
    if (values == 2 && List.of("--ro-bind-data", "--bind-data", "--file").contains(name)) {
      return data(name, words.get(at + 1), nodes.value(words.get(at + 2)), mode, said);
    }
    if (at > 0) {
      return null;
    }
    if (name.equals("--remount-ro") && values == 1) {
      return new Mount.Change(nodes.value(words.get(1)), null, said);
    } else if (name.equals("--chmod") && values == 2) {
      int bits = Integer.parseInt(words.get(1).getAsString(), 8);
      return new Mount.Change(nodes.value(words.get(2)), bits, said);
    } else if (name.equals("--symlink") && values == 2) {
      return new Mount.Symlink(nodes.value(words.get(1)), nodes.value(words.get(2)), said);
    }
    return name.equals("--overlay-src") ? overlay(words, said) : null;
  }

  private @Nullable Mount data(
      String name, JsonElement input, Value to, @Nullable Integer mode, Provenance said)
      throws Malformed {
    JsonElement text = nodes.input(input, "text");
    JsonElement file = nodes.input(input, "file");
    if (text != null && name.equals("--ro-bind-data")) {
      return new Mount.TextFile(null, "", to, nodes.value(text), said);
    } else if (file == null) {
      return null;
    }
    Copied as =
        name.equals("--file") ? Copied.FILE : name.equals("--bind-data") ? Copied.RW : Copied.RO;
    return new Mount.Copy(as, nodes.value(file), to, mode, said);
  }

  private @Nullable Mount overlay(List<JsonElement> words, Provenance said) throws Malformed {
    List<Value> lower = new ArrayList<>();
    int at = 0;
    while (at + 1 < words.size() && nodes.isText(words.get(at), "--overlay-src")) {
      lower.add(nodes.value(words.get(at + 1)));
      at += 2;
    }
    int values = words.size() - at - 1;
    if (values == 3 && nodes.isText(words.get(at), "--overlay")) {
      Value upper = nodes.value(words.get(at + 1));
      Value work = nodes.value(words.get(at + 2));
      return new Mount.Overlay(lower, true, upper, work, nodes.value(words.get(at + 3)), said);
    }
    boolean memory = values == 1 && nodes.isText(words.get(at), "--tmp-overlay");
    boolean readOnly = values == 1 && nodes.isText(words.get(at), "--ro-overlay");
    return memory || readOnly
        ? new Mount.Overlay(lower, memory, null, null, nodes.value(words.get(at + 1)), said)
        : null;
  }

  private @Nullable Mount bound(
      String name, List<JsonElement> words, JsonObject option, Provenance said) throws Malformed {
    boolean optional = name.endsWith("-try");
    Access access =
        switch (optional ? name.substring(0, name.length() - 4) : name) {
          case "--bind" -> Access.RW;
          case "--ro-bind" -> Access.RO;
          case "--dev-bind" -> Access.DEV;
          default -> null;
        };
    if (access == null || words.size() != 3) {
      return null;
    }
    Value to = nodes.value(words.get(2));
    String question = PlanNodes.string(option, "if");
    Value asked = question.equals("always") ? null : nodes.value(PlanNodes.get(option, "asked"));
    JsonElement module = nodes.first(words.get(1), "python3-module");
    if (module != null) {
      boolean empty = question.equals("empty-directory");
      return access == Access.RO && (empty || asked == null)
          ? new Mount.Module(module.getAsString(), to, asked, said)
          : null;
    }
    JsonElement temp = nodes.first(words.get(1), "temp");
    if (temp != null) {
      return asked == null && !optional
          ? setup.mount(access, temp.getAsString(), nodes.rest(words.get(1)), to, said)
          : null;
    }
    Value from = nodes.value(words.get(1));
    if (question.equals("empty-directory") || (asked != null && !asked.equals(from))) {
      return null;
    }
    Condition condition =
        asked != null ? Condition.IF_DIRECTORY : optional ? Condition.OPTIONAL : Condition.NONE;
    return new Mount.Bind(access, from, to, condition, said);
  }
}
