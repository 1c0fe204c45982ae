package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.bwrap.PlanJson;
import dev.broot.bwrap.PlanText;
import dev.broot.check.Sources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Gate;
import dev.broot.permission.Difference;
import dev.broot.plan.Plan;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.translate.ArgumentText;
import dev.broot.translate.CommandText;
import dev.broot.translate.Import;
import dev.broot.translate.ShellScript;
import java.io.FileNotFoundException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whatever bytes come, there is a diagnostic and no exception, within a second of processor time
 * for each 10 kB. In a test run the checked-in corpus goes through; {@code bin/fuzz} looks for
 * more.
 */
class FuzzTest {
  private static final Map<String, String> FILES = Map.of("9", "/f");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long NANOS_PER_10_KB = 1_000_000_000;

  // Classes that are loaded and compiled take their time once.
  private static void timely(int size, Runnable task) {
    long fastest = Long.MAX_VALUE;
    long allowed = NANOS_PER_10_KB * (1 + size / 10_000);
    for (int i = 0; i < 3 && fastest > allowed; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      task.run();
      fastest = Math.min(fastest, THREADS.getCurrentThreadCpuTime() - start);
    }
    assertThat(fastest).isLessThanOrEqualTo(allowed);
  }

  @com.code_intelligence.jazzer.junit.FuzzTest
  void compiler(byte[] spec) {
    timely(spec.length, () -> compile(spec));
  }

  private static void compile(byte[] spec) {
    Sources sources =
        path -> {
          if (!path.equals("fuzz.broot")) {
            throw new FileNotFoundException("there is no such file");
          }
          return new Sources.Bytes(spec, path);
        };
    Plan plan = Gate.check(SpecCompiler.Request.of("fuzz.broot"), sources).plan();
    if (plan != null && plan.openParams().stream().allMatch(p -> p.variable() != null)) {
      PlanText.print(plan);
      PlanJson.print(plan, List.of());
      ScriptWriter.write(plan, RunOptions.NONE, "TEST");
      assertThat(Difference.of(plan, plan).gained()).isEmpty();
    }
  }

  @com.code_intelligence.jazzer.junit.FuzzTest
  void importer(byte[] arguments) {
    List<String> words = ArgumentText.nul(new String(arguments, StandardCharsets.UTF_8));
    timely(arguments.length, () -> Import.compile(Import.of(words, FILES, file -> words).spec()));
  }

  @com.code_intelligence.jazzer.junit.FuzzTest
  void commandLine(byte[] line) {
    try {
      CommandText read = ShellScript.read(new String(line, StandardCharsets.UTF_8), Set.of());
      timely(line.length, () -> Import.compile(Import.of(read, Set.of(), file -> null).spec()));
    } catch (ArgumentText.Malformed e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
