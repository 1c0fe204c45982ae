package dev.broot.permission;

import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Word;
import dev.broot.spec.Paths;
import java.util.List;

/** What is known of devices that are bound by a pattern, before a run says which they are. */
public final class Matched {
  private Matched() {}

  /** The patterns by which a path of the sandbox may be a device of the host. */
  public static List<Operation.Matching> at(Plan plan, String path) {
    return plan.sandbox().operations().stream()
        .filter(Operation.Matching.class::isInstance)
        .map(Operation.Matching.class::cast)
        .filter(one -> may(one, PathKey.of(path)))
        .toList();
  }

  /** The patterns as text. */
  static List<String> texts(Plan plan) {
    return plan.sandbox().operations().stream()
        .filter(Operation.Matching.class::isInstance)
        .map(one -> "bind dev " + ((Operation.Matching) one).path().display())
        .toList();
  }

  private static boolean may(Operation.Matching matching, String path) {
    String root = root(matching.root());
    return PathKey.isOpaque(root) || matching.glob().mayBe(path, root);
  }

  /** Whether what matches may be a path, or lie below it. */
  static boolean mayLieIn(Operation.Matching matching, String path) {
    return PathKey.isWithin(root(matching.root()), path) || may(matching, path);
  }

  /** Whether a program may read or change the whole host with a device that matches. */
  static boolean isDangerous(Operation.Matching matching) {
    String root = matching.root().literal();
    return root == null || Dangers.matching(Paths.normalize(root), matching.glob()) != null;
  }

  /** Whether something below a directory may be a device that matches. */
  static boolean mayReach(Plan plan, String path) {
    return plan.sandbox().operations().stream()
        .anyMatch(
            one ->
                one instanceof Operation.Matching matching
                    && (mayLieIn(matching, path) || PathKey.isWithin(path, root(matching.root()))));
  }

  private static String root(Word root) {
    String literal = root.literal();
    return literal == null ? PathKey.of(root) : Paths.normalize(literal);
  }
}
