package dev.broot.ir;

import dev.broot.syntax.Statement.Access;
import dev.broot.syntax.Statement.Condition;
import dev.broot.syntax.Statement.Fresh;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that appears in the sandbox's file system, in the order of the list that holds it. */
public sealed interface Mount {
  /** Where it was said. */
  Provenance provenance();

  /** A bind of a host path. */
  record Bind(Access access, Value from, Value to, Condition condition, Provenance provenance)
      implements Mount {}

  /** A symlink; its text is not resolved. */
  record Symlink(Value text, Value to, Provenance provenance) implements Mount {}

  /** What bubblewrap makes by itself. */
  record FreshMount(Fresh kind, Value to, Provenance provenance) implements Mount {}

  /**
   * A tmpfs of the host with device nodes in it, bound where the sandbox may use devices.
   *
   * @param name the name of its temporary directory
   * @param prefix how the temporary directory's name starts
   */
  record Devices(String name, Value to, Value prefix, List<Node> nodes, Provenance provenance)
      implements Mount {
    /** Copies the nodes. */
    public Devices {
      nodes = List.copyOf(nodes);
    }
  }

  /** A device node; the mode is cut by the umask, as mknod(2) does. */
  record Node(String name, int major, int minor, int mode, Provenance provenance) {}

  /** A temporary directory of the host, writable in the sandbox, gone after the run. */
  record Scratch(String name, Value to, Value prefix, Provenance provenance) implements Mount {}

  /**
   * The modules that the runner needs.
   *
   * @param libdir the directory, or null for {@code /usr/lib/osbuild} with the host's Python module
   *     {@code osbuild} in it
   */
  record Libdir(@Nullable Value libdir, Value to, Provenance provenance) implements Mount {}

  /**
   * The directory of API sockets.
   *
   * @param name the name of its temporary directory
   * @param prefix how that directory's name starts, or null when none is made
   */
  record Apis(String name, Value to, @Nullable Value prefix, List<Api> apis, Provenance provenance)
      implements Mount {
    /** Copies the APIs. */
    public Apis {
      apis = List.copyOf(apis);
    }
  }

  /** A socket of the host, bound under its name. */
  record Api(String name, Value socket, Provenance provenance) {}

  /** Arguments for bubblewrap that broot does not look into. */
  record Raw(List<Value> arguments, Provenance provenance) implements Mount {
    /** Copies the arguments. */
    public Raw {
      arguments = List.copyOf(arguments);
    }
  }
}
