package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.translate.ArgumentText;
import dev.broot.translate.CommandText;
import dev.broot.translate.Import;
import dev.broot.translate.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts as people have them become specs; what they do besides is refused by its line. */
class ScriptImportTest {
  @TempDir Path temp = Path.of("");

  private static Import of(String script) {
    try {
      return Import.of(ShellScript.read(script, Set.of("cage")), Set.of("cage"), file -> null);
    } catch (ArgumentText.Malformed e) {
      throw new AssertionError(script, e);
    }
  }

  private static Import good(String script) {
    Import made = of(script);
    Imports.plan(made);
    return made;
  }

  /** Each line that is no comment, and not the frame of every spec. */
  private static List<String> said(Import made) {
    return made.spec()
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .filter(
            line -> !Set.of("broot 1", "base none", "stdin inherit", "env inherit").contains(line))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--ro-bind ./usr /in|2: `--ro-bind`: `./usr` is a relative path; `--cwd DIR` says",
        "--bind var /out|2: `--bind`: `var` is a relative path",
        "--bind-fd 7 /x|2: `--bind-fd`: what the descriptor holds",
        "--file 7 /x|2: `--file`: what the descriptor holds",
        "--overlay-src ./a --overlay-src /b --ro-overlay /x|2: `--overlay-src`: `./a` is",
        "--overlay u w /x|2: `--overlay`: `u` is a relative path",
        "--perms rw --dir /x|2: `--perms`: `rw` is not a mode",
        "--size big --tmpfs /x|2: `--size`: `big` is not a number of bytes",
        "--chmod u+x /x|2: `--chmod`: `u+x` is not a mode",
        "--seccomp 9|2: `--seccomp`: what the descriptor holds",
        "--lock-file x|2: `--lock-file`: `x` is a relative path",
        "--uid me|2: `--uid`: `me` is not a number",
      })
  void whatIsRefusedGrantsNothing(String options, String reason) {
    String words = "bwrap " + options + " --ro-bind /usr /usr x";
    Import made = Import.of(Arrays.asList(words.split(" ", -1)));
    assertThat(made.refused()).anyMatch(text -> text.startsWith("argument " + reason));
    assertThat(said(made)).containsExactly("bind ro /usr -> /usr");
    assertThat(made.spec())
        .contains("\n# refused: --", "\n# What is refused may have hidden or forbidden something");
    assertThat(Import.compile(made.spec()).plan()).isNotNull();
  }

  @Test
  void relativePathsStartWhereTheCommandIsCalled() throws Exception {
    CommandText command =
        CommandText.of(
            List.of(
                "bwrap", "--ro-bind", "./usr", "/usr", "--bind", ".", "/w", "--file", "9", "/f"));
    Import made =
        Import.of(
            command.in("/srv/root").with(Map.of("9", CommandText.word("text"))),
            Set.of(),
            file -> null);
    assertThat(said(made))
        .containsExactly(
            "bind ro /srv/root/usr -> /usr",
            "bind rw /srv/root -> /w",
            "file /srv/root/text -> /f");
    assertThat(said(good("cd /srv/root && x=1\nbwrap --ro-bind usr /usr x")))
        .containsExactly("bind ro /srv/root/usr -> /usr");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flatpak-bwrap",
        "srt-bwrap",
        "/usr/libexec/flatpak-bwrap",
        "bwrap-0.11",
        "bubblewrap",
        "cage",
        "exec bwrap",
        "command bwrap",
        "\"$BWRAP\"",
        "/nix/store/abc-bubblewrap-0.11.0/bin/bwrap",
      })
  void bubblewrapHasOtherNames(String name) {
    assertThat(said(good(name + " --ro-bind /usr /usr x"))).containsExactly("bind ro /usr -> /usr");
  }

  @Test
  void variablesBecomeParameters() {
    assertThat(
            said(
                good(
                    "bwrap --bind \"$HOME/x\" ${OUT} --setenv USER $USER --ro-bind \"$1\" /in"
                        + " --tmpfs \"${root:-/tmp}\" --setenv D '$HOME' x")))
        .containsExactlyInAnyOrder(
            "param HOME: path from env HOME",
            "param OUT: path from env OUT",
            "param USER: string from env USER",
            "param arg1: path",
            "param root_: path = /tmp",
            "env USER = ${USER}",
            "env D = \"\\$HOME\"",
            "bind rw ${HOME}/x -> ${OUT}",
            "bind ro ${arg1} -> /in",
            "tmpfs ${root_}");
  }

  @Test
  void aScriptIsRead() {
    String script =
        """
        #!/bin/bash
        # Builds a package.
        set -euo pipefail
        command -v bwrap >/dev/null || { echo "no bwrap" >&2; exit 1; }
        ROOT=/srv/root
        readonly OUT="$ROOT/out"
        export LANG=C
        ARGS=(--unshare-all  # nothing shared
          --ro-bind "$ROOT/usr" /usr)
        ARGS+=(--proc /proc)
        FLAGS="--dev /dev --die-with-parent"
        exec env -u TERM bwrap "${ARGS[@]}" $FLAGS \\
          --bind "$OUT" /out \\
          --perms 0711 --dir /d \\
          -- make "$@"
        """;
    Import made = good(script);
    assertThat(said(made))
        .containsExactlyInAnyOrder(
            "param ROOT: path = /srv/root",
            "param OUT: path = ${ROOT}/out",
            "die-with-parent",
            "unshare all",
            "env LANG = C",
            "env unset TERM",
            "bind ro ${ROOT}/usr -> /usr",
            "proc /proc",
            "dev /dev",
            "bind rw ${OUT} -> /out",
            "dir /d mode 0711");
    assertThat(made.program()).startsWith("make");
    assertThat(made.typed()).containsExactly("make", "\"$@\"");
  }

  /** What comes first is the script's own, and the rest is the program. */
  @Test
  void argumentsThatAreShiftedKeepTheirNumbers() {
    Import made =
        good("dir=\"$1\"\nshift\nbwrap --bind \"$dir\" /w --ro-bind $2 /x 'a b' \"${@}\"\n");
    assertThat(said(made))
        .containsExactlyInAnyOrder(
            "param dir: path = ${arg1}",
            "param arg1: path",
            "param arg3: path",
            "bind rw ${dir} -> /w",
            "bind ro ${arg3} -> /x");
    assertThat(made.typed()).containsExactly("'a b'", "\"${@}\"");
    assertThat(of("[ $1 = x ] && shift\nbwrap --dir /d x\n").refused())
        .containsExactly("line 1: `shift`: a spec does not do that; run it before");
  }

  @Test
  void aFileIsReadByItsForm() throws IOException {
    Path nul = Files.writeString(temp.resolve("cmdline"), "bwrap\0--tmpfs\0/a b\0sh\0");
    Run.Result read = Run.run(BROOT, "import", "--from", nul.toString());
    assertThat(read.err()).isEqualTo("run it with: broot exec SPEC -- sh\n");
    assertThat(read.out()).contains("\ntmpfs \"/a b\"\n");
    Run.Result file = Run.run(BROOT, "import", nul.toString());
    assertThat(file.status()).isEqualTo(2);
    assertThat(file.err()).contains("` is a file; write `--from " + nul + "` to read it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "mkdir -p /srv/x; bwrap --dir /d x§line 1: `mkdir -p /srv/x`: a spec does not do that",
        "bwrap --dir /d x >log§line 1: `>log`: this is for the shell",
        "bwrap --dir /d x | tee log§line 1: `|`: what a shell does",
        "bwrap --ro-bind \"$(pwd)\" /w x§argument 2: `--ro-bind`: `\"$(pwd)\"`: a spec runs no commands",
        "bwrap --ro-bind `pwd` /w x§argument 2: `--ro-bind`: ``pwd``: a spec runs no commands",
        "bwrap --ro-bind /srv/* /w x§argument 2: `--ro-bind`: `/srv/*`: the shell expands it",
        "bwrap --ro-bind ${A%/*} /w x§argument 2: `--ro-bind`: `${A%/*}`: a shell makes its value",
        "bwrap $OPTIONS --dir /d x§argument 2: `$OPTIONS`: which options it holds",
        "bwrap \"$@\" --dir /d§argument 2: `\"$@\"`",
        "bwrap --seccomp 9 x 9< <(filter)§argument 2: `--seccomp`: `<(filter)`: a spec runs no",
        "bwrap --tmpfs /a x; bwrap --tmpfs /b y§line 1: `bwrap --tmpfs /b y`: a second command",
        "sudo bwrap --dir /d x§argument 1: `sudo`: call `sudo broot exec`",
        "if [ -d /x ]; then A+=(--dir /d); fi; bwrap \"${A[@]}\" x§line 1: `A+=(...)`: whether",
      })
  void whatAScriptDoesBesidesIsRefused(String script, String reason) {
    if (script.contains("\"$@\" --dir")) {
      // The arguments may be options, so all of it is the program.
      assertThat(of(script).program()).isNotEmpty();
      return;
    }
    assertThat(of(script).refused()).anyMatch(text -> text.startsWith(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "bwrap --dir /d bash -c 'cat <&14'§14",
        "bwrap --dir /d proxy --dbus-fd 12§12",
        "bwrap --dir /d proxy --fd=12§12",
        "bwrap --dir /d cat /dev/fd/9§9",
        "bwrap --dir /d cat 9<file§9",
        "bwrap --dir /d --setenv LISTEN_FDS 1 server§3",
        "MAKEFLAGS='-j --jobserver-auth=4,5' bwrap --dir /d make§4",
      })
  void whatBubblewrapWouldLeaveOpenIsSaid(String script, String number) {
    Import made = good(script);
    assertThat(made.lost()).anyMatch(text -> text.startsWith("descriptor " + number + " ("));
    assertThat(made.spec()).contains("# lost: descriptor " + number);
    assertThat(good("bwrap --seccomp 9 --dir /d sh -c 'echo >&2' 9</f").lost()).isEmpty();
  }

  @Test
  void whatDependsOnATestIsNotKnown() {
    Import made =
        good("OUT=/a\nif [ \"$1\" ]; then OUT=$1; fi\nbwrap --bind $OUT /out --tmpfs /t x");
    assertThat(said(made)).contains("param OUT: path", "bind rw ${OUT} -> /out");
    assertThat(made.spec()).contains("# OUT: the script sets it more than once");
  }

  @Test
  @NeedsSandbox
  void theCommandTakesAScript() throws IOException {
    Files.createDirectories(temp.resolve("in"));
    Files.writeString(temp.resolve("in/text"), "found\n");
    Path script =
        Files.writeString(
            temp.resolve("run.sh"),
            "#!/bin/sh\nexec flatpak-bwrap --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib"
                + " --symlink usr/lib64 /lib64 --ro-bind in /in --ro-bind \"$EXTRA\" /extra cat \"$@\"\n");
    Path spec = temp.resolve("made.broot");
    Run.Result made =
        Run.run(
            BROOT,
            "import",
            "--from",
            script.toString(),
            "--cwd",
            temp.toString(),
            "-o",
            spec.toString());
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(Files.readString(spec)).contains("bind ro " + temp + "/in -> /in\n");
    assertThat(
            Run.run(
                Map.of("EXTRA", "/etc"),
                temp,
                List.of(BROOT, "exec", spec.toString(), "--", "cat", "/in/text")))
        .isEqualTo(new Run.Result(0, "found\n", ""));
    assertThat(Run.run(BROOT, "import", "--from", script.toString()).err())
        .contains("`in` is a relative path; `--cwd DIR` says where bwrap is called");
  }
}
