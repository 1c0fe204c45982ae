package dev.broot.cli;

import dev.broot.filter.FilterException;
import dev.broot.plan.Plan;
import dev.broot.plan.ShellWords;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.spec.Limit;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code broot export slurm SPEC -- ARGV...}: a file for sbatch. It is a compiled script, which
 * holds the spec, with what Slurm has to know in front.
 */
final class SlurmCommand {
  private static final int KIB = 1024;
  private static final int PERCENT = 100;
  private static final int SECONDS = 60;
  private static final int GRACE = 10;
  private static final int LONGEST = 64;
  private static final Pattern PLACE = Pattern.compile("%([Aaj%])");
  private static final Map<String, String> PLACES =
      Map.of(
          "A", "\"${SLURM_ARRAY_JOB_ID:-$SLURM_JOB_ID}\"",
          "a", "\"${SLURM_ARRAY_TASK_ID:-0}\"",
          "j", "\"$SLURM_JOB_ID\"");
  private static final String FIRST = "#!/bin/sh\n";

  private SlurmCommand() {}

  static int run(Arguments arguments, Console console) throws UsageError, IOException {
    ExportTargets.Known known = ExportTargets.known(arguments, null, console);
    if (known == null) {
      return Status.REFUSED;
    }
    Plan plan = known.plan();
    List<String> program = ExportTargets.program(plan, arguments);
    RunOptions options = RunArguments.options(arguments, RunOptions.Mode.PROGRAM, false);
    if (!RunArguments.isPassed(plan, options, console)) {
      return Status.REFUSED;
    }
    String script;
    try {
      script = ScriptWriter.write(plan, options.of(known.digest()), VersionCommand.version());
    } catch (FilterException e) {
      console.fail(String.valueOf(e.getMessage()));
      return Status.FAILED;
    }
    String file = FIRST + directives(plan, options) + words(options, program);
    String text = file + script.substring(FIRST.length());
    String target = arguments.value("-o", "");
    if (target.isEmpty()) {
      console.print(text);
    } else {
      CompileCommand.write(Path.of(target), text);
    }
    return Status.OK;
  }

  // sbatch reads them up to the first line that is no comment, and ends a value at white space.
  private static String directives(Plan plan, RunOptions options) {
    List<String> lines = new ArrayList<>();
    lines.add("job-name=" + name(plan.name()));
    for (Limit limit : plan.sandbox().limits()) {
      if (limit.kind() == Limit.Kind.MEMORY) {
        lines.add("mem=" + rounded(BigDecimal.valueOf(limit.amount()), KIB) + "K");
      } else if (limit.kind() == Limit.Kind.CPU) {
        lines.add("cpus-per-task=" + rounded(BigDecimal.valueOf(limit.amount()), PERCENT));
      }
    }
    String timeout = options.timeout();
    if (timeout != null) {
      String grace = options.killAfter();
      BigDecimal all =
          new BigDecimal(timeout)
              .add(grace == null ? BigDecimal.valueOf(GRACE) : new BigDecimal(grace));
      // Slurm ends what broot did not: a minute later.
      lines.add("time=" + (rounded(all, SECONDS) + 1));
    }
    // With any other value each task starts a login shell of the user, to find his environment
    // anew, before there is a sandbox. What the program gets of it is the spec's.
    lines.add("export=ALL");
    return lines.stream().map(line -> "#SBATCH --" + line + "\n").collect(Collectors.joining());
  }

  private static long rounded(BigDecimal amount, int unit) {
    return amount.divide(BigDecimal.valueOf(unit), 0, RoundingMode.CEILING).longValueExact();
  }

  private static String name(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[.-]", "_");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
  }

  // Once: a script that starts itself again has them already.
  private static String words(RunOptions options, List<String> program) {
    StringBuilder text = new StringBuilder("[ \"${BROOT_AGAIN-}\" = $$ ] || set --");
    String status = options.statusFile();
    if (status != null) {
      text.append(" --status-file=").append(pattern(status));
    }
    text.append(" --");
    program.forEach(word -> text.append(' ').append(ShellWords.quote(word)));
    return text.append(" \"$@\"\n")
        .append(": \"${PATH:=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin}\"\nexport PATH\n")
        .toString();
  }

  /** A file name with sbatch's `%A`, `%a`, `%j` and `%%`, as a word of the shell. */
  private static String pattern(String file) {
    StringBuilder word = new StringBuilder();
    int from = 0;
    for (Matcher found = PLACE.matcher(file); found.find(); from = found.end()) {
      word.append(quoted(file.substring(from, found.start())))
          .append(PLACES.getOrDefault(found.group(1), "%"));
    }
    return word.append(quoted(file.substring(from))).toString();
  }

  private static String quoted(String plain) {
    return plain.isEmpty() ? "" : ShellWords.quote(plain);
  }
}
