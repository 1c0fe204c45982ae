package dev.broot.run;

import dev.broot.bwrap.Argument;
import dev.broot.bwrap.CommandLine;
import dev.broot.filter.Filter;
import dev.broot.filter.FilterException;
import dev.broot.plan.Input;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Word;
import dev.broot.script.ExplainScript;
import dev.broot.script.LimitScript;
import dev.broot.spec.Spec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** bubblewrap, started with a resolved plan in a root that is set up. */
final class Bubblewrap {

  private final String bwrap;
  private final Plan plan;
  private final Owner owner;
  private final HostSetup host;

  Bubblewrap(String bwrap, Plan plan, Owner owner, HostSetup host) {
    this.bwrap = bwrap;
    this.plan = plan;
    this.owner = owner;
    this.host = host;
  }

  /** Starts a program, which waits until its mounts are looked at. */
  Running start(Run run, Attestation attestation) throws Exception {
    if (ExplainScript.needsLocks(plan)) {
      Result asked = explain(run, false, true, "");
      if (asked.status() != 0) {
        attestation.close();
        return Running.ended(asked);
      }
    }
    return owner.call(() -> spawn(run, attestation));
  }

  // On the root's thread: the child gets its mounts, and dies with it.
  private Running spawn(Run run, Attestation attestation) throws IOException {
    // Opened before there is a process that would have nobody to read what it says.
    int[] status = new int[] {-1, -1};
    InputStream told = null;
    List<Integer> inputs = new ArrayList<>();
    try (Streams streams = Streams.of(run, plan.stdinInherited())) {
      status = Kernel.pipe();
      inputs.add(status[1]);
      told = Programs.read(take(status));
      open(inputs);
      List<String> plumbing = new ArrayList<>(List.of("--json-status-fd", "3"));
      plumbing.addAll(attestation.hold(inputs));
      List<String> argv = argv(run.argv, plumbing);
      List<String> environment = environment();
      boolean limited = !plan.sandbox().limits().isEmpty();
      if (limited) {
        // A shell would change the environment that it hands down.
        argv.addAll(0, environment);
        argv.addAll(
            0, List.of("/bin/sh", "-c", LimitScript.start(plan.sandbox()), "sh", "env", "-i"));
        environment = Programs.environment();
      }
      int pid = Kernel.spawn(argv, environment, streams.standard(), inputs);
      attestation.prepare();
      Running running = new Running(pid, plan.sandbox().hasPid1(), run.grace);
      if (limited) {
        running.limited(plan.sandbox());
      }
      running.watch(
          told, streams.started(), attestation, (lost, text) -> explain(run, lost, false, text));
      return running;
    } catch (IOException | RuntimeException e) {
      attestation.close();
      Programs.close(told);
      throw e;
    } finally {
      inputs.add(status[0]);
      close(inputs);
    }
  }

  // What bubblewrap reads from descriptors.
  private void open(List<Integer> inputs) throws IOException {
    for (Input input : plan.sandbox().inputs()) {
      if (input.isFilter()) {
        inputs.add(Kernel.memory(filter()));
        continue;
      }
      String content = host.text(input.content());
      inputs.add(
          input.file()
              ? Kernel.openToRead(content)
              : Kernel.memory(content.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private byte[] filter() throws IOException {
    try {
      return Filter.compile(plan.sandbox().syscalls());
    } catch (FilterException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void close(List<Integer> descriptors) {
    for (int descriptor : descriptors) {
      if (descriptor >= 0) {
        Kernel.close(descriptor);
      }
    }
  }

  private static int take(int[] ends) {
    int end = ends[0];
    ends[0] = -1;
    return end;
  }

  private List<String> argv(List<String> program, List<String> plumbing) {
    List<String> argv = new ArrayList<>(host.enter());
    argv.add(bwrap);
    argv.addAll(plumbing);
    for (Argument option : CommandLine.of(plan)) {
      Argument.Said above = option.above();
      if (above != null && isThere(option.operation())) {
        above.words().forEach(word -> argv.add(host.text(word)));
      }
      for (Argument.Said said : option.options()) {
        said.words().forEach(word -> argv.add(host.text(word)));
      }
    }
    argv.add("--");
    Word entry = plan.entry();
    if (entry != null) {
      argv.add(entry.display());
    }
    argv.addAll(program);
    return argv;
  }

  private boolean isThere(@Nullable Operation operation) {
    return !(operation instanceof Operation.Bind bind && bind.optional())
        || Files.exists(Path.of(host.text(bind.source().path())));
  }

  // The program's, from the start: what is taken out or replaced is in no process of the sandbox.
  private List<String> environment() throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    if (plan.env().inherit()) {
      for (String variable : Programs.environment()) {
        int equals = variable.indexOf('=');
        environment.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    for (Spec.Variable variable : plan.env().around()) {
      if (variable instanceof Spec.SetVariable set) {
        environment.put(set.name(), set.value().display());
      } else if (variable instanceof Spec.UnsetVariable) {
        environment.remove(variable.name());
      }
    }
    return environment.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toList();
  }

  // bubblewrap gave no exit code, and says 1 for all that may be; or it is asked for its locks.
  private Result explain(Run run, boolean lost, boolean before, String output) {
    List<String> start = new ArrayList<>(host.enter());
    start.addAll(List.of("setsid", "env", "--default-signal", "-i"));
    try {
      start.addAll(environment());
    } catch (IOException e) {
      // Its own environment is the cause seldom.
    }
    List<String> program = new ArrayList<>();
    Word entry = plan.entry();
    if (entry != null) {
      program.add(entry.display());
    }
    program.addAll(run.argv);
    String script = ExplainScript.alone(plan, host.temps(), start, bwrap, path(), lost, before);
    return Explanation.of(ExplainScript.shell(plan), script, owner, program, output);
  }

  private String path() {
    String path = plan.env().inherit() ? System.getenv("PATH") : null;
    for (Spec.Variable variable : plan.env().variables()) {
      if (variable.name().equals("PATH") && !(variable instanceof Spec.PassVariable)) {
        path = variable instanceof Spec.SetVariable set ? set.value().display() : null;
      }
    }
    return path == null || path.isEmpty() ? "/bin:/usr/bin" : path;
  }
}
