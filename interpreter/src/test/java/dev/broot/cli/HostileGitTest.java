package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Git;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that somebody else has made: their configuration names programs. */
class HostileGitTest {
  // The second commit says that it is signed, so that git asks a program about that.
  private static final String REPOSITORY =
      """
      set -e
      git init -q -b main .
      printf 'broot 1\\nbase host\\n' > a.broot
      git add a.broot
      git commit -qm one
      printf 'broot 1\\nbase host\\nbind rw /srv -> /srv because "t"\\n' > a.broot
      git commit -qam two
      signature='gpgsig -----BEGIN PGP SIGNATURE-----\\n \\n abc\\n -----END PGP SIGNATURE-----\\n'
      signed=$(git cat-file commit HEAD | sed "0,/^$/s//$signature/" |
        git hash-object -t commit -w --stdin)
      git branch work "$signed"
      git checkout -q work
      git update-index --fsmonitor
      git config core.fsmonitor "$PWD/evil"
      git config user.name Ada
      git config user.email ada@example.org
      git config log.showSignature true
      git config gpg.program "$PWD/evil"
      git config core.pager "$PWD/evil"
      git config diff.external "$PWD/evil"
      git config trailer.x.command "$PWD/evil"
      printf '#!/bin/sh\\necho "$*" >>"%s/ran"\\n' "$PWD" > evil
      chmod +x evil
      """;

  @TempDir Path temp = Path.of("");

  private Run.Result sh(String script) throws IOException {
    return Run.run(Git.ENVIRONMENT, temp, List.of("sh", "-c", script));
  }

  @BeforeEach
  void repository() throws IOException {
    Run.Result made = sh(REPOSITORY);
    assertThat(made.status()).as(made.err()).isZero();
  }

  @Test
  void theirConfigurationStartsNothing() throws IOException {
    Path ran = temp.resolve("ran");
    assertThat(sh("git log -1; git status --short").status()).isZero();
    assertThat(ran).as("git itself starts what is named there").exists();
    Files.delete(ran);
    String repository = temp.toString();
    Path message = Files.writeString(temp.resolve("message"), "x\n\nSigned-off-by: x\n");
    for (List<String> more :
        List.of(List.of("--head", "work"), List.of("--index", "--message", message.toString()))) {
      List<String> command =
          new java.util.ArrayList<>(
              List.of("review", "--repository", repository, "--base", "main~1"));
      command.addAll(more);
      Run.Result result = Called.broot(command.toArray(new String[0]));
      assertThat(result.out()).as(result.err()).contains("a.broot (changed): WIDER");
    }
    assertThat(Called.broot("diff", "--git", "main~1", temp.resolve("a.broot").toString()).out())
        .startsWith("WIDER\n");
    assertThat(ran).doesNotExist();
  }
}
