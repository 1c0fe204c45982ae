package dev.broot.spec;

import dev.broot.diagnostic.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A declared parameter, or a required setting of a base that is looked at by itself, without a
 * value.
 *
 * @param name its name
 * @param type what its value must be
 * @param variable the variable of the caller's environment that gives the value at each run, or
 *     null when only {@code --set} can
 * @param origin its declaration
 */
public record Param(String name, Type type, @Nullable String variable, Origin origin) {
  /** Whether this is a setting that a base requires, not a parameter: {@code --line} gives it. */
  public boolean isSetting() {
    return Spec.REFERABLE.contains(name);
  }

  /** What a parameter's value must be. */
  public enum Type {
    /** An absolute path. */
    PATH,
    /** Any text without NUL. */
    STRING
  }
}
