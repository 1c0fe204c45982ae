package dev.broot.translate;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.broot.plan.Host;
import dev.broot.plan.Input;
import dev.broot.plan.Operation;
import dev.broot.plan.Source;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Copied;
import dev.broot.spec.Paths;
import dev.broot.spec.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a plan does to the file system, as mounts of a bundle and files of its root. */
final class OciMounts implements Operation.ResolvedVisitor<Boolean> {
  /** The bundle's own root, which is read-only while a container runs. */
  static final String ROOT = "rootfs";

  private static final String FILES = "files";
  private static final String HIDDEN = "hidden";
  private static final String EMPTY = "empty";
  private static final String NOTHING = "/dev/null";
  private static final int DIRECTORY_MODE = 0755;
  private static final int FILE_MODE = 0600;
  private static final String BIND = "bind";
  private static final String TMPFS = "tmpfs";
  private static final String READ_ONLY = "ro";
  private static final String RECURSIVELY_READ_ONLY = "rro";
  // Without the flags that would set a mount's options anew: what is read-only or noexec on the
  // host stays so. These add, to what is mounted below too.
  private static final List<String> SHOWN =
      List.of("rbind", "rnosuid", RECURSIVELY_READ_ONLY, "rnodev");
  private static final String NO_SUID = "nosuid";
  private static final String NO_DEVICES = "nodev";
  private static final String BELOW =
      ", and a bundle makes files in its own root only, not in a mount";
  // bubblewrap covers them where it may.
  private static final List<String> COVERED = List.of("sys", "sysrq-trigger", "irq", "bus");
  private static final String DEV = "/dev";
  // What a runtime makes in /dev when all else is mounted, so that it would lie over a mount.
  private static final Set<String> MADE =
      Set.of(
          "console", "core", "fd", "full", "null", "ptmx", "random", "stderr", "stdin", "stdout",
          "tty", "urandom", "zero");

  private final Host host;
  private final Shortfalls shortfalls;
  private final List<JsonObject> mounts = new ArrayList<>();
  private final Map<String, OciBundle.Entry> entries = new LinkedHashMap<>();
  private final List<String> readOnly = new ArrayList<>();
  private @Nullable Provenance said;
  private boolean devices;
  private boolean readOnlyRoot;

  OciMounts(Host host, Shortfalls shortfalls) {
    this.host = host;
    this.shortfalls = shortfalls;
    entries.put(ROOT, new OciBundle.Directory(DIRECTORY_MODE));
  }

  Map<String, OciBundle.Entry> entries() {
    return entries;
  }

  JsonArray mounts() {
    return mounts.stream().collect(JsonArray::new, JsonArray::add, JsonArray::addAll);
  }

  /** Whether the spec says that nothing can be written to the root itself. */
  boolean hasReadOnlyRoot() {
    return readOnlyRoot;
  }

  /** Paths that become read-only where they lie. */
  List<String> readOnly() {
    return readOnly;
  }

  /** Does all of them; a runtime makes devices in a place that nobody has mounted. */
  void all(List<Operation> operations) {
    for (Operation operation : operations) {
      said = operation.provenance();
      operation.accept(this);
    }
    if (!devices) {
      entries.put(EMPTY, new OciBundle.Directory(DIRECTORY_MODE));
      entries.put(EMPTY + "/null", new OciBundle.Text("", FILE_MODE));
      mounts.add(0, mount(DEV, BIND, EMPTY, SHOWN));
      mounts.add(1, mount(NOTHING, BIND, NOTHING, List.of("rbind", "rnosuid")));
      shortfalls.otherwise(null, "runc needs /dev/null, so it is there, without a `dev /dev` too");
    }
  }

  private static JsonObject mount(
      String destination, String type, String source, List<String> options) {
    JsonObject mount = new JsonObject();
    mount.addProperty("destination", destination);
    mount.addProperty("type", type);
    mount.addProperty("source", source);
    mount.add("options", OciJson.strings(options));
    return mount;
  }

  private boolean add(Word target, String type, String source, List<String> options) {
    String path = Paths.normalize(target.display());
    if (path.equals("/")) {
      return refuse("a bundle's root is a directory of its own; name what is below /");
    } else if (path.equals(DEV) && !type.equals(BIND)) {
      return refuse("a runtime makes devices in whatever is new at /dev; write `dev /dev`");
    } else if (path.equals(DEV)) {
      devices = true;
    } else if (Paths.isWithin(path, DEV) && !devices) {
      return refuse("it lies in /dev; write `dev /dev` before it");
    } else if (isMade(path)) {
      return refuse("a runtime puts its own device over it, when all else is mounted");
    }
    return mounts.add(mount(path, type, source, options));
  }

  // Not where the host's own /dev is bound.
  private boolean isMade(String path) {
    return Paths.isWithin(path, DEV)
        && MADE.contains(path.substring(DEV.length() + 1))
        && !isOf(above(DEV), BIND);
  }

  private boolean refuse(String what) {
    shortfalls.refuse(said, what);
    return false;
  }

