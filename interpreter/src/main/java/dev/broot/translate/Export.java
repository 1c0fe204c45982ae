package dev.broot.translate;

import dev.broot.bwrap.BwrapOption;
import dev.broot.bwrap.CommandLine;
import dev.broot.plan.Input;
import dev.broot.plan.MaskCalls;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Sandbox;
import dev.broot.plan.ShellWords;
import dev.broot.plan.Word;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan that is known as a command line of bubblewrap, for people who leave. */
public final class Export {
  private static final String ASKS =
      "it asks the host at each run; `broot plan --resolve` answers for this host, and"
          + " `broot compile` makes a script that asks";

  private static final int FIRST = 3;

  private final Plan plan;
  private final UnaryOperator<String> quoting;

  private Export(Plan plan, UnaryOperator<String> quoting) {
    this.plan = plan;
    this.quoting = quoting;
  }

  /**
   * A plan without the texts of a base, which a command line has no place for.
   *
   * @return the same plan where there is none
   */
  public static Plan withoutTexts(Plan plan) {
    Sandbox all = plan.sandbox();
    List<Operation> kept = all.operations().stream().filter(one -> !isText(one)).toList();
    return kept.size() == all.operations().size()
        ? plan
        : new Plan(
            plan.name(),
            plan.openParams(),
            plan.image(),
            plan.setup(),
            plan.env(),
            plan.stdinInherited(),
            new Sandbox(
                all.supervision(),
                all.namespaces(),
                all.capabilities(),
                all.options(),
                kept,
                all.limits(),
                all.maps(),
                all.syscalls(),
                all.network(),
                all.inherited()),
            plan.entry(),
            plan.expects());
  }

  private static boolean isText(Operation operation) {
    return operation instanceof Operation.Data data
        && !data.content().file()
        && data.provenance().origin().file().name().startsWith("base:");
  }

  /**
   * Why a plan is more than a command line, or null when it is one.
   *
   * @param alone whether it is the arguments alone, without a shell that opens files for them
   */
  public static @Nullable String problem(Plan plan, boolean alone) {
    if (plan.needsHostSetup()) {
      return "it sets up the host ("
          + plan.setup().get(0).provenance().origin().place()
          + "); `broot compile` makes a script that does";
    }
    if (!plan.sandbox().callersDescriptors().isEmpty()) {
      return "the caller passes the descriptor `"
          + plan.sandbox().callersDescriptors().get(0)
          + "`; `broot compile --pass-fd` makes a script that passes it on";
    }
    String held = held(plan.sandbox());
    if (held != null) {
      return held;
    }
    if (MaskCalls.needed(plan.sandbox().operations())
        || CommandLine.of(plan).stream().anyMatch(option -> option.question() != null)) {
      return ASKS;
    }
    List<Word> words = new ArrayList<>();
    CommandLine.of(plan).forEach(option -> words.addAll(option.words()));
    for (Spec.Variable variable : plan.env().variables()) {
      if (variable instanceof Spec.SetVariable set) {
        words.add(Word.of(set.value()));
      } else if (variable instanceof Spec.PassVariable pass && pass.otherwise() != null) {
        return ASKS;
      }
    }
    Word entry = plan.entry();
    if (entry != null) {
      words.add(entry);
    }
    for (Input input : plan.sandbox().inputs()) {
      if (alone || !input.file()) {
        return "bubblewrap gets "
            + (input.file() ? input.content().display() : "a text")
            + " as a descriptor; `broot compile` makes a script that opens it";
      }
      words.add(input.content());
    }
    return words.stream()
        .filter(word -> word.literal() == null && !isDescriptor(word))
        .findFirst()
        .map(word -> "`" + word.display() + "` is known only when it runs")
        .orElse(null);
  }

