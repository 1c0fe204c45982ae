package dev.broot.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A cgroup of the tests' own for each of some controllers, in version 1 of their interface, with
 * this JVM in it: what a run makes lies beneath it, and another gate on this machine makes its own.
 */
public final class OwnCgroup implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /** Our cgroup of a controller, to the one in which we were. */
  private final Map<Path, Path> entered = new LinkedHashMap<>();

  private final String name = "own-" + UUID.randomUUID();

  private OwnCgroup() {}

  public String name() {
    return name;
  }

  /** Enters cgroups of the controllers that are here in version 1. */
  public static OwnCgroup enter(String... controllers) throws IOException {
    OwnCgroup own = new OwnCgroup();
    for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
      String[] parts = line.split(":", 3);
      Path mounted = ROOT.resolve(parts[1]);
      if (!List.of(controllers).contains(parts[1])
          || !Files.isWritable(mounted.resolve("cgroup.procs"))) {
        continue;
      }
      // In a container whose cgroups are mounted without a namespace of them, the path is not here.
      Path seen = Path.of(mounted + parts[2]);
      Path before = Files.isDirectory(seen) ? seen : mounted;
      Path made = Files.createDirectory(before.resolve(own.name));
      own.entered.put(made, before);
      move(made);
    }
    return own;
  }

  private static void move(Path cgroup) throws IOException {
    Files.writeString(
        cgroup.resolve("cgroup.procs"), String.valueOf(ProcessHandle.current().pid()));
  }

  /** The cgroups beneath ours whose names match. */
  public List<Path> below(String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path cgroup : entered.keySet()) {
      try (Stream<Path> all = Files.find(cgroup, 8, (path, facts) -> facts.isDirectory())) {
        all.filter(path -> path.getFileName().toString().matches(pattern)).forEach(found::add);
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    for (Map.Entry<Path, Path> each : entered.entrySet()) {
      move(each.getValue());
      Files.deleteIfExists(each.getKey());
    }
  }
}
