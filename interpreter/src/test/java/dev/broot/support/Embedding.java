package dev.broot.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.run.BuildRoot;
import dev.broot.run.Result;
import java.nio.file.Path;
import java.util.Map;

/** A program that embeds the library, for tests that start one: SPEC and a line of shell. */
public final class Embedding {
  private Embedding() {}

  /** Runs the line in the sandbox of the spec. */
  public static void main(String[] arguments) throws Exception {
    try (BuildRoot root =
        BuildRoot.enter(BuildRoot.compile(Path.of(arguments[0]), Map.<String, String>of()))) {
      Result result = root.run(dev.broot.run.Run.of("sh", "-c", arguments[1]).capture());
      System.out.print(result.output());
      assertThat(result.status()).isZero();
    }
  }
}
