package dev.broot.translate;

import dev.broot.plan.Host;
import dev.broot.plan.Operation;
import dev.broot.plan.Source;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Copied;
import dev.broot.spec.Paths;
import dev.broot.spec.Provenance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a plan does to the file system, as places of a Pod. */
final class KubernetesMounts implements Operation.ResolvedVisitor<Boolean> {
  private static final String DEV = "/dev";
  private static final String PROC = "/proc";
  private static final String QUEUES = "/dev/mqueue";
  private static final int READABLE = 0444;
  private static final int EXECUTABLE = 0111;
  // What a runtime covers in the procfs of every container that is not privileged.
  private static final Set<String> COVERED =
      Set.of("/proc/acpi", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/scsi", "/proc/sys");
  private static final Set<String> MADE =
      Set.of(
          "console",
          "core",
          "fd",
          "full",
          "null",
          "ptmx",
          "pts",
          "random",
          "stderr",
          "stdin",
          "stdout",
          "termination-log",
          "tty",
          "urandom",
          "zero");

  /** Where what a Pod shows at a place comes from. */
  sealed interface From {}

  /** A path of the node. */
  record Node(String path, String type) implements From {}

  /**
   * Memory of the Pod's own.
   *
   * @param number tells one from another
   */
  record Memory(int number, @Nullable Long size) implements From {}

  /**
   * A file that travels with the Job.
   *
   * @param number tells one from another
   */
  record Text(int number, int mode) implements From {}

  /** What lies at a place, and the line that says so. */
  record Mount(From from, boolean readOnly, @Nullable Provenance said) {}

  private final Host host;
  private final KubernetesTexts texts;
  private final Shortfalls shortfalls;
  private final Map<String, Mount> mounts = new TreeMap<>();
  private final Map<String, String> links = new LinkedHashMap<>();
  private final Map<String, Provenance> linked = new LinkedHashMap<>();
  private @Nullable Provenance said;
  private int memories;

  KubernetesMounts(Host host, KubernetesTexts texts, Shortfalls shortfalls) {
    this.host = host;
    this.texts = texts;
    this.shortfalls = shortfalls;
  }

  /** All of them, by place. */
  Map<String, Mount> all(List<Operation> operations) {
    for (Operation operation : operations) {
      said = operation.provenance();
      operation.accept(this);
    }
    Map<String, Mount> direct = new TreeMap<>(mounts);
    links.forEach((place, text) -> follow(place, direct));
    mounts.forEach(
        (place, mount) -> {
          if (mount.from() instanceof Memory && mount.readOnly() && hasBelow(place)) {
            said = mount.said();
            refuse("a runtime cannot make the places of what lies below in a read-only directory");
          }
        });
    return mounts;
  }

  private boolean hasBelow(String place) {
    return mounts.keySet().stream()
        .anyMatch(other -> !other.equals(place) && Paths.isWithin(other, place));
  }

  // A Pod makes no symlinks: what one leads to is mounted at its place too, and all that lies below
  // with it, so that nothing is seen there that a line covers.
  private void follow(String place, Map<String, Mount> direct) {
    said = linked.get(place);
    Mount above = above(place, direct);
    String target = Paths.follow(place, links);
    String holder = holder(target, direct);
    Mount mount = holder == null ? null : direct.get(holder);
    if (above != null && !(above.from() instanceof Memory)) {
      refuse("the symlink lies in a mount, and a Pod makes none");
    } else if (mount != null && holder != null) {
      String rest = target.substring(holder.length());
      if (mount.from() instanceof Node node) {
        String source = Paths.normalize(node.path() + rest);
        if (!host.exists(source)) {
          shortfalls.otherwise(said, "it is left out: it leads to nothing");
          return;
        }
        put(place, new Mount(node(source), mount.readOnly(), said));
      } else if (rest.isEmpty()) {
        put(place, new Mount(mount.from(), mount.readOnly(), said));
      } else {
        refuse("a Pod makes no symlinks, and this one leads into memory");
      }
    } else if (direct.keySet().stream().noneMatch(other -> Paths.isWithin(other, target))) {
      refuse("a Pod makes no symlinks, and what this one leads to is mounted by no line");
    }
    direct.forEach(
        (other, below) -> {
          if (!other.equals(target) && Paths.isWithin(other, target)) {
            put(place + other.substring(target.length()), below);
          }
        });
  }

  private static @Nullable String holder(String path, Map<String, Mount> mounts) {
    String found = null;
    for (String place : mounts.keySet()) {
      if (Paths.isWithin(path, place) && (found == null || place.length() > found.length())) {
        found = place;
      }
    }
    return found;
  }

  private static @Nullable Mount above(String path, Map<String, Mount> mounts) {
    String holder = holder(path, mounts);
    return holder == null ? null : mounts.get(holder);
  }

  private boolean refuse(String what) {
    shortfalls.refuse(said, what);
    return false;
  }

  private String place(Word target) {
    return Paths.follow(Paths.normalize(target.display()), links);
  }

  private boolean add(Word target, From from, boolean readOnly) {
    String path = place(target);
    if (path.equals("/")) {
      return refuse("a Pod's root is its image; name what is below /");
    } else if (path.indexOf(':') >= 0) {
      return refuse("a place of a Pod has no `:` in its path");
    } else if (Paths.isWithin(path, PROC)) {
      return refuse("a runtime mounts nothing in /proc");
    } else if (path.equals(DEV)
        || (Paths.isWithin(path, DEV) && MADE.contains(path.substring(DEV.length() + 1)))) {
      return refuse("a runtime makes its own devices there; write `dev /dev`");
    }
    // It lies over what was there.
    mounts.keySet().removeIf(other -> Paths.isWithin(other, path));
    links.keySet().removeIf(other -> Paths.isWithin(other, path));
    return put(path, new Mount(from, readOnly, said));
  }

  private boolean put(String path, Mount mount) {
    mounts.put(path, mount);
    return true;
  }

  // What was judged: a symlink may lead elsewhere later. A node that has something else there does
  // not start the Pod.
  private Node node(String source) {
    String real = host.real(source);
    return new Node(real, host.isDirectory(real) ? "Directory" : "File");
  }

  @Override
  public Boolean bind(Operation.Bind bind) {
    String source = bind.source().path().display();
    boolean socket = bind.source() instanceof Source.HostSocket;
    if (!socket && !(bind.source() instanceof Source.HostPath)) {
      return refuse("it is set up on the host at each run, and a Pod sets nothing up");
    } else if (bind.access() == Access.DEV) {
      return refuse("a Pod gets devices from a plugin of its node only");
    } else if (bind.access() == Access.RO
        && source.equals(place(bind.target()))
        && COVERED.contains(source)) {
      return true;
    } else if (!host.exists(source)) {
      String absent = source + " is not on this host";
      if (bind.optional()) {
        leftOut(bind, absent);
        return true;
      }
      return refuse(absent + ", so nobody knows what a node has to have there");
    }
    Node node = socket ? new Node(host.real(source), "Socket") : node(source);
    return add(bind.target(), node, bind.access() == Access.RO);
  }

  /** Says what becomes visible where the host had not what a line asks for. */
  void leftOut(Operation operation, String absent) {
    Word word =
        operation instanceof Operation.Bind bind
            ? bind.target()
            : operation instanceof Operation.Symlink symlink ? symlink.target() : Word.of("/");
    String path = Paths.normalize(word.display());
    Mount above = links.containsKey(path) ? null : above(place(word), mounts);
    if (above != null && above.from() instanceof Node) {
      shortfalls.wider(
          operation.provenance(),
          absent + "; a Job shows what the mount above has at " + path + " all the same");
    }
  }

  @Override
  public Boolean symlink(Operation.Symlink symlink) {
    String path = Paths.normalize(symlink.target().display());
    links.put(path, symlink.text().display());
    linked.put(path, symlink.provenance());
    return true;
  }

  @Override
  public Boolean tmpfs(Operation.Tmpfs tmpfs) {
    return add(tmpfs.target(), new Memory(memories++, tmpfs.size()), false);
  }

  @Override
  public Boolean directory(Operation.Directory directory) {
    String path = place(directory.target());
    Mount above = above(path, mounts);
    if (path.equals("/") || mounts.keySet().stream().anyMatch(one -> Paths.isWithin(one, path))) {
      return true;
    } else if (above != null && !(above.from() instanceof Memory)) {
      return refuse("the directory lies in a mount, and a Pod makes none there");
    }
    return add(directory.target(), new Memory(memories++, null), false);
  }

  @Override
  public Boolean proc(Operation.Proc proc) {
    return place(proc.target()).equals(PROC) || refuse("a runtime has a procfs at /proc only");
  }

  @Override
  public Boolean dev(Operation.Dev dev) {
    return place(dev.target()).equals(DEV) || refuse("a runtime makes devices in /dev only");
  }

  @Override
  public Boolean mqueue(Operation.Mqueue mqueue) {
    return place(mqueue.target()).equals(QUEUES)
        || refuse("a runtime has message queues at " + QUEUES + " only");
  }

  @Override
  public Boolean overlay(Operation.Overlay overlay) {
    return refuse("a Pod has no overlays");
  }

  @Override
  public Boolean remountReadOnly(Operation.RemountReadOnly remount) {
    String path = place(remount.target());
    Mount mount = mounts.get(path);
    if (path.equals("/")) {
      return true;
    } else if (mount == null) {
      return refuse("no line mounts something at " + path);
    }
    return put(path, new Mount(mount.from(), true, said));
  }

  @Override
  public Boolean chmod(Operation.Chmod chmod) {
    Mount mount = mounts.get(place(chmod.target()));
    if (mount == null || mount.from() instanceof Node) {
      return refuse("a Pod changes no modes");
    }
    shortfalls.otherwise(said, "a Pod has modes of its own in its memory and for its texts");
    return true;
  }

  @Override
  public Boolean data(Operation.Data data) {
    Mount above = above(place(data.target()), mounts);
    if (data.as() == Copied.RW) {
      return refuse("what travels with a Job is read-only; use `bind-data ro`");
    } else if (data.as() == Copied.FILE && above != null && !(above.from() instanceof Memory)) {
      return refuse("the file lies in a mount, and a Pod makes none there");
    }
    int number = texts.add(data);
    int mode = data.mode() == null ? 0 : data.mode() & EXECUTABLE;
    return number >= 0 && add(data.target(), new Text(number, READABLE | mode), true);
  }

  @Override
  public Boolean raw(Operation.Raw raw) {
    return refuse("raw arguments are bubblewrap's");
  }
}
