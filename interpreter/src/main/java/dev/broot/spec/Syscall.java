package dev.broot.spec;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A system call that a sandbox holds.
 *
 * @param name of the call
 * @param argument with which it is held, or null where it is held whatever its arguments are
 * @param action what becomes of it
 * @param provenance where it was said
 */
public record Syscall(
    String name, @Nullable String argument, Action action, Provenance provenance) {
  /** What becomes of a call, the strictest last. */
  public enum Action {
    /** It is done, and the kernel writes it to the audit log. */
    LOG,
    /** It fails. */
    DENY,
    /** The program is ended by SIGSYS. */
    KILL;

    /** What becomes of a call, in words. */
    public String told() {
      return switch (this) {
        case LOG -> "it is done, and the kernel writes it to the audit log";
        case DENY -> "it fails";
        case KILL -> "it ends the program";
      };
    }

    /** Its word in the language. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the program cannot make it. */
  public boolean isDenied() {
    return action != Action.LOG;
  }

  /** As a line says it, without the action. */
  public String text() {
    return argument == null ? name : name + "(" + argument + ")";
  }

  /** Whether this holds that one too. */
  public boolean covers(String call) {
    return call.equals(text()) || (argument == null && call.startsWith(name + "("));
  }
}
