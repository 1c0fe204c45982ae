package dev.broot.plan;

import dev.broot.spec.Access;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation shows at a place of the sandbox: something of the host, or something of the
 * sandbox's own that covers what was there.
 *
 * @param source what of the host it is, or null for the sandbox's own
 */
public record Showing(Kind kind, Access access, @Nullable Word source, Word target) {
  /** How something is shown. */
  public enum Kind {
    /** A path of the host, as it is. */
    BIND,
    /** A socket of the host. */
    SOCKET,
    /** A file of the host, as it was when the run started. */
    COPY,
    /** A directory of an overlay that stays as it is. */
    LAYER,
    /** The directory of an overlay that takes its changes. */
    UPPER,
    /** Nothing of the host. */
    OWN
  }

  /** What an operation shows, in order; nothing where it mounts nothing. */
  public static List<Showing> of(Operation operation) {
    return operation.accept(Showings.INSTANCE);
  }

  /** What of the host can be written through an operation, or null. */
  public static @Nullable Word written(Operation operation) {
    return of(operation).stream()
        .filter(Showing::isWritable)
        .map(Showing::source)
        .findFirst()
        .orElse(null);
  }

  /** The same as something of the sandbox's own. */
  public Showing asOwn() {
    return new Showing(Kind.OWN, access, null, target);
  }

  private boolean isWritable() {
    return kind == Kind.UPPER || (kind == Kind.BIND && access != Access.RO);
  }

  private static final class Showings implements Operation.Visitor<List<Showing>> {
    private static final Showings INSTANCE = new Showings();

    private static List<Showing> own(Access access, Word target) {
      return List.of(new Showing(Kind.OWN, access, null, target));
    }

    @Override
    public List<Showing> bind(Operation.Bind bind) {
      Source source = bind.source();
      Kind kind = source.accept(Kinds.INSTANCE);
      return kind == Kind.OWN
          ? own(bind.access(), bind.target())
          : List.of(new Showing(kind, bind.access(), source.path(), bind.target()));
    }

    @Override
    public List<Showing> symlink(Operation.Symlink symlink) {
      return List.of();
    }

    @Override
    public List<Showing> tmpfs(Operation.Tmpfs tmpfs) {
      return own(Access.RW, tmpfs.target());
    }

    @Override
    public List<Showing> directory(Operation.Directory directory) {
      return List.of();
    }

    @Override
    public List<Showing> proc(Operation.Proc proc) {
      return own(Access.RW, proc.target());
    }

    @Override
    public List<Showing> dev(Operation.Dev dev) {
      return own(Access.RW, dev.target());
    }

    @Override
    public List<Showing> mqueue(Operation.Mqueue mqueue) {
      return own(Access.RW, mqueue.target());
    }

    @Override
    public List<Showing> overlay(Operation.Overlay overlay) {
      List<Showing> layers = new ArrayList<>();
      for (Word layer : overlay.lower()) {
        layers.add(new Showing(Kind.LAYER, Access.RO, layer, overlay.target()));
      }
      if (overlay.changes() instanceof Operation.Changes.Upper kept) {
        layers.add(new Showing(Kind.UPPER, Access.RW, kept.upper(), overlay.target()));
      }
      return layers;
    }

    @Override
    public List<Showing> remountReadOnly(Operation.RemountReadOnly remount) {
      return List.of();
    }

    @Override
    public List<Showing> chmod(Operation.Chmod chmod) {
      return List.of();
    }

    @Override
    public List<Showing> data(Operation.Data data) {
      Input content = data.content();
      return content.file()
          ? List.of(new Showing(Kind.COPY, Access.RO, content.content(), data.target()))
          : own(Access.RO, data.target());
    }

    // Which objects these are is not known before the run.
    @Override
    public List<Showing> matching(Operation.Matching matching) {
      return List.of();
    }

    @Override
    public List<Showing> hide(Operation.Hide hide) {
      return List.of();
    }

    @Override
    public List<Showing> protect(Operation.Protect protect) {
      return List.of();
    }

    @Override
    public List<Showing> raw(Operation.Raw raw) {
      return List.of();
    }
  }

  private static final class Kinds implements Source.Visitor<Kind> {
    private static final Kinds INSTANCE = new Kinds();

    @Override
    public Kind hostPath(Source.HostPath path) {
      return Kind.BIND;
    }

    @Override
    public Kind hostSocket(Source.HostSocket socket) {
      return Kind.SOCKET;
    }

    @Override
    public Kind devices(Source.Devices devices) {
      return Kind.OWN;
    }

    @Override
    public Kind scratch(Source.Scratch scratch) {
      return Kind.OWN;
    }

    @Override
    public Kind text(Source.Text text) {
      return Kind.OWN;
    }

    @Override
    public Kind providerSocket(Source.ProviderSocket socket) {
      return Kind.OWN;
    }

    @Override
    public Kind pythonModule(Source.PythonModule module) {
      return Kind.BIND;
    }
  }
}