  /**
   * What the host has not what it takes for, so that it is left out of a bundle.
   *
   * @param absent what would be there, and is not
   */
  void leftOut(Operation operation, String absent) {
    Word word =
        operation instanceof Operation.Bind bind
            ? bind.target()
            : operation instanceof Operation.Symlink symlink ? symlink.target() : Word.of("/");
    String target = Paths.normalize(word.display());
    JsonObject above = above(target);
    if (above != null && (isOf(above, BIND) || isOf(above, "overlay"))) {
      shortfalls.wider(
          operation.provenance(),
          absent
              + " now; if that changes, a run shows what "
              + above.get("destination").getAsString()
              + " has at "
              + target
              + " all the same");
    }
  }

  // The last mount in which a path lies.
  private @Nullable JsonObject above(String path) {
    JsonObject found = null;
    for (JsonObject mount : mounts) {
      found = Paths.isWithin(path, mount.get("destination").getAsString()) ? mount : found;
    }
    return found;
  }

  private static boolean isOf(@Nullable JsonObject mount, String type) {
    return mount != null && mount.get("type").getAsString().equals(type);
  }

  @Override
  public Boolean bind(Operation.Bind bind) {
    String target = Paths.normalize(bind.target().display());
    if (!(bind.source() instanceof Source.HostPath || bind.source() instanceof Source.HostSocket)) {
      return refuse("it is set up on the host at each run, and a bundle sets nothing up");
    }
    String source = bind.source().path().display();
    if (isOf(above(target), "proc")) {
      // A runtime makes it read-only where it is there.
      boolean same = bind.access() == Access.RO && source.equals(target);
      return same
          ? readOnly.add(target)
          : refuse("a runtime mounts nothing in /proc; only `bind ro` of the same path works");
    } else if (bind.optional() && !host.exists(source)) {
      leftOut(bind, source + " is not there");
      return true;
    }
    List<String> options = new ArrayList<>(SHOWN);
    if (bind.access() != Access.RO) {
      options.remove(RECURSIVELY_READ_ONLY);
    }
    if (bind.access() == Access.DEV) {
      options.remove("rnodev");
    }
    // What was judged: a symlink may lead elsewhere later.
    return add(bind.target(), BIND, host.real(source), options);
  }

  @Override
  public Boolean symlink(Operation.Symlink symlink) {
    OciBundle.Entry link = new OciBundle.Link(symlink.text().display());
    return root(symlink.target(), link, "the symlink lies in a mount");
  }

