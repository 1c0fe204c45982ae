package dev.broot.plan;

import dev.broot.spec.Provenance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that is done on the host before bubblewrap runs. */
public sealed interface Step {
  /** Where the spec asked for it. */
  Provenance provenance();

  /** Hands this to the method for its kind. */
  <T, E extends Exception> T accept(Step.Visitor<T, E> visitor) throws E;

  /**
   * What is done with each kind of step.
   *
   * @param <E> what doing it may throw
   */
  interface Visitor<T, E extends Exception> {
    /** A directory that stays. */
    T makeDirectory(MakeDirectory step) throws E;

    /** A temporary directory. */
    T makeTemp(MakeTemp step) throws E;

    /** A tmpfs. */
    T mountTmpfs(MountTmpfs step) throws E;

    /** A device node. */
    T makeNode(MakeNode step) throws E;

    /** A device of the host's. */
    T bindDevice(BindDevice step) throws E;

    /** A directory in a temporary directory. */
    T makeInner(MakeInner step) throws E;

    /** A file in a temporary directory. */
    T writeText(WriteText step) throws E;

    /** A provider. */
    T startProvider(StartProvider step) throws E;
  }

  /** A directory that is made, with its parents, when it is missing, and stays. */
  record MakeDirectory(Word path, Provenance provenance) implements Step {
    @Override
    public <T, E extends Exception> T accept(Step.Visitor<T, E> visitor) throws E {
      return visitor.makeDirectory(this);
    }
  }

  /**
   * A temporary directory of mode 0700 with a random name; undone by removing it with all that is
   * in it.
   *
   * @param name how the plan calls it
   * @param parent where it is made, or null for a directory that only the caller can enter
   * @param prefix how its name starts
   */
  record MakeTemp(String name, @Nullable Word parent, Word prefix, Provenance provenance)
      implements Step {
    @Override
    public <T, E extends Exception> T accept(Step.Visitor<T, E> visitor) throws E {
      return visitor.makeTemp(this);
    }

    @Override
    public Undo undo() {
      return new Undo.Remove(name);
    }
  }

  /** A tmpfs with {@code nosuid} on a temporary directory; undone by a lazy unmount. */
  record MountTmpfs(String temp, Provenance provenance) implements Step {
    @Override
    public <T, E extends Exception> T accept(Step.Visitor<T, E> visitor) throws E {
      return visitor.mountTmpfs(this);
    }

    @Override
    public boolean needsRoot() {
      return true;
    }

    @Override
    public Undo undo() {
      return new Undo.Unmount(temp);
    }
  }

  /**
   * A character device node.
   *
   * @param mode before the umask
   */
  record MakeNode(String temp, String name, int major, int minor, int mode, Provenance provenance)
      implements Step {
    @Override
    public <T, E extends Exception> T accept(Step.Visitor<T, E> visitor) throws E {
      return visitor.makeNode(this);
    }

    @Override
    public boolean needsRoot() {
      return true;
    }
  }

  /** The host's device of a name, bound on a file of that name in a temporary directory. */
  record BindDevice(String temp, String name, boolean optional, Provenance provenance)
      implements Step {
    @Override
    public <T, E extends Exception> T accept(Step.Visitor<T, E> visitor) throws E {
      return visitor.bindDevice(this);
    }

    @Override
    public boolean needsRoot() {
      return true;
    }
  }

  /**
   * A directory in a temporary directory, made with its parents.
   *
   * @param mode whatever the umask, or null for 0777 cut by the umask
   */
  record MakeInner(String temp, String path, @Nullable Integer mode, Provenance provenance)
      implements Step {
    @Override
    public <T, E extends Exception> T accept(Step.Visitor<T, E> visitor) throws E {
      return visitor.makeInner(this);
    }
  }

  /**
   * A file in a temporary directory, in a directory that is there.
   *
   * @param mode exactly this, or null for what the umask leaves of 0666
   */
  record WriteText(
      String temp, String path, Word text, @Nullable Integer mode, Provenance provenance)
      implements Step {
    @Override
    public <T, E extends Exception> T accept(Step.Visitor<T, E> visitor) throws E {
      return visitor.writeText(this);
    }
  }

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

    @Override
    public <T, E extends Exception> T accept(Step.Visitor<T, E> visitor) throws E {
      return visitor.startProvider(this);
    }

    @Override
    public Undo undo() {
      return new Undo.Stop(temp, api);
    }
  }

  /** Whether the kernel does it for root only. */
  default boolean needsRoot() {
    return false;
  }

  /** How it is undone, or null when nothing is left of it. */
  default @Nullable Undo undo() {
    return null;
  }

  /** The undoing of a step. */
  sealed interface Undo {
    /** Hands this to the method for its kind. */
    <T> T accept(Undo.Visitor<T> visitor);

    /** What is done with each kind of undoing. */
    interface Visitor<T> {
      /** An unmount. */
      T unmount(Unmount undo);

      /** The end of a provider. */
      T stop(Stop undo);

      /** A removal. */
      T remove(Remove undo);
    }

    /** Unmounts lazily what lies on a temporary directory. */
    record Unmount(String temp) implements Undo {
      @Override
      public <T> T accept(Undo.Visitor<T> visitor) {
        return visitor.unmount(this);
      }
    }

    /** Ends a provider and all that it started. */
    record Stop(String temp, String api) implements Undo {
      @Override
      public <T> T accept(Undo.Visitor<T> visitor) {
        return visitor.stop(this);
      }
    }

    /** Removes a temporary directory with all that is in it. */
    record Remove(String temp) implements Undo {
      @Override
      public <T> T accept(Undo.Visitor<T> visitor) {
        return visitor.remove(this);
      }
    }
  }
}
