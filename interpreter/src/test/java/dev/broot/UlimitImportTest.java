package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.translate.ArgumentText;
import dev.broot.translate.Import;
import dev.broot.translate.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ulimit} sets before it calls bubblewrap is in the spec, or refused by its line. */
class UlimitImportTest {
  private static final String SH = "#!/bin/sh\n";
  private static final String BASH = "#!/usr/bin/env bash\n";

  @TempDir Path temp = Path.of("");

  private static Import of(String script) throws ArgumentText.Malformed {
    return Import.of(ShellScript.read(script, Set.of()), Set.of(), file -> null);
  }

  private static List<String> limits(Import made) {
    return made.spec().lines().filter(line -> line.startsWith("limit ")).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "ulimit -n 64; bwrap --dir /d x§limit open-files 64",
        "ulimit -n 64 && exec bwrap --dir /d x§limit open-files 64",
        "ulimit -n 64 && ulimit -t 120 && exec bwrap --dir /d x§limit open-files 64;limit cpu-time 2min",
        "ulimit -n 064 || exit 1; bwrap --dir /d x§limit open-files 64",
        "ulimit -c 0 2>/dev/null; nice -n 5 bwrap --dir /d x§limit core 0;limit nice 5",
        "ulimit -s 4096; ulimit -l 64; bwrap --dir /d x§limit stack 4MiB;limit locked-memory 64KiB",
        "ulimit -v 2097152; ulimit -u 100; bwrap --dir /d x§limit address-space 2GiB;limit processes 100",
        "( ulimit -n 64; exec bwrap --dir /d x )§limit open-files 64",
        "ulimit -n 64; ( ulimit -n 32; bwrap --dir /d x )§limit open-files 32",
        "ulimit -n 64; ulimit -n -- 32; bwrap --dir /d x§limit open-files 32",
        "ulimit -a; ulimit -n; bwrap --dir /d x§",
      })
  void itBecomesLines(String script, String lines) throws ArgumentText.Malformed {
    Import made = of(script);
    Imports.plan(made);
    assertThat(limits(made))
        .containsExactlyElementsOf(lines == null ? List.of() : List.of(lines.split(";")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "sh§-f 2048§limit file-size 1MiB",
        "sh§2048§limit file-size 1MiB",
        "sh§-c 2§limit core 1KiB",
        "bash§-f 1024§limit file-size 1MiB",
        "bash§-c 1§limit core 1KiB",
        "bash§-HSn 64§limit open-files 64",
        "bash§-S -H -n 64§limit open-files 64",
      })
  void theUnitIsTheShells(String shell, String options, String line) throws ArgumentText.Malformed {
    for (String first : List.of("#!/bin/", "#! /usr/bin/env ", "#!/usr/bin/env -S ")) {
      Import made = of(first + shell + " -e\nulimit " + options + "\nbwrap --dir /d x\n");
      assertThat(made.refused()).as(first).isEmpty();
      assertThat(limits(made)).as(first).containsExactly(line);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "ulimit -f 8; bwrap x§a block is 512 bytes in sh and 1024 in bash",
        "ulimit -Sn 64; bwrap x§`limit` sets both limits",
        "ulimit -H -n 64; bwrap x§`limit` sets both limits",
        "ulimit -HSn 64; bwrap x§`limit` sets both limits",
        "ulimit -n unlimited; bwrap x§`limit` takes away only",
        "ulimit -n hard; bwrap x§the amount is not a number",
        "ulimit -n \"$N\"; bwrap x§the amount is not a number",
        "ulimit -n -5; bwrap x§the amount is not a number",
        "ulimit -n 64 -t 5; bwrap x§write a `ulimit` for each bound",
        "ulimit -n 64 -t; bwrap x§write a `ulimit` for each bound",
        "ulimit -d 64; bwrap x§`limit` has no word for `ulimit -d`",
        "ulimit -p 64; bwrap x§`limit` has no word for `ulimit -p`",
        "ulimit -tn 64; bwrap x§`limit` has no word for `ulimit -tn`",
        "ulimit -n64; bwrap x§the amount is not a number",
        "ulimit -n 4; bwrap x§`limit open-files` takes 16 to 1073741816",
        "ulimit -s 64; bwrap x§`limit stack` takes 128KiB to more",
        "ulimit -s 999999999999999999; bwrap x§`limit stack` takes",
        "ulimit -n 64; ulimit -n 65; bwrap x§it is more than the `ulimit` before it",
        "[ \"$1\" ] && ulimit -n 64; bwrap x§it depends on a test",
        "if [ \"$1\" ]; then ulimit -n 64; fi; bwrap x§it depends on a test",
        "ulimit -n 64 | cat; bwrap x§it sets nothing for bwrap there",
        "ulimit -n 64 & bwrap x§it sets nothing for bwrap there",
        "( ulimit -n 64 ); bwrap x§what it sets ends at this `)`",
        "ulimit -n 64 || bwrap x§it is called where a limit cannot be set",
        "command ulimit -n 64; bwrap x§a spec does not do that",
      })
  void orIsRefusedByName(String script, String why) throws ArgumentText.Malformed {
    Import made = of(script);
    assertThat(made.refused())
        .anyMatch(reason -> reason.startsWith("line 1: `") && reason.contains("`: " + why));
  }

  @Test
  void itIsNoProgram() {
    assertThat(Import.of(List.of("ulimit", "-n", "64", ";", "bwrap", "--dir", "/d")).refused())
        .contains(
            "argument 1: `ulimit`: it is the shell's; use --as shell, which reads the whole line");
  }

  /** The program finds the same limits whether the script or broot starts it. */
  @ParameterizedTest
  @ValueSource(strings = {SH, BASH})
  @NeedsSandbox
  void theProgramFindsTheSame(String shell) throws IOException {
    String set = "ulimit -n 64; ulimit -f 2048; ulimit -c 6; ulimit -s 4096; ulimit -t 600\n";
    String ask = "ulimit -n; ulimit -f; ulimit -c; ulimit -s; ulimit -t; ulimit -Hn; ulimit -Hf";
    Path script = temp.resolve("run.sh");
    Files.writeString(
        script, shell + set + "exec bwrap --ro-bind / / --dev /dev sh -c '" + ask + "'\n");
    Path spec = temp.resolve("made.broot");
    Run.Result made = Run.run(BROOT, "import", "--from", script.toString(), "-o", spec.toString());
    assertThat(made.status()).as(made.err()).isZero();
    String interpreter = shell.equals(SH) ? "sh" : "bash";
    Run.Result called = Run.run(interpreter, script.toString());
    assertThat(called.out()).startsWith("64\n");
    assertThat(Run.run(BROOT, "exec", spec.toString(), "--", "sh", "-c", ask)).isEqualTo(called);
  }
}
