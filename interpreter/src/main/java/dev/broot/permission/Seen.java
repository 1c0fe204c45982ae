package dev.broot.permission;

import dev.broot.spec.Paths;
import dev.broot.spec.Provenance;
import java.util.List;

/**
 * Something that the program finds in its file system.
 *
 * @param at where, normalized, with the sandbox's symlinks followed
 * @param kind what it is
 * @param source the host path behind it, normalized, or what else describes it
 * @param writable whether what is there can be written
 * @param devices whether device nodes there can be used
 * @param certain whether it is there on every host
 * @param holes paths of the source that later mounts hide
 * @param provenance the line that says it
 */
public record Seen(
    String at,
    Kind kind,
    String source,
    boolean writable,
    boolean devices,
    boolean certain,
    List<Hole> holes,
    Provenance provenance) {
  /** What a {@link Seen} is. */
  public enum Kind {
    /** A file or directory of the host. */
    HOST,
    /** A file system or directory in memory. */
    MEMORY,
    /** A temporary directory of the host. */
    SCRATCH,
    /** A file with a text of the spec. */
    TEXT,
    /** A procfs. */
    PROC,
    /** bubblewrap's minimal set of devices. */
    DEV,
    /** A directory of device nodes. */
    DEVICES,
    /** A socket that can be connected to. */
    SOCKET,
    /** The same, of a program that the spec starts; its source is its name. */
    PROVIDER,
    /** The directory of a Python module of the host. */
    MODULE,
    /** A symlink; its source is its text. */
    SYMLINK
  }

  /**
   * A path of a source that a later mount hides.
   *
   * @param condition what is asked of the host, or empty where it is hidden on every host
   */
  public record Hole(String path, String condition) {
    /** Whether it is hidden on every host. */
    boolean certain() {
      return condition.isEmpty();
    }
  }

  /** Copies the holes. */
  public Seen {
    holes = List.copyOf(holes);
  }

  /** Where a path of the sandbox below this one lies in the source. */
  String inSource(String path) {
    String rest = path.substring(at.equals("/") ? 0 : at.length());
    return Paths.normalize(source + "/" + rest);
  }

  /** Whether a path of the host is reached through this, and is not hidden. */
  boolean reaches(String hostPath) {
    return kind == Kind.HOST
        && Paths.isWithin(hostPath, source)
        && holes.stream()
            .noneMatch(hole -> hole.certain() && Paths.isWithin(hostPath, hole.path()));
  }

  /** Whether there is content of the host, or a service, behind it. */
  boolean isReadable() {
    return kind != Kind.MEMORY && kind != Kind.SYMLINK;
  }

  Seen readOnly() {
    return new Seen(at, kind, source, false, devices, certain, holes, provenance);
  }

  Seen withHole(Hole hole) {
    List<Hole> all = new java.util.ArrayList<>(holes);
    all.add(hole);
    return new Seen(at, kind, source, writable, devices, certain, all, provenance);
  }
}
