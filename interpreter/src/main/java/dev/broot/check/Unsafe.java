package dev.broot.check;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.spec.Provenance;
import org.jspecify.annotations.Nullable;

/** Holds the word {@code unsafe} to what a line grants. */
final class Unsafe {
  private Unsafe() {}

  /**
   * Compares a danger with what the line says of it.
   *
   * @param danger why the grant is dangerous, or null
   * @param certain whether the line is known not to be dangerous when {@code danger} is null
   */
  static void judge(
      @Nullable String danger, boolean certain, Provenance said, Diagnostics diagnostics) {
    if (danger != null && !said.unsafe()) {
      diagnostics.error(
          Code.NEEDS_UNSAFE,
          said.origin(),
          "this line " + danger,
          "to allow it, write `unsafe` before the line and `because \"why\"` after it");
    } else if (said.unsafe() && said.because() == null) {
      diagnostics.error(
          Code.NEEDS_BECAUSE,
          said.origin(),
          "`unsafe` without a reason",
          "end the line in `because \"why\"`");
    } else if (danger == null && certain && said.unsafe()) {
      diagnostics.error(
          Code.NOT_UNSAFE,
          said.origin(),
          "`unsafe` on a line that grants nothing dangerous",
          "remove the word `unsafe`; you can keep `because`");
    }
  }
}
