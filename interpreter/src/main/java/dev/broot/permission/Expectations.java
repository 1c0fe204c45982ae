package dev.broot.permission;

import dev.broot.bwrap.RawReader;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Severity;
import dev.broot.plan.Plan;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Word;
import dev.broot.spec.HostPort;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Syscall;
import dev.broot.spec.SyscallNames;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a plan to the assertions of its spec. Paths of the host are judged by their names here; the
 * run judges the objects.
 */
public final class Expectations {
  private static final String PASSED = "a descriptor that the caller passes may be open for that";

  private Expectations() {}

  /** An error for each assertion that does not hold. */
  public static List<Diagnostic> broken(Plan plan, Judgement judgement) {
    if (plan.expects().isEmpty()) {
      return List.of();
    }
    List<Diagnostic> all = new ArrayList<>();
    Permissions permissions = Permissions.of(plan, judgement.links());
    // Also where they can be read: a run does not look at what they show.
    boolean raw = RawReader.isIn(plan);
    Provenance passed = passed(plan);
    for (Spec.Expectation expect : plan.expects()) {
      boolean call = expect.what().equals("syscall");
      Diagnostic broken =
          raw && !expect.allow()
              ? broken(expect, "`raw` arguments may do that", "say it without `raw`", null)
              : passed != null && !expect.allow() && !call
                  ? broken(expect, PASSED, "take away that line", passed)
                  : judge(expect, permissions);
      if (broken != null) {
        all.add(broken);
      }
    }
    return all;
  }

  // What the caller passes is known at the run only; a directory leads past every mount.
  private static @Nullable Provenance passed(Plan plan) {
    for (Spec.Inherited inherited : plan.sandbox().inherited()) {
      return inherited.provenance();
    }
    return plan.sandbox().options().stream()
        .filter(option -> option.kind() == Setting.Kind.SYNC)
        .map(Sandbox.Option::provenance)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Diagnostic judge(Spec.Expectation expect, Permissions permissions) {
    Value value = expect.value();
    if (value == null) {
      return network(expect, permissions);
    } else if (expect.what().equals("connect")) {
      return connect(expect, value.display(), permissions);
    } else if (expect.what().equals("syscall")) {
      return call(expect, value.display(), permissions.plan());
    }
    View view = permissions.view();
    String path = PathKey.of(Word.of(value));
    boolean write = expect.what().equals("write");
    if (expect.allow()) {
      return allow(expect, PathKey.place(Word.of(value)), write, view);
    }
    Way way = way(expect, permissions, write, path);
    String place = PathKey.place(Word.of(value));
    way = way == null && !place.equals(path) ? way(expect, permissions, write, place) : way;
    if (way != null && expect.own()) {
      String hint = "add the line `protect " + value.display() + "`, or keep it elsewhere";
      String text = way.text() + ", and so change `" + value.display() + "`";
      return broken(expect, new Way(text, way.by(), hint));
    }
    return way == null ? null : broken(expect, way);
  }

  private static @Nullable Way way(
      Spec.Expectation expect, Permissions permissions, boolean write, String path) {
    List<String> except =
        expect.except().stream()
            .map(Word::of)
            .flatMap(one -> Stream.of(PathKey.of(one), PathKey.place(one)))
            .distinct()
            .toList();
    return new Denial(permissions, write, path, except, expect.own()).find();
  }

  // Some hosts are not the network, and they are not nothing.
  private static @Nullable Diagnostic network(Spec.Expectation expect, Permissions permissions) {
    String reached = Connections.reached(permissions.plan(), permissions);
    boolean shared = !permissions.of(new Subject.SharedNamespace(Namespace.NET, false)).isEmpty();
    if (expect.allow()) {
      return shared || !permissions.of(new Subject.Outside()).isEmpty()
          ? null
          : broken(
              expect,
              reached == null ? "the program has no network" : reached + ", and not to all others",
              "say `net user`, or `unsafe share net because \"why\"`",
              null);
    }
    return reached == null
        ? byHost(expect, permissions)
        : broken(
            expect,
            reached,
            shared
                ? "say `unshare net`"
                : "remove the lines `net allow` or `net user`, or say `net none`",
            null);
  }

  private static @Nullable Diagnostic connect(
      Spec.Expectation expect, String host, Permissions permissions) {
    HostPort asked;
    try {
      asked = HostPort.parse(host);
    } catch (HostPort.Malformed e) {
      return broken(expect, String.valueOf(e.getMessage()), e.hint(), null);
    }
    List<Grant> ways =
        expect.allow() ? Connections.toAll(asked, permissions) : Connections.to(asked, permissions);
    if (expect.allow()) {
      return ways.isEmpty()
          ? broken(
              expect,
              "no line lets the program connect to `" + host + "`",
              "say `net allow " + host + "`",
              null)
          : null;
    }
    return ways.isEmpty()
        ? byHost(expect, permissions)
        : broken(expect, "the program may " + ways.get(0).text(), null, ways.get(0).provenance());
  }

  // Whoever has the whole host has its network too.
  private static @Nullable Diagnostic byHost(Spec.Expectation expect, Permissions permissions) {
    Way way = HostWays.any(permissions, "reach the host's network");
    return way == null ? null : broken(expect, way);
  }

  private static @Nullable Diagnostic call(Spec.Expectation expect, String name, Plan plan) {
    Collection<String> group = SyscallNames.group(name).keySet();
    for (String call : group.isEmpty() ? List.of(name) : group) {
      Syscall denied = Calls.denied(call, plan.sandbox().syscalls());
      if (expect.allow() && denied != null) {
        return broken(expect, "`" + call + "` is denied", null, denied.provenance());
      } else if (expect.allow() && plan.sandbox().has(Setting.Kind.SECCOMP)) {
        return broken(expect, "what a compiled filter denies is not known", null, null);
      } else if (!expect.allow() && denied == null) {
        return broken(
            expect,
            "the program may call `" + call + "`",
            "say `syscalls deny " + call + "`",
            null);
      }
    }
    return null;
  }

  private static @Nullable Diagnostic allow(
      Spec.Expectation expect, String path, boolean write, View view) {
    Standing mount = view.found(path, World.usual());
    Provenance said = mount == null ? null : mount.provenance();
    String shown = PathKey.display(path);
    if (mount == null || said == null) {
      return broken(expect, "nothing is mounted on `" + shown + "`", null, null);
    }
    return !write || view.isWritable(mount, World.usual())
        ? null
        : broken(expect, "`" + shown + "` is read-only in the sandbox", null, said);
  }

  private static Diagnostic broken(Spec.Expectation expect, Way way) {
    Standing by = way.by();
    return broken(expect, way.text(), way.hint(), by == null ? null : by.provenance());
  }

  private static Diagnostic broken(
      Spec.Expectation expect,
      String message,
      @Nullable String hint,
      @Nullable Provenance because) {
    return new Diagnostic(
        Severity.ERROR,
        Code.EXPECTATION,
        "this does not hold: " + message,
        expect.provenance().origin(),
        because == null ? List.of() : List.of(new Note("this line makes it so", because.origin())),
        hint);
  }
}
