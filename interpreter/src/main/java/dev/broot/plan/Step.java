package dev.broot.plan;

import dev.broot.ir.Provenance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that is done on the host before bubblewrap runs. */
public sealed interface Step {
  /** Where the spec asked for it. */
  Provenance provenance();

  /** A directory that is made, with its parents, when it is missing, and stays. */
  record MakeDirectory(Word path, Provenance provenance) implements Step {}

  /**
   * A temporary directory of mode 0700 with a random name; undone by removing it with all that is
   * in it.
   *
   * @param name how the plan calls it
   * @param parent where it is made, or null for a directory that only the caller can enter
   * @param prefix how its name starts
   */
  record MakeTemp(String name, @Nullable Word parent, Word prefix, Provenance provenance)
      implements Step {}

  /** A tmpfs with {@code nosuid} on a temporary directory; undone by a lazy unmount. */
  record MountTmpfs(String temp, Provenance provenance) implements Step {}

  /**
   * A character device node.
   *
   * @param mode before the umask
   */
  record MakeNode(String temp, String name, int major, int minor, int mode, Provenance provenance)
      implements Step {}

  /** The host's device of a name, bound on a file of that name in a temporary directory. */
  record BindDevice(String temp, String name, boolean optional, Provenance provenance)
      implements Step {}

  /**
   * A directory in a temporary directory, made with its parents.
   *
   * @param mode whatever the umask, or null for 0777 cut by the umask
   */
  record MakeInner(String temp, String path, @Nullable Integer mode, Provenance provenance)
      implements Step {}

  /** A file in a temporary directory, in a directory that is there. */
  record WriteText(String temp, String path, Word text, Provenance provenance) implements Step {}

  /**
   * A program that listens on a socket in a temporary directory; it is there when the socket
   * answers. Undone by ending it.
   *
   * @param api the socket's name
   * @param required whether the run ends when the program does
   */
  record StartProvider(
      String temp, String api, List<Word> command, boolean required, Provenance provenance)
      implements Step {
    /** Copies the command. */
    public StartProvider {
      command = List.copyOf(command);
    }
  }

  /** Whether the kernel does it for root only. */
  default boolean needsRoot() {
    return this instanceof MountTmpfs || this instanceof MakeNode || this instanceof BindDevice;
  }

  /** How a step is undone, or null when nothing is left of it. */
  default @Nullable Undo undo() {
    if (this instanceof MakeTemp temp) {
      return new Undo.Remove(temp.name());
    } else if (this instanceof MountTmpfs mount) {
      return new Undo.Unmount(mount.temp());
    } else if (this instanceof StartProvider provider) {
      return new Undo.Stop(provider.temp(), provider.api());
    }
    return null;
  }

  /** The undoing of a step. */
  sealed interface Undo {
    /** Unmounts lazily what lies on a temporary directory. */
    record Unmount(String temp) implements Undo {}

    /** Ends a provider and all that it started. */
    record Stop(String temp, String api) implements Undo {}

    /** Removes a temporary directory with all that is in it. */
    record Remove(String temp) implements Undo {}
  }
}
