package dev.broot.permission;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Severity;
import dev.broot.permission.Seen.Kind;
import dev.broot.plan.Plan;
import dev.broot.spec.Paths;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a plan to the assertions of its spec. */
public final class Expectations {
  private Expectations() {}

  /** An error for each assertion that does not hold. */
  public static List<Diagnostic> broken(Plan plan) {
    if (plan.expects().isEmpty()) {
      return List.of();
    }
    List<Diagnostic> all = new ArrayList<>();
    Permissions permissions = Permissions.of(plan);
    for (Spec.Expectation expect : plan.expects()) {
      Diagnostic broken = judge(expect, permissions);
      if (broken != null) {
        all.add(broken);
      }
    }
    return all;
  }

  private static @Nullable Diagnostic judge(Spec.Expectation expect, Permissions permissions) {
    Value value = expect.value();
    if (value == null) {
      boolean network = permissions.grants().containsKey("namespace:net");
      return network == expect.allow()
          ? null
          : broken(
              expect,
              network ? "the program shares the host's network" : "the program has no network",
              network ? "say `unshare net`" : "say `unsafe share net because \"why\"`",
              null);
    }
    View view = permissions.view();
    boolean write = expect.what().equals("write");
    if (!view.raw().isEmpty() && !expect.allow()) {
      return broken(expect, "`raw` arguments may do that", "say it without `raw`", null);
    }
    return expect.allow()
        ? allow(expect, Paths.normalize(value.display()), write, view)
        : deny(expect, Paths.normalize(value.display()), write, view);
  }

  private static @Nullable Diagnostic allow(
      Spec.Expectation expect, String path, boolean write, View view) {
    Seen seen = view.covering(view.follow(path));
    boolean can = seen != null && (write ? seen.writable() : true);
    return can
        ? null
        : broken(
            expect,
            seen == null
                ? "nothing is mounted on `" + path + "`"
                : "`" + path + "` is read-only in the sandbox",
            null,
            seen);
  }

  // A path means what the program finds there, and the host's own object of that name, wherever
  // the program finds it.
  private static @Nullable Diagnostic deny(
      Spec.Expectation expect, String path, boolean write, View view) {
    String inside = view.follow(path);
    for (Seen seen : view.all()) {
      boolean here = Paths.isWithin(seen.at(), inside) || seen.equals(view.covering(inside));
      boolean onHost = seen.reaches(path) || below(seen, path);
      boolean socket = seen.kind() == Kind.SOCKET || seen.kind() == Kind.PROVIDER;
      boolean can = write ? seen.writable() && !socket : seen.isReadable();
      if (can && seen.kind() != Kind.SYMLINK && (here || onHost)) {
        String how = write ? "write" : "read";
        return broken(
            expect,
            here
                ? "the program can " + how + " `" + seen.at() + "`"
                : "the program can "
                    + how
                    + " `"
                    + seen.source()
                    + "` of the host, at `"
                    + seen.at()
                    + "`",
            null,
            seen);
      }
    }
    return null;
  }

  private static boolean below(Seen seen, String path) {
    return seen.kind() == Kind.HOST && Paths.isWithin(seen.source(), path);
  }

  private static Diagnostic broken(
      Spec.Expectation expect, String message, @Nullable String hint, @Nullable Seen seen) {
    return new Diagnostic(
        Severity.ERROR,
        Code.EXPECTATION,
        "this does not hold: " + message,
        expect.provenance().origin(),
        seen == null
            ? List.of()
            : List.of(new Note("this line makes it so", seen.provenance().origin())),
        hint);
  }
}
