package dev.broot.support;

import static dev.broot.support.Golden.HOME;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The launcher, built: what is told while it builds would be taken for what a test looks at. */
public final class Broot {
  /** The path of {@code bin/broot}. */
  public static final String BROOT = built();

  private Broot() {}

  private static String built() {
    try {
      Run.Result result = Run.run(HOME + "/bin/.build");
      if (result.status() != 0) {
        throw new IllegalStateException(result.err());
      }
      return HOME + "/bin/broot";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
