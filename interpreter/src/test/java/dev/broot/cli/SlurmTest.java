package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spec as a job of Slurm. */
class SlurmTest {
  @TempDir Path temp = Path.of("");

  private String job(String name, String spec, String... words) throws IOException {
    Path file = Files.writeString(temp.resolve(name), spec);
    List<String> command = new ArrayList<>(List.of("export", "slurm", file.toString()));
    command.addAll(List.of(words));
    Run.Result result = Called.broot(command.toArray(new String[0]));
    assertThat(result.status()).as(result.err()).isZero();
    return result.out();
  }

  private static List<String> directives(String job) {
    return job.lines().filter(line -> line.startsWith("#SBATCH")).toList();
  }

  @Test
  void theLimitsAreTheSpecs() throws IOException {
    String spec =
        "broot 1\nbase host\nparam p: path from env PLACE\nbind ro ${p} -> /p\nenv pass LANG\n"
            + "limit memory 1025KiB\nlimit cpu 150%\n";
    String job = job("x.broot", spec, "--timeout=90s", "--kill-after=30s", "--", "make", "-j4");
    assertThat(job).startsWith("#!/bin/sh\n#SBATCH ");
    assertThat(directives(job))
        .containsExactly(
            "#SBATCH --job-name=x",
            "#SBATCH --mem=1025K",
            "#SBATCH --cpus-per-task=2",
            "#SBATCH --time=3",
            "#SBATCH --export=ALL");
  }

  @Test
  void hostileNamesStayNames() throws IOException {
    String name = "a b\n#SBATCH --uid=0;'$(touch x)\".broot";
    String word = "it's\n#SBATCH --wrap=\"$(touch y)\" `z` \\";
    String job =
        job(name, "broot 1\nbase host\n", "--status-file=%a '$(x)'%%%j%", "--", "echo", word);
    assertThat(directives(job))
        .filteredOn(line -> !line.contains("'"))
        .containsExactly(
            "#SBATCH --job-name=a_b__SBATCH_--uid_0____touch_x__", "#SBATCH --export=NIL");
    int first = job.indexOf("\n[ ");
    assertThat(job.substring(0, first).lines())
        .as("sbatch reads no further than the first line that is no comment")
        .hasSize(3)
        .allMatch(line -> line.startsWith("#"));
    String shown = job.substring(first + 1, job.indexOf("\"$@\"\n", first) + 5);
    Run.Result words =
        Run.run(
            Map.of("SLURM_JOB_ID", "7", "SLURM_ARRAY_TASK_ID", "3"),
            temp,
            List.of("sh", "-c", shown + "printf '<%s>' \"$@\"", "sh", "more"));
    assertThat(words.out()).isEqualTo("<--status-file=3 '$(x)'%7%><--><echo><" + word + "><more>");
    assertThat(temp.resolve("x")).doesNotExist();
  }

  @Test
  void whatWasNotReviewedIsRefused() throws IOException {
    Path file = Files.writeString(temp.resolve("s.broot"), "broot 1\nbase host\n");
    String zero = "sha256:" + "0".repeat(64);
    Run.Result result =
        Called.broot("export", "slurm", "--expect-plan", zero, file.toString(), "--", "true");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("is sha256:", "not " + zero);
    assertThat(Called.broot("export", "slurm", file.toString()).status()).isEqualTo(2);
    assertThat(Called.broot("export", "slurm").status()).isEqualTo(2);
  }
}
