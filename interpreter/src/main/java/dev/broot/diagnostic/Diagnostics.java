package dev.broot.diagnostic;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the diagnostics of one compilation. */
public final class Diagnostics {
  private static final Set<Code> MISSES =
      EnumSet.of(
          Code.UNUSED_PARAM,
          Code.MISSING_SETTING,
          Code.UNDECLARED,
          Code.BAD_ARGUMENT,
          Code.NO_EFFECT,
          Code.NO_PLACE);

  private final List<Diagnostic> all = new ArrayList<>();
  private boolean partial;

  /** From now on, says nothing of what is missing: not all that was written could be read. */
  public void partial(boolean isPartial) {
    partial = isPartial;
  }

  /** Reports an error. */
  public void error(Code code, Origin origin, String message, @Nullable String hint) {
    error(code, origin, message, hint, List.of());
  }

  /** Reports an error with a related place. */
  public void error(
      Code code, Origin origin, String message, @Nullable String hint, Diagnostic.Note note) {
    error(code, origin, message, hint, List.of(note));
  }

  /** Reports an error with related places. */
  public void error(
      Code code,
      Origin origin,
      String message,
      @Nullable String hint,
      List<Diagnostic.Note> notes) {
    if (!partial || !MISSES.contains(code)) {
      all.add(new Diagnostic(Severity.ERROR, code, message, origin, notes, hint));
    }
  }

  /** Whether an error was reported. */
  public boolean hasErrors() {
    return all.stream().anyMatch(d -> d.severity() == Severity.ERROR);
  }

  /**
   * All diagnostics in source order: by file in the order in which files were first met, then by
   * place. Of two that overlap only the narrower stays: the wider is its consequence.
   */
  public List<Diagnostic> sorted(List<SourceFile> filesInOrder) {
    List<Diagnostic> sorted = inOrder(all, filesInOrder);
    List<Diagnostic> kept = new ArrayList<>();
    for (Diagnostic d : sorted) {
      Diagnostic before = kept.isEmpty() ? null : kept.get(kept.size() - 1);
      if (before != null && overlap(before.origin(), d.origin())) {
        if (before.origin().span().equals(d.origin().span())) {
          continue;
        }
        kept.remove(kept.size() - 1);
      }
      kept.add(d);
    }
    return List.copyOf(kept);
  }

  /** Diagnostics in source order, all of them; those of one place stay as they are. */
  public static List<Diagnostic> inOrder(
      List<Diagnostic> diagnostics, List<SourceFile> filesInOrder) {
    Map<SourceFile, Integer> positions = new HashMap<>();
    filesInOrder.forEach(file -> positions.putIfAbsent(file, positions.size()));
    List<Diagnostic> sorted = new ArrayList<>(diagnostics);
    sorted.sort(
        (a, b) -> {
          // No Comparator.comparing: its lambdas are in no archive and cost each start 5 ms.
          int byFile =
              Integer.compare(
                  positions.getOrDefault(a.origin().file(), Integer.MAX_VALUE),
                  positions.getOrDefault(b.origin().file(), Integer.MAX_VALUE));
          int byStart = Integer.compare(a.origin().span().start(), b.origin().span().start());
          int byEnd = Integer.compare(b.origin().span().end(), a.origin().span().end());
          return byFile != 0 ? byFile : byStart != 0 ? byStart : byEnd;
        });
    return sorted;
  }

  // Sorted by start, wider first.
  private static boolean overlap(Origin first, Origin second) {
    return first.file() == second.file()
        && (second.span().start() < first.span().end() || first.span().equals(second.span()));
  }
}
