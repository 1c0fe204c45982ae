package dev.broot.permission;

import dev.broot.diagnostic.Code;
import dev.broot.plan.Plan;
import dev.broot.spec.Syscall;
import dev.broot.spec.SyscallNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which system calls a program may make, by name. */
public final class Calls {
  private Calls() {}

  /** What holds a call, or null where nothing does; {@code log} holds nothing up. */
  public static @Nullable Syscall holding(String call, List<Syscall> calls) {
    return calls.stream().filter(one -> one.covers(call)).findFirst().orElse(null);
  }

  /** What keeps a program from a call, or null where nothing does. */
  static @Nullable Syscall denied(String call, List<Syscall> calls) {
    return calls.stream()
        .filter(one -> one.isDenied() && one.covers(call))
        .findFirst()
        .orElse(null);
  }

  /** Whether a program can type into a terminal that it has. */
  static boolean canType(List<Syscall> calls) {
    return SyscallNames.group("@terminal").keySet().stream()
        .anyMatch(call -> denied(call, calls) == null);
  }

  /** What the first may call and the second may not. */
  static List<Grant> gained(Plan of, Plan not) {
    List<String> names = new ArrayList<>();
    for (Syscall held : not.sandbox().syscalls()) {
      if (held.isDenied() && denied(held.text(), of.sandbox().syscalls()) == null) {
        names.add(held.text());
      }
    }
    if (names.isEmpty()) {
      return List.of();
    }
    String text =
        (names.size() == 1 ? "make the system call " : "make the system calls ")
            + String.join(", ", names);
    return List.of(new Grant(Grant.Level.HOST_WRITE, new Subject.Called(names), text, null));
  }

  /** Warns of calls that are denied where another one does the same. */
  static void look(List<Syscall> calls, Warnings warnings) {
    for (Syscall call : calls) {
      Set<String> left = new TreeSet<>();
      if (call.isDenied() && call.argument() == null) {
        left.addAll(SyscallNames.alike(call.name()));
        left.removeIf(other -> denied(other, calls) != null);
      }
      if (!left.isEmpty()) {
        String names = String.join("`, `", left);
        warnings.warn(
            Code.SAME_CALL,
            call.provenance(),
            "`" + call.name() + "` is denied, and `" + names + "` can do the same",
            "say `syscalls deny " + String.join(" ", left) + "` too; " + Warnings.MEANT);
      }
    }
  }
}
