package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.diagnostic.TextPrinter;
import dev.broot.run.BuildRoot;
import dev.broot.run.SetupException;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * bubblewrap holds the host's procfs open while it changes to the directory in which the program
 * starts: nothing may lead there.
 */
@NeedsSandbox
class StartTest {
  private static final String OUT = "which leads through what a process holds open";

  @TempDir Path temp = Path.of("");

  @BeforeEach
  void files() throws IOException {
    Path tree = temp.resolve("tree");
    Files.createDirectories(tree.resolve("a/b"));
    Files.createSymbolicLink(tree.resolve("out"), Path.of("/proc/self/fd/3"));
    Files.createSymbolicLink(tree.resolve("near"), Path.of("../proc/self"));
    Files.createSymbolicLink(tree.resolve("c"), Path.of("a"));
    Files.createSymbolicLink(tree.resolve("a/b/up"), Path.of("../../out"));
    Files.createSymbolicLink(tree.resolve("root"), Path.of("/"));
  }

  private String spec(String lines) {
    return ("broot 1\nbase host\n" + lines + "\n").replace(";", "\n").replace("@", temp + "/tree");
  }

  private Run.Result run(String spec, Map<String, String> environment) throws IOException {
    Path script = temp.resolve("script.sh");
    Files.writeString(script, ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
    return Run.run(environment, null, List.of("dash", script.toString(), "/bin/pwd", "-P"));
  }

  /** What a spec says itself is an error. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "chdir /proc/self/fd/3",
        "chdir /proc/self/cwd",
        "chdir /proc/1/root/usr",
        "chdir /proc/thread-self/fd/3",
        "chdir /proc/self/task/1/cwd",
        "symlink /proc/self -> /q;chdir /q/fd/3",
        "symlink proc/self/fd/3/../srv -> /q;dir /q/d",
        "symlink proc/self/fd/3/../srv -> /q;chmod 0777 /q/d",
        "symlink proc/self/fd/3/../srv -> /q;file /etc/issue -> /q/d",
        "symlink proc/self/fd/3/../srv -> /q;symlink x -> /q/d",
        "bind ro /proc/self -> /x;chdir /x/fd/3",
        "dir /proc/self/cwd/x",
      })
  void isAnErrorWhereTheSpecSaysIt(String lines) {
    String errors =
        TextPrinter.print(Specs.compile(spec(lines), Map.of(), List.of()).diagnostics(), false);
    assertThat(errors).contains("error[BR504]").contains(OUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env HOME = /proc/self/fd/3",
        "env pass HOME else /proc/self/fd/3",
      })
  void aHomeIsAStartWithoutChdir(String line) {
    for (String chdir : List.of("", "\nchdir /")) {
      String spec = "broot 1\nbase none\nunshare pid\nproc /proc\n" + line + chdir + "\n";
      String errors =
          TextPrinter.print(Specs.compile(spec, Map.of(), List.of()).diagnostics(), false);
      assertThat(errors.contains("error[BR504]")).as(spec).isEqualTo(chdir.isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chdir /proc",
        "chdir /proc/sys/kernel",
        "env HOME = /root;bind ro /srv -> /run/user/1000;chdir /run/user/1000",
        "chdir /srv/1/fd;bind ro /srv -> /srv",
      })
  void otherPlacesAreNone(String lines) {
    assertThat(Specs.compile(spec(lines), Map.of(), List.of()).diagnostics()).isEmpty();
  }

  /** What leads there at the run is refused, before the program starts. */
  @ParameterizedTest
  @CsvSource({
    "bind ro @ -> /x;chdir /x/out",
    "bind rw @ -> /x;chdir /x/out",
    "bind rw @ -> /x;chdir /x/near/fd/3",
    "bind rw @ -> /x;chdir /x/c/b/up/1",
    "param q: path from env Q;chdir ${q}",
    "bind rw @ -> /x;symlink x/out -> /q;chdir /q",
  })
  void isRefusedAtTheRun(String lines) throws Exception {
    Run.Result result = run(spec(lines), Map.of("Q", "/proc/self/fd/3"));
    assertThat(result.err()).contains("test.broot:").contains("the program would start in");
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(125);
    if (!lines.contains("env")) {
      try (BuildRoot root = BuildRoot.enter(Specs.valid(spec(lines)))) {
        Assertions.assertThatThrownBy(() -> root.run(dev.broot.run.Run.of("true")))
            .isInstanceOf(SetupException.class)
            .hasMessageContaining(OUT);
      }
    }
  }

  /** Without `chdir`, bubblewrap starts it where its caller is, or in its home. */
  @Test
  void isRefusedWithoutChdir() throws IOException {
    String spec =
        "broot 1\nbase none\nunshare pid\ncap drop ALL\nbind ro /usr -> /usr\nproc /proc\n"
            + "bind ro @/root/usr/bin -> /bin\nbind ro @/root/usr/lib -> /lib\n"
            + "bind ro @/root/lib64 -> /lib64\nbind rw @ -> @/a\n";
    Map<String, String> home = new HashMap<>(Map.of("HOME", temp + "/tree/a/out"));
    Run.Result passed = run((spec + "env pass HOME\n").replace("@", temp + "/tree"), home);
    assertThat(passed.err()).contains(OUT);
    assertThat(passed.status()).isEqualTo(125);
    home.put("HOME", "/usr/bin");
    Run.Result honest = run((spec + "env pass HOME\n").replace("@", temp + "/tree"), home);
    assertThat(honest).isEqualTo(new Run.Result(0, "/usr/bin\n", ""));
  }

  /** So is a directory of the caller's that is another one in the sandbox. */
  @Test
  void isRefusedWhereTheCallerIs() throws IOException {
    Path here = Files.createDirectories(temp.resolve("tree/a/out"));
    String spec =
        "broot 1\nbase none\nunshare pid\ncap drop ALL\nbind ro /usr -> /usr\nproc /proc\n"
            + "symlink usr/bin -> /bin\nsymlink usr/lib -> /lib\nsymlink usr/lib64 -> /lib64\n"
            + "bind ro @ -> @/";
    Path script = temp.resolve("script.sh");
    for (String at : List.of("a", "a/b")) {
      String text = (spec + at + "\n").replace("@", temp + "/tree");
      Files.writeString(script, ScriptWriter.write(Specs.plan(text), RunOptions.NONE, "TEST"));
      Run.Result result =
          Run.run(Map.of(), here, List.of("dash", script.toString(), "/bin/pwd", "-P"));
      assertThat(result.status()).as(result.err()).isEqualTo(at.equals("a") ? 125 : 0);
      assertThat(result.err().contains(OUT)).isEqualTo(at.equals("a"));
    }
  }

  /** Symlinks that lead elsewhere in the sandbox are followed. */
  @ParameterizedTest
  @CsvSource({
    "bind ro @ -> /x;chdir /x/a/b,/x/a/b",
    "bind rw @ -> /x;chdir /x/c/b,/x/a/b",
    "bind rw @ -> /x;chdir /x/root/x/c,/x/a",
    "bind rw @ -> /x;bind ro /usr -> /x/a;chdir /x/c/bin,/x/a/bin",
    "tmpfs /y;dir /y/z;chdir /y/z,/y/z",
  })
  void otherSymlinksAreFollowed(String lines, String place) throws IOException {
    assertThat(run(spec(lines), Map.of())).isEqualTo(new Run.Result(0, place + "\n", ""));
  }
}
