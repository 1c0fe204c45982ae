package dev.broot.permission;

import dev.broot.permission.Grant.Level;
import dev.broot.plan.Done;
import dev.broot.plan.Plan;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Step;
import dev.broot.plan.Word;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Syscall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the program of a plan lives: its session, its settings, and what is set up for it. */
final class SessionGrants {
  private final Plan plan;
  private final List<Holding> all = new ArrayList<>();

  SessionGrants(Plan plan) {
    this.plan = plan;
  }

  List<Holding> all() {
    session();
    plan.sandbox().options().forEach(this::option);
    for (Spec.Inherited inherited : plan.sandbox().inherited()) {
      grant(
          Level.HOST_WRITE,
          new Subject.PassedDescriptor("inherit " + inherited.name()),
          "use the descriptor that the caller passes as `"
              + inherited.name()
              + "`, for whatever it is open",
          inherited.provenance());
    }
    plan.sandbox().syscalls().forEach(this::call);
    sights();
    SetUp setUp = new SetUp();
    plan.setup().forEach(step -> step.accept(setUp));
    return all;
  }

  private void grant(Level level, Subject subject, String text, @Nullable Provenance said) {
    all.add(Holding.always(new Grant(level, subject, text, said)));
  }

  private void plain(Level level, Subject.Kind kind, String text) {
    grant(level, new Subject.Plain(kind), text, null);
  }

  private void session() {
    if (plan.stdinInherited()) {
      plain(Level.HOST_READ, Subject.Kind.STANDARD_INPUT, "read the caller's standard input");
    }
    boolean types = Calls.canType(plan.sandbox().syscalls());
    if (!plan.sandbox().supervision().newSession() && types) {
      plain(
          Level.HOST_WRITE,
          Subject.Kind.TERMINAL,
          "type into the caller's terminal (TIOCSTI), for want of `new-session`");
    }
    if (!plan.sandbox().supervision().diesWithParent()) {
      plain(
          Level.RESOURCE,
          Subject.Kind.OUTLIVING,
          "outlive the caller, for want of `die-with-parent`");
    }
    if (!plan.sandbox().has(Setting.Kind.DISABLE_USERNS)) {
      // One that is passed may allow no more.
      HostFact passed = AuthorityGrants.passed(plan, Namespace.USER);
      Subject subject = new Subject.Plain(Subject.Kind.USER_NAMESPACES);
      Grant grant = new Grant(Level.RESOURCE, subject, "make user namespaces of its own", null);
      all.add(Holding.where(passed, grant));
    }
  }

  private void option(Sandbox.Option option) {
    if (option.kind() == Setting.Kind.CLOSED_PARENTS) {
      return;
    }
    Word value = option.value();
    String text = option.kind().word() + (value == null ? "" : " " + value.display());
    Subject sight =
        new Subject.Sight(
            "the setting " + option.kind().word(), value == null ? "" : PathKey.text(value));
    grant(Level.VISIBLE, sight, "has " + text, option.provenance());
    if (value != null && isSeen(option.kind())) {
      all.addAll(AuthorityGrants.parameters(PathKey.text(value), false, option.provenance()));
    }
    String more = more(option.kind());
    if (!more.isEmpty()) {
      boolean boundary = option.kind() == Setting.Kind.NOT_A_SECURITY_BOUNDARY;
      Subject subject =
          boundary
              ? new Subject.Plain(Subject.Kind.LESS_THAN_A_SANDBOX)
              : new Subject.PassedDescriptor(option.kind().word());
      grant(boundary ? Level.HOST_CONTROL : Level.HOST_WRITE, subject, more, option.provenance());
    }
  }

  // That a call fails is what others are compared by; what else becomes of it can be seen.
  private void call(Syscall call) {
    if (call.action() != Syscall.Action.DENY) {
      boolean ends = call.action() == Syscall.Action.KILL;
      Subject sight = new Subject.Sight("the system call " + call.text(), call.action());
      String text =
          (ends ? "is ended by a call of " : "has told in the audit log each ") + call.text();
      grant(Level.VISIBLE, sight, text, call.provenance());
    }
  }

  // Whether the program finds the value of a setting.
  private static boolean isSeen(Setting.Kind kind) {
    return switch (kind.takes()) {
      case TEXT, SANDBOX_FILE -> true;
      case NOTHING, HOST_FILE, DESCRIPTOR -> false;
    };
  }

  // What a setting lets the program do.
  private static String more(Setting.Kind kind) {
    return switch (kind) {
      case PIDNS, USERNS, USERNS2 ->
          "run in the namespace that the caller passes as `" + kind.word() + "`";
      case SYNC -> "find the descriptor that the caller passes as `sync` in /proc/1/fd";
      case NOT_A_SECURITY_BOUNDARY -> "run where a part of the sandbox could not be set up";
      case ARGV0,
          LEVEL_PREFIX,
          DISABLE_USERNS,
          ASSERT_USERNS_DISABLED,
          UID,
          GID,
          HOSTNAME,
          EXEC_LABEL,
          FILE_LABEL,
          AS_PID_1,
          CLOSED_PARENTS,
          BLOCK,
          INFO,
          JSON_STATUS,
          USERNS_BLOCK,
          LOCK_FILE,
          SECCOMP ->
          "";
    };
  }

  private void sights() {
    Word entry = plan.entry();
    if (entry != null) {
      Subject subject = new Subject.Sight("the entry", PathKey.text(entry));
      grant(Level.VISIBLE, subject, "runs " + entry.display(), null);
    }
    Sandbox.Chdir start = plan.sandbox().supervision().chdir();
    if (start != null) {
      Word chdir = start.path();
      Subject subject = new Subject.Sight("the directory", PathKey.text(chdir));
      grant(Level.VISIBLE, subject, "starts in " + chdir.display(), null);
    }
    for (Spec.Expectation expect : plan.expects()) {
      String text =
          "asserts: expect "
              + (expect.allow() ? "allow " : "deny ")
              + expect.what()
              + (expect.value() == null ? "" : " " + expect.value().display());
      grant(Level.VISIBLE, new Subject.Sight("the assertion", text), text, expect.provenance());
    }
  }

  /** What the setup gives, besides what is mounted of it. */
  private final class SetUp implements Step.Visitor<Done, RuntimeException> {
    @Override
    public Done makeDirectory(Step.MakeDirectory step) {
      Subject subject = new Subject.Created(PathKey.of(step.path()));
      String text = "have " + step.path().display() + " made on the host";
      grant(Level.RESOURCE, subject, text, null);
      return Done.DONE;
    }

    @Override
    public Done makeTemp(Step.MakeTemp step) {
      return Done.DONE;
    }

    @Override
    public Done mountTmpfs(Step.MountTmpfs step) {
      return Done.DONE;
    }

    @Override
    public Done makeNode(Step.MakeNode step) {
      return Done.DONE;
    }

    @Override
    public Done bindDevice(Step.BindDevice step) {
      return Done.DONE;
    }

    @Override
    public Done makeInner(Step.MakeInner step) {
      return Done.DONE;
    }

    @Override
    public Done writeText(Step.WriteText step) {
      return Done.DONE;
    }

    @Override
    public Done startProvider(Step.StartProvider step) {
      List<String> command = Sources.command(step);
      grant(
          Level.HOST_WRITE,
          new Subject.Started(command),
          "have a program started on the host: " + Sources.text(command),
          step.provenance());
      return Done.DONE;
    }
  }
}
