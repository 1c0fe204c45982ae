package dev.broot.run;

import dev.broot.host.HostObjects;
import dev.broot.plan.Plan;
import dev.broot.plan.Word;
import dev.broot.script.AttestScript;
import dev.broot.script.Denial;
import dev.broot.script.MapScript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds a program until the kernel's own table of its mounts is compared with what was judged; the
 * same program of awk compares as in a compiled script.
 */
final class Attestation {
  private final Plan plan;
  private final List<Denial> denials;
  private final HostSetup host;
  private final Map<Integer, String> led;
  private final Set<String> served;

  private static final String OTHER =
      "the kernel has mounted something else than what was judged: ";

  // The end of the pipe on which bubblewrap waits, or -1.
  private int held = -1;
  // The program that will look, and the pipe on which it is told at what, or -1.
  private Programs.@Nullable Started looking;
  private int telling = -1;
  private @Nullable Exception failed;
  private boolean lost;

  /**
   * The attestation of one run.
   *
   * @param denials what is expected, as the plan had it that did not know the host
   * @param led what sources lead to, as {@link Judge} has found
   * @param served sockets on which the root itself listens
   */
  Attestation(
      Plan plan,
      List<Denial> denials,
      HostSetup host,
      Map<Integer, String> led,
      Set<String> served) {
    this.plan = plan;
    this.denials = denials;
    this.host = host;
    this.led = led;
    this.served = served;
  }

  /**
   * What bubblewrap is started with so that it waits.
   *
   * @param inputs the descriptors that it gets, to which one is added
   */
  synchronized List<String> hold(List<Integer> inputs) throws IOException {
    if (!AttestScript.isPossible(plan)) {
      return List.of();
    }
    int[] ends = Kernel.pipe();
    held = ends[1];
    try {
      inputs.add(Kernel.openBoth(ends[0]));
    } finally {
      Kernel.close(ends[0]);
    }
    String waits = String.valueOf(Kernel.FIRST + inputs.size() - 1);
    if (plan.sandbox().maps().isEmpty()) {
      return List.of("--block-fd", waits);
    }
    // The same pipe twice: bubblewrap waits there for its users first. It says who waits on the
    // other descriptor, which nobody reads.
    inputs.add(Kernel.memory(new byte[0]));
    String info = String.valueOf(Kernel.FIRST + inputs.size() - 1);
    return List.of("--block-fd", waits, "--userns-block-fd", waits, "--info-fd", info);
  }

  /**
   * Looks at the mounts, and lets the program start or kills it.
   *
   * @param child the process that waits
   * @return why it was killed, or null
   */
  synchronized @Nullable SetupException attest(int child) {
    if (held < 0) {
      return null;
    }
    SetupException refused = null;
    try {
      map(child);
      String said = ask(child);
      String[] verdict = said.strip().split("\t", -1);
      if (verdict[0].equals("ok")) {
        Kernel.write(held, "\n");
      } else if (List.of("refused", "denied").contains(verdict[0]) && verdict.length == 3) {
        String reason = (verdict[0].equals("denied") ? "" : OTHER) + verdict[2];
        String line = verdict[1].isEmpty() ? null : verdict[1];
        Failure failure = new Failure(line, null, reason);
        refused = new SetupException(failure.toString(), failure, null);
      } else if (verdict[0].equals("gone") || HostObjects.isGone("/proc/" + child)) {
        // Some awks fail, and say so, when a process is gone while they read about it.
        lost = true;
      } else {
        refused = new SetupException("the mounts of the sandbox cannot be looked at: " + said);
      }
    } catch (SetupException e) {
      refused = e;
    } catch (Throwable e) {
      // Also where no thread can be had: somebody waits for the run.
      refused = new SetupException("the mounts of the sandbox cannot be looked at: " + e, e);
    }
    if (refused != null) {
      Kernel.kill(child, Kernel.KILL);
    }
    close();
    return refused;
  }

