package dev.broot.run;

import dev.broot.bwrap.Requirement;
import dev.broot.check.FileSources;
import dev.broot.check.Sources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Gate;
import dev.broot.host.Failures;
import dev.broot.host.HostObjects;
import dev.broot.plan.Host;
import dev.broot.plan.HostFacts;
import dev.broot.plan.MatchCalls;
import dev.broot.plan.Plan;
import dev.broot.plan.Resolver;
import dev.broot.plan.Step;
import dev.broot.script.Denial;
import dev.broot.spec.Param;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A build root: what a spec sets up on the host, and the programs that run in it.
 *
 * <p>Entering sets up what the spec says (temporary directories, a device tmpfs, providers of APIs)
 * in a mount namespace of the root's own thread; {@link #close} takes it down. In between, programs
 * run as often as one likes, also at the same time; what they leave in scratch directories stays
 * until the end. The process that embeds broot keeps its mounts, signals, working directory and
 * umask. When that process is killed, the kernel takes the programs and the mounts; {@code broot
 * gc} removes the empty directories.
 *
 * <p>All methods may be called from any thread.
 */
public final class BuildRoot implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.broot");

  private final String name;
  private final Plan own;
  private final RootPlan planned;
  private final List<Api> registered = new ArrayList<>();
  private final Set<String> served = new HashSet<>();
  private final Set<Running> runs = ConcurrentHashMap.newKeySet();
  private @Nullable Owner owner;
  private @Nullable HostSetup setup;
  private String bwrap = "";
  private volatile @Nullable String lost;

  private BuildRoot(CheckedSpec spec) {
    name = spec.toString();
    own = spec.plan();
    planned = new RootPlan(spec);
    for (Param param : own.openParams()) {
      if (param.variable() == null) {
        throw new IllegalArgumentException("the parameter " + param.name() + " has no value");
      }
    }
  }

  /**
   * Compiles a spec.
   *
   * @param file a file; its includes are read from beside it
   * @param values of the parameters that it declares
   * @throws SpecException when it does not compile
   */
  public static CheckedSpec compile(Path file, Map<String, String> values) throws SpecException {
    return compile(file, values, new FileSources());
  }

  /**
   * Compiles a spec that is a text.
   *
   * @param path what it is called in messages; its includes are read from beside that path, and no
   *     file needs to be there
   * @param values of the parameters that it declares
   * @throws SpecException when it does not compile
   */
  public static CheckedSpec compile(String text, Path path, Map<String, String> values)
      throws SpecException {
    return compile(path, values, new TextSources(path, text));
  }

  private static CheckedSpec compile(Path path, Map<String, String> values, Sources sources)
      throws SpecException {
    SpecCompiler.Request request = new SpecCompiler.Request(path.toString(), values, List.of());
    return CheckedSpec.of(Gate.compile(request, sources, HostObjects.of(System.getenv())));
  }

  /**
   * A root that is not entered yet, so that APIs can be registered before.
   *
   * @param spec as {@link #compile(Path, Map)} gives one
   * @throws IllegalArgumentException when a parameter has no value
   */
  public static BuildRoot of(CheckedSpec spec) {
    return new BuildRoot(spec);
  }

  /**
   * A root that is set up.
   *
   * @throws SetupException when that fails; nothing is left then
   * @throws IllegalArgumentException when a parameter has no value
   */
  public static BuildRoot enter(CheckedSpec spec) {
    BuildRoot root = of(spec);
    root.enter();
    return root;
  }

  /**
   * Sets the root up and starts what was registered. Does nothing when that was done before.
   *
   * @throws SetupException when that fails; nothing is left then
   */
  public synchronized void enter() {
    if (owner != null) {
      return;
    }
    lost = null;
    Owner thread = new Owner("broot-root-" + name);
    HostSetup host = new HostSetup(this::lost);
    owner = thread;
    setup = host;
    try {
      bwrap = Programs.find("bwrap");
      Plan plan = Resolver.resolve(own, HostFacts.of(System.getenv()));
      if (!plan.sandbox().callersDescriptors().isEmpty()) {
        throw new IOException(
            "the spec has a line `descriptor "
                + plan.sandbox().callersDescriptors().get(0)
                + "`, which the library does not pass; `broot exec --pass-fd` does");
      }
      Requirement requirement = Requirement.of(plan);
      String problem =
          requirement == null
              ? null
              : requirement.problem(bwrap, Programs.output(List.of(bwrap, "--version")));
      if (problem != null) {
        throw new IOException(problem);
      }
      thread.call(
          () -> {
            Step root = plan.needsRoot();
            if (root != null) {
              ownMounts(root);
            }
            host.run(plan.setup());
            host.connect(plan.sandbox());
            return true;
          });
      for (Api api : registered) {
        start(api, thread, host);
      }
    } catch (Exception e) {
      SetupException failure =
          e instanceof SetupException known
              ? known
              : new SetupException(String.valueOf(e.getMessage()), e);
      try {
        close();
      } catch (SetupException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  private static void ownMounts(Step root) {
    try {
      Kernel.ownMounts();
    } catch (IOException e) {
      throw new SetupException(
          "root is needed: "
              + root.provenance().origin().place()
              + " sets up the host: "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Registers an API. Before the root is entered it waits for that; afterwards it starts at once.
   *
   * @throws SetupException when it cannot be started
   * @throws IllegalArgumentException when the spec has no directory for sockets, or the name is
   *     taken
   */
  public synchronized void register(Api api) {
    // Asked now, so that the one who registers hears of it.
    List<Api> all = new ArrayList<>(registered);
    all.add(api);
    planned.check(all);
    Owner thread = owner;
    HostSetup host = setup;
    if (thread != null && host != null) {
      try {
        start(api, thread, host);
      } catch (Exception e) {
        throw new SetupException("the API " + api.name + ": " + e.getMessage(), e);
      }
    }
    registered.add(api);
  }

  private void start(Api api, Owner thread, HostSetup host) throws Exception {
    if (api.server instanceof Api.Existing existing) {
      planned.add(api, existing.path().toAbsolutePath().toString());
      return;
    }
    Path directory = thread.call(host::sockets);
    Path socket = directory.resolve("registered-" + planned.sockets());
    AutoCloseable server = api.server.listen(socket);
    thread.call(
        () -> {
          host.undoing(server);
          return true;
        });
    served.add(socket.toString());
    planned.add(api, socket.toString());
  }

  private void lost(Step.StartProvider provider, String said) {
    String message = "the provider of the API " + provider.api() + " ended" + said;
    LOG.log(System.Logger.Level.WARNING, message);
    if (provider.required()) {
      lost = message;
      runs.forEach(Running::fail);
    }
  }

  /**
   * Runs a program and waits for its end.
   *
   * @return how it ended
   * @throws IllegalStateException when the root is not entered or was closed: "No active context"
   * @throws IllegalArgumentException when a bind would hide a mount of the spec
   * @throws SetupException when bubblewrap cannot be started, or a required provider has ended
   * @throws InterruptedException when the calling thread is interrupted; the run is cancelled and
   *     has ended then
   */
  public Result run(Run run) throws InterruptedException {
    Running running = start(run);
    try {
      return running.await();
    } catch (InterruptedException e) {
      running.cancel();
      running.awaitQuietly();
      throw e;
    }
  }

  /**
   * Runs a program with output inherited, as {@link #run(Run)}.
   *
   * @throws InterruptedException when the calling thread is interrupted
   */
  public Result run(String... argv) throws InterruptedException {
    return run(Run.of(argv));
  }

  /**
   * Starts a program and does not wait. Its timeout counts from here.
   *
   * @throws IllegalStateException when the root is not entered or was closed: "No active context"
   * @throws IllegalArgumentException when a bind would hide a mount of the spec
   * @throws SetupException when bubblewrap cannot be started, or a source in this run is dangerous
   *     or breaks what the spec expects
   */
  public synchronized Running start(Run run) {
    Owner thread = owner;
    HostSetup host = setup;
    if (thread == null || host == null) {
      throw new IllegalStateException("No active context");
    }
    String missing = lost;
    if (missing != null) {
      throw new SetupException(missing);
    }
    Plan open = planned.of(run);
    try {
      Host facts = HostFacts.of(System.getenv());
      Resolver.ask(open, facts);
      Plan plan = Resolver.resolve(open, facts);
      if (plan.entry() == null && run.argv.isEmpty()) {
        throw new IllegalArgumentException("which program? The spec has no entry");
      }
      boolean fixed =
          open.openParams().isEmpty() && !MatchCalls.needed(open.sandbox().operations());
      Map<Integer, String> led = Judge.judge(plan, fixed && run.binds.isEmpty(), served);
      Attestation attestation = new Attestation(plan, Denial.of(open), host, led, served);
      Running running = new Bubblewrap(bwrap, plan, thread, host).start(run, attestation);
      runs.removeIf(Running::isDone);
      runs.add(running);
      Duration timeout = run.timeout;
      if (timeout != null) {
        running.endAfter(timeout);
      }
      if (lost != null) {
        running.fail();
      }
      return running;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new SetupException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Ends what still runs and takes the root down. Does nothing when that was done before; not
   * disturbed by an interruption of the calling thread.
   *
   * @throws SetupException when something could not be taken down; it names what
   */
  @Override
  public void close() {
    Owner thread;
    HostSetup host;
    synchronized (this) {
      thread = owner;
      host = setup;
      owner = null;
      setup = null;
    }
    if (thread == null || host == null) {
      return;
    }
    runs.forEach(Running::close);
    runs.forEach(Running::awaitQuietly);
    runs.clear();
    List<Exception> failures;
    try {
      failures = thread.call(host::undo);
    } catch (Exception e) {
      failures = List.of(e);
    }
    thread.end();
    planned.clear();
    served.clear();
    if (!failures.isEmpty()) {
      SetupException failure =
          new SetupException("not all was taken down: " + Failures.reason(failures.get(0)));
      failures.forEach(failure::addSuppressed);
      throw failure;
    }
  }
}
