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
  private final Owner owner;
  private final Map<Integer, String> led;
  private final Set<String> served;

  private static final String OTHER =
      "the kernel has mounted something else than what was judged: ";

  // The end of the pipe on which bubblewrap waits, or -1.
  private int held = -1;
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
      Owner owner,
      Map<Integer, String> led,
      Set<String> served) {
    this.plan = plan;
    this.denials = denials;
    this.host = host;
    this.owner = owner;
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
        Kernel.writeByte(held);
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
      Kernel.writeByte(held);
    }
    if (!said.isEmpty()) {
      String reason = said.replaceFirst("(?s)\n.*", "");
      String known = line + ": ";
      reason = reason.startsWith(known) ? reason.substring(known.length()) : "`map`: " + reason;
      Failure failure = new Failure(line, null, reason);
      throw new SetupException(failure.toString(), failure, null);
    }
  }

  private String ask(int child) throws Exception {
    List<String> argv =
        new ArrayList<>(List.of(Programs.find("awk"), AttestScript.program(plan), "" + child));
    argv.add("" + ProcessHandle.current().pid());
    argv.add("");
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
    for (Denial denial : denials) {
      String path = HostObjects.resolve(host.text(denial.path()));
      if (denial.ifThere() && HostObjects.isGone(path)) {
        continue;
      }
      argv.addAll(List.of("deny", denial.verb(), denial.place(), path));
      argv.add(host.text(denial.path()));
      for (Word except : denial.except()) {
        argv.addAll(List.of("except", "", "", host.text(except), host.text(except)));
      }
    }
    AttestScript.Start start = AttestScript.start(plan);
    if (start != null) {
      argv.addAll(List.of("start", "", start.place(), "", host.text(start.path())));
    }
    List<String> environment = List.of("LC_ALL=C", "PATH=/usr/bin:/bin");
    return Programs.output(
        end -> owner.call(() -> Kernel.spawn(argv, environment, Standard.into(end), List.of())));
  }

  /** Whether bubblewrap ended before the program was let go, which has not started then. */
  synchronized boolean isLost() {
    return lost;
  }

  /** Lets go of the pipe. */
  synchronized void close() {
    if (held >= 0) {
      Kernel.close(held);
      held = -1;
    }
  }
}
