package dev.broot.plan;

import dev.broot.spec.Image;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
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
    unpack(plan, host);
    return new Resolver(host).resolve(plan);
  }

  /**
   * An operation whose words are known.
   *
   * @throws UnresolvedException when the host has no answer
   */
  public static Operation known(Operation operation, Host host) throws UnresolvedException {
    return Words.map(operation, new Resolver(host)::word);
  }

  /**
   * Operations for which the host has not, today, what they ask for; not those that only ask who
   * the caller is.
   *
   * @throws UnresolvedException when the host has no answer
   */
  public static List<Operation> leftOut(Plan plan, Host host) throws UnresolvedException {
    unpack(plan, host);
    Resolver resolver = new Resolver(host);
    List<Operation> all = new ArrayList<>();
    for (Operation operation : plan.sandbox().operations()) {
      Question question = operation.question();
      if (question != null
          && question.asked() != Question.Asked.OWNED
          && !resolver.given(question)) {
        all.add(Words.map(operation, resolver::word));
      }
    }
    return all;
  }

  /**
   * Asks a host whether a plan may run.
   *
   * @throws UnresolvedException with the line that is refused
   */
  public static void ask(Plan plan, Host host) throws UnresolvedException {
    unpack(plan, host);
    Resolver resolver = new Resolver(host);
    List<Cautions.Caution> asked = new ArrayList<>();
    for (Cautions.Caution one : Cautions.of(plan.sandbox().operations())) {
      if (resolver.given(one.under().question())
          && (one.kind() != Cautions.Kind.MISSING || resolver.given(one.operation().question()))) {
        Word path = resolver.word(one.path());
        asked.add(new Cautions.Caution(one.kind(), path, one.operation(), one.under()));
      }
    }
    Cautions.Caution refused = Cautions.first(asked, host);
    if (refused != null) {
      throw new UnresolvedException(
          refused.operation().provenance().origin().place()
              + ": "
              + refused.path().display()
              + refused.reason());
    }
    for (Ways.Way way : Ways.of(plan.sandbox().operations())) {
      resolver.ask(way);
    }
  }

  private void ask(Ways.Way way) throws UnresolvedException {
    if (!given(way.operation().question())) {
      return;
    }
    List<Ways.Under> under = new ArrayList<>();
    for (Ways.Under one : way.under()) {
      under.add(new Ways.Under(known(one.source()), word(one.place()), one.certain(), one.every()));
    }
    String link =
        WayWalk.symlink(new Ways.Way(way.operation(), word(way.target()), way.last(), under), host);
    if (link != null) {
      throw new UnresolvedException(
          way.operation().provenance().origin().place() + ": " + link + Ways.REASON);
    }
  }

  // Whatever else is asked may be about what lies in it.
  private static void unpack(Plan plan, Host host) throws UnresolvedException {
    Image image = plan.image();
    if (image != null) {
      host.image(image, new Resolver(host).word(Word.of(image.path())));
    }
  }

  // A symlink of an image may say any path, and the kernel would follow it on the host.
  private void inside(Operation operation, @Nullable Image image) throws UnresolvedException {
    String directory = image == null ? null : host.variable(image.variable());
    if (directory == null) {
      return;
    }
    for (Word source : ImageUse.sources(operation)) {
      String path = word(source).display();
      if (!(host.real(path) + "/").startsWith(host.real(directory) + "/")) {
        throw new UnresolvedException(
            operation.provenance().origin().place() + ": " + path + ImageUse.OUTSIDE);
      }
    }
  }

  private Plan resolve(Plan plan) throws UnresolvedException {
    Sandbox sandbox = plan.sandbox();
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : sandbox.operations()) {
      if (given(operation.question())) {
        inside(operation, plan.image());
        operations.add(Words.map(operation, this::word));
      }
    }
    List<Step> setup = new ArrayList<>();
    for (Step step : plan.setup()) {
      setup.add(Words.map(step, this::word));
    }
    List<Sandbox.Option> options = new ArrayList<>();
    for (Sandbox.Option option : sandbox.options()) {
      options.add(new Sandbox.Option(option.kind(), known(option.value()), option.provenance()));
    }
    Sandbox.Supervision supervision = sandbox.supervision();
    Sandbox.Chdir chdir = supervision.chdir();
    return new Plan(
        plan.name(),
        List.of(),
        plan.image(),
        setup,
        env(plan.env()),
        plan.stdinInherited(),
        new Sandbox(
            new Sandbox.Supervision(
                chdir == null ? null : new Sandbox.Chdir(word(chdir.path()), chdir.provenance()),
                supervision.newSession(),
                supervision.diesWithParent()),
            sandbox.namespaces(),
            sandbox.capabilities(),
            options,
            MaskAnswers.apply(MatchAnswers.apply(operations, host), host),
            sandbox.limits(),
            sandbox.maps(),
            sandbox.syscalls(),
            sandbox.network(),
            sandbox.inherited()),
        known(plan.entry()),
        plan.expects());
  }

  private @Nullable Word known(@Nullable Word word) throws UnresolvedException {
    return word == null ? null : word(word);
  }

  private boolean given(@Nullable Question question) throws UnresolvedException {
    if (question == null) {
      return true;
    }
    String path = word(question.path()).display();
    return switch (question.asked()) {
      case DIRECTORY -> host.isDirectory(path);
      case EMPTY_DIRECTORY -> host.isEmptyDirectory(path);
      case SYMLINK -> host.isSymlink(path);
      case OWNED -> host.isOwned(path);
    };
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
      } else {
        parts.add(part);
      }
    }
    return new Word(parts);
  }
}