  // Gives the process that waits its users and groups.
  private void map(int child) throws Exception {
    if (plan.sandbox().maps().isEmpty()) {
      return;
    }
    String line = plan.sandbox().maps().get(0).provenance().origin().place();
    String said = "it has not ended";
    try {
      List<String> argv =
          List.of("/bin/sh", "-c", MapScript.once(plan.sandbox()), "sh", "" + child);
      said = Programs.output(argv, Programs.environment()).strip();
    } finally {
      if (!said.isEmpty()) {
        // Nobody is left whom bubblewrap could let go.
        Kernel.kill(child, Kernel.KILL);
      }
      Kernel.write(held, "\n");
    }
    if (!said.isEmpty()) {
      String reason = said.replaceFirst("(?s)\n.*", "");
      String known = line + ": ";
      reason = reason.startsWith(known) ? reason.substring(known.length()) : "`map`: " + reason;
      Failure failure = new Failure(line, null, reason);
      throw new SetupException(failure.toString(), failure, null);
    }
  }

  /**
   * Starts the program that will look, on the root's thread. It gets ready while bubblewrap starts,
   * and waits until {@link #attest} says at which process to look.
   */
  synchronized void prepare() {
    if (held < 0) {
      return;
    }
    int[] ends = new int[] {-1, -1};
    try {
      ends = Kernel.pipe();
      String stdin = "/proc/self/fd/" + ends[0];
      List<String> argv = argv();
      List<String> environment = List.of("LC_ALL=C", "PATH=/usr/bin:/bin");
      looking =
          Programs.start(
              end -> Kernel.spawn(argv, environment, new Standard(stdin, end, end), List.of()));
      telling = ends[1];
      ends[1] = -1;
    } catch (Exception e) {
      // bubblewrap waits already, and is told why.
      failed = e;
    } finally {
      for (int end : ends) {
        if (end >= 0) {
          Kernel.close(end);
        }
      }
    }
  }

  private String ask(int child) throws Exception {
    Programs.Started asked = looking;
    if (asked == null) {
      throw failed == null ? new IllegalStateException("nobody looks") : failed;
    }
    try {
      Kernel.write(telling, child + there() + "\n");
    } catch (IOException e) {
      // It has ended, and what it says will tell why.
    }
    Kernel.close(telling);
    telling = -1;
    looking = null;
    return asked.text();
  }

  // What is there is asked when bubblewrap has mounted everything.
  private String there() {
    StringBuilder there = new StringBuilder();
    int number = 0;
    for (Denial denial : denials) {
      number++;
      if (denial.ifThere() && !HostObjects.isGone(path(denial))) {
        there.append(' ').append(number);
      }
    }
    return there.toString();
  }

  private String path(Denial denial) {
    return HostObjects.resolve(host.text(denial.path()));
  }

  private List<String> argv() throws IOException {
    List<String> argv = new ArrayList<>(List.of(Programs.find("awk"), AttestScript.program(plan)));
    argv.addAll(List.of("-", "" + ProcessHandle.current().pid(), ""));
    for (AttestScript.Mount mount : AttestScript.mounts(plan)) {
      Word source = mount.source();
      String from = source == null ? "" : host.text(source);
      boolean own = served.contains(from);
      argv.addAll(List.of(own ? "any" : mount.kind(), mount.mode(), mount.place()));
      argv.add(mount.resolved() ? led.getOrDefault(mount.number(), from) : from);
      argv.add(host.text(mount.target()));
      if (AttestScript.isOpen(mount, plan)) {
        argv.addAll(List.of("open", "", "", "", ""));
      }
    }
    int number = 0;
    for (Denial denial : denials) {
      number++;
      String kind = denial.ifThere() ? "deny-if-" + number : "deny";
      argv.addAll(List.of(kind, denial.verb(), denial.place(), path(denial)));
      argv.add(host.text(denial.path()));
      for (Word except : denial.except()) {
        argv.addAll(List.of("except", "", "", host.text(except), host.text(except)));
      }
    }
    AttestScript.Start start = AttestScript.start(plan);
    if (start != null) {
      argv.addAll(List.of("start", "", start.place(), "", host.text(start.path())));
    }
    return argv;
  }

  /** Whether bubblewrap ended before the program was let go, which has not started then. */
  synchronized boolean isLost() {
    return lost;
  }

  /** Lets go of the pipes, and of the program that would have looked. */
  synchronized void close() {
    for (int pipe : new int[] {held, telling}) {
      if (pipe >= 0) {
        Kernel.close(pipe);
      }
    }
    held = -1;
    telling = -1;
    Programs.Started idle = looking;
    looking = null;
    if (idle != null) {
      try {
        idle.text();
      } catch (IOException e) {
        // It says nothing.
      }
    }
  }
}
