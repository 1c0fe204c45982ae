package dev.broot.cli;

import dev.broot.check.Sources;
import java.time.Duration;
import java.util.function.Supplier;

/** What the language server reads the last commit by, for tests of the server. */
public final class Heads {
  private Heads() {}

  /** As {@code broot lsp} has it, with another limit. */
  public static Supplier<Sources> within(Supplier<Duration> limit) {
    return () -> GitSources.head(limit.get());
  }
}
