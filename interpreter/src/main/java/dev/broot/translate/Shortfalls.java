package dev.broot.translate;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Severity;
import dev.broot.spec.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What another engine cannot hold of a plan, with the lines that ask for it. */
public final class Shortfalls {
  /** What it means to leave something out. */
  public enum Kind {
    /** There is no form for it. */
    REFUSED,
    /** The program could do more than the spec says, now or later. */
    WIDER,
    /** The program can do no more, but something is otherwise. */
    OTHERWISE
  }

  /**
   * One of them.
   *
   * @param origin the line of the spec, or null where no line says it
   */
  public record Shortfall(Kind kind, @Nullable Origin origin, String what) {
    private boolean isAt(Shortfall other) {
      return Objects.equals(origin, other.origin);
    }

    /** Its code, for what is not only otherwise. */
    public Code code() {
      return kind == Kind.REFUSED ? Code.NOT_HELD : Code.HELD_LESS;
    }

    /** In one line, for what no line says and for what is only otherwise. */
    public String text() {
      return (origin == null ? "" : origin.place() + ": ") + what;
    }

    /**
     * As something that is wrong with a line.
     *
     * @param at the line
     * @param target what cannot hold it
     * @param accepted whether the caller goes on without what is held less
     */
    public Diagnostic diagnostic(Origin at, String target, boolean accepted) {
      boolean wider = kind == Kind.WIDER;
      return new Diagnostic(
          wider && accepted ? Severity.WARNING : Severity.ERROR,
          code(),
          (wider ? target + " holds less: " : target + " cannot hold this: ") + what,
          at,
          List.of(),
          wider
              ? accepted ? null : "`--allow-wider` goes on without it"
              : "`broot compile` makes a script that holds it");
    }
  }

  private final List<Shortfall> all = new ArrayList<>();

  void refuse(@Nullable Provenance said, String what) {
    add(Kind.REFUSED, said, what);
  }

  <T> void refuseEach(List<T> all, Function<T, Provenance> line, String what) {
    all.forEach(one -> refuse(line.apply(one), what));
  }

  void wider(@Nullable Provenance said, String what) {
    add(Kind.WIDER, said, what);
  }

  void otherwise(@Nullable Provenance said, String what) {
    add(Kind.OTHERWISE, said, what);
  }

  private void add(Kind kind, @Nullable Provenance said, String what) {
    Shortfall one = new Shortfall(kind, said == null ? null : said.origin(), what);
    // One reason is enough for a line that there is no form for.
    boolean told =
        kind == Kind.REFUSED
            && said != null
            && all.stream().anyMatch(other -> other.kind() == kind && one.isAt(other));
    if (!told && !all.contains(one)) {
      all.add(one);
    }
  }

  /** All of them, in the order of the plan. */
  public List<Shortfall> all() {
    return List.copyOf(all);
  }

  /** Those of a kind. */
  public List<Shortfall> of(Kind kind) {
    return all.stream().filter(one -> one.kind() == kind).toList();
  }
}
