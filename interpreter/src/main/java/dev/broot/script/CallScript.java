package dev.broot.script;

import static dev.broot.script.ScriptWords.word;

import dev.broot.bwrap.Argument;
import dev.broot.bwrap.BwrapOption;
import dev.broot.bwrap.CommandLine;
import dev.broot.plan.MaskCalls;
import dev.broot.plan.MatchCalls;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Setting;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The function of a script that becomes bubblewrap: what it opens, and its arguments. */
final class CallScript {
  private static final String START =
      "  # shellcheck disable=SC2086\n  broot_start \"$broot_bwrap\" $broot_plumbing";

  private static final String COVERS = "  eval \"set -- $broot_covers \\\"\\$@\\\"\"\n";

  private final Plan plan;
  private final RunOptions options;
  private final Conditions conditions;
  private final Above above;

  // The number by which answers about masks name an operation.
  private final IdentityHashMap<Operation, Integer> numbers = new IdentityHashMap<>();

  // The arguments in stretches, between which words stand that are known only when it runs.
  private final List<String> stretches = new ArrayList<>();
  private StringBuilder stretch = new StringBuilder();

  private CallScript(Plan plan, RunOptions options) {
    this.plan = plan;
    this.options = options;
    conditions = new Conditions(plan.sandbox().operations());
    above = new Above(plan);
  }

  /** The function {@code broot_call}. */
  static String write(Plan plan, RunOptions options) {
    List<Operation> operations = plan.sandbox().operations();
    if (MaskCalls.needed(operations)) {
      return new CallScript(plan, options).stretched("broot_call", "", COVERS);
    }
    String other =
        MaskCalls.writes(operations)
            ? "  [ ! \"$broot_own_reached\" ] || {\n    broot_call_covering \"$@\"\n    return\n  }\n"
            : "";
    return MatchCalls.needed(operations)
        ? new CallScript(plan, options).stretched("broot_call", other, "")
        : new CallScript(plan, options).plain(other);
  }

  /** The function {@code broot_call_covering}: the same, with words that cover and hold. */
  static String covering(Plan plan, RunOptions options) {
    return new CallScript(plan, options).stretched("broot_call_covering", "", COVERS);
  }

  private String plain(String other) {
    CommandLine.of(plan).forEach(this::argument);
    return "broot_call() {\n"
        + other
        + (plan.sandbox().inputs().isEmpty() ? "" : "  broot_open\n")
        + START
        + stretch
        + " \\\n    -- \"$@\"\n}\n";
  }

  private String stretched(String name, String other, String covers) {
    List<Operation> operations = plan.sandbox().operations();
    MaskCalls.of(operations, ScriptWords::word)
        .forEach(call -> numbers.put(call.operation(), call.number()));
    CommandLine.of(plan).forEach(this::argument);
    stretches.add(prepended(stretch));
    StringBuilder text = new StringBuilder(name + "() {\n" + other);
    text.append("  broot_open\n  set -- -- \"$@\"\n").append(covers);
    for (int i = stretches.size() - 1; i >= 0; i--) {
      text.append("  ").append(stretches.get(i)).append('\n');
    }
    return text + START + " \"$@\"\n}\n";
  }

  private void argument(Argument argument) {
    if (argument.operation() instanceof Operation.Matching matching) {
      matching(matching, argument.above());
      return;
    }
    boolean shell = options.mode() == RunOptions.Mode.SHELL;
    // On a terminal that nobody else has, job control is worth more than a session; and what
    // bubblewrap reports broot hears itself, and hands it on.
    if (argument.options().isEmpty()
        || (shell && argument.has(BwrapOption.NEW_SESSION))
        || argument.has(BwrapOption.JSON_STATUS_FD)) {
      return;
    }
    boolean passes = argument.words().stream().anyMatch(word -> passed(word) != null);
    String words = passes ? passing(argument) : above.words(argument);
    String condition = passes ? "broot_passed" : conditions.variable(argument.operation());
    String given = condition == null ? words : "${" + condition + ":+" + words + "}";
    stretch.append(" \\\n    ").append(given);
    Integer number = numbers.get(argument.operation());
    if (number != null && isWritable(argument.operation())) {
      stretches.add(prepended(stretch));
      stretches.add(
          String.format(
              "eval \"set -- ${broot_pins_%1$d-} ${broot_guards_%1$d-} \\\"\\$@\\\"\"", number));
      stretch = new StringBuilder();
    }
  }

  // The words before are put in front last, so that these are made first.
  private void matching(Operation.Matching matching, Argument.@Nullable Said above) {
    int found = MatchCalls.number(plan.sandbox().operations(), matching);
    stretches.add(prepended(stretch));
    stretches.add("eval \"set -- $broot_node_words \\\"\\$@\\\"\"");
    stretches.add(
        "broot_node_bind "
            + found
            + " "
            + numbers.get(matching)
            + (above == null ? "" : " " + word(above.values().get(0))));
    stretch = new StringBuilder();
  }

  private String passing(Argument argument) {
    return argument.words().stream()
        .map(
            word -> {
              Setting.Kind kind = passed(word);
              return kind == null ? word(word) : String.valueOf(options.passed().get(kind.word()));
            })
        .collect(Collectors.joining(" "));
  }

  private static String prepended(CharSequence words) {
    return "set --" + words + " \"$@\"";
  }

  private static boolean isWritable(@Nullable Operation operation) {
    return operation instanceof Operation.Bind bind && bind.access() != Access.RO;
  }

  private static Setting.@Nullable Kind passed(Word word) {
    return word.parts().size() == 1 && word.parts().get(0) instanceof Word.Passed passed
        ? passed.kind()
        : null;
  }
}
