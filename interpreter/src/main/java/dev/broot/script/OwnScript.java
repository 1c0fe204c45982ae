package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;
import static dev.broot.script.ScriptWords.word;

import dev.broot.plan.MaskCalls;
import dev.broot.plan.MatchCalls;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Showing;
import dev.broot.plan.Word;
import java.util.List;
import java.util.stream.Collectors;

/** The part of a script that hides broot's own directories where a sandbox could write to them. */
final class OwnScript {
  private OwnScript() {}

  /**
   * What is hidden and protected: what the lines say, and what is broot's own. Where no line says
   * so, the functions for it are read only if they are needed.
   */
  static String write(Plan plan, RunOptions options) {
    List<Operation> operations = plan.sandbox().operations();
    Sandbox sandbox = plan.sandbox();
    // Where users are mapped, bubblewrap has one more, as MapScript says.
    int maps = sandbox.maps().isEmpty() ? 0 : 1;
    String free = ScriptWords.left(sandbox.firstInput() + sandbox.inputs().size() + maps);
    boolean said = MaskCalls.needed(operations);
    boolean writes = MaskCalls.writes(operations);
    StringBuilder out = new StringBuilder();
    if (said) {
      out.append('\n').append(functions(operations)).append(calls(operations, free));
    }
    if (!writes) {
      return out.toString();
    }
    out.append('\n').append(ScriptParts.read("own")).append("broot_own_binds() {\n");
    Conditions conditions = new Conditions(operations);
    for (Operation operation : operations) {
      Word source = Showing.written(operation);
      if (source != null) {
        String place = operation.provenance().origin().place();
        out.append(
            "  "
                + conditions.guard(operation)
                + "\"$broot_own_do\" "
                + quote(place)
                + " "
                + word(source)
                + "\n");
      }
    }
    out.append("}\nbroot_own_know\nbroot_own_do=broot_own_look\nbroot_own_binds\n");
    out.append("[ ! \"$broot_own_reached\" ] || {\n");
    if (!said) {
      String covering = CallScript.covering(plan, options);
      out.append(ScriptParts.later(functions(operations) + calls(operations, free) + covering));
    }
    out.append("  broot_own_make\n  broot_own_do=broot_own_hide\n  broot_own_binds\n}\n");
    return out.toString();
  }

  private static String functions(List<Operation> operations) {
    String masks =
        MatchCalls.needed(operations)
            ? ""
            : MaskCalls.PARTS.stream().map(ScriptParts::read).collect(Collectors.joining());
    return masks + ScriptParts.read("mask-words");
  }

  private static String calls(List<Operation> operations, String free) {
    StringBuilder out = new StringBuilder("broot_free=" + quote(free) + "\n");
    Conditions conditions = new Conditions(operations);
    for (MaskCalls.Call call : MaskCalls.of(operations, ScriptWords::word)) {
      String given = conditions.guard(call.operation());
      call.lines().forEach(line -> out.append(given).append(line).append('\n'));
    }
    return out.toString();
  }
}
