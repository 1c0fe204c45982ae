package dev.broot.translate;

import dev.broot.ir.Spec;
import dev.broot.plan.Plan;
import dev.broot.plan.ShellWords;
import dev.broot.plan.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan as a command line of bubblewrap, for people who leave. */
public final class Export {
  private final Plan plan;

  private Export(Plan plan) {
    this.plan = plan;
  }

  /** Why a plan is more than a command line, or null when it is one. */
  public static @Nullable String problem(Plan plan) {
    if (plan.needsHostSetup()) {
      return "it sets up the host ("
          + plan.setup().get(0).provenance().origin().place()
          + "); `broot compile` makes a script that does";
    }
    for (Plan.Option option : plan.options()) {
      if (option.question() != null) {
        return "it asks the host at each run; `broot plan --resolve` answers for this host, and"
            + " `broot compile` makes a script that asks";
      }
      for (Word word : option.words()) {
        if (word.literal() == null) {
          return "`" + word.display() + "` is known only when it runs";
        }
      }
    }
    return null;
  }

  /** One line for a shell; runs bubblewrap with the environment that the spec says. */
  public static String argv(Plan plan, List<String> program) {
    return new Export(plan)
            .words(program).stream().map(ShellWords::display).collect(Collectors.joining(" "))
        + "\n";
  }

  /** The options alone, each ended by a NUL, for {@code bwrap --args FD}. */
  public static String argsFile(Plan plan) {
    return plan.options().stream()
        .flatMap(option -> option.words().stream())
        .map(word -> word.display() + "\0")
        .collect(Collectors.joining());
  }

  /** A script whose arguments are the program's. */
  public static String script(Plan plan) {
    Export export = new Export(plan);
    StringBuilder text = new StringBuilder("#!/bin/sh\nexec");
    export.environment().forEach(word -> text.append(' ').append(word));
    text.append(" bwrap");
    for (Plan.Option option : plan.options()) {
      text.append(" \\\n  ")
          .append(
              option.words().stream()
                  .map(word -> ShellWords.quote(word.display()))
                  .collect(Collectors.joining(" ")));
    }
    Word entry = plan.entry();
    text.append(" \\\n  -- ").append(entry == null ? "" : ShellWords.quote(entry.display()) + " ");
    text.append("\"$@\"").append(plan.stdinInherited() ? "" : " </dev/null");
    return text.append('\n').toString();
  }

  private List<String> words(List<String> program) {
    List<String> words = new ArrayList<>();
    if (!plan.env().inherit()) {
      words.add("env");
      words.add("-i");
      for (Spec.Variable variable : plan.env().variables()) {
        if (variable instanceof Spec.SetVariable set) {
          words.add(set.name() + "=" + set.value().display());
        }
      }
    }
    words.add("bwrap");
    plan.options().forEach(option -> option.words().forEach(word -> words.add(word.display())));
    words.add("--");
    Word entry = plan.entry();
    if (entry != null) {
      words.add(entry.display());
    }
    words.addAll(program);
    return words;
  }

  // A variable that is passed on is asked of the shell.
  private List<String> environment() {
    List<String> words = new ArrayList<>();
    if (!plan.env().inherit()) {
      words.add("env -i");
      for (Spec.Variable variable : plan.env().variables()) {
        String name = variable.name();
        if (variable instanceof Spec.SetVariable set) {
          words.add(name + "=" + ShellWords.quote(set.value().display()));
        } else if (variable instanceof Spec.PassVariable) {
          words.add(String.format("${%1$s+\"%1$s=$%1$s\"}", name));
        }
      }
    }
    return words;
  }
}
