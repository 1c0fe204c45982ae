package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Limits by cgroups of version 2, in a virtual machine whose kernel has them: most hosts give tests
 * none that they may change.
 */
class SmallMachineTest {
  private static final Map<String, String> SPECS =
      Map.of(
          "memory", "limit memory 64MiB",
          "much", "limit memory 256MiB",
          "pids", "limit pids 20",
          "cpu", "limit cpu 50%");

  private static final Map<String, String> TOLD = new LinkedHashMap<>();

  @TempDir static Path temp = Path.of("");

  @BeforeAll
  static void machine() throws IOException {
    Path kernel = Path.of("target/kernel/vmlinuz").toAbsolutePath();
    Host.assumeMachine(kernel);
    Path scripts = Files.createDirectory(temp.resolve("scripts"));
    for (Map.Entry<String, String> spec : SPECS.entrySet()) {
      Files.writeString(
          scripts.resolve(spec.getKey() + ".sh"),
          ScriptWriter.write(
              Specs.plan("broot 1\nbase host\n" + spec.getValue() + "\n"),
              RunOptions.NONE,
              "TEST"));
    }
    String make = Path.of("src/test/resources/machine/make.sh").toAbsolutePath().toString();
    String start =
        "bash "
            + make
            + " tree scripts >initrd && exec timeout 300 qemu-system-x86_64 -accel tcg -m 1024 -nographic"
            + " -nic none -no-reboot -kernel "
            + kernel
            + " -initrd initrd -append 'console=ttyS0 panic=-1 quiet' </dev/null";
    Run.Result result = Run.run("sh", "-c", "cd \"$0\" && " + start, temp.toString());
    String name = "";
    StringBuilder text = new StringBuilder();
    for (String line : result.out().replace("\r", "").lines().toList()) {
      if (!line.startsWith("= ")) {
        text.append(line).append('\n');
      } else if (name.isEmpty()) {
        name = line.substring(2);
        text.setLength(0);
      } else {
        TOLD.put(name, text + line);
        name = "";
      }
    }
    assertThat(name).as(result.toString()).isEqualTo("end");
  }

  private static String told(String name) {
    return String.valueOf(TOLD.get(name));
  }

  @Test
  void eachLimitIsHeld() {
    assertThat(told("memory"))
        .contains("for want of memory: test.broot:3: limit memory 64MiB")
        .endsWith("= 137");
    assertThat(told("enough-memory")).endsWith("= 0");
    assertThat(told("processes"))
        .contains("the kernel refused a new process: test.broot:3: limit pids 20")
        .endsWith("= 2");
    assertThat(told("processor")).isEqualTo("started\n= 0");
    assertThat(told("left")).isEqualTo("= 0");
  }

  /** A cgroup that has processes has none below it, so that ours lies beside the caller's. */
  @Test
  void whatBoundsTheCallerBoundsTheRun() {
    assertThat(told("callers-memory")).endsWith("= 137");
    assertThat(told("callers-memory-without-a-limit-of-it")).endsWith("= 137");
    assertThat(told("bounds-of-pids"))
        .contains("memory.max 33554432\npids.max 20\ncpu.max 30000 100000\n");
    assertThat(told("bounds-of-cpu"))
        .contains("memory.max 33554432\npids.max 100\ncpu.max 30000 100000\n");
  }

  @Test
  void anOrdinaryUserNeedsADelegatedPart() {
    assertThat(told("delegated"))
        .contains("for want of memory: test.broot:3: limit memory 64MiB")
        .endsWith("= 137");
    assertThat(told("not-delegated"))
        .contains("limit memory 64MiB cannot be held here: no cgroup with the controller memory")
        .endsWith("= 125");
  }

  @Test
  void theCgroupOfAKilledRunIsTakenAwayByTheNext() {
    assertThat(told("killed")).endsWith("ran\n= 0");
  }
}
