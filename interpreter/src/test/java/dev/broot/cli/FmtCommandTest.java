package dev.broot.cli;

import static dev.broot.cli.Called.broot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code broot fmt}: files, their modes, and what is refused. */
class FmtCommandTest {
  private static final String UNTIDY =
      "\uFEFF\n\n  # first\t\n broot   1 # the edition\r\n\n\n\n\tbase  host\n"
          + "raw [ \"--a b\" ,\"c\"]\nenv A =\"x  # y\"   # kept\n\n\n";
  private static final String TIDY =
      "# first\nbroot 1  # the edition\n\nbase host\n"
          + "raw [\"--a b\", \"c\"]\nenv A = \"x  # y\"  # kept\n";

  @TempDir Path temp = Path.of("");

  private Path file(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text);
  }

  @Test
  void aFileIsLaidOutAndKeepsItsModeAndOwner() throws IOException {
    Path spec = file("a.broot", UNTIDY);
    Files.setPosixFilePermissions(spec, PosixFilePermissions.fromString("rw-rw-r-x"));
    Object owner = Files.getAttribute(spec, "unix:uid");
    if (owner.equals(0)) {
      owner = 12345;
      Files.setAttribute(spec, "unix:uid", owner);
    }
    assertThat(broot("fmt", "--check", spec.toString()))
        .isEqualTo(new Run.Result(1, spec + "\n", ""));
    assertThat(spec).hasContent(UNTIDY);
    assertThat(broot("fmt", spec.toString())).isEqualTo(new Run.Result(0, "", ""));
    assertThat(Files.readString(spec)).isEqualTo(TIDY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spec)))
        .isEqualTo("rw-rw-r-x");
    assertThat(Files.getAttribute(spec, "unix:uid")).isEqualTo(owner);
    assertThat(broot("fmt", "--check", spec.toString())).isEqualTo(new Run.Result(0, "", ""));
    assertThat(temp).isDirectoryNotContaining(one -> !one.equals(spec));
  }

  @Test
  void aFileThatIsLaidOutIsNotWritten() throws IOException {
    Path spec = file("a.broot", TIDY);
    Object inode = Files.getAttribute(spec, "unix:ino");
    assertThat(broot("fmt", spec.toString()).status()).isZero();
    assertThat(Files.getAttribute(spec, "unix:ino")).isEqualTo(inode);
  }

  @Test
  void whatDoesNotParseStaysAndTheOthersAreLaidOut() throws IOException {
    Path bad = file("bad.broot", "broot 1\n  bnd  ro\n");
    Path bytes = temp.resolve("bytes.broot");
    Files.write(bytes, new byte[] {'b', 'r', 'o', 'o', 't', ' ', '1', '\n', '#', (byte) 0xff});
    Path other = file("other.txt", "  anything\n");
    Path fragment = file("part.broot", "fragment   1\n\n\n  include  nowhere.broot\n");
    Run.Result result =
        broot("fmt", bad + "", bytes + "", other + "", temp + "/none.broot", fragment + "");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("bad.broot:2:3: error[BR102]", "error[BR106]", "error[BR104]", "cannot read ")
        .doesNotContain("anything");
    assertThat(bad).hasContent("broot 1\n  bnd  ro\n");
    assertThat(Files.size(bytes)).isEqualTo(10);
    assertThat(fragment).hasContent("fragment 1\n\ninclude nowhere.broot\n");
  }

  @Test
  void aSymlinkIsNotWrittenThrough() throws IOException {
    Path spec = file("a.broot", UNTIDY);
    Path link = Files.createSymbolicLink(temp.resolve("link.broot"), spec);
    Run.Result result = broot("fmt", link.toString());
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err()).contains("is no plain file");
    assertThat(spec).hasContent(UNTIDY);
  }
}
