package dev.broot.permission;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Severity;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Showing;
import dev.broot.plan.Word;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for places that a procfs has of what a process holds open. While bubblewrap makes a
 * sandbox, and when it changes to the directory in which the program starts, it holds the host's
 * procfs open itself: from there on, {@code ..} leads to the host.
 */
public final class HeldOpen {
  private final List<Diagnostic> all = new ArrayList<>();
  private final View view;
  private final Map<Provenance, Integer> first = new HashMap<>();

  private HeldOpen(View view) {
    this.view = view;
    for (Standing standing : view.table().all()) {
      Provenance said = standing.provenance();
      if (said != null) {
        first.merge(said, standing.index(), Math::min);
      }
    }
  }

  /** An error for each line of a plan that leads there. */
  public static List<Diagnostic> broken(Plan plan, Judgement judgement) {
    if (!HeldPaths.mayBeIn(texts(plan))) {
      return List.of();
    }
    HeldOpen looking = new HeldOpen(Permissions.of(plan, judgement.links()).view());
    looking.starts(plan);
    plan.sandbox().operations().forEach(looking::operation);
    return looking.all;
  }

  // All from which a path may be put together.
  private static List<String> texts(Plan plan) {
    List<String> texts = new ArrayList<>();
    for (Operation operation : plan.sandbox().operations()) {
      Word made = made(operation);
      if (made != null) {
        texts.add(made.display());
      }
      if (operation instanceof Operation.Symlink symlink) {
        texts.add(symlink.text().display());
      }
      for (Showing showing : Showing.of(operation)) {
        texts.add(showing.target().display());
        Word source = showing.source();
        texts.add(source == null ? "" : source.display());
      }
    }
    Sandbox.Chdir chdir = plan.sandbox().supervision().chdir();
    texts.add(chdir == null ? "" : chdir.path().display());
    for (Spec.Variable variable : plan.env().variables()) {
      Value value = value(variable);
      texts.add(value == null ? "" : value.display());
    }
    return texts;
  }

  private static @Nullable Word made(Operation operation) {
    return operation instanceof Operation.Directory directory
        ? directory.target()
        : operation instanceof Operation.Symlink symlink
            ? symlink.target()
            : operation instanceof Operation.Chmod chmod
                ? chmod.target()
                : operation instanceof Operation.RemountReadOnly remount
                    ? remount.target()
                    : operation instanceof Operation.Data data ? data.target() : null;
  }

  private static @Nullable Value value(Spec.Variable variable) {
    if (!variable.name().equals("HOME")) {
      return null;
    }
    return variable instanceof Spec.SetVariable set
        ? set.value()
        : variable instanceof Spec.PassVariable pass ? pass.otherwise() : null;
  }

  // Without a line, bubblewrap tries its caller's directory, and then the home.
  private void starts(Plan plan) {
    Sandbox.Chdir chdir = plan.sandbox().supervision().chdir();
    if (chdir != null) {
      start(chdir.path(), chdir.provenance(), "start in another directory, as `chdir /`");
      return;
    }
    for (Spec.Variable variable : plan.env().variables()) {
      Value home = value(variable);
      if (home != null) {
        start(Word.of(home), variable.provenance(), "say where the program starts, as `chdir /`");
      }
    }
  }

  private void start(Word path, Provenance said, String hint) {
    if (view.startsInHeld(PathKey.text(path))) {
      add("the program would start in `" + path.display() + "`", said, hint);
    }
  }

  private void operation(Operation operation) {
    Word made = made(operation);
    Word target =
        made != null
            ? made
            : Showing.of(operation).stream().map(Showing::target).findFirst().orElse(null);
    if (target == null) {
      return;
    }
    Provenance said = operation.provenance();
    if (view.isMadeInHeld(PathKey.text(target), first.getOrDefault(said, Table.END))) {
      String what = "this would be made at `" + target.display() + "`";
      add(what, said, "name another place");
    }
  }

  private void add(String what, Provenance said, String hint) {
    all.add(
        new Diagnostic(
            Severity.ERROR,
            Code.HELD_OPEN,
            what + ", which leads through what a process holds open, and so out of the sandbox",
            said.origin(),
            List.of(),
            hint));
  }
}
