package dev.broot.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that appears in the sandbox's file system, in the order of the list that holds it. */
public sealed interface Mount {
  /** Where it was said. */
  Provenance provenance();

  /** Where it appears in the sandbox, or null where broot does not look into it. */
  @Nullable Value to();

  /** Hands this to the method for its kind. */
  <T> T accept(Mount.Visitor<T> visitor);

  /** What is done with each kind of mount. */
  interface Visitor<T> {
    T bind(Bind bind);

    T symlink(Symlink symlink);

    T fresh(FreshMount fresh);

    T overlay(Overlay overlay);

    T change(Change change);

    T devices(Devices devices);

    T scratch(Scratch scratch);

    T text(TextFile text);

    T copy(Copy copy);

    T module(Module module);

    T libdir(Libdir libdir);

    T apis(Apis apis);

    T matching(Matching matching);

    T mask(Mask mask);

    T raw(Raw raw);
  }

  /** A bind of a host path. */
  record Bind(Access access, Value from, Value to, Condition condition, Provenance provenance)
      implements Mount {
    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.bind(this);
    }
  }

  /**
   * A symlink; its text is not resolved.
   *
   * @param ifSymlink only where the host has a symlink at its place
   */
  record Symlink(Value text, Value to, boolean ifSymlink, Provenance provenance) implements Mount {
    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.symlink(this);
    }
  }

  /**
   * What bubblewrap makes by itself.
   *
   * @param size in bytes, or null for the kernel's choice
   * @param mode or null for bubblewrap's choice
   */
  record FreshMount(
      Fresh kind, Value to, @Nullable Long size, @Nullable Integer mode, Provenance provenance)
      implements Mount {
    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.fresh(this);
    }
  }

  /**
   * Directories of the host, one over the other.
   *
   * @param lower the lowest first
   * @param writable whether it can be written
   * @param upper where changes go, or null for memory
   * @param work an empty directory on the file system of {@code upper}
   */
  record Overlay(
      List<Value> lower,
      boolean writable,
      @Nullable Value upper,
      @Nullable Value work,
      Value to,
      Provenance provenance)
      implements Mount {
    /** Copies the sources. */
    public Overlay {
      lower = List.copyOf(lower);
    }

    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.overlay(this);
    }
  }

  /**
   * A change to what is there.
   *
   * @param mode the new mode, or null when a mount becomes read-only
   */
  record Change(Value to, @Nullable Integer mode, Provenance provenance) implements Mount {
    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.change(this);
    }
  }

  /**
   * A tmpfs of the host with device nodes in it, bound where the sandbox may use devices.
   *
   * @param name the name of its temporary directory
   * @param prefix how the temporary directory's name starts
   */
  record Devices(String name, Value to, Value prefix, List<Device> nodes, Provenance provenance)
      implements Mount {
    /** Copies the nodes. */
    public Devices {
      nodes = List.copyOf(nodes);
    }

    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.devices(this);
    }
  }

  /** A device in a {@link Devices} directory. */
  sealed interface Device {
    /** Hands this to the method for its kind. */
    <T> T accept(Device.Visitor<T> visitor);

    /** What is done with each kind. */
    interface Visitor<T> {
      /** The host's device. */
      T hostDevice(HostDevice hostDevice);

      /** A device node. */
      T node(Node node);
    }

    /** Its name there. */
    String name();

    /** Where it was said. */
    Provenance provenance();
  }

  /** The host's device of the same name, bound. */
  record HostDevice(String name, boolean optional, Provenance provenance) implements Device {
    @Override
    public <T> T accept(Device.Visitor<T> visitor) {
      return visitor.hostDevice(this);
    }
  }

  /** A device node; the mode is cut by the umask, as mknod(2) does. */
  record Node(String name, int major, int minor, int mode, Provenance provenance)
      implements Device {
    @Override
    public <T> T accept(Device.Visitor<T> visitor) {
      return visitor.node(this);
    }
  }

  /**
   * A directory of the host, writable in the sandbox, gone after the run.
   *
   * @param temp the name of the temporary directory that it is or lies in
   * @param inner its path in that one, without a slash in front, or empty when it is that one
   * @param prefix how the temporary directory's name starts, or null when it is the spec's {@code
   *     temp}
   * @param directories made in it before the run
   */
  record Scratch(
      String temp,
      String inner,
      Value to,
      @Nullable Value prefix,
      List<Directory> directories,
      Provenance provenance)
      implements Mount {
    /** Copies the directories. */
    public Scratch {
      directories = List.copyOf(directories);
    }

    /**
     * A directory in a scratch directory.
     *
     * @param path its path in the scratch directory, without a slash in front
     * @param mode whatever the umask
     */
    public record Directory(String path, int mode, Provenance provenance) {}

    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.scratch(this);
    }
  }

  /**
   * A file with a given text, read-only.
   *
   * @param temp the temporary directory in which it lies, or null where bubblewrap gets the text as
   *     a descriptor
   * @param mode or null for 0644
   */
  record TextFile(
      @Nullable String temp,
      String inner,
      Value to,
      Value content,
      @Nullable Integer mode,
      Provenance provenance)
      implements Mount {
    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.text(this);
    }
  }

  /** A copy of a file of the host, as a descriptor; bubblewrap chooses a mode that is null. */
  record Copy(Copied as, Value from, Value to, @Nullable Integer mode, Provenance provenance)
      implements Mount {
    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.copy(this);
    }
  }

  /**
   * The directory in which the host's {@code python3} keeps a module, read-only.
   *
   * @param ifEmpty bound only where this is an empty directory, or null when always
   */
  record Module(String name, Value to, @Nullable Value ifEmpty, Provenance provenance)
      implements Mount {
    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.module(this);
    }
  }

  /**
   * The modules that the runner needs.
   *
   * @param libdir the directory, or null for {@code /usr/lib/osbuild} with the host's Python module
   *     {@code osbuild} in it
   */
  record Libdir(@Nullable Value libdir, Value to, Provenance provenance) implements Mount {
    /** Where osbuild keeps its modules when no libdir is given. */
    public static final String SYSTEM = "/usr/lib/osbuild";

    /** The Python module that is bound in it then. */
    public static final String MODULE = "osbuild";

    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.libdir(this);
    }
  }

  /**
   * The directory of API sockets.
   *
   * @param name the name of its temporary directory, in which the sockets of providers lie
   * @param prefix how that directory's name starts, or null when it is made only for providers, in
   *     a directory of the caller's own
   */
  record Apis(
      String name, Value to, @Nullable Value prefix, List<Endpoint> apis, Provenance provenance)
      implements Mount {
    /** Copies the APIs. */
    public Apis {
      apis = List.copyOf(apis);
    }

    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.apis(this);
    }
  }

  /** A socket that the program can connect to. */
  sealed interface Endpoint {
    /** Hands this to the method for its kind. */
    <T> T accept(Endpoint.Visitor<T> visitor);

    /** What is done with each kind. */
    interface Visitor<T> {
      /** A socket of the host's. */
      T socket(Api socket);

      /** A socket of a provider. */
      T provider(Provider provider);
    }

    /** Its name in the directory of API sockets. */
    String name();

    /** Where it was said. */
    Provenance provenance();
  }

  /** A socket of the host, bound under its name. */
  record Api(String name, Value socket, Provenance provenance) implements Endpoint {
    @Override
    public <T> T accept(Endpoint.Visitor<T> visitor) {
      return visitor.socket(this);
    }
  }

  /**
   * A socket on which a program listens that is started before the sandbox.
   *
   * @param command the program and its arguments
   * @param required whether the run ends when the program does
   */
  record Provider(String name, List<Value> command, boolean required, Provenance provenance)
      implements Endpoint {
    /** Copies the command. */
    public Provider {
      command = List.copyOf(command);
    }

    @Override
    public <T> T accept(Endpoint.Visitor<T> visitor) {
      return visitor.provider(this);
    }
  }

  /**
   * Devices of the host that match at the time of a run, each under its own name.
   *
   * @param to root and pattern, as one path
   */
  record Matching(Value root, Glob glob, Value to, boolean optional, Provenance provenance)
      implements Mount {
    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.matching(this);
    }
  }

  /**
   * A part of what the mounts show that they shall not show, or not for writing.
   *
   * @param path of the host, or as the program finds it
   * @param pattern what is meant below it, or null where it is meant itself
   * @param optional whether nothing is done where nothing is there
   */
  record Mask(
      Masking kind, Value path, @Nullable Pattern pattern, boolean optional, Provenance provenance)
      implements Mount {
    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.mask(this);
    }

    @Override
    public @Nullable Value to() {
      return null;
    }
  }

  /** Arguments for bubblewrap that broot does not look into. */
  record Raw(List<Value> arguments, Provenance provenance) implements Mount {
    /** Copies the arguments. */
    public Raw {
      arguments = List.copyOf(arguments);
    }

    @Override
    public <T> T accept(Mount.Visitor<T> visitor) {
      return visitor.raw(this);
    }

    @Override
    public @Nullable Value to() {
      return null;
    }
  }
}
