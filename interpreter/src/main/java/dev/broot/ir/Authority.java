package dev.broot.ir;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Similar;
import dev.broot.ir.Linker.Line;
import dev.broot.syntax.Name;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Capabilities, namespaces and the environment: what the levels say of them, put together. */
public final class Authority {
  /** As in bubblewrap's --unshare-NAME, in the order in which broot emits them. */
  public static final List<String> NAMESPACES =
      List.of("all", "user", "user-try", "ipc", "pid", "net", "uts", "cgroup", "cgroup-try");

  /** Takes the network out of {@code all}. */
  public static final String SHARE_NET = "share-net";

  private final Diagnostics diagnostics;
  private final Names names;
  private final Map<String, Entry<Spec.CapChange>> caps = new LinkedHashMap<>();
  private final Map<String, Entry<Spec.Unshared>> unshared = new LinkedHashMap<>();
  private final Map<String, Entry<Spec.Variable>> variables = new LinkedHashMap<>();
  private boolean inherit;

  private record Entry<T>(T node, Line line) {}

  Authority(Diagnostics diagnostics, Names names) {
    this.diagnostics = diagnostics;
    this.names = names;
  }

  void add(Line line) {
    Statement.Body body = line.statement().body();
    if (body instanceof Statement.Cap cap) {
      cap(cap, line);
    } else if (body instanceof Statement.Namespace namespace) {
      namespace(namespace, line);
    } else if (body instanceof Statement.EnvInherit) {
      inherit = true;
    } else if (body instanceof Statement.EnvSet set) {
      variable(
          set.name(),
          new Spec.SetVariable(
              set.name().text(), names.resolve(set.value(), line), line.provenance()),
          line);
    } else if (body instanceof Statement.EnvPass pass) {
      Text otherwise = pass.otherwise();
      variable(
          pass.name(),
          new Spec.PassVariable(
              pass.name().text(),
              otherwise == null ? null : names.resolve(otherwise, line),
              line.provenance()),
          line);
    } else if (body instanceof Statement.EnvUnset unset) {
      variable(unset.name(), new Spec.UnsetVariable(unset.name().text(), line.provenance()), line);
    }
  }

  List<Spec.CapChange> caps() {
    return caps.values().stream().map(Entry::node).toList();
  }

  List<Spec.Unshared> namespaces() {
    List<Spec.Unshared> sorted = new ArrayList<>();
    for (String name : NAMESPACES) {
      Entry<Spec.Unshared> entry = unshared.get(name);
      if (entry != null) {
        sorted.add(entry.node());
      }
    }
    Entry<Spec.Unshared> shared = unshared.get(SHARE_NET);
    if (shared != null) {
      sorted.add(shared.node());
    }
    return sorted;
  }

  Spec.Env env() {
    for (Entry<Spec.Variable> entry : variables.values()) {
      if (entry.node() instanceof Spec.UnsetVariable unset && !inherit) {
        diagnostics.error(
            Code.NO_EFFECT,
            entry.line().origin(),
            "`" + unset.name() + "` is not in the environment",
            "without `env inherit` the environment starts empty; `drop env` takes a base's away");
      }
      if (entry.node() instanceof Spec.PassVariable pass && inherit && pass.otherwise() != null) {
        diagnostics.error(
            Code.NO_EFFECT,
            entry.line().origin(),
            "`else` where the whole environment is inherited",
            "bubblewrap has no such option; remove `env inherit`, or set the variable");
      }
    }
    return new Spec.Env(inherit, variables.values().stream().map(Entry::node).toList());
  }

  private void cap(Statement.Cap cap, Line line) {
    String name = cap.name().text();
    if (!Capabilities.isKnown(name)) {
      diagnostics.error(
          Code.UNKNOWN_NAME,
          line.at(cap.name().span()),
          "there is no capability `" + name + "`",
          Similar.didYouMean(name, Capabilities.names()));
      return;
    }
    put(caps, name, new Spec.CapChange(cap.add(), name, line.provenance()), line, "capability");
  }

  private void namespace(Statement.Namespace namespace, Line line) {
    String name = namespace.name().text();
    if (!NAMESPACES.contains(name)) {
      String similar = Similar.didYouMean(name, NAMESPACES);
      diagnostics.error(
          Code.UNKNOWN_NAME,
          line.at(namespace.name().span()),
          "there is no namespace `" + name + "`",
          similar != null ? similar : "they are " + String.join(", ", NAMESPACES));
    } else if (namespace.unshare()) {
      put(unshared, name, new Spec.Unshared(name, line.provenance()), line, "namespace");
    } else {
      if (name.equals("net") && unshared.containsKey("all") && !unshared.containsKey("net")) {
        put(
            unshared,
            SHARE_NET,
            new Spec.Unshared(SHARE_NET, line.provenance()),
            line,
            "namespace");
        return;
      }
      Entry<Spec.Unshared> entry = unshared.remove(name);
      if (entry == null) {
        diagnostics.error(
            Code.NO_EFFECT,
            line.origin(),
            "`" + name + "` is shared already",
            "nothing unshares it; remove the line");
      } else if (entry.line().level() == line.level()) {
        diagnostics.error(
            Code.DUPLICATE,
            line.origin(),
            "`" + name + "` is unshared and shared in one spec",
            "remove one of the two lines",
            new Note("unshared here", entry.line().origin()));
      }
    }
  }

  private void variable(Name name, Spec.Variable node, Line line) {
    if (checkVariable(name, line, diagnostics)) {
      put(variables, name.text(), node, line, "variable");
    }
  }

  /** Checks the name of a variable of the environment. */
  static boolean checkVariable(Name name, Line line, Diagnostics diagnostics) {
    if (name.text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
      return true;
    }
    diagnostics.error(
        Code.BAD_VALUE,
        line.at(name.span()),
        "`" + name.text() + "` is not the name of a variable",
        "it is letters, digits and `_`, and does not start with a digit");
    return false;
  }

  private <T> void put(Map<String, Entry<T>> map, String name, T node, Line line, String what) {
    Entry<T> before = map.get(name);
    if (before != null && before.line().level() == line.level()) {
      diagnostics.error(
          Code.DUPLICATE,
          line.origin(),
          "the " + what + " `" + name + "` is given twice",
          "remove one of the two lines",
          new Note("the first one", before.line().origin()));
      return;
    }
    map.put(name, new Entry<>(node, line));
  }

  /** Takes away what a base gave. */
  void drop(Statement.Drop drop, Line line) {
    String name = drop.name().display();
    boolean env = drop.kind() == Statement.Dropped.ENV;
    Map<String, ? extends Entry<?>> map = env ? variables : caps;
    Entry<?> before = map.get(name);
    if (before == null || before.line().level() == line.level()) {
      String what = env ? "variable" : "capability";
      diagnostics.error(
          Code.NO_EFFECT,
          line.at(drop.name().span()),
          "no base gives the " + what + " `" + name + "`",
          Similar.didYouMean(name, map.keySet()));
      return;
    }
    map.remove(name);
  }
}
