package dev.broot.plan;

import dev.broot.ir.Spec;
import dev.broot.ir.Value;
import dev.broot.plan.Plan.Option;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers the questions of a plan for one host. Temporary names stay open. */
public final class Resolver {
  private final Host host;

  private Resolver(Host host) {
    this.host = host;
  }

  /**
   * The plan without conditions, host questions and parameters.
   *
   * @throws UnresolvedException when the host has no answer
   */
  public static Plan resolve(Plan plan, Host host) throws UnresolvedException {
    return new Resolver(host).resolve(plan);
  }

  /** bubblewrap's arguments, {@code bwrap} first, with {@code @name} for temporary directories. */
  public static List<String> argv(Plan resolved, List<String> program) {
    List<String> argv = new ArrayList<>();
    argv.add("bwrap");
    for (Option option : resolved.options()) {
      option.words().forEach(word -> argv.add(word.display()));
    }
    argv.add("--");
    Word entry = resolved.entry();
    if (entry != null) {
      argv.add(entry.display());
    }
    argv.addAll(program);
    return argv;
  }

  private Plan resolve(Plan plan) throws UnresolvedException {
    List<Option> options = new ArrayList<>();
    for (Option option : plan.options()) {
      if (given(option.question())) {
        List<Word> words = new ArrayList<>();
        for (Word word : option.words()) {
          words.add(word(word));
        }
        options.add(new Option(words, null, option.provenance()));
      }
    }
    List<Step> setup = new ArrayList<>();
    for (Step step : plan.setup()) {
      setup.add(step(step));
    }
    Word entry = plan.entry();
    return new Plan(
        plan.name(),
        List.of(),
        setup,
        env(plan.env()),
        plan.stdinInherited(),
        options,
        entry == null ? null : word(entry));
  }

  private Step step(Step step) throws UnresolvedException {
    if (step instanceof Step.MakeDirectory directory) {
      return new Step.MakeDirectory(word(directory.path()), directory.provenance());
    } else if (step instanceof Step.MakeTemp temp) {
      Word parent = temp.parent();
      return new Step.MakeTemp(
          temp.name(),
          parent == null ? null : word(parent),
          word(temp.prefix()),
          temp.provenance());
    } else if (step instanceof Step.WriteText text) {
      return new Step.WriteText(text.temp(), text.path(), word(text.text()), text.provenance());
    } else if (step instanceof Step.StartProvider provider) {
      List<Word> command = new ArrayList<>();
      for (Word word : provider.command()) {
        command.add(word(word));
      }
      return new Step.StartProvider(
          provider.temp(), provider.api(), command, provider.required(), provider.provenance());
    }
    return step;
  }

  private boolean given(Plan.@Nullable Question question) throws UnresolvedException {
    if (question == null) {
      return true;
    }
    String path = word(question.path()).display();
    return question.asked() == Plan.Asked.DIRECTORY
        ? host.isDirectory(path)
        : host.isEmptyDirectory(path);
  }

  private Spec.Env env(Spec.Env env) throws UnresolvedException {
    List<Spec.Variable> variables = new ArrayList<>();
    for (Spec.Variable variable : env.variables()) {
      if (variable instanceof Spec.SetVariable set) {
        Value value = Value.of(word(Word.of(set.value())).display());
        variables.add(new Spec.SetVariable(set.name(), value, set.provenance()));
      } else if (variable instanceof Spec.PassVariable pass && !env.inherit()) {
        String value = host.variable(pass.name());
        Value otherwise = pass.otherwise();
        if (value == null && otherwise != null) {
          value = word(Word.of(otherwise)).display();
        }
        if (value != null) {
          variables.add(new Spec.SetVariable(pass.name(), Value.of(value), pass.provenance()));
        }
      } else {
        variables.add(variable);
      }
    }
    return new Spec.Env(env.inherit(), variables);
  }

  private Word word(Word word) throws UnresolvedException {
    List<Word.Part> parts = new ArrayList<>();
    for (Word.Part part : word.parts()) {
      if (part instanceof Word.Open open) {
        String variable = open.param().variable();
        String value = variable == null ? null : host.variable(variable);
        if (value == null) {
          throw new UnresolvedException(
              "the parameter " + open.param().name() + " has no value on this host");
        }
        parts.add(new Word.Literal(value));
      } else if (part instanceof Word.PythonModule module) {
        String directory = host.pythonModule(module.module());
        if (directory == null) {
          throw new UnresolvedException("python3 has no module " + module.module());
        }
        parts.add(new Word.Literal(directory));
      } else if (part instanceof Word.Input input) {
        parts.add(new Word.Input(input.index(), input.file(), word(input.content())));
      } else {
        parts.add(part);
      }
    }
    return new Word(parts);
  }
}
