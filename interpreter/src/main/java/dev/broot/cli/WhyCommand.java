package dev.broot.cli;

import dev.broot.compile.Compiled;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Visible;
import dev.broot.permission.Calls;
import dev.broot.permission.Connections;
import dev.broot.permission.Grant;
import dev.broot.permission.HostWays;
import dev.broot.permission.Matched;
import dev.broot.permission.Permissions;
import dev.broot.permission.Seen;
import dev.broot.permission.Subject;
import dev.broot.permission.TreeText;
import dev.broot.permission.View;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.spec.HostPort;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Syscall;
import dev.broot.spec.SyscallNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code broot why SPEC WHAT}. */
final class WhyCommand extends Command {
  private static final String NETWORK = "reach the host's network";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final String LET_GO = "no line holds it; the program may make it";

  WhyCommand() {
    super("why", "Tell how the program can use a path, and name the lines that allow it.");
  }

  @Override
  void configure(Options options) {
    SpecArguments.configure(options);
    options.flag("--read", "Exit with 0 if the program can read the path, otherwise with 1.");
    options.flag("--write", "Exit with 0 if the program can write to the path, otherwise with 1.");
    options.synopsis("broot why [OPTIONS] SPEC WHAT");
    options.operand(
        2,
        3,
        "SPEC WHAT",
        "WHAT is a path of the sandbox, `network`, `connect HOST:PORT`, `syscall NAME`, a capability or a variable.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError {
    String what = arguments.operands().get(1);
    Compiled compiled =
        SpecArguments.compiled(
            SpecArguments.request(arguments.operands().get(0), arguments), arguments, console);
    Plan plan = compiled.plan();
    Spec spec = compiled.spec();
    if (plan == null || spec == null) {
      return Status.FAILED;
    }
    Permissions permissions = Permissions.of(plan);
    boolean asked = arguments.flag("--read") || arguments.flag("--write");
    if (what.equals("syscall")) {
      return syscall(arguments, plan, console);
    }
    if (what.equals("connect") || arguments.operands().size() > 2) {
      return connect(arguments, permissions, console);
    }
    if (!what.startsWith("/")) {
      if (asked) {
        throw new UsageError("--read and --write need a path; start it with `/`");
      }
      other(what, plan, spec.open(), permissions, console);
      return Status.OK;
    }
    return path(what, arguments, plan, permissions, console);
  }

  private static int path(
      String what, Arguments arguments, Plan plan, Permissions permissions, Console console) {
    boolean asked = arguments.flag("--read") || arguments.flag("--write");
    View view = permissions.view();
    console.show(Visible.line(TreeText.at(view, what).stripTrailing()) + "\n");
    Set<Provenance> causes = new LinkedHashSet<>(view.links(what));
    for (Operation.Matching matching : Matched.at(plan, what)) {
      console.show(
          Visible.line(
                  "  or, in a run on a host with such a device, that one: it matches "
                      + matching.path().display()
                      + "; what appears later is included at a later run")
              + "\n");
      causes.add(matching.provenance());
    }
    Seen seen = view.covering(view.follow(what));
    if (seen != null) {
      causes.add(seen.provenance());
    }
    causes.forEach(cause -> line(cause, console));
    if (!view.raw().isEmpty()) {
      console.show("unknown: `raw` arguments that broot cannot read\n");
    }
    List<String> open = view.open(what);
    open.forEach(reason -> console.show(Visible.line("unknown: " + reason) + "\n"));
    String beyond = permissions.beyondMounts();
    if (beyond != null) {
      console.show("note: " + beyond + "; the lines are about what is mounted\n");
    } else {
      note(permissions, "use files of the host that no line shows", console);
    }
    boolean can = view.can(what, arguments.flag("--write"));
    return !asked || can || !open.isEmpty() ? Status.OK : Status.REFUSED;
  }

  private static int syscall(Arguments arguments, Plan plan, Console console) throws UsageError {
    String name = arguments.operands().size() == 3 ? arguments.operands().get(2) : "";
    Set<String> group = SyscallNames.group(name).keySet();
    if (group.isEmpty()
        && !SyscallNames.calls().contains(name)
        && !SyscallNames.withArguments().contains(name)) {
      throw new UsageError(
          name.isEmpty()
              ? "write it as in `broot why SPEC syscall ptrace`"
              : "`" + name + "` is not a system call of Linux, and no group of them");
    }
    Set<Provenance> causes = new LinkedHashSet<>();
    for (String call : group.isEmpty() ? Set.of(name) : group) {
      Syscall held = Calls.holding(call, plan.sandbox().syscalls());
      console.show(
          "syscall " + call + ": " + (held == null ? LET_GO : held.action().told()) + "\n");
      if (held != null) {
        causes.add(held.provenance());
      }
    }
    causes.forEach(cause -> line(cause, console));
    plan.sandbox().options().stream()
        .filter(option -> option.kind() == Setting.Kind.SECCOMP)
        .forEach(
            option -> {
              console.show("unknown: a compiled filter; broot does not look into it\n");
              line(option.provenance(), console);
            });
    return Status.OK;
  }

  private static int connect(Arguments arguments, Permissions permissions, Console console)
      throws UsageError {
    if (arguments.operands().size() != 3 || !arguments.operands().get(1).equals("connect")) {
      throw new UsageError("write it as in `broot why SPEC connect registry.npmjs.org:443`");
    }
    HostPort asked;
    try {
      asked = HostPort.parse(arguments.operands().get(2));
    } catch (HostPort.Malformed e) {
      throw new UsageError(e.getMessage() + "; " + e.hint());
    }
    List<Grant> grants = Connections.to(asked, permissions);
    String what = "connect " + asked.text();
    if (grants.isEmpty()) {
      String port = asked.port() == null ? ":443" : "";
      console.show(
          Visible.line(what + ": no; a line `net allow " + asked.text() + port + "` would allow it")
              + "\n");
      note(permissions, NETWORK, console);
    }
    for (Grant grant : grants) {
      console.show(Visible.line(what + ": the program may " + grant.text()) + "\n");
      Provenance cause = grant.provenance();
      if (cause != null) {
        line(cause, console);
      }
    }
    if (!permissions.view().raw().isEmpty()) {
      console.show("unknown: `raw` arguments that broot cannot read\n");
    }
    return Status.OK;
  }

  private static void other(
      String what, Plan plan, Spec.LeftOpen open, Permissions permissions, Console console)
      throws UsageError {
    List<Grant> grants = new ArrayList<>(permissions.about(what));
    String value = value(what, plan);
    if (grants.isEmpty() && value == null && !NAME.matcher(what).matches()) {
      throw new UsageError("`" + what + "` is no name; a path starts with `/`");
    }
    if (grants.isEmpty()) {
      console.show(
          Visible.line(value == null ? what + ": no" : what + ": the program sees " + value)
              + "\n");
    }
    // One line may be the cause of several grants.
    Set<Provenance> causes = new LinkedHashSet<>();
    for (Grant grant : grants) {
      console.show(Visible.line(what + ": the program may " + grant.text()) + "\n");
      Provenance cause = grant.provenance();
      if (cause != null) {
        causes.add(cause);
      } else if (grant.subject() instanceof Subject.SharedNamespace shared) {
        shares(shared.namespace(), open, causes, console);
      } else if (grant.subject() instanceof Subject.WholeEnvironment && open.inherit() != null) {
        causes.add(open.inherit());
      }
    }
    plan.sandbox().namespaces().own().stream()
        .filter(own -> what.equals("network") && own.namespace() == Namespace.NET)
        .forEach(own -> causes.add(own.provenance()));
    plan.env().variables().stream()
        .filter(variable -> variable.name().equals(what))
        .forEach(variable -> causes.add(variable.provenance()));
    causes.forEach(cause -> line(cause, console));
    if (what.equals("network") && grants.isEmpty()) {
      note(permissions, NETWORK, console);
    }
  }

  // What root can do beside all lines.
  private static void note(Permissions permissions, String does, Console console) {
    String told = HostWays.told(permissions, does);
    if (told != null) {
      console.show(Visible.line("note: " + told) + "\n");
    }
  }

  // What is not the sandbox's own is the host's: a line may say so, or none says otherwise.
  private static void shares(
      Namespace namespace, Spec.LeftOpen open, Set<Provenance> causes, Console console) {
    List<Provenance> lines =
        open.shared().stream()
            .filter(line -> line.namespace() == namespace)
            .map(Spec.Unshared::provenance)
            .toList();
    causes.addAll(lines);
    if (lines.isEmpty()) {
      console.show("  no line says `unshare " + namespace.word() + "`\n");
    }
  }

  // The value of a variable that the spec sets: nothing of the host, but the program has it.
  private static @Nullable String value(String name, Plan plan) {
    for (Spec.Variable variable : plan.env().variables()) {
      if (variable.name().equals(name) && variable instanceof Spec.SetVariable set) {
        return "the spec's value, `" + set.value().display() + "`";
      }
    }
    return null;
  }

  private static void line(Provenance provenance, Console console) {
    Origin origin = provenance.origin();
    console.show(
        "  "
            + Visible.line(origin.place() + ": " + origin.file().lineText(origin.line()).strip())
            + "\n");
    for (Origin from : origin.chain().subList(1, origin.chain().size())) {
      console.show("    brought in by " + Visible.line(from.place()) + "\n");
    }
  }
}
