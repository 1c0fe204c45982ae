package dev.broot.run;

import org.jspecify.annotations.Nullable;

/**
 * The standard streams of a process.
 *
 * @param stdin a path that is opened, or null for this process's
 * @param output for descriptor 1, or -1 for this process's 1 and 2
 * @param errors for descriptor 2
 */
record Standard(@Nullable String stdin, int output, int errors) {
  /** Nothing to read, and all that is said goes to one descriptor. */
  static Standard into(int descriptor) {
    return new Standard("/dev/null", descriptor, descriptor);
  }
}
