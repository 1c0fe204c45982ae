package dev.broot.script;

import static dev.broot.script.ScriptWords.word;

import dev.broot.bwrap.Argument;
import dev.broot.bwrap.CommandLine;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import java.util.IdentityHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a script knows of directories that are made above a target: those of an optional bind only
 * where its source is there, as {@code broot_there1} and so on say.
 */
final class Above {
  private final IdentityHashMap<Operation, String> variables = new IdentityHashMap<>();
  private final StringBuilder questions = new StringBuilder();

  Above(Plan plan) {
    for (Argument argument : CommandLine.of(plan)) {
      if (argument.above() != null
          && argument.operation() instanceof Operation.Bind bind
          && bind.optional()) {
        String variable = "broot_there" + (variables.size() + 1);
        variables.put(bind, variable);
        questions.append(
            String.format(
                "%1$s=%nif [ -e %2$s ]; then %1$s=yes; fi%n",
                variable, word(bind.source().path())));
      }
    }
  }

  /** What a script asks the host. */
  String questions() {
    return questions.toString();
  }

  /** The words of an argument, with that directory. */
  String words(Argument argument) {
    String options = words(argument.options().stream());
    Argument.Said above = argument.above();
    if (above == null) {
      return options;
    }
    String made = words(java.util.stream.Stream.of(above));
    String variable = variable(argument.operation());
    return (variable == null ? made : "${" + variable + ":+" + made + "}") + " " + options;
  }

  private @Nullable String variable(@Nullable Operation operation) {
    return variables.get(operation);
  }

  private static String words(java.util.stream.Stream<Argument.Said> said) {
    return said.flatMap(one -> one.words().stream())
        .map(ScriptWords::word)
        .collect(Collectors.joining(" "));
  }
}
