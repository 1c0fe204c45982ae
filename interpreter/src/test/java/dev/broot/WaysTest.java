package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.run.BuildRoot;
import dev.broot.run.SetupException;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lines make in a bind is made there, and not where a symlink leads that lies on the way. */
@NeedsSandbox
class WaysTest {
  @TempDir Path temp = Path.of("");

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(temp.resolve("tree/real/deep"));
    Files.createDirectories(temp.resolve("out"));
    Files.writeString(temp.resolve("out/victim"), "mine");
    String host = "../../oldroot" + temp + "/out";
    Files.createSymbolicLink(temp.resolve("tree/sub"), Path.of(host));
    Files.createSymbolicLink(temp.resolve("tree/file"), Path.of(host + "/victim"));
    Files.createSymbolicLink(temp.resolve("tree/real/up"), Path.of("../" + host));
    Files.createSymbolicLink(temp.resolve("tree/hop"), Path.of("./real/../real/up"));
    Files.createSymbolicLink(temp.resolve("tree/inner"), Path.of("real"));
    Files.createSymbolicLink(temp.resolve("tree/cross"), Path.of("../y/real"));
    Files.createSymbolicLink(temp.resolve("tree/odd\n"), Path.of(host));
    Files.createSymbolicLink(temp.resolve("tree/odder"), Path.of("odd\n"));
  }

  private String spec(String lines) {
    return ("broot 1\nbase host\n" + lines + "\n").replace(";", "\n").replace("@", temp.toString());
  }

  private Run.Result run(String lines) throws IOException {
    Path script = temp.resolve("script.sh");
    Files.writeString(script, ScriptWriter.write(Specs.plan(spec(lines)), RunOptions.NONE, "TEST"));
    Map<String, String> environment = Map.of("Q", "/x/sub", "R", temp + "/tree");
    return Run.run(environment, null, List.of("dash", script.toString(), "echo", "started"));
  }

  private String outside() throws IOException {
    return Files.readString(temp.resolve("out/victim"))
        + Files.getPosixFilePermissions(temp.resolve("out/victim")).size()
        + Run.run("ls", temp + "/out").out();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bind rw @/tree -> /x;file /etc/issue -> /x/sub/f",
        "bind rw @/tree -> /x;file /etc/issue -> /x/file",
        "bind rw @/tree -> /x;dir /x/sub/d",
        "bind rw @/tree -> /x;dir /x/real/up/d",
        "bind rw @/tree -> /x;symlink a -> /x/sub/l",
        "bind rw @/tree -> /x;chmod 0777 /x/file",
        "bind ro @/tree -> /x;chmod 0777 /x/file",
        "bind ro @/tree -> /x;dir /x/sub/d",
        "bind ro @/tree -> /x;tmpfs /x/sub/d",
        "bind rw @/tree -> /x;bind ro /usr -> /x/sub/d optional",
        "bind rw @/tree -> /x;bind ro /usr -> /x/sub/d if directory",
        "bind ro @/tree -> /x;bind ro /usr -> /x/real/up/d",
        "bind ro @/tree -> /x;bind ro /etc/issue -> /x/sub/f",
        "bind ro @/tree -> /x;tmpfs /x/hop/d",
        "bind ro @/tree -> /x;tmpfs /x/odder/d",
        "bind ro @/tree -> /x;dev /x/inner/up/d",
        "bind rw @/tree -> /x;text /x/sub/t = hello",
        "bind rw @/tree -> /x;bind ro /usr -> /x/sub/u",
        "bind rw @/tree -> /x;symlink x/sub -> /q;dir /q/d",
        "bind ro /srv -> /x;bind rw @/tree -> /x over;dir /x/sub/d",
        "param q: path from env Q;bind rw @/tree -> /x;dir ${q}/d",
        "param r: path from env R;bind rw ${r} -> /x;dir /x/sub/d",
        "param r: path from env R;bind rw ${r} -> ${r};dir ${r}/sub/d",
      })
  void whatLeadsAwayIsRefused(String lines) throws Exception {
    String before = outside();
    Run.Result result = run(lines);
    assertThat(result.err()).contains("test.broot:").contains("is a symlink, through which");
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(125);
    if (!lines.contains("env")) {
      try (BuildRoot root = BuildRoot.enter(Specs.valid(spec(lines)))) {
        Assertions.assertThatThrownBy(() -> root.run(dev.broot.run.Run.of("true")))
            .isInstanceOf(SetupException.class)
            .hasMessageContaining("is a symlink, through which");
      } catch (SetupException e) {
        assertThat(e).hasMessageContaining("is a symlink, through which");
      }
    }
    assertThat(outside()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "bind rw @/tree -> /x;dir /x/real/deep/d,tree/real/deep/d",
    "bind rw @/tree -> /x;symlink a -> /x/real/l,tree/real/l",
    "bind rw @/tree -> /x;file /etc/issue -> /x/real/f,tree/real/f",
    "bind rw @/tree -> /x;symlink x/real -> /q;dir /q/d,tree/real/d",
    "bind rw @/tree -> /x;symlink real -> /x/l;dir /x/l/d,tree/real/d",
    "bind rw @/tree -> /x;tmpfs /x/real;dir /x/real/up/d,tree/real",
    "bind rw @/tree/real -> /x;bind ro /usr -> /x/deep;tmpfs /sub,tree/real",
    "tmpfs /x;bind rw @/tree -> /y;dir /x/sub/d,tree/real",
    "bind ro @/tree -> /x;tmpfs /x/inner/deep,tree/real",
    "bind ro @/tree -> /x;bind rw @/tree -> /y;tmpfs /x/cross/made,tree/real/made",
  })
  void whatLeadsNowhereElseIsMade(String lines, String made) throws IOException {
    assertThat(run(lines)).isEqualTo(new Run.Result(0, "started\n", ""));
    assertThat(Files.exists(temp.resolve(made), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }
}
