package dev.broot.plan;

import dev.broot.spec.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a shell is told of the patterns of {@code bind dev}, so that it finds out which devices they
 * become: calls of the functions in the shipped parts {@code masks}, which looks for all that
 * matches, and {@code nodes}.
 */
public final class MatchCalls {
  /** The part in which the functions are, which needs {@code masks}. */
  public static final String PART = "nodes";

  /** How many devices one line may become; the part has the same number. */
  static final int MOST = 100;

  private MatchCalls() {}

  /** Whether a device is bound by a pattern. */
  public static boolean needed(List<Operation> operations) {
    return operations.stream().anyMatch(Operation.Matching.class::isInstance);
  }

  /** The number by which the shell knows what a pattern has become: its place among all. */
  public static int number(List<Operation> operations, Operation operation) {
    int number = 1;
    for (Operation one : operations) {
      if (one == operation) {
        return number;
      }
      number++;
    }
    throw new IllegalArgumentException("none of them");
  }

  /**
   * The calls, in order.
   *
   * @param quoting a word as the shell has to read it
   */
  public static List<String> of(List<Operation> operations, Function<Word, String> quoting) {
    List<String> lines = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation instanceof Operation.Matching matching) {
        String place = quoting.apply(Word.of(matching.provenance().origin().place()));
        String test = "\\( -type c -o -type b -o -type l \\) " + test(matching.glob());
        lines.add(pattern("device", place, matching.glob(), test));
        lines.add(
            "broot_node_search "
                + number(operations, matching)
                + " "
                + place
                + (matching.provenance().unsafe() ? " unsafe" : " ''")
                + (matching.optional() ? " optional " : " '' ")
                + quoting.apply(matching.root())
                + " "
                + quoting.apply(matching.path()));
      }
    }
    return lines;
  }

  /**
   * The call that has a pattern looked for with others.
   *
   * @param kind what becomes of what matches
   * @param place the line, quoted
   * @param test for find(1)
   */
  static String pattern(String kind, String place, Glob glob, String test) {
    return "broot_mask_pattern "
        + kind
        + " "
        + place
        + " "
        + glob.depth()
        + " "
        + ShellWords.quote(test)
        + " "
        + ShellWords.quote(glob.isBelow() ? glob.regexBelow() : glob.regex())
        + (glob.isBelow() ? " below" : " ''");
  }

  /** What {@code find} is told so that it finds what matches. */
  static StringBuilder test(Glob glob) {
    StringBuilder test = new StringBuilder("-name ").append(ShellWords.quote(glob.name()));
    if (!glob.isNameAlone()) {
      test.append(" -regex ").append(ShellWords.quote("\\./" + glob.regex()));
    }
    return test;
  }
}
