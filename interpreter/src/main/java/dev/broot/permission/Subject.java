package dev.broot.permission;

import dev.broot.spec.HostPort;
import dev.broot.spec.IdMap;
import dev.broot.spec.Limit;
import dev.broot.spec.Namespace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a grant is about. Two subjects are equal where they are the same on every host, whatever
 * parameters stand for: paths are {@link PathKey}, texts as {@link PathKey#text} has them.
 */
public sealed interface Subject {
  /** Hands this to the method for its kind. */
  <T> T accept(Visitor<T> visitor);

  /** What is done with each kind. */
  interface Visitor<T> {
    /** An object of the host, or of a procfs. */
    T object(HostObject object);

    /** A layer of an overlay. */
    T layer(Layer layer);

    /** A copy of a file. */
    T copy(Copied copied);

    /** What a name may lead to later. */
    T anything(Anything anything);

    /** A change to the host by the making of the sandbox. */
    T making(Making making);

    /** A program of the host that the program can replace. */
    T replaced(Replaced replaced);

    /** A program that is started on the host. */
    T started(Started started);

    /** A socket of a provider. */
    T provider(Provided provided);

    /** A namespace that is shared. */
    T namespace(SharedNamespace namespace);

    /** A host. */
    T connection(Connection connection);

    /** Everything outside. */
    T outside(Outside outside);

    /** A capability. */
    T capability(Capability capability);

    /** A variable of the caller's. */
    T variable(Variable variable);

    /** The caller's whole environment. */
    T environment(WholeEnvironment environment);

    /** The value of a parameter. */
    T parameter(Parameter parameter);

    /** System calls that a filter forbids. */
    T calls(SystemCalls calls);

    /** A device. */
    T device(Device device);

    /** Device nodes of its own. */
    T nodes(DeviceNodes nodes);

    /** Memory. */
    T memory(Memory memory);

    /** A temporary directory. */
    T scratch(Scratch scratch);

    /** One of those that a spec has or has not. */
    T plain(Plain plain);

    /** A descriptor of the caller's. */
    T descriptor(PassedDescriptor descriptor);

    /** A directory that is made on the host. */
    T created(Created created);

    /** A bound on resources. */
    T limit(Limited limited);

    /** Users or groups of the host. */
    T mapped(Mapped mapped);

    /** System calls that the other side denies. */
    T called(Called called);

    /** Something that is found, and permits nothing. */
    T sight(Sight sight);
  }

  /** An object of the host, or of a procfs, with all that is below it. */
  record HostObject(Use use, String path) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.object(this);
    }
  }

  /**
   * An object of the host that is in a layer of an overlay.
   *
   * @param layer the root of the layer
   */
  record Layer(Use use, String path, String layer, Thing.Overlay overlay) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.layer(this);
    }
  }

  /** The content of a file of the host when the sandbox starts. */
  record Copied(String path) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.copy(this);
    }
  }

  /** Anything on the host, by a name that the program can replace by a symlink for the next run. */
  record Anything(Use use) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.anything(this);
    }
  }

  /** A change to the host that the making of the sandbox brings. */
  record Making(Effect.How how, String path, @Nullable Integer mode) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.making(this);
    }
  }

  /** A file of the host that the program can replace, and that the next run uses on the host. */
  record Replaced(String path) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.replaced(this);
    }
  }

  /** A program that is started on the host. */
  record Started(List<String> command) implements Subject {
    /** Copies the command. */
    public Started {
      command = List.copyOf(command);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.started(this);
    }
  }

  /** A connection to a program that is started on the host. */
  record Provided(List<String> command) implements Subject {
    /** Copies the command. */
    public Provided {
      command = List.copyOf(command);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.provider(this);
    }
  }

  /**
   * A namespace of the host's.
   *
   * @param perhaps whether only where the kernel has no own
   */
  record SharedNamespace(Namespace namespace, boolean perhaps) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.namespace(this);
    }
  }

  /**
   * A connection to a host.
   *
   * @param privately whether also where its name leads to a private address
   */
  record Connection(String host, int port, boolean privately) implements Subject {
    /** Whether it is also this one. */
    boolean covers(Connection other) {
      return port == other.port
          && (privately || !other.privately)
          && HostPort.covers(host, other.host);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.connection(this);
    }
  }

  /** Each port of each host but this one and its link. */
  record Outside() implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.outside(this);
    }
  }

  /**
   * A capability.
   *
   * @param ofRoot whether only where root runs the sandbox
   */
  record Capability(String name, boolean ofRoot) implements Subject {
    /** That the program has it, in words. */
    String held() {
      return (ofRoot ? "run by root, the program keeps " : "the program has ") + name;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.capability(this);
    }
  }

  /** The value of a variable of the caller's. */
  record Variable(String name) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.variable(this);
    }
  }

  /** All variables of the caller's that the spec does not name. */
  record WholeEnvironment() implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.environment(this);
    }
  }

  /** The value that the caller gives a parameter. */
  record Parameter(String name) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.parameter(this);
    }
  }

  /** The system calls that a filter forbids. */
  record SystemCalls(String filter) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.calls(this);
    }
  }

  /** A device: numbers with a mode, or the host's by its name. */
  record Device(String device) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.device(this);
    }
  }

  /** Device nodes that the program makes and uses, where root runs it. */
  record DeviceNodes() implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.nodes(this);
    }
  }

  /**
   * Memory that is filled by writing.
   *
   * @param place at which it is, or null wherever
   * @param bytes how much
   */
  record Memory(@Nullable String place, long bytes) implements Subject {
    /** As much as the kernel gives. */
    static final long UNLIMITED = Long.MAX_VALUE;

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.memory(this);
    }
  }

  /** A temporary directory on the host's disk. */
  record Scratch(String parent) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.scratch(this);
    }
  }

  /** What a spec allows or not, as a whole. */
  enum Kind {
    /** The caller's standard input. */
    STANDARD_INPUT,
    /** The caller's terminal. */
    TERMINAL,
    /** Life after the caller's end. */
    OUTLIVING,
    /** User namespaces of its own. */
    USER_NAMESPACES,
    /** A run in less than the sandbox should be. */
    LESS_THAN_A_SANDBOX,
    /** bubblewrap's minimal devices. */
    MINIMAL_DEVICES,
    /** The host's message queues, listed. */
    QUEUES,
    /** The host's name, which a namespace of its own starts with. */
    HOST_NAME,
    /** Power over the sandbox's own mounts, in bubblewrap's first user namespace. */
    FIRST_USER_NAMESPACE
  }

  /** One of those. */
  record Plain(Kind kind) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.plain(this);
    }
  }

  /** A descriptor that the caller passes, by its name. */
  record PassedDescriptor(String name) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.descriptor(this);
    }
  }

  /** A directory that the setup makes on the host. */
  record Created(String path) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.created(this);
    }
  }

  /** More of a resource than a bound of the other side lets it. */
  record Limited(Limit.Kind kind) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.limit(this);
    }
  }

  /** Users or groups of the host that the other side has not. */
  record Mapped(IdMap.Kind kind) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.mapped(this);
    }
  }

  /** System calls, by name, that the other side denies. */
  record Called(List<String> calls) implements Subject {
    /** Copies the names. */
    public Called {
      calls = List.copyOf(calls);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.called(this);
    }
  }

  /**
   * Something that is found, and permits nothing by itself.
   *
   * @param of what it is: a place, a setting, a text
   * @param value its value, which tells it from others
   */
  record Sight(String of, Object value) implements Subject {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.sight(this);
    }
  }
}