  // Something of the root itself.
  private boolean root(Word target, OciBundle.Entry entry, String problem) {
    String path = Paths.normalize(target.display());
    OciBundle.Entry there = entries.get(ROOT + path);
    if (path.equals("/")) {
      return true;
    } else if (above(path) != null) {
      return refuse(problem + BELOW);
    } else if (Paths.isWithin(path, DEV)) {
      return refuse("a runtime mounts something at /dev, which covers it; write `dev /dev`");
    } else if (there != null && !there.equals(entry)) {
      return refuse("another line makes something else at " + path);
    }
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String parent = ROOT + path.substring(0, slash);
      OciBundle.Entry made =
          entries.computeIfAbsent(parent, key -> new OciBundle.Directory(DIRECTORY_MODE));
      if (!(made instanceof OciBundle.Directory)) {
        return refuse("it lies behind what another line makes, which is no directory");
      }
    }
    entries.put(ROOT + path, entry);
    return true;
  }

  @Override
  public Boolean tmpfs(Operation.Tmpfs tmpfs) {
    int mode = Objects.requireNonNullElse(tmpfs.mode(), DIRECTORY_MODE);
    String path = Paths.normalize(tmpfs.target().display());
    if (mode == 0 && tmpfs.size() == null) {
      // runc gives a tmpfs the mode of the directory that it finds: this one is hidden.
      entries.put(HIDDEN, new OciBundle.Directory(0));
      return add(tmpfs.target(), BIND, HIDDEN, SHOWN);
    } else if (above(path) != null) {
      shortfalls.otherwise(said, "runc gives a tmpfs the mode of the directory that lies there");
    } else if (entries.get(ROOT + path) instanceof OciBundle.Directory && !path.equals("/")) {
      entries.put(ROOT + path, new OciBundle.Directory(mode));
    } else if (!root(tmpfs.target(), new OciBundle.Directory(mode), "the tmpfs lies in a mount")) {
      return false;
    }
    List<String> options = new ArrayList<>(List.of(NO_SUID, NO_DEVICES));
    options.add("mode=" + Integer.toOctalString(mode));
    Long size = tmpfs.size();
    if (size != null) {
      options.add("size=" + size);
    }
    return add(tmpfs.target(), TMPFS, TMPFS, options);
  }

  @Override
  public Boolean directory(Operation.Directory directory) {
    int mode = Objects.requireNonNullElse(directory.mode(), DIRECTORY_MODE);
    String path = ROOT + Paths.normalize(directory.target().display());
    return entries.get(path) instanceof OciBundle.Directory
        || root(directory.target(), new OciBundle.Directory(mode), "the directory lies in a mount");
  }

  @Override
  public Boolean proc(Operation.Proc proc) {
    String path = Paths.normalize(proc.target().display());
    COVERED.forEach(name -> readOnly.add(path + "/" + name));
    return add(proc.target(), "proc", "proc", List.of(NO_SUID, "noexec", NO_DEVICES));
  }

  @Override
  public Boolean dev(Operation.Dev dev) {
    if (!Paths.normalize(dev.target().display()).equals(DEV)) {
      return refuse("a runtime makes devices in /dev only");
    }
    devices = true;
    mounts.add(mount(DEV, TMPFS, TMPFS, List.of(NO_SUID, "mode=755")));
    List<String> terminals =
        List.of(NO_SUID, "noexec", "newinstance", "ptmxmode=0666", "mode=0620");
    add(Word.of("/dev/pts"), "devpts", "devpts", terminals);
    return add(Word.of("/dev/shm"), TMPFS, "shm", List.of(NO_SUID, NO_DEVICES, "mode=755"));
  }

  @Override
  public Boolean mqueue(Operation.Mqueue mqueue) {
    return add(mqueue.target(), "mqueue", "mqueue", List.of(NO_SUID, "noexec", NO_DEVICES));
  }

  @Override
  public Boolean overlay(Operation.Overlay overlay) {
    List<String> lower = new ArrayList<>();
    // The kernel wants the highest first.
    overlay.lower().forEach(word -> lower.add(0, word.display()));
    List<String> paths = new ArrayList<>(lower);
    List<String> options = new ArrayList<>(List.of(NO_SUID, NO_DEVICES));
    options.add("lowerdir=" + String.join(":", lower));
    if (overlay.changes() instanceof Operation.Changes.Memory) {
      return refuse("a bundle has no memory for the changes of an overlay");
    } else if (overlay.changes() instanceof Operation.Changes.Upper upper) {
      paths.addAll(List.of(upper.upper().display(), upper.work().display()));
      options.add("upperdir=" + upper.upper().display());
      options.add("workdir=" + upper.work().display());
    } else {
      options.add(READ_ONLY);
    }
    return paths.stream().anyMatch(path -> path.matches("(?s).*[:,\\\\].*"))
        ? refuse("a layer's path has `:`, `,` or a backslash in it")
        : add(overlay.target(), "overlay", "overlay", options);
  }

  @Override
  public Boolean remountReadOnly(Operation.RemountReadOnly remount) {
    String path = Paths.normalize(remount.target().display());
    JsonObject found = above(path);
    if (found == null ? path.equals("/") : isOf(found, "proc") && isAt(found, path)) {
      readOnlyRoot |= found == null;
      return found == null || readOnly.add(path);
    } else if (found == null || !isAt(found, path)) {
      return refuse("no line mounts something at " + path);
    }
    JsonArray options = found.getAsJsonArray("options");
    if (!isOf(found, BIND)) {
      options.add(READ_ONLY);
    } else if (!options.contains(new JsonPrimitive(RECURSIVELY_READ_ONLY))) {
      options.add(RECURSIVELY_READ_ONLY);
      shortfalls.otherwise(said, "what is mounted below it becomes read-only too");
    }
    return true;
  }

  private static boolean isAt(JsonObject mount, String path) {
    return mount.get("destination").getAsString().equals(path);
  }

  @Override
  public Boolean chmod(Operation.Chmod chmod) {
    String path = ROOT + Paths.normalize(chmod.target().display());
    OciBundle.Entry there = entries.get(path);
    if (above(Paths.normalize(chmod.target().display())) == null) {
      if (there instanceof OciBundle.Directory) {
        entries.put(path, new OciBundle.Directory(chmod.mode()));
        return true;
      } else if (there instanceof OciBundle.Text text) {
        entries.put(path, new OciBundle.Text(text.text(), chmod.mode()));
        return true;
      } else if (there instanceof OciBundle.Copy copy) {
        entries.put(path, new OciBundle.Copy(copy.source(), chmod.mode()));
        return true;
      }
    }
    return refuse("what is changed lies in a mount" + BELOW);
  }

  @Override
  public Boolean data(Operation.Data data) {
    Input content = data.content();
    int mode = Objects.requireNonNullElse(data.mode(), FILE_MODE);
    String text = content.content().display();
    OciBundle.Entry file =
        content.file() ? new OciBundle.Copy(text, mode) : new OciBundle.Text(text, mode);
    if (data.as() == Copied.RW) {
      return refuse("a writable copy would keep its changes in the bundle; use `bind-data ro`");
    }
    if (content.file() && !text.equals(NOTHING)) {
      shortfalls.otherwise(said, text + " is copied now, and not at each run");
    }
    if (data.as() == Copied.FILE) {
      return root(data.target(), file, "the file lies in a mount");
    }
    entries.putIfAbsent(FILES, new OciBundle.Directory(DIRECTORY_MODE));
    String name = FILES + "/" + entries.size();
    entries.put(name, file);
    return add(data.target(), BIND, name, SHOWN);
  }

  @Override
  public Boolean raw(Operation.Raw raw) {
    return refuse("raw arguments are bubblewrap's");
  }
}
