package dev.broot.cli;

import static dev.broot.cli.Called.broot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.host.Removal;
import dev.broot.support.Host;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code diff} and {@code why} say of what has another name on this host, or in this run. */
class OtherNamesTest {
  @TempDir Path temp = Path.of("");
  private Path tree = temp;

  // Not below /tmp, where anybody can replace a name.
  @BeforeEach
  void tree() throws IOException {
    tree = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "named");
  }

  @AfterEach
  void remove() throws IOException {
    Removal.remove(tree);
  }

  private String spec(String name, String lines) throws IOException {
    return Files.writeString(temp.resolve(name), "broot 1\nbase host\n" + lines + "\n").toString();
  }

  @Test
  void aSymlinkOutOfWhatOneHadIsMore() throws IOException {
    Files.createDirectories(tree.resolve("other/d"));
    Files.createDirectories(tree.resolve("here/real/d"));
    Files.createSymbolicLink(tree.resolve("here/out"), Path.of("../other"));
    String had = spec("had.broot", "bind rw " + tree + "/here -> /m");
    String part = spec("part.broot", "bind ro " + tree + "/here/real/d -> /m");
    String out = spec("out.broot", "bind ro " + tree + "/here/out/d -> /m");
    String gone = spec("gone.broot", "bind ro " + tree + "/here/none/d -> /m");
    assertThat(broot("diff", had, part).out()).startsWith("NARROWER\n");
    assertThat(broot("diff", had, gone).out()).startsWith("NARROWER\n");
    assertThat(broot("diff", had, out).out())
        .startsWith("WIDER\n")
        .contains("read " + tree + "/other/d on the host")
        .contains("on this host that is not so; by the names alone, the answer is NARROWER");
  }

  @Test
  void aMaskByAnotherNameAndWhatAMountOfTheHostCovers() throws Exception {
    Files.createDirectories(tree.resolve("real/d"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("real/d"));
    String bind = "bind rw " + tree + "/real -> /m";
    String not = spec("not.broot", bind);
    for (String mask : List.of("hide " + tree + "/link optional", "protect " + tree + "/link/*")) {
      assertThat(broot("diff", spec("masked.broot", bind + "\n" + mask), not).out())
          .startsWith("WIDER\n")
          .contains("on this host that is not so; by the names alone, the answer is EQUAL");
      assertThat(broot("diff", not, temp.resolve("masked.broot").toString()).out())
          .startsWith("NARROWER\n")
          .contains("by the names alone, the answer is EQUAL");
    }
    String none = spec("none.broot", bind + "\nhide " + tree + "/none optional");
    assertThat(broot("diff", none, not).out()).startsWith("EQUAL\n");
    String whole = spec("whole.broot", "bind ro / -> /m");
    String layer = spec("layer.broot", "overlay [\"/\", \"" + tree + "\"] ro -> /m");
    // /proc is mounted below it.
    assertThat(broot("diff", whole, layer).out())
        .startsWith("WIDER\n")
        .contains("may read / on the host, seen as /m, where no layer over it hides it")
        .contains("note: / is taken to have nothing mounted below it on the host");
  }

  @Test
  void aMaskOfWhatTheHostHasMountedASecondTime() throws Exception {
    Host.assumeRoot();
    Path secret = Files.createDirectories(tree.resolve("secret"));
    Files.writeString(secret.resolve("f"), "secret");
    Path second = Files.createDirectories(tree.resolve("real/second"));
    String bind = "bind rw " + tree + "/real -> /m";
    String not = spec("not.broot", bind);
    assertThat(Run.run("mount", "--bind", secret.toString(), second.toString()).status()).isZero();
    try {
      for (String mask : List.of("hide", "protect")) {
        String had = spec("masked.broot", bind + "\n" + mask + " " + secret + "/f optional");
        assertThat(broot("diff", had, not).out()).startsWith("WIDER\n");
        assertThat(broot("diff", not, had).out()).startsWith("NARROWER\n");
        assertThat(broot("diff", had, spec("same.broot", bind + "\nhide " + secret)).out())
            .startsWith("NARROWER\n");
      }
    } finally {
      assertThat(Run.run("umount", second.toString()).status()).isZero();
    }
  }

  @Test
  void whatIsAtTheValueOfAParameterIsNotKnown() throws IOException {
    String spec = spec("open.broot", "param p: path from env P\nbind rw ${p} -> ${p}");
    assertThat(broot("why", "--write", spec, "/x").status()).isZero();
    assertThat(broot("why", spec, "/x").out())
        .startsWith("/x: that is not known\nunknown: where something is mounted depends on");
    String link = spec("link.broot", "param p: path from env P\nsymlink ${p} -> /l");
    assertThat(broot("why", "--read", link, "/l/x").status()).isZero();
    assertThat(broot("why", "--read", link, "/x").status()).isEqualTo(1);
  }
}
