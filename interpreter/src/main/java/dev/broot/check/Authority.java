package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Similar;
import dev.broot.spec.Capabilities;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import dev.broot.syntax.Name;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Capabilities, namespaces and the environment: what the levels say of them, put together. */
final class Authority {
  private final Diagnostics diagnostics;
  private final Names names;
  private final Map<String, Entry<Spec.CapChange>> caps = new LinkedHashMap<>();
  private final Map<String, Entry<Spec.Unshared>> unshared = new LinkedHashMap<>();
  private final Map<String, Entry<Spec.Variable>> variables = new LinkedHashMap<>();
  private @Nullable Entry<Provenance> sharedNet;
  private final Map<Namespace, Spec.Unshared> shared = new LinkedHashMap<>();
  private @Nullable Provenance inherit;

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
      inherit = line.provenance();
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

  Spec.Namespaces namespaces() {
    List<Spec.Unshared> sorted = new ArrayList<>();
    for (Namespace namespace : Namespace.values()) {
      Entry<Spec.Unshared> entry = unshared.get(namespace.word());
      if (entry != null) {
        sorted.add(entry.node());
      }
    }
    Entry<Provenance> shared = sharedNet;
    return new Spec.Namespaces(sorted, shared == null ? null : shared.node());
  }

  Spec.LeftOpen open(@Nullable Provenance ground) {
    return new Spec.LeftOpen(ground, List.copyOf(shared.values()), inherit);
  }

  Spec.Env env() {
    for (Entry<Spec.Variable> entry : variables.values()) {
      if (entry.node() instanceof Spec.UnsetVariable unset && inherit == null) {
        diagnostics.error(
            Code.NO_EFFECT,
            entry.line().origin(),
            "`" + unset.name() + "` is not in the environment",
            "add `env inherit`, or remove a variable of the base with `drop env NAME`");
      }
      if (entry.node() instanceof Spec.PassVariable pass
          && inherit != null
          && pass.otherwise() != null) {
        diagnostics.error(
            Code.NO_EFFECT,
            entry.line().origin(),
            "`else` together with `env inherit`",
            "remove `else VALUE`, or remove `env inherit`");
      }
    }
    return new Spec.Env(inherit != null, variables.values().stream().map(Entry::node).toList());
  }

  private void cap(Statement.Cap cap, Line line) {
    String name = cap.name().text();
    if (!Capabilities.isKnown(name)) {
      diagnostics.error(
          Code.UNKNOWN_NAME,
          line.at(cap.name().span()),
          "`" + name + "` is not a capability",
          Similar.didYouMean(name, Capabilities.names()));
      return;
    }
    put(caps, name, new Spec.CapChange(cap.add(), name, line.provenance()), line, "capability");
  }

  private void namespace(Statement.Namespace namespace, Line line) {
    says(namespace, line);
    String name = namespace.name().text();
    Namespace known = Namespace.of(name);
    if (known == null) {
      String similar = Similar.didYouMean(name, Namespace.words());
      diagnostics.error(
          Code.UNKNOWN_NAME,
          line.at(namespace.name().span()),
          "`" + name + "` is not a namespace",
          similar != null ? similar : "write one of " + String.join(", ", Namespace.words()));
    } else if (namespace.unshare()) {
      unshare(known, line);
    } else if (known == Namespace.NET && unshared.containsKey(Namespace.ALL.word())) {
      shareNetOfAll(line);
    } else {
      share(known, line);
    }
  }

  /** A line that shares again what lines of the network had made the sandbox's own. */
  void shareAgain(Statement.Namespace namespace, Line line) {
    says(namespace, line);
    if (Namespace.of(namespace.name().text()) == Namespace.NET
        && unshared.containsKey(Namespace.ALL.word())) {
      shareNetOfAll(line);
    } else {
      unshared.remove(namespace.name().text());
    }
  }

  private void says(Statement.Namespace namespace, Line line) {
    Namespace known = Namespace.of(namespace.name().text());
    if (known != null && namespace.unshare()) {
      shared.remove(known);
    } else if (known != null) {
      shared.put(known, new Spec.Unshared(known, line.provenance()));
    }
  }

  // Bubblewrap takes `--share-net` last: where an earlier level shares the network out of `all`, a
  // later `unshare net` does not take it back, and the plan and the permissions say so.
  private void unshare(Namespace namespace, Line line) {
    Entry<Provenance> shared = sharedNet;
    if (shared != null && namespace == Namespace.NET && shared.line().level() == line.level()) {
      both(namespace, line, "shared here", shared.line());
      return;
    }
    put(
        unshared,
        namespace.word(),
        new Spec.Unshared(namespace, line.provenance()),
        line,
        "namespace");
  }

  private void shareNetOfAll(Line line) {
    Entry<Provenance> before = sharedNet;
    Entry<Spec.Unshared> own = unshared.get(Namespace.NET.word());
    if (own != null && own.line().level() == line.level()) {
      both(Namespace.NET, line, "unshared here", own.line());
    } else if (before != null && before.line().level() == line.level()) {
      Entries.duplicate(diagnostics, "`net` is shared twice", line, before.line().origin());
    } else {
      unshared.remove(Namespace.NET.word());
      sharedNet = new Entry<>(line.provenance(), line);
    }
  }

  private void share(Namespace namespace, Line line) {
    Entry<Spec.Unshared> own = unshared.remove(namespace.word());
    if (own == null) {
      diagnostics.error(
          Code.NO_EFFECT,
          line.origin(),
          "`" + namespace.word() + "` is shared already",
          "no line unshares it; remove this line");
    } else if (own.line().level() == line.level()) {
      both(namespace, line, "unshared here", own.line());
    }
  }

  private void both(Namespace namespace, Line line, String note, Line other) {
    diagnostics.error(
        Code.DUPLICATE,
        line.origin(),
        "`" + namespace.word() + "` is unshared and shared in one spec",
        "remove one of the two lines",
        new Note(note, other.origin()));
  }

  private void variable(Name name, Spec.Variable node, Line line) {
    if (Entries.checkVariable(name, line, diagnostics)) {
      put(variables, name.text(), node, line, "variable");
    }
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
          "no base has the " + what + " `" + name + "`",
          Similar.didYouMean(name, map.keySet()));
      return;
    }
    map.remove(name);
  }
}
