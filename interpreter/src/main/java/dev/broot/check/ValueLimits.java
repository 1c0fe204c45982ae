package dev.broot.check;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.spec.Value;

/**
 * How long values may become. Few lines suffice for values of any length, since each may say
 * another one twice.
 */
final class ValueLimits {
  /** The longest value, in UTF-16 units. The kernel takes no argument of 128 KiB (execve(2)). */
  static final int LONGEST = 65_536;

  /** All values of a spec together, in UTF-16 units. */
  static final long ALL = 32L * 1024 * 1024;

  /** How deep values may refer to others. */
  static final int DEEPEST = 100;

  private final Diagnostics diagnostics;
  private long all;

  ValueLimits(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** The length of what is known of a value. */
  static long length(Value value) {
    long length = 0;
    for (Value.Part part : value.parts()) {
      length += part instanceof Value.Literal literal ? literal.text().length() : 1;
    }
    return length;
  }

  /** Whether a value is too long, which is said then. */
  boolean isTooLong(long length, Origin at) {
    if (length > LONGEST) {
      diagnostics.error(
          Code.LIMIT,
          at,
          "a value of more than " + LONGEST + " characters",
          "a longer text lies in a file of the host, which `bind` or `file` shows");
      return true;
    }
    boolean before = all > ALL;
    all += length;
    if (all > ALL && !before) {
      diagnostics.error(
          Code.LIMIT,
          at,
          "with this value, all values of the spec have more than " + ALL + " characters",
          "split it into specs");
    }
    return all > ALL;
  }

  /** Whether values refer too deep, which is said then. */
  boolean isTooDeep(int depth, Origin at) {
    if (depth > DEEPEST) {
      diagnostics.error(
          Code.LIMIT,
          at,
          "values that refer to others more than " + DEEPEST + " deep",
          "say the value itself");
    }
    return depth > DEEPEST;
  }
}
