package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;

import dev.broot.plan.Sandbox;
import dev.broot.spec.Limit;

/** The part of a script that holds the limits of a sandbox; the library uses it too. */
public final class LimitScript {
  private LimitScript() {}

  /** Whether something is to be removed or told behind the run. */
  static boolean hasEnd(Sandbox sandbox) {
    return sandbox.limits().stream()
        .anyMatch(
            limit ->
                limit.kind().holder() == Limit.Holder.CGROUP
                    || limit.kind() == Limit.Kind.CPU_TIME);
  }

  /** What is done before the run; nothing where there are no limits. */
  static String write(Sandbox sandbox) {
    return sandbox.limits().isEmpty() ? "" : "\n" + functions(sandbox) + holds(sandbox);
  }

  /**
   * A script for {@code sh -c} that holds the limits and becomes the command in its arguments, for
   * who starts bubblewrap without a script. The cgroups are called by the number of its process.
   */
  public static String start(Sandbox sandbox) {
    return FAIL + functions(sandbox) + holds(sandbox) + "broot_join\nexec \"$@\"\n";
  }

  /**
   * A script for {@code sh -c} that removes what {@link #start} made, and says on stdout the peak
   * of memory in bytes, or {@code null}, and the limits that were reached. Its arguments are the
   * number of the process that started, and its exit status.
   */
  public static String end(Sandbox sandbox) {
    StringBuilder out = new StringBuilder(FAIL).append(functions(sandbox));
    for (Limit limit : sandbox.limits(Limit.Holder.CGROUP)) {
      out.append("broot_find_cages ").append(controller(limit.kind())).append(" \"$1\"\n");
    }
    return out.append(
            "broot_uncage\nbroot_tell_limits \"$2\"\necho \"$broot_peak$broot_reached\"\n")
        .toString();
  }

  private static final String FAIL =
      "set -u\nbroot_fail() {\n  printf 'broot: %s\\n' \"$*\" >&2\n  exit 125\n}\n";

  private static String holds(Sandbox sandbox) {
    StringBuilder out = new StringBuilder();
    if (!sandbox.limits(Limit.Holder.CGROUP).isEmpty()) {
      out.append("broot_cage_name\n");
    }
    for (Limit limit : sandbox.limits(Limit.Holder.CGROUP)) {
      out.append("broot_hold ")
          .append(controller(limit.kind()))
          .append(' ')
          .append(limit.amount())
          .append(' ')
          .append(quote(said(limit)))
          .append(limit.bestEffort() ? " yes" : " ''")
          .append('\n');
    }
    return out.toString();
  }

  private static String functions(Sandbox sandbox) {
    StringBuilder out = new StringBuilder(ScriptParts.read("cages"));
    out.append(ScriptParts.read("limits"));
    out.append("broot_limit_process() {\n");
    for (Limit limit : sandbox.limits(Limit.Holder.RLIMIT)) {
      line(out, "broot_bound \"$1\" " + limit.kind().resource() + " " + bounds(limit), limit);
    }
    for (Limit limit : sandbox.limits(Limit.Holder.PROCESS)) {
      String command =
          switch (limit.kind()) {
            case NICE -> "broot_nice \"$1\" " + limit.amount();
            case CPUS -> "taskset -pc " + limit.text() + " \"$1\"";
            default -> "broot_oom_score \"$1\" " + limit.amount();
          };
      line(out, command, limit);
    }
    out.append("  :\n}\n");
    out.append("broot_limit_said() {\n  case $1 in\n");
    for (Limit limit : sandbox.limits()) {
      out.append("    ")
          .append(limit.kind().word())
          .append(") broot_line=")
          .append(quote(said(limit)))
          .append(" ;;\n");
    }
    return out.append("  esac\n}\n").toString();
  }

  // Behind the time that it is told to end, a process has one second until it is killed.
  private static String bounds(Limit limit) {
    long hard = limit.kind() == Limit.Kind.CPU_TIME ? limit.amount() + 1 : limit.amount();
    return limit.amount() + " " + hard;
  }

  /** The controller that holds a limit, as version 1 calls it. */
  private static String controller(Limit.Kind kind) {
    return switch (kind) {
      case MEMORY -> "memory";
      case PIDS -> "pids";
      case CPU -> "cpu";
      case IO_WEIGHT -> "\"$broot_io\"";
      default -> throw new IllegalArgumentException(kind + " is not held by a cgroup");
    };
  }

  private static void line(StringBuilder out, String command, Limit limit) {
    out.append("  ")
        .append(command)
        .append(" >/dev/null || broot_limited ")
        .append(quote(said(limit)))
        .append(limit.bestEffort() ? " yes" : " ''")
        .append(" 'the kernel or a missing program refuses it, as said above'\n");
  }

  private static String said(Limit limit) {
    return limit.provenance().origin().place()
        + ": limit "
        + limit.kind().word()
        + " "
        + limit.text();
  }
}
