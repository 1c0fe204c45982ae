package dev.broot.run;

import dev.broot.host.Failures;
import dev.broot.host.Removal;
import dev.broot.host.StateDirectory;
import dev.broot.host.Trust;
import dev.broot.plan.Done;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Step;
import dev.broot.plan.StepText;
import dev.broot.plan.Word;
import dev.broot.script.MapScript;
import dev.broot.spec.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a root has on the host; every method is called on the root's own thread. */
final class HostSetup {
  /** Something that is undone. */
  private interface Undo {
    void run() throws Exception;
  }

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private final String id = UUID.randomUUID().toString();
  private final Map<String, Path> temps = new HashMap<>();
  private final Deque<Undo> undos = new ArrayDeque<>();
  private @Nullable Path state;
  private @Nullable Path entry;
  private int entryLock;
  private List<String> enter = List.of();

  /** Hears of providers that end before they are told to. */
  private final BiConsumer<Step.StartProvider, String> lost;

  /**
   * @param lost called by a thread of broot's, with what the provider said
   */
  HostSetup(BiConsumer<Step.StartProvider, String> lost) {
    this.lost = lost;
  }

  /** Does the steps in order; where one fails, undoes what was done. */
  void run(List<Step> steps) {
    Doing doing = new Doing();
    try {
      for (Step step : steps) {
        try {
          step.accept(doing);
        } catch (Exception e) {
          String line = step.provenance().origin().place();
          String text = StepText.of(step).strip();
          throw new SetupException(
              line + ": " + text + ": " + Failures.reason(e),
              new Failure(line, text, Failures.reason(e)),
              e);
        }
      }
    } catch (SetupException e) {
      undo().forEach(e::addSuppressed);
      throw e;
    }
  }

  /** How each step is done. */
  private final class Doing implements Step.Visitor<Done, Exception> {
    @Override
    public Done makeDirectory(Step.MakeDirectory step) throws IOException {
      Files.createDirectories(Path.of(step.path().display()));
      return Done.DONE;
    }

    @Override
    public Done makeTemp(Step.MakeTemp step) throws IOException {
      Word parent = step.parent();
      HostSetup.this.makeTemp(
          step.name(),
          parent == null ? state() : Path.of(parent.display()),
          step.prefix().display());
      return Done.DONE;
    }

    @Override
    public Done mountTmpfs(Step.MountTmpfs step) throws IOException {
      String path = temp(step.temp()).toString();
      Kernel.mountTmpfs(path);
      undos.push(() -> Kernel.detach(path));
      return Done.DONE;
    }

    @Override
    public Done makeNode(Step.MakeNode step) throws IOException {
      String path = temp(step.temp()).resolve(step.name()).toString();
      Kernel.mknod(path, step.mode(), step.major(), step.minor());
      return Done.DONE;
    }

    @Override
    public Done bindDevice(Step.BindDevice step) throws IOException {
      HostSetup.this.bindDevice(step);
      return Done.DONE;
    }

    @Override
    public Done makeInner(Step.MakeInner step) throws IOException {
      Path path = temp(step.temp()).resolve(step.path());
      Files.createDirectories(path);
      Integer mode = step.mode();
      if (mode != null) {
        Files.setAttribute(path, "unix:mode", mode);
      }
      return Done.DONE;
    }

    @Override
    public Done writeText(Step.WriteText step) throws IOException {
      Path file = temp(step.temp()).resolve(step.path());
      Files.writeString(file, step.text().display(), StandardCharsets.UTF_8);
      Integer mode = step.mode();
      if (mode != null) {
        Files.setAttribute(file, "unix:mode", mode);
      }
      return Done.DONE;
    }

    @Override
    public Done startProvider(Step.StartProvider step) throws Exception {
      Path socket = temp(step.temp()).resolve(step.api());
      List<String> command = step.command().stream().map(HostSetup.this::text).toList();
      Provider started =
          Provider.start(step.api(), command, socket, id, said -> lost.accept(step, said));
      undos.push(started::stop);
      return Done.DONE;
    }
  }

