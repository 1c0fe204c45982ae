package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.compile.Compiled;
import dev.broot.diagnostic.TextPrinter;
import dev.broot.plan.Plan;
import dev.broot.translate.Import;

/** Plans of what was imported. */
final class Imports {
  private Imports() {}

  static Plan plan(Import made) {
    assertThat(made.refused()).as(made.spec()).isEmpty();
    Compiled result = Import.compile(made.spec());
    Plan plan = result.plan();
    assertThat(plan).as(made.spec() + TextPrinter.print(result.diagnostics(), false)).isNotNull();
    return java.util.Objects.requireNonNull(plan);
  }
}
