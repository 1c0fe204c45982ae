package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.broot.support.Host;
import dev.broot.support.Images;
import dev.broot.support.Run;
import dev.broot.support.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spec as a job of Slurm. One test runs real slurmctld, slurmd and munge on loopback. */
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
            "#SBATCH --job-name=a_b__SBATCH_--uid_0____touch_x__", "#SBATCH --export=ALL");
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

  /** 200 tasks of one script, some of which are killed: all statuses are right, nothing is left. */
  @Test
  void anArrayOfTasks() throws IOException {
    allEnd(200, "base host\n");
  }

  /** The first tasks unpack the image at the same time. */
  @Test
  void anArrayOfTasksInAnImage() throws IOException {
    Host.assumeRoot();
    Path tree = Files.createDirectory(temp.resolve("image"));
    allEnd(
        40,
        new Images(tree).line("oci")
            + "\nunshare user\nunshare pid\nunshare net\ndie-with-parent\nbind ro ${root} -> /\n"
            + "proc /proc\ndev /dev\ntmpfs /tmp\n");
  }

  private void allEnd(int count, String sandbox) throws IOException {
    Host.assumeRoot();
    Host.assumeSlurm();
    Path out = Files.createDirectory(temp.resolve("out"));
    String nap = Host.seconds();
    int quarter = count / 4;
    String hangs = "[ $(($1 % " + quarter + ")) = " + (quarter - 1) + " ]";
    String program =
        "cd /tmp/out; echo task $1 >result-$1; ! "
            + hangs
            + " || [ -e started-$1 ] || { : >started-$1; sleep "
            + nap
            + "; }; exit $(($1 % 7))";
    String spec =
        "broot 1\n"
            + sandbox
            + "bind rw "
            + out
            + " -> /tmp/out\nenv pass SLURM_ARRAY_TASK_ID\nenv PATH = /bin\nentry /bin/sh\n";
    Path job =
        Files.writeString(
            temp.resolve("job"),
            job(
                "array.broot",
                spec,
                "--status-file=" + out + "/status-%a",
                "--",
                "-c",
                "set -- \"$SLURM_ARRAY_TASK_ID\"; " + program,
                "it's\n#SBATCH --hold\n"));
    Path daemons = Files.writeString(temp.resolve("slurm.sh"), cluster());
    Run.Result result =
        Run.run("bash", daemons.toString(), temp.toString(), job.toString(), "" + count);
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    Map<Integer, String> first = statuses(temp.resolve("done-1"));
    Map<Integer, String> all = statuses(temp.resolve("done-2"));
    assertThat(first).hasSize(count);
    for (int task = 0; task < count; task++) {
      String status = "ExitCode=" + task % 7 + ":0";
      if (task % quarter == quarter - 1) {
        assertThat(first.get(task)).as("task " + task).doesNotContain("JobState=COMPLETED");
      } else {
        assertThat(first.get(task)).contains(status);
      }
      assertThat(all.get(task)).as("task " + task).contains(status);
      assertThat(out.resolve("result-" + task)).hasContent("task " + task);
      String report = Files.readString(out.resolve("status-" + task));
      JsonObject json = JsonParser.parseString(report).getAsJsonObject();
      assertThat(json.get("status").getAsInt()).isEqualTo(task % 7);
      if (task < 3) {
        Schemas.assertValid("status.schema.json", report);
      }
    }
    assertThat(Run.run("pgrep", "-f", "sleep " + nap).out()).as("nothing runs on").isEmpty();
  }

  // The last state of each task, as jobcomp/filetxt writes it.
  private static Map<Integer, String> statuses(Path file) throws IOException {
    Map<Integer, String> all = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      Matcher task = Pattern.compile("ArrayTaskId=([0-9]+) ").matcher(line);
      assertThat(task.find()).as(line).isTrue();
      all.put(Integer.parseInt(task.group(1)), line);
    }
    return all;
  }

  private static String cluster() throws IOException {
    return Files.readString(
        dev.broot.support.Golden.HOME.resolve("interpreter/src/test/resources/farm/slurm.sh"));
  }
}
