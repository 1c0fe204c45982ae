package dev.broot.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes repositories with the real git, whatever the one who tests has configured. */
public final class Git {
  /** Who commits, and when. */
  public static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GIT_CONFIG_GLOBAL", "/dev/null",
          "GIT_AUTHOR_NAME", "Ada",
          "GIT_AUTHOR_EMAIL", "ada@example.org",
          "GIT_COMMITTER_NAME", "Ada",
          "GIT_COMMITTER_EMAIL", "ada@example.org",
          "GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z",
          "GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z");

  private Git() {}

  /** Calls git, which has to succeed, and gives what it prints. */
  public static String git(Path directory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Run.Result result = Run.run(ENVIRONMENT, directory, command);
    assertThat(result.status()).as(command + result.err()).isZero();
    return result.out();
  }
}
