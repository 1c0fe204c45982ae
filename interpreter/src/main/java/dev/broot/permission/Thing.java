package dev.broot.permission;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the program finds at a place. Paths are {@link PathKey}, texts and words as {@link
 * PathKey#text} has them, so that two things are equal where they are the same on every host.
 */
public sealed interface Thing {
  /** Hands this to the method for its kind. */
  <T> T accept(Visitor<T> visitor);

  /** What is done with each kind. */
  interface Visitor<T> {
    /** A file or directory of the host. */
    T host(Host host);

    /** A socket of the host. */
    T socket(Socket socket);

    /** A Python module of the host. */
    T module(Module module);

    /** A procfs. */
    T proc(Proc proc);

    /** An overlay. */
    T overlay(Overlay overlay);

    /** A file system in memory. */
    T memory(Memory memory);

    /** Message queues. */
    T queues(Queues queues);

    /** bubblewrap's devices. */
    T minimal(MinimalDevices minimal);

    /** A directory of device nodes. */
    T devices(Devices devices);

    /** A scratch directory. */
    T scratch(Scratch scratch);

    /** A copy of a file. */
    T copy(Copy copy);

    /** A text. */
    T writing(Writing writing);

    /** A socket of a provider. */
    T provider(Provider provider);

    /** A symlink. */
    T link(Link link);

    /** A directory in what lies there. */
    T directory(Directory directory);
  }

  /** A file or directory of the host, with what is mounted below it. */
  record Host(String source) implements Thing {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.host(this);
    }
  }

  /** What is behind a name that is said to be a socket of the host. */
  record Socket(String source) implements Thing {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.socket(this);
    }
  }

  /** The directory in which the host's {@code python3} keeps a module. */
  record Module(String name) implements Thing {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.module(this);
    }
  }

  /**
   * A procfs that shows the sandbox's own processes, or a part of it.
   *
   * @param part which part: empty for the whole, or a path with a slash in front
   */
  record Proc(String part) implements Thing {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.proc(this);
    }
  }

  /**
   * Directories of the host, one over the other.
   *
   * @param lower the lowest first
   * @param upper where changes go, or null
   * @param work a directory that the kernel works in, or null
   * @param inMemory whether changes go to memory
   */
  record Overlay(
      List<String> lower, @Nullable String upper, @Nullable String work, boolean inMemory)
      implements Thing {
    /** Copies the list. */
    public Overlay {
      lower = List.copyOf(lower);
    }

    /** All layers, the lowest first. */
    List<String> layers() {
      List<String> all = new ArrayList<>(lower);
      if (upper != null) {
        all.add(upper);
      }
      return all;
    }

    /** The layers that lie over one, and hide what they have too. */
    List<String> over(String layer) {
      List<String> all = layers();
      return List.copyOf(all.subList(all.lastIndexOf(layer) + 1, all.size()));
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.overlay(this);
    }
  }

  /** What is made with a mode that is known. */
  sealed interface Moded extends Thing {
    /** The mode with which it is made; of a file system, of its directory. */
    int mode();
  }

  /**
   * A file system in memory.
   *
   * @param root whether it is the one in which the sandbox is made
   * @param size in bytes, or null for the kernel's choice
   * @param mode of its directory
   */
  record Memory(boolean root, @Nullable Long size, int mode) implements Moded {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.memory(this);
    }
  }

  /** A file system of POSIX message queues. */
  record Queues() implements Thing {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.queues(this);
    }
  }

  /** bubblewrap's minimal devices, in a file system in memory. */
  record MinimalDevices() implements Thing {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.minimal(this);
    }
  }

  /**
   * A file system in memory with device nodes, in which nodes can be used.
   *
   * @param nodes what is in it, by name
   */
  record Devices(List<Node> nodes) implements Thing {
    /**
     * A device node.
     *
     * @param device which device it is: numbers with a mode, or the host's by its name
     * @param host the name of the host's, or null where it has numbers
     * @param dangerous whether a program can read or change the whole host with it
     */
    public record Node(String name, String device, @Nullable String host, boolean dangerous) {}

    /** Copies the list. */
    public Devices {
      nodes = List.copyOf(nodes);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.devices(this);
    }
  }

  /**
   * A temporary directory of the host, gone after the run.
   *
   * @param parent where it is made
   */
  record Scratch(String parent) implements Thing {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.scratch(this);
    }
  }

  /**
   * A copy of a file of the host, taken when the sandbox starts.
   *
   * @param mount whether it is a mount; else it is a file in what lies at its place
   */
  record Copy(String source, boolean mount, int mode) implements Moded {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.copy(this);
    }
  }

  /** A text of the spec. */
  record Writing(String text, int mode) implements Moded {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.writing(this);
    }
  }

  /**
   * A socket on which a program listens that the setup starts.
   *
   * @param command the program and its arguments
   */
  record Provider(String name, List<String> command) implements Thing {
    /** Copies the command. */
    public Provider {
      command = List.copyOf(command);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.provider(this);
    }
  }

  /** A symlink; its text may hold parameters. */
  record Link(String text) implements Thing {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.link(this);
    }
  }

  /** A directory in what lies at its place. */
  record Directory(int mode) implements Moded {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.directory(this);
    }
  }
}
