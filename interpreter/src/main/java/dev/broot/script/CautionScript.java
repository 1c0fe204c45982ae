package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;
import static dev.broot.script.ScriptWords.word;

import dev.broot.plan.Cautions;
import dev.broot.plan.Operation;
import java.util.List;

/** The part of a script that refuses a run which would do less than its lines say. */
final class CautionScript {
  private CautionScript() {}

  /** What is asked of the host, once it is known which operations are done. */
  static String write(List<Operation> operations) {
    Conditions conditions = new Conditions(operations);
    StringBuilder out = new StringBuilder();
    for (Cautions.Caution caution : Cautions.of(operations)) {
      String path = word(caution.path());
      String good =
          switch (caution.kind()) {
            case MISSING -> "[ -e " + path + " ]";
            case SYMLINK -> "[ ! -L " + path + " ]";
            case DANGLING -> "[ ! -L " + path + " ] || [ -e " + path + " ]";
          };
      String given =
          conditions.guard(caution.under())
              + (caution.kind() == Cautions.Kind.MISSING
                  ? conditions.guard(caution.operation())
                  : "");
      out.append(
              out.isEmpty()
                  ? "\n# What would leave something behind, or be less than it says.\n"
                  : "")
          .append(given)
          .append(good)
          .append(" || {\n  broot_line_said=")
          .append(quote(caution.operation().provenance().origin().place()))
          .append("\n  broot_fail ")
          .append(path)
          .append(quote(caution.reason()))
          .append("\n}\n");
    }
    return out.toString();
  }
}
