package dev.broot.cli;

import dev.broot.check.SpecCompiler;
import dev.broot.cli.Review.Item;
import dev.broot.cli.Review.Kind;
import dev.broot.compile.Compiled;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Severity;
import dev.broot.permission.Difference;
import dev.broot.plan.Plan;
import dev.broot.spec.Spec;
import dev.broot.syntax.SpecParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the specs of two trees. What is the same in both, with all it brings in, is skipped. */
final class Reviewer {
  private static final String SPEC = ".broot";

  private final GitTree before;
  private final GitTree after;
  private final List<String> policies;
  private final Goldens goldens;
  private final Progress progress;

  Reviewer(
      GitTree before,
      GitTree after,
      List<String> policies,
      @Nullable String goldens,
      Progress progress) {
    this.before = before;
    this.after = after;
    this.policies = List.copyOf(policies);
    this.goldens = new Goldens(after, goldens);
    this.progress = progress;
  }

  /** All specs that a change is about, by path. */
  List<Item> review(List<GitRepository.Change> changes, Predicate<String> wanted)
      throws IOException {
    Set<String> changed = new HashSet<>();
    Map<String, String> olderNames = new HashMap<>();
    Set<String> gone = new TreeSet<>();
    for (GitRepository.Change change : changes) {
      String old = change.before();
      String now = change.after();
      Stream.of(old, now).filter(Objects::nonNull).forEach(changed::add);
      if (old != null && !old.equals(now)) {
        gone.add(old);
        if (now != null && isSpec(now, after)) {
          olderNames.put(now, old);
        }
      }
    }
    List<Item> items = new ArrayList<>(policies(changed));
    String policy = items.isEmpty() ? null : items.get(0).path();
    Dependencies dependencies = new Dependencies(after);
    for (String path : new TreeSet<>(after.files().keySet())) {
      progress.step();
      if (!path.endsWith(SPEC) || !wanted.test(path)) {
        continue;
      }
      String through = changed.contains(path) ? path : dependencies.first(path, changed);
      boolean ruled = policy != null && through == null;
      through = ruled ? policy : through;
      boolean touched = through != null || goldens.isOneOf(path, changed);
      if (touched && isSpec(path, after)) {
        String old = olderNames.getOrDefault(path, path);
        Item item = item(path, old, through);
        gone.remove(old);
        if (!ruled || item.isWide() || !item.problems().isEmpty()) {
          items.add(item);
        }
      } else if (changed.contains(path) && isSpec(path, before)) {
        gone.add(path);
      }
    }
    for (String path : gone) {
      if (path.endsWith(SPEC) && wanted.test(path) && isSpec(path, before)) {
        items.add(deleted(path));
      }
    }
    return items;
  }

  // Fragments are not specs, and what is neither is taken for a spec: it has to be said.
  private static boolean isSpec(String path, GitTree tree) throws IOException {
    GitRepository.Entry entry = tree.files().get(path);
    byte[] bytes = tree.content(path);
    return entry != null
        && path.endsWith(SPEC)
        && (bytes == null || !SpecParser.isFragment(new String(bytes, StandardCharsets.UTF_8)));
  }

  // What the rules of a team no longer say, no spec is held to any more.
  private List<Item> policies(Set<String> changed) throws IOException {
    List<Item> items = new ArrayList<>();
    for (String policy : policies) {
      boolean touched =
          changed.contains(policy) || new Dependencies(after).first(policy, changed) != null;
      if (touched) {
        Difference unknown =
            Difference.unknown("the specs are held to other rules than before; read what changed");
        items.add(new Item(policy, Kind.POLICY, "", unknown, null, List.of(), List.of(), null));
      }
    }
    return items;
  }

  private static Item deleted(String path) {
    Difference unknown =
        Difference.unknown("what ran in this sandbox now runs in another one, or in none");
    return new Item(path, Kind.DELETED, "", unknown, null, List.of(), List.of(), null);
  }

  private Item item(String path, String old, @Nullable String through) throws IOException {
    boolean isNew = !isSpec(old, before);
    Kind kind =
        isNew
            ? Kind.ADDED
            : !old.equals(path)
                ? Kind.RENAMED
                : through == null
                    ? Kind.GOLDEN
                    : through.equals(path) ? Kind.CHANGED : Kind.BROUGHT_IN;
    String about =
        kind == Kind.RENAMED ? old : kind == Kind.BROUGHT_IN ? String.valueOf(through) : "";
    Compiled older = isNew ? Gate.nothing() : compile(old, before, List.of());
    Compiled newer = compile(path, after, policies);
    Difference difference;
    Sides sides = null;
    Plan was = older.comparable();
    Plan is = newer.comparable();
    if (is == null || was == null) {
      difference =
          Difference.unknown((is == null ? "it" : "the old version") + " does not compile");
    } else {
      difference = Difference.here(was, is);
      sides = new Sides(isNew ? "nothing" : old, side(older, was), path, side(newer, is));
    }
    List<Diagnostic> problems = new ArrayList<>(news(older, newer));
    List<String> drift = is == null ? List.of() : goldens.drift(path, is, problems);
    return new Item(path, kind, about, difference, sides, problems, drift, null);
  }

  private static Sides.Side side(Compiled compiled, Plan plan) {
    Spec spec = compiled.comparableSpec();
    return new Sides.Side(plan, spec == null ? List.of() : spec.sources());
  }

  /** The plan of a spec in a tree; null where it has none there. */
  static @Nullable Plan plan(String path, GitTree tree) {
    return compile(path, tree, List.of()).comparable();
  }

  private static Compiled compile(String path, GitTree tree, List<String> policies) {
    return Gate.check(new SpecCompiler.Request(path, Map.of(), List.of(), policies, null), tree);
  }

  // Errors, and the warnings that the old version did not have.
  private static List<Diagnostic> news(Compiled older, Compiled newer) {
    Set<String> known = new HashSet<>();
    older.diagnostics().forEach(one -> known.add(one.code() + one.message()));
    return newer.diagnostics().stream()
        .filter(
            one -> one.severity() == Severity.ERROR || !known.contains(one.code() + one.message()))
        .toList();
  }
}
