package dev.broot.plan;

import dev.broot.spec.Glob;
import dev.broot.spec.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a shell is told of the operations of a sandbox, so that it finds out what {@code hide} and
 * {@code protect} become: calls of the functions in the shipped part {@code masks}, one for each
 * mount and one for each mask, in their order.
 */
public final class MaskCalls {
  /** The part in which the functions are. */
  public static final String PART = "masks";

  /** The part that knows by which other names the host has things. */
  public static final String ALIASES = "aliases";

  /** All parts that find out what they become. */
  public static final List<String> PARTS = List.of(PART, "mask-patterns", ALIASES, "mask-names");

  private final Function<Word, String> quoting;
  private int mounts;

  private final List<Operation> operations;

  private MaskCalls(List<Operation> operations, Function<Word, String> quoting) {
    this.operations = operations;
    this.quoting = quoting;
  }

  /**
   * The calls of an operation.
   *
   * @param number by which the answers name the operation, or 0 where it shows nothing
   */
  public record Call(Operation operation, int number, List<String> lines) {
    /** Copies the lines. */
    public Call {
      lines = List.copyOf(lines);
    }
  }

  /** Whether something is hidden or protected. */
  public static boolean needed(List<Operation> operations) {
    return operations.stream().anyMatch(MaskCalls::isMask);
  }

  /** Whether something of the host can be written. */
  public static boolean writes(List<Operation> operations) {
    return operations.stream().anyMatch(operation -> Showing.written(operation) != null);
  }

  /** Whether it hides or protects. */
  public static boolean isMask(Operation operation) {
    return operation instanceof Operation.Hide || operation instanceof Operation.Protect;
  }

  /**
   * The calls of each operation.
   *
   * @param quoting a word as the shell has to read it
   */
  public static List<Call> of(List<Operation> operations, Function<Word, String> quoting) {
    MaskCalls calls = new MaskCalls(operations, quoting);
    List<Call> all = new ArrayList<>();
    for (Operation operation : operations) {
      int before = calls.mounts;
      List<String> lines = calls.lines(operation);
      int number = operation instanceof Operation.Matching ? before + 1 : calls.mounts;
      all.add(new Call(operation, calls.mounts > before ? number : 0, lines));
      together(all);
    }
    return all;
  }

  // Patterns that start in the same directory are looked for at once, by the last of them.
  private static void together(List<Call> all) {
    int last = all.size() - 1;
    List<String> now = all.get(last).lines();
    List<String> before = last == 0 ? List.of() : all.get(last - 1).lines();
    if (before.size() == 2 && now.size() == 2 && before.get(1).equals(now.get(1))) {
      Call one = all.get(last - 1);
      all.set(last - 1, new Call(one.operation(), one.number(), before.subList(0, 1)));
    }
  }

  private List<String> lines(Operation operation) {
    if (operation instanceof Operation.Hide hide) {
      return masked("hide", hide, hide.what());
    } else if (operation instanceof Operation.Protect protect) {
      return masked("protect", protect, protect.what());
    } else if (operation instanceof Operation.Matching) {
      int first = mounts + 1;
      mounts += MatchCalls.MOST;
      return List.of("broot_node_mask " + MatchCalls.number(operations, operation) + " " + first);
    } else if (operation instanceof Operation.RemountReadOnly remount) {
      return List.of("broot_mask_read_only " + quoting.apply(remount.target()));
    }
    return Showing.of(operation).stream().map(this::mount).toList();
  }

  private String mount(Showing showing) {
    mounts++;
    Word source = showing.source();
    return "broot_mask_mount "
        + mounts
        + " "
        + way(showing)
        + " "
        + (source == null ? "''" : quoting.apply(source))
        + " "
        + quoting.apply(showing.target());
  }

  private static String way(Showing showing) {
    return switch (showing.kind()) {
      case BIND, SOCKET -> showing.access().name().toLowerCase(Locale.ROOT);
      case COPY -> "copy";
      case LAYER, UPPER -> "layer";
      case OWN -> "own";
    };
  }

  private List<String> masked(String verb, Operation operation, Operation.Masked what) {
    Pattern pattern = what.pattern();
    if (pattern != null) {
      return searched(verb, operation, what, pattern);
    }
    Word place = Word.of(operation.provenance().origin().place());
    Word shown = what.shown();
    return List.of(
        "broot_mask_line "
            + verb
            + " "
            + quoting.apply(place)
            + (what.optional() ? " optional " : " '' ")
            + quoting.apply(what.path())
            + (shown == null ? "" : " " + quoting.apply(shown)));
  }

  // Neighbours that start in the same directory are looked for at once.
  private List<String> searched(
      String verb, Operation operation, Operation.Masked what, Pattern pattern) {
    Glob glob = pattern.glob();
    StringBuilder test = MatchCalls.test(glob);
    for (Glob except : pattern.except()) {
      test.append(" ! -regex ").append(ShellWords.quote("\\./" + except.regex() + "(/.*)?"));
    }
    Word shown = what.shown();
    String place = quoting.apply(Word.of(operation.provenance().origin().place()));
    return List.of(
        MatchCalls.pattern(verb, place, glob, test.toString()),
        "broot_mask_search "
            + quoting.apply(what.path())
            + (shown == null ? "" : " " + quoting.apply(shown)));
  }
}