  /** Connects a sandbox to its hosts, where there are some. */
  void connect(Sandbox sandbox) throws IOException {
    Network network = sandbox.network();
    if (network != null) {
      Connected started = Connected.start(sandbox, temp(network.temp()));
      undos.push(started::stop);
      enter = started.enter();
    }
  }

  /** The words before a command so that it runs in the network of the root. */
  List<String> enter() {
    return enter;
  }

  private void bindDevice(Step.BindDevice device) throws IOException {
    Path from = Path.of("/dev", device.name());
    if (device.optional() && !Files.exists(from)) {
      return;
    }
    BasicFileAttributes attributes = Files.readAttributes(from, BasicFileAttributes.class);
    if (!attributes.isOther()) {
      throw new IOException(from + " is not a device");
    }
    Path to = temp(device.temp()).resolve(device.name());
    Files.createFile(to);
    Kernel.bind(from.toString(), to.toString());
  }

  private Path temp(String name) {
    Path path = temps.get(name);
    if (path == null) {
      throw new IllegalStateException("no temporary directory " + name);
    }
    return path;
  }

  /** Where the temporary directories are, by name. */
  Map<String, String> temps() {
    Map<String, String> paths = new HashMap<>();
    temps.forEach((name, path) -> paths.put(name, path.toString()));
    return paths;
  }

  /** Where sockets of this process's own servers lie; made when it is first asked for. */
  Path sockets() throws IOException {
    if (!temps.containsKey("")) {
      makeTemp("", state(), "broot-api-");
    }
    return temp("");
  }

  private Path makeTemp(String name, Path parent, String prefix) throws IOException {
    trust(parent);
    Path path = parent.resolve(prefix + id);
    note(path);
    Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PRIVATE));
    temps.put(name, path);
    undos.push(() -> remove(path));
    return path;
  }

  // What users of the sandbox have left is for those to remove who have the same users.
  private void remove(Path path) throws Exception {
    try {
      Removal.remove(path);
    } catch (IOException e) {
      List<String> erase = List.of("/bin/sh", "-c", MapScript.erase(), "sh", path.toString());
      Programs.output(erase, Programs.environment());
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  // The entry names what `broot gc` removes when this process is killed; it is locked as long as
  // the root lives.
  private void note(Path path) throws IOException {
    Path file = entry;
    if (file == null) {
      Path made = state().resolve(id);
      int lock = Kernel.lock(made.toString());
      entry = made;
      entryLock = lock;
      file = made;
    }
    if (path.toString().indexOf('\n') >= 0) {
      throw new IOException("the path of a temporary directory has a line break: " + path);
    }
    Files.writeString(
        file, path + "\n", StandardCharsets.UTF_8, java.nio.file.StandardOpenOption.APPEND);
  }

  private Path state() throws IOException {
    Path known = state;
    if (known == null) {
      known = StateDirectory.make(Kernel.user(), System.getenv(), id);
      state = known;
    }
    return known;
  }

  private static void trust(Path directory) throws IOException {
    String problem = Trust.of(Kernel.user()).directory(directory);
    if (problem != null) {
      throw new IOException(problem);
    }
  }

  /** A word of the plan as it is on this host. */
  String text(Word word) {
    StringBuilder text = new StringBuilder();
    for (Word.Part part : word.parts()) {
      if (part instanceof Word.Temp temp) {
        text.append(temp(temp.name()));
      } else if (part instanceof Word.Descriptor descriptor) {
        // Behind the descriptor of bubblewrap's report.
        text.append(Kernel.FIRST + 1 + descriptor.index());
      } else {
        text.append(new Word(List.of(part)).display());
      }
    }
    return text.toString();
  }

  /** Undoes everything, last first; what could not be undone is returned. */
  List<Exception> undo() {
    List<Exception> failures = new ArrayList<>();
    while (!undos.isEmpty()) {
      try {
        undos.pop().run();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    temps.clear();
    Path file = entry;
    if (file != null) {
      try {
        // What could not be removed is left to `broot gc`, which reads there where it lies.
        if (failures.isEmpty()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        failures.add(e);
      }
      Kernel.close(entryLock);
      entry = null;
    }
    return failures;
  }

  /** Adds something to undo. */
  void undoing(AutoCloseable closeable) {
    undos.push(closeable::close);
  }
}
