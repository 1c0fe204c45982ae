package dev.broot.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What a run must leave as it was: mounts and temporary directories. */
public final class Host {
  private Host() {}

  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  /** Skips a test that mounts where nobody may; never skipped in CI. */
  public static void assumeRoot() {
    assume(isRoot(), "needs root, to mount");
  }

  /** Skips a test that has the real shellcheck read scripts; never skipped in CI. */
  public static void assumeShellcheck() throws IOException {
    assume(Run.run("sh", "-c", "command -v shellcheck").status() == 0, "needs shellcheck");
  }

  /** Skips a test that has the real strace watch programs; never skipped in CI. */
  public static void assumeStrace() throws IOException {
    assume(Run.run("sh", "-c", "command -v strace").status() == 0, "needs strace");
  }

  /** Skips a test that has the real Neovim edit specs; never skipped in CI. */
  public static void assumeNeovim() throws IOException {
    assume(Run.run("sh", "-c", "command -v nvim").status() == 0, "needs nvim (Neovim)");
  }

  /** Skips a test in a container where there is no runc, or no container can be made. */
  public static void assumeRunc() throws IOException {
    boolean there = Run.run("sh", "-c", "command -v runc && [ -d /sys/fs/cgroup/. ]").status() == 0;
    if (!there) {
      tell("needs runc");
    }
    Assumptions.assumeTrue(there, "needs runc");
  }

  /** Skips a test in a virtual machine where there is no qemu, or no kernel for it. */
  public static void assumeMachine(Path kernel) throws IOException {
    boolean there =
        Files.exists(kernel)
            && Run.run("sh", "-c", "command -v qemu-system-x86_64 && command -v busybox").status()
                == 0;
    if (!there) {
      tell("needs qemu-system-x86_64, busybox, and a kernel that bin/.kernel fetches");
    }
    Assumptions.assumeTrue(there, "needs a virtual machine");
  }

  /** Skips a test that has the real pre-commit call hooks. */
  public static void assumePreCommit() throws IOException {
    boolean there = Run.run("sh", "-c", "command -v pre-commit").status() == 0;
    if (!there) {
      tell("needs pre-commit");
    }
    Assumptions.assumeTrue(there, "needs pre-commit");
  }

  /** Skips a test of a cluster where there is no Slurm, which nobody has to have. */
  public static void assumeSlurm() throws IOException {
    String all =
        "PATH=$PATH:/usr/sbin; for i in slurmctld slurmd munged sbatch; do command -v $i || exit 1; done";
    boolean there = Run.run("sh", "-c", all).status() == 0;
    if (!there) {
      tell("needs slurmctld, slurmd, slurm-client and munge");
    }
    Assumptions.assumeTrue(there, "needs Slurm");
  }

  /** Whether the bubblewrap on PATH makes overlays, as from 0.11 on. */
  public static boolean hasOverlays() throws IOException {
    return Run.run("bwrap", "--help").out().lines().anyMatch(line -> line.contains("--overlay"));
  }

  private static void assume(boolean there, String reason) {
    if (!there) {
      if (skipsNothing()) {
        throw new IllegalStateException("CI and root skip nothing, and this test " + reason);
      }
      tell(reason);
    }
    Assumptions.assumeTrue(there, reason);
  }

  /** Whether a test fails, and is not skipped, where what it needs is missing. */
  static boolean skipsNothing() {
    return isRoot() || System.getenv("CI") != null;
  }

  public static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Says once on the console that tests are skipped, and why. */
  public static void tell(String reason) {
    if (TOLD.add(reason)) {
      System.out.println("broot: tests are skipped here, each of which " + reason);
    }
  }

  /** A number of seconds that nobody else on this machine sleeps. */
  public static String seconds() {
    return String.valueOf(ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L));
  }

  /** The mounts of this machine and broot's temporary directories, as a text to compare. */
  public static String state() throws IOException {
    TreeSet<String> state = new TreeSet<>(Files.readAllLines(Path.of("/proc/self/mounts")));
    for (String directory :
        List.of("/run/osbuild", "/var/tmp", System.getProperty("java.io.tmpdir"))) {
      if (Files.isDirectory(Path.of(directory))) {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
          files
              .map(Path::toString)
              .filter(name -> name.contains("/osbuild-") || name.contains("/broot-"))
              .forEach(state::add);
        }
      }
    }
    return String.join("\n", state);
  }
}
