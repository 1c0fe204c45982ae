package dev.broot.permission;

import dev.broot.permission.Seen.Kind;
import dev.broot.plan.Done;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Question;
import dev.broot.plan.Source;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Copied;
import dev.broot.spec.Paths;
import dev.broot.spec.Provenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's file system as the kernel makes it: mounts are made in order, the last one on a
 * path or above it wins, and a read-only parent does not protect a writable child.
 */
public final class View {
  private final Map<String, String> links = new HashMap<>();
  private final List<Seen> seen = new ArrayList<>();
  private final NavigableSet<String> places = new TreeSet<>();
  private final List<Operation.Raw> raw = new ArrayList<>();
  private String condition = "";

  private View() {}

  /** What the program of a plan finds. */
  public static View of(Plan plan) {
    View view = new View();
    Adding adding = view.new Adding();
    plan.sandbox().operations().forEach(operation -> operation.accept(adding));
    return view;
  }

  /** Everything, in the order in which it was mounted. */
  public List<Seen> all() {
    return List.copyOf(seen);
  }

  /** Arguments of bubblewrap that nobody has looked into. */
  public List<Operation.Raw> raw() {
    return List.copyOf(raw);
  }

  /** A path as the program would find it, through the sandbox's symlinks. */
  public String follow(String path) {
    return Paths.follow(Paths.normalize(path), links);
  }

  /** What a path of the sandbox lies in, the nearest mount; null in the empty root. */
  public @Nullable Seen covering(String path) {
    Seen best = null;
    for (Seen one : seen) {
      boolean covers = one.kind() != Kind.SYMLINK && Paths.isWithin(path, one.at());
      if (covers && (best == null || one.at().length() >= best.at().length())) {
        best = one;
      }
    }
    return best;
  }

  private String at(Word target) {
    return follow(target.display());
  }

  // A question that is asked of the host before a mount is made; empty where it is always made.
  private static String condition(Operation.Bind bind) {
    if (bind.optional()) {
      return "OPTIONAL " + bind.source().path().display();
    }
    Question question = bind.question();
    return question == null ? "" : question.asked() + " " + question.path().display();
  }

  /** How each operation changes what is seen. */
  private final class Adding implements Operation.Visitor<Done> {
    @Override
    public Done bind(Operation.Bind bind) {
      condition = condition(bind);
      bind.source().accept(new Sources(bind));
      condition = "";
      return Done.DONE;
    }

    @Override
    public Done symlink(Operation.Symlink symlink) {
      String at = Paths.normalize(symlink.target().display());
      String text = symlink.text().display();
      links.put(at, text);
      put(new Seen(at, Kind.SYMLINK, text, false, false, true, List.of(), symlink.provenance()));
      return Done.DONE;
    }

    @Override
    public Done tmpfs(Operation.Tmpfs tmpfs) {
      return memory(tmpfs.target(), tmpfs.provenance());
    }

    @Override
    public Done directory(Operation.Directory directory) {
      View.this.directory(at(directory.target()), directory.provenance());
      return Done.DONE;
    }

    @Override
    public Done proc(Operation.Proc proc) {
      return plain(proc.target(), Kind.PROC, false, proc.provenance());
    }

    @Override
    public Done dev(Operation.Dev dev) {
      return plain(dev.target(), Kind.DEV, true, dev.provenance());
    }

    @Override
    public Done mqueue(Operation.Mqueue mqueue) {
      return memory(mqueue.target(), mqueue.provenance());
    }

    private Done memory(Word target, Provenance said) {
      return plain(target, Kind.MEMORY, false, said);
    }

    private Done plain(Word target, Kind kind, boolean devices, Provenance said) {
      put(new Seen(at(target), kind, "", true, devices, true, List.of(), said));
      return Done.DONE;
    }

    @Override
    public Done overlay(Operation.Overlay overlay) {
      String at = at(overlay.target());
      Provenance said = overlay.provenance();
      List<Word> lower = overlay.lower();
      boolean kept = overlay.changes() instanceof Operation.Changes.Upper;
      Word first =
          overlay.changes() instanceof Operation.Changes.Upper upper ? upper.upper() : lower.get(0);
      put(host(at, first.display(), kept, false, true, said));
      for (Word one : lower.subList(kept ? 0 : 1, lower.size())) {
        append(host(at, one.display(), false, false, true, said));
      }
      if (overlay.changes() instanceof Operation.Changes.Memory) {
        append(new Seen(at, Kind.MEMORY, "", true, false, true, List.of(), said));
      }
      return Done.DONE;
    }

