package dev.broot.bwrap;

import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Question;
import dev.broot.plan.ShellWords;
import dev.broot.plan.StepText;
import dev.broot.plan.Word;
import dev.broot.spec.Glob;
import dev.broot.spec.IdMap;
import dev.broot.spec.Image;
import dev.broot.spec.Limit;
import dev.broot.spec.Network;
import dev.broot.spec.Pattern;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import dev.broot.spec.Syscall;
import dev.broot.spec.SyscallNames;
import dev.broot.spec.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plan as people read it: one operation a line, quoted as shell words. No time, no hash, no
 * line number, no path of a checkout, so that the golden file changes only when the plan does.
 */
public final class PlanText {
  private static final String OUTSIDE = "user    (everything outside of the host)";

  private final StringBuilder out = new StringBuilder();

  private PlanText() {}

  /** Prints a plan; each line ends in LF. */
  public static String print(Plan plan) {
    return new PlanText().plan(plan, List.of());
  }

  /** Prints a plan with the arguments of its program; without any, {@code ARGV...} stands there. */
  public static String print(Plan plan, List<String> argv) {
    return new PlanText().plan(plan, argv);
  }

  /**
   * Where the spec says what stands in a line of a printed plan; lines that nobody says are not
   * there.
   */
  public static Map<String, Provenance> said(Plan plan) {
    Map<String, Provenance> said = new LinkedHashMap<>();
    Image image = plan.image();
    if (image != null) {
      said.put("  " + image(image), image.provenance());
    }
    plan.setup().forEach(step -> said.putIfAbsent("  " + StepText.of(step), step.provenance()));
    for (Limit limit : plan.sandbox().limits()) {
      said.putIfAbsent("  " + limit(limit), limit.provenance());
    }
    for (IdMap map : plan.sandbox().maps()) {
      said.putIfAbsent("  " + map.text(), map.provenance());
    }
    for (Syscall call : plan.sandbox().syscalls()) {
      said.putIfAbsent("  " + call(call), call.provenance());
    }
    for (Network.Host host : hosts(plan)) {
      said.putIfAbsent("  " + host(host), host.provenance());
    }
    Network network = plan.sandbox().network();
    Provenance outside = network == null ? null : network.outside();
    if (outside != null) {
      said.put("  " + OUTSIDE, outside);
    }
    for (Spec.Inherited inherited : plan.sandbox().inherited()) {
      said.putIfAbsent("  " + inherited(inherited), inherited.provenance());
    }
    for (Argument argument : CommandLine.alone(plan)) {
      Provenance provenance = argument.provenance();
      if (provenance != null) {
        lines(argument).forEach(line -> said.putIfAbsent("  " + line, provenance));
      }
    }
    for (Spec.Variable variable : plan.env().variables()) {
      said.putIfAbsent("  " + variable(variable), variable.provenance());
    }
    return said;
  }

  private String plan(Plan plan, List<String> argv) {
    section("image", Stream.ofNullable(plan.image()).map(PlanText::image).toList());
    section("setup", plan.setup().stream().map(StepText::of).toList());
    section("environment", environment(plan.env()));
    section("stdin", List.of(plan.stdinInherited() ? "inherit" : "null"));
    section("descriptors", plan.sandbox().inherited().stream().map(PlanText::inherited).toList());
    section("network", network(plan));
    section("limits", plan.sandbox().limits().stream().map(PlanText::limit).toList());
    section("users", plan.sandbox().maps().stream().map(IdMap::text).toList());
    section("syscalls", plan.sandbox().syscalls().stream().map(PlanText::call).toList());
    section("bwrap", CommandLine.alone(plan).stream().flatMap(PlanText::lines).toList());
    Word entry = plan.entry();
    String arguments =
        argv.isEmpty()
            ? "ARGV..."
            : argv.stream().map(ShellWords::display).collect(Collectors.joining(" "));
    section("command", List.of(entry == null ? arguments : entry.shown() + " " + arguments));
    section("teardown", plan.teardown().stream().map(StepText::of).toList());
    return out.toString();
  }

  private void section(String name, List<String> lines) {
    if (!lines.isEmpty()) {
      out.append(name).append('\n');
      lines.forEach(line -> out.append("  ").append(line).append('\n'));
    }
  }

  private static String image(Image image) {
    return image.format().word()
        + " "
        + Word.of(image.path()).shown()
        + " "
        + image.said()
        + "    (unpacked as ${root})";
  }

  private static String inherited(Spec.Inherited inherited) {
    return "inherit " + inherited.name();
  }

  private static List<String> network(Plan plan) {
    Network network = plan.sandbox().network();
    return network != null && network.outside() != null
        ? List.of(OUTSIDE)
        : hosts(plan).stream().map(PlanText::host).toList();
  }

