package dev.broot.cli;

import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Severity;
import dev.broot.permission.Difference;
import dev.broot.permission.Difference.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change does to the sandboxes of a repository.
 *
 * @param base what the change is compared with, for people
 * @param head what it leads to, for people
 * @param items each spec that the change is about
 */
record Review(String base, String head, List<Item> items) {
  Review {
    items = List.copyOf(items);
  }

  /** What happened to a spec. */
  enum Kind {
    CHANGED("changed"),
    RENAMED("renamed"),
    ADDED("added"),
    DELETED("deleted"),
    BROUGHT_IN("changed through"),
    GOLDEN("golden file changed"),
    POLICY("policy changed");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** Who said that a widening is meant, and why. */
  record Acceptance(String who, String why) {}

  /**
   * One spec.
   *
   * @param path its path from the root of the repository; where it is deleted, the old one
   * @param about its old path, or what it was changed through; else empty
   * @param sides what was compared, or null where one side has no plan
   * @param problems errors, warnings that are new, and a golden file that differs
   * @param drift how the golden file differs from the plan, one line each
   * @param accepted who accepted what it gained, or null
   */
  record Item(
      String path,
      Kind kind,
      String about,
      Difference difference,
      @Nullable Sides sides,
      List<Diagnostic> problems,
      List<String> drift,
      @Nullable Acceptance accepted) {
    Item {
      problems = List.copyOf(problems);
      drift = List.copyOf(drift);
    }

    Verdict verdict() {
      return difference.verdict();
    }

    boolean isWide() {
      return verdict() == Verdict.WIDER || verdict() == Verdict.UNKNOWN;
    }

    boolean hasErrors() {
      return problems.stream().anyMatch(one -> one.severity() == Severity.ERROR);
    }

    /** Whether nobody has to do anything. */
    boolean isCalm() {
      return !hasErrors() && (!isWide() || accepted != null);
    }

    /** What happened to it, in words. */
    String happened() {
      return kind == Kind.RENAMED
          ? "renamed from " + about
          : kind.text + (about.isEmpty() ? "" : " " + about);
    }

    Item accepted(@Nullable Acceptance by) {
      return new Item(path, kind, about, difference, sides, problems, drift, by);
    }
  }

  /** The worst verdict: WIDER, then UNKNOWN, then NARROWER. */
  Verdict verdict() {
    Verdict worst = Verdict.EQUAL;
    for (Verdict verdict : List.of(Verdict.NARROWER, Verdict.UNKNOWN, Verdict.WIDER)) {
      if (items.stream().anyMatch(item -> item.verdict() == verdict)) {
        worst = verdict;
      }
    }
    return worst;
  }

  boolean isCalm() {
    return items.stream().allMatch(Item::isCalm);
  }

  /** Whether all that widens was accepted, and something does. */
  boolean isAccepted() {
    return items.stream().anyMatch(Item::isWide)
        && items.stream().allMatch(item -> !item.isWide() || item.accepted() != null);
  }
}
