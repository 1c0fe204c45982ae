package dev.broot.script;

import dev.broot.plan.Operation;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a script that tell which operations are done on this host: {@code broot_if1} and
 * so on, for those with a question, in their order. One is empty where the answer is no.
 */
final class Conditions {
  private final IdentityHashMap<Operation, String> variables = new IdentityHashMap<>();

  Conditions(List<Operation> operations) {
    for (Operation operation : operations) {
      if (operation.question() != null) {
        variables.put(operation, "broot_if" + (variables.size() + 1));
      }
    }
  }

  /** The variable of an operation, or null where it is done on every host. */
  @Nullable String variable(@Nullable Operation operation) {
    return variables.get(operation);
  }

  /** What stands before a command that is for an operation. */
  String guard(@Nullable Operation operation) {
    String variable = variable(operation);
    return variable == null ? "" : "[ ! \"$" + variable + "\" ] || ";
  }
}