  // What broot holds, and bubblewrap has no words for.
  private static @Nullable String held(Sandbox sandbox) {
    if (!sandbox.limits().isEmpty()) {
      return "it has limits ("
          + sandbox.limits().get(0).provenance().origin().place()
          + "), which bubblewrap does not hold; `broot compile` makes a script that does";
    } else if (!sandbox.maps().isEmpty()) {
      return "it maps users ("
          + sandbox.maps().get(0).provenance().origin().place()
          + "), which bubblewrap leaves to others; `broot compile` makes a script that does";
    } else if (!sandbox.syscalls().isEmpty()) {
      return "it names system calls ("
          + sandbox.syscalls().get(0).provenance().origin().place()
          + "), and bubblewrap takes a compiled filter; `broot compile` makes a script that has one";
    }
    return null;
  }

  /**
   * One line for a shell; runs bubblewrap with the environment and the input that the spec says.
   */
  public static String argv(Plan plan, List<String> program) {
    Export export = new Export(plan, ShellWords::display);
    String arguments =
        program.stream().map(word -> " " + ShellWords.display(word)).collect(Collectors.joining());
    return export.start()
        + " "
        + export.options(" ")
        + " --"
        + export.entry()
        + arguments
        + export.input()
        + "\n";
  }

  /**
   * The options alone, each ended by a NUL, for {@code bwrap --args FD}. An environment that is
   * made anew is among them, since bubblewrap is started by somebody else.
   */
  public static String argsFile(Plan plan) {
    List<String> words = new ArrayList<>();
    if (!plan.env().inherit()) {
      words.add(BwrapOption.CLEARENV.option());
      for (Spec.Variable variable : plan.env().around()) {
        if (variable instanceof Spec.SetVariable set) {
          words.addAll(List.of(BwrapOption.SETENV.option(), set.name(), set.value().display()));
        }
      }
    }
    CommandLine.of(plan)
        .forEach(option -> option.words().forEach(word -> words.add(word.display())));
    return words.stream().map(word -> word + "\0").collect(Collectors.joining());
  }

  /** A script whose arguments are the program's. */
  public static String script(Plan plan) {
    // `$'...'`, which keeps a line break in its line, is not known to every sh.
    Export export = new Export(plan, ShellWords::quote);
    return "#!/bin/sh\nexec "
        + export.start()
        + " \\\n  "
        + export.options(" \\\n  ")
        + " \\\n  --"
        + export.entry()
        + " \"$@\""
        + export.input()
        + "\n";
  }

  // A variable that is passed on is asked of the shell.
  private String start() {
    StringBuilder text = new StringBuilder();
    if (!plan.env().inherit()) {
      text.append("env -i ");
      for (Spec.Variable variable : plan.env().around()) {
        String name = variable.name();
        if (variable instanceof Spec.SetVariable set) {
          text.append(name).append('=').append(quoting.apply(set.value().display()));
        } else {
          text.append(String.format("${%1$s+\"%1$s=$%1$s\"}", name));
        }
        text.append(' ');
      }
    }
    return text + "bwrap";
  }

  private String options(String separator) {
    return CommandLine.of(plan).stream()
        .map(option -> option.words().stream().map(this::word).collect(Collectors.joining(" ")))
        .collect(Collectors.joining(separator));
  }

  private String word(Word word) {
    return word.parts().size() == 1 && word.parts().get(0) instanceof Word.Descriptor descriptor
        ? String.valueOf(FIRST + descriptor.index())
        : quoting.apply(word.display());
  }

  private static boolean isDescriptor(Word word) {
    return word.parts().size() == 1 && word.parts().get(0) instanceof Word.Descriptor;
  }

  private String entry() {
    Word entry = plan.entry();
    return entry == null ? "" : " " + quoting.apply(entry.display());
  }

  private String input() {
    StringBuilder text = new StringBuilder(plan.stdinInherited() ? "" : " </dev/null");
    int number = FIRST;
    for (Input input : plan.sandbox().inputs()) {
      text.append(' ').append(number++).append('<');
      text.append(quoting.apply(input.content().display()));
    }
    return text.toString();
  }
}
