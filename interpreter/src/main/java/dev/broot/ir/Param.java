package dev.broot.ir;

import dev.broot.diagnostic.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A declared parameter that has no value yet.
 *
 * @param name its name
 * @param type what its value must be
 * @param variable the variable of the caller's environment that gives the value at each run, or
 *     null when only {@code --set} can
 * @param origin its declaration
 */
public record Param(String name, Type type, @Nullable String variable, Origin origin) {

  /** What a parameter's value must be. */
  public enum Type {
    /** An absolute path. */
    PATH,
    /** Any text without NUL. */
    STRING
  }
}
