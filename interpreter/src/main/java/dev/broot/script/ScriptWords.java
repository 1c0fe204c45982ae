package dev.broot.script;

import dev.broot.plan.Sandbox;
import dev.broot.plan.ShellWords;
import dev.broot.plan.Word;
import java.util.List;
import java.util.stream.Collectors;

/** How a script says what a plan leaves open: as variables of the shell. */
final class ScriptWords {
  // Those that the supervision does not use while it starts bubblewrap.
  private static final List<Integer> DESCRIPTORS = List.of(6, 7, 8, 9, 3);

  // The one on which bubblewrap waits until its mounts are looked at.
  private static final int HOLD = 4;

  // Above those that callers have, and below what a process may have at most.
  private static final int FIRST_MORE = 900;

  private ScriptWords() {}

  /** The variable that holds the path of a temporary directory. */
  static String variable(String temp) {
    return "broot_tmp_" + temp;
  }

  /** The path of a temporary directory as a word. */
  static String temp(String name) {
    return "\"$" + variable(name) + "\"";
  }

  /** How many inputs get a number that any shell can name. */
  static final int NAMED = Sandbox.BELOW_TEN;

  /** The number under which bubblewrap finds an input. */
  static int descriptor(int index) {
    return index < NAMED ? DESCRIPTORS.get(index) : FIRST_MORE + index - NAMED;
  }

  /** The number under which bubblewrap finds the pipe on which it waits. */
  static int hold(Sandbox sandbox) {
    return sandbox.firstInput() == 0 ? HOLD : FIRST_MORE - 1;
  }

  /** The numbers that are left for more, each with a blank behind it. */
  static String left(int inputs) {
    return DESCRIPTORS.stream()
        .skip(inputs)
        .map(number -> number + " ")
        .collect(Collectors.joining());
  }

  /** One word of the shell. */
  static String word(Word word) {
    if (word.parts().isEmpty()) {
      return "''";
    }
    StringBuilder text = new StringBuilder();
    for (Word.Part part : word.parts()) {
      if (part instanceof Word.Literal literal) {
        text.append(ShellWords.quote(literal.text()));
      } else if (part instanceof Word.Open open) {
        text.append("\"$").append(open.param().variable()).append('"');
      } else if (part instanceof Word.Temp temp) {
        text.append(temp(temp.name()));
      } else if (part instanceof Word.PythonModule module) {
        text.append("\"$broot_module_").append(module.module()).append('"');
      } else if (part instanceof Word.Passed passed) {
        throw new IllegalArgumentException("descriptor " + passed.kind().word());
      } else if (part instanceof Word.Descriptor descriptor) {
        text.append(descriptor(descriptor.index()));
      }
    }
    return text.toString();
  }
}
