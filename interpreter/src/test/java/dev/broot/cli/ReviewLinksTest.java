package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code broot review} of what a run reads and git does not show: behind symlinks, in submodules.
 */
class ReviewLinksTest extends ReviewCase {
  private String review(String base) {
    return Called.broot("review", "--repository", home + "", "--base", base).out();
  }

  /** A run follows symlinks, and a submodule has files too; git shows neither. */
  @Test
  void whatIsBroughtInThroughASymlinkOrASubmoduleIsNotTakenForUnchanged() throws IOException {
    Files.createDirectory(home.resolve("sub"));
    write("one/x.part", "fragment 1\ntmpfs /x\n");
    write("two/x.part", "fragment 1\n" + WIDE);
    write("one/y.txt", "broot 1\nbase none\n");
    Files.createSymbolicLink(home.resolve("by"), Path.of("one"));
    Files.createSymbolicLink(home.resolve("sub/by.part"), Path.of("../by/x.part"));
    Files.createSymbolicLink(home.resolve("spec.broot"), Path.of("by/y.txt"));
    git("init", "-q", "other");
    write("other/x.part", "fragment 1\ntmpfs /x\n");
    Path other = home.resolve("other");
    Git.git(other, "add", "-A");
    Git.git(other, "commit", "-qm", "other");
    write("d1.broot", HOST + "include by/x.part\n");
    write("d2.broot", HOST + "include sub/by.part\n");
    write("d3.broot", HOST + "include other/x.part\n");
    commit("links");
    String links = git("rev-parse", "HEAD").strip();
    assertThat(review(links)).startsWith("EQUAL: no spec changed");

    write("one/x.part", "fragment 1\n" + WIDE);
    commit("behind a symlink");
    assertThat(review(links))
        .contains("d1.broot (changed through one/x.part): UNKNOWN")
        .contains("d2.broot (changed through one/x.part): UNKNOWN")
        .doesNotContain("spec.broot", "d3.broot");
    git("reset", "-q", "--hard", links);

    Files.delete(home.resolve("by"));
    Files.createSymbolicLink(home.resolve("by"), Path.of("two"));
    commit("the symlink");
    assertThat(review(links))
        .contains("d1.broot (changed through by): UNKNOWN")
        .contains("d2.broot (changed through by): UNKNOWN")
        .contains("spec.broot (changed through by): UNKNOWN")
        .doesNotContain("d3.broot");
    git("reset", "-q", "--hard", links);

    write("one/y.txt", "broot 1\nbase none\n" + WIDE);
    write("other/x.part", "fragment 1\n" + WIDE);
    Git.git(other, "commit", "-qam", "wider");
    commit("the submodule, and the spec that a symlink leads to");
    assertThat(review(links))
        .contains("d3.broot (changed through other): UNKNOWN")
        .contains("spec.broot (changed through one/y.txt): UNKNOWN")
        .doesNotContain("d1.broot");
  }
}
