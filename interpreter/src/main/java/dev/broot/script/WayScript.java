package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;
import static dev.broot.script.ScriptWords.word;

import dev.broot.plan.Operation;
import dev.broot.plan.Ways;
import dev.broot.plan.Word;
import java.util.List;

/** The part of a script that asks for symlinks on the way to what lines make in binds. */
final class WayScript {
  private WayScript() {}

  /** What is asked of the host, or nothing. */
  static String write(List<Operation> operations) {
    List<Ways.Way> ways = Ways.of(operations);
    if (ways.isEmpty()) {
      return "";
    }
    Conditions conditions = new Conditions(operations);
    StringBuilder out = new StringBuilder(ScriptParts.read("ways"));
    out.append("broot_way_reason=").append(quote(Ways.REASON)).append('\n');
    for (Ways.Way way : ways) {
      out.append(conditions.guard(way.operation())).append("broot_way ");
      out.append(quote(way.operation().provenance().origin().place())).append(' ');
      out.append(way.last() ? "yes " : "'' ").append(word(way.target()));
      for (Ways.Under under : way.under()) {
        Word source = under.source();
        out.append(" \\\n  ").append(source == null ? "''" : word(source)).append(' ');
        out.append(word(under.place())).append(under.certain() ? " yes" : " ''");
        out.append(under.every() ? " yes" : " ''");
      }
      out.append('\n');
    }
    return out.toString();
  }
}