    @Override
    public Done remountReadOnly(Operation.RemountReadOnly remount) {
      String at = at(remount.target());
      seen.replaceAll(one -> one.at().equals(at) ? one.readOnly() : one);
      return Done.DONE;
    }

    @Override
    public Done chmod(Operation.Chmod chmod) {
      return Done.DONE;
    }

    @Override
    public Done data(Operation.Data data) {
      String at = at(data.target());
      Provenance said = data.provenance();
      String content = data.content().content().display();
      if (!data.content().file()) {
        put(new Seen(at, Kind.TEXT, content, false, false, true, List.of(), said));
        return Done.DONE;
      }
      put(host(at, content, false, false, true, said));
      if (data.as() != Copied.RO) {
        append(new Seen(at, Kind.MEMORY, "", true, false, true, List.of(), said));
      }
      return Done.DONE;
    }

    @Override
    public Done raw(Operation.Raw arguments) {
      raw.add(arguments);
      return Done.DONE;
    }
  }

  /** How each source of a bind is seen. */
  private final class Sources implements Source.Visitor<Done> {
    private final Operation.Bind bind;
    private final String at;

    Sources(Operation.Bind bind) {
      this.bind = bind;
      at = at(bind.target());
    }

    private Done seen(Kind kind, String source, boolean writable, boolean certain) {
      boolean devices = kind == Kind.DEVICES;
      put(new Seen(at, kind, source, writable, devices, certain, List.of(), bind.provenance()));
      return Done.DONE;
    }

    @Override
    public Done hostPath(Source.HostPath path) {
      put(
          host(
              at,
              path.path().display(),
              bind.access() != Access.RO,
              bind.access() == Access.DEV,
              condition.isEmpty(),
              bind.provenance()));
      return Done.DONE;
    }

    @Override
    public Done hostSocket(Source.HostSocket socket) {
      return seen(Kind.SOCKET, Paths.normalize(socket.path().display()), true, true);
    }

    @Override
    public Done devices(Source.Devices devices) {
      return seen(Kind.DEVICES, devices.temp(), true, true);
    }

    @Override
    public Done scratch(Source.Scratch scratch) {
      return seen(Kind.SCRATCH, "", true, true);
    }

    @Override
    public Done text(Source.Text text) {
      return seen(Kind.TEXT, text.content().display(), false, true);
    }

    @Override
    public Done providerSocket(Source.ProviderSocket socket) {
      return seen(Kind.PROVIDER, socket.api(), true, true);
    }

    @Override
    public Done pythonModule(Source.PythonModule module) {
      return seen(Kind.MODULE, module.module(), false, condition.isEmpty());
    }
  }

  private static Seen host(
      String at,
      String source,
      boolean writable,
      boolean devices,
      boolean certain,
      Provenance said) {
    return new Seen(
        at, Kind.HOST, Paths.normalize(source), writable, devices, certain, List.of(), said);
  }

  // bubblewrap makes a directory where there is none; where there is one, nothing changes.
  private void directory(String at, Provenance said) {
    Seen parent = covering(at);
    boolean memory = parent == null || parent.kind() == Kind.MEMORY;
    if (memory && seen.stream().noneMatch(one -> one.at().equals(at))) {
      append(new Seen(at, Kind.MEMORY, "", true, false, true, List.of(), said));
    }
  }

  // What is certain hides what was mounted there and below; what may be missing may not hide it.
  private void put(Seen one) {
    if (one.kind() != Kind.SYMLINK) {
      if (one.certain() && holdsPlaces(one.at())) {
        seen.removeIf(other -> Paths.isWithin(other.at(), one.at()));
        places.clear();
        seen.forEach(other -> places.add(other.at()));
      }
      for (int i = liesInPlaces(one.at()) ? 0 : seen.size(); i < seen.size(); i++) {
        Seen other = seen.get(i);
        boolean below = Paths.isWithin(one.at(), other.at()) && !one.at().equals(other.at());
        if (below && other.kind() == Kind.HOST) {
          seen.set(i, other.withHole(new Seen.Hole(other.inSource(one.at()), condition)));
        }
      }
    }
    append(one);
  }

  private void append(Seen one) {
    seen.add(one);
    places.add(one.at());
  }

  // These two keep large specs linear: most mounts lie beside each other.
  private boolean holdsPlaces(String at) {
    String first = places.ceiling(at.equals("/") ? "/" : at + "/");
    return places.contains(at) || (first != null && Paths.isWithin(first, at));
  }

  private boolean liesInPlaces(String at) {
    for (int end = at.lastIndexOf('/'); end > 0; end = at.lastIndexOf('/', end - 1)) {
      if (places.contains(at.substring(0, end))) {
        return true;
      }
    }
    return places.contains("/");
  }
}