  private static List<Network.Host> hosts(Plan plan) {
    Network network = plan.sandbox().network();
    return network == null ? List.of() : network.hosts();
  }

  private static String host(Network.Host host) {
    return "allow "
        + host.text()
        + (host.kind() == Network.Kind.PRIVATE_NAME ? " private" : "")
        + where(host);
  }

  private static String where(Network.Host host) {
    if (host.kind() == Network.Kind.WILDCARD) {
      return "    (by the proxy at " + Network.Host.text(Network.PROXY, Network.PROXY_PORT) + ")";
    }
    return host.address().equals(host.name()) ? "" : "    (at " + host.address() + ")";
  }

  private static String limit(Limit limit) {
    return limit.kind().word()
        + " "
        + limit.text()
        + (limit.bestEffort() ? "    (best effort)" : "");
  }

  private static String call(Syscall call) {
    boolean missing = call.isDenied() && SyscallNames.isMissing(call.name());
    return call.action().word()
        + " "
        + call.text()
        + (missing && call.action() == Syscall.Action.DENY ? "    (as if it were missing)" : "");
  }

  private static List<String> environment(Spec.Env env) {
    if (env.inherit()) {
      return List.of("inherit");
    }
    if (env.variables().isEmpty()) {
      return List.of("empty");
    }
    return env.variables().stream().map(PlanText::variable).toList();
  }

  private static String variable(Spec.Variable variable) {
    return variable.accept(
        new Spec.Variable.Visitor<String>() {
          @Override
          public String set(Spec.SetVariable set) {
            return set.name() + "=" + Word.of(set.value()).shown();
          }

          @Override
          public String pass(Spec.PassVariable pass) {
            Value otherwise = pass.otherwise();
            return otherwise == null
                ? "pass " + pass.name() + "    (if set)"
                : "pass " + pass.name() + "    (else " + Word.of(otherwise).shown() + ")";
          }

          @Override
          public String unset(Spec.UnsetVariable unset) {
            return "unset " + unset.name();
          }
        });
  }

  // These are no options: at each run they become some.
  private static String masked(String verb, Operation.Masked what) {
    Word shown = what.shown();
    Word path = what.path();
    Pattern pattern = what.pattern();
    StringBuilder matching =
        new StringBuilder(pattern == null ? path.shown() : below(path, pattern.glob()));
    if (pattern != null) {
      pattern.except().forEach(glob -> matching.append(" except ").append(below(path, glob)));
    }
    return verb
        + " "
        + matching
        + (shown == null ? "" : "    (which is " + shown.shown() + ")")
        + (pattern != null ? "    (what matches at each run)" : "")
        + (what.optional() ? "    (if it exists)" : "");
  }

  private static String below(Word root, Glob glob) {
    return root.plus("/" + glob.display()).shown();
  }

  private static String argument(Argument argument) {
    Operation operation = argument.operation();
    if (operation instanceof Operation.Hide hide) {
      return masked("hide", hide.what());
    } else if (operation instanceof Operation.Protect protect) {
      return masked("protect", protect.what());
    }
    if (operation instanceof Operation.Matching matching) {
      return "bind dev "
          + matching.path().shown()
          + "    (devices that match at each run)"
          + (matching.optional() ? "    (if there are any)" : "");
    }
    String words = shown(argument.options().stream());
    boolean module =
        argument.words().stream()
            .flatMap(word -> word.parts().stream())
            .anyMatch(Word.PythonModule.class::isInstance);
    if (module) {
      words += "    (where python3 keeps its module)";
    }
    Question question = argument.question();
    if (question == null) {
      return words;
    }
    return switch (question.asked()) {
      case DIRECTORY -> words + "    (if a directory)";
      case SYMLINK -> words + "    (if a symlink)";
      case OWNED -> words + "    (if the caller's)";
      case EMPTY_DIRECTORY -> words + "    (if " + question.path().shown() + " is empty)";
    };
  }

  private static String shown(Stream<Argument.Said> said) {
    return said.flatMap(one -> one.words().stream())
        .map(Word::shown)
        .collect(Collectors.joining(" "));
  }

  // What is made above a target stands in a line of its own.
  private static Stream<String> lines(Argument argument) {
    Argument.Said above = argument.above();
    if (above == null) {
      return Stream.of(argument(argument));
    }
    boolean conditional =
        argument.question() != null
            || argument.operation() instanceof Operation.Matching
            || (argument.operation() instanceof Operation.Bind bind && bind.optional());
    String made = shown(Stream.of(above)) + (conditional ? "    (if the next line is done)" : "");
    return Stream.of(made, argument(argument));
  }
}
