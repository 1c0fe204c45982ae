package dev.broot.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which names of the host the program, or another user, can replace between two runs: by a symlink,
 * so that the next run takes it for something else. What is mounted on cannot be renamed.
 */
final class Replacing {
  // Everybody may make files in them.
  private static final Set<String> PUBLIC = Set.of("/tmp", "/var/tmp", "/dev/shm");

  private final View view;
  private final Reach reach;

  private @Nullable List<Reach.Item> replaceable;

  Replacing(View view, Reach reach) {
    this.view = view;
    this.reach = reach;
  }

  /** The name that can be replaced on the way to a path, or null. */
  @Nullable String on(String path, World world) {
    return on(path, true, world);
  }

  /** As {@link #on}, by the program itself. */
  @Nullable String byProgram(String path, World world) {
    return on(path, false, world);
  }

  /** A symlink on the way to a path that the program can replace, or null. */
  @Nullable String linkByProgram(String path, World world) {
    for (String link : view.passed(path, world)) {
      String found = named(link, false, world);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable String on(String path, boolean others, World world) {
    return named(view.onHost(path, world), others, world);
  }

  private @Nullable String named(String end, boolean others, World world) {
    String found = null;
    for (String at = end; at.startsWith("/") && !at.equals(PathKey.ROOT); ) {
      String parent = PathKey.parent(at);
      boolean writable =
          (others && PUBLIC.contains(parent)) || reach.find(Use.WRITE, parent, true, world) != null;
      if (writable && !isKernels(at) && !view.table().isPinned(at, world)) {
        found = at;
      }
      at = parent;
    }
    return found;
  }

  // Nobody renames or makes anything in a procfs; what is behind a process's root lies elsewhere.
  private static boolean isKernels(String path) {
    return PathKey.isWithin(path, "/proc") && !path.contains("/root/");
  }

  /** Whether the program can write what is at a path. */
  boolean isWritten(String path, World world) {
    return reach.find(Use.WRITE, view.onHost(path, world), true, world) != null;
  }

  // Few names can be replaced on any host, and many mounts depend on the host: those are not asked.
  private List<Reach.Item> replaceable() {
    List<Reach.Item> found = replaceable;
    if (found == null) {
      found = new ArrayList<>();
      for (Reach.Item item : reach.items()) {
        boolean host = item.tree().startsWith("/") && item.standing().provenance() != null;
        Predicate<World> replaced =
            world -> item.standing().isMade(world) && on(item.tree(), world) != null;
        if (host && Worlds.ALL.find(replaced).answer() != Worlds.Answer.NO) {
          found.add(item);
        }
      }
      replaceable = found;
    }
    return found;
  }

  /** A mounted tree whose name can be replaced and that allows something, or null. */
  Reach.@Nullable Item anything(Use use, World world) {
    for (Reach.Item item : replaceable()) {
      if (item.standing().isMade(world)
          && reach.has(use, item, world)
          && on(item.tree(), world) != null) {
        return item;
      }
    }
    return null;
  }

  /** A copy of a file whose name can be replaced, or null. */
  @Nullable Standing anyCopy(World world) {
    for (Standing standing : view.table().all()) {
      Optional<String> source = copied(standing.thing());
      if (source.isPresent() && on(source.get(), world) != null && standing.isMade(world)) {
        return standing;
      }
    }
    return null;
  }

  private static Optional<String> copied(Thing thing) {
    return thing instanceof Thing.Copy copy ? Optional.of(copy.source()) : Optional.empty();
  }

  /** The absolute paths among the words of a command. */
  static List<String> programs(List<String> command) {
    return command.stream().filter(word -> word.startsWith("/")).map(PathKey::of).toList();
  }
}
