package dev.broot.plan;

import dev.broot.spec.Access;
import dev.broot.spec.Copied;
import dev.broot.spec.Glob;
import dev.broot.spec.Pattern;
import dev.broot.spec.Provenance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that bubblewrap does to the sandbox's file system. The operations of a {@link Sandbox}
 * are done in their order; a later one may hide, or write through, what an earlier one made.
 *
 * <p>Whoever does something with operations is a {@link Visitor}: a new kind of operation does not
 * compile until each of them has said what it does with it.
 */
public sealed interface Operation {
  /** Where the spec asked for it. */
  Provenance provenance();

  /** Made only where the host's answer is yes, or null when always. */
  default @Nullable Question question() {
    return null;
  }

  /** Hands this to the method for its kind. */
  <T> T accept(Visitor<T> visitor);

  /** What is done with each kind of operation. */
  interface Visitor<T> {
    /** A bind mount. */
    T bind(Bind bind);

    /** A symlink. */
    T symlink(Symlink symlink);

    /** A tmpfs. */
    T tmpfs(Tmpfs tmpfs);

    /** A directory. */
    T directory(Directory directory);

    /** A procfs. */
    T proc(Proc proc);

    /** bubblewrap's minimal devices. */
    T dev(Dev dev);

    /** Message queues. */
    T mqueue(Mqueue mqueue);

    /** An overlay. */
    T overlay(Overlay overlay);

    /** A mount that becomes read-only. */
    T remountReadOnly(RemountReadOnly remount);

    /** A change of mode. */
    T chmod(Chmod chmod);

    /** A file whose content bubblewrap reads from a descriptor. */
    T data(Data data);

    /** Devices that match a pattern. */
    T matching(Matching matching);

    /** What is hidden. */
    T hide(Hide hide);

    /** What is protected. */
    T protect(Protect protect);

    /** Arguments that nobody has looked into. */
    T raw(Raw raw);
  }

  /** What is done with a plan in which {@link Resolver} has put what the host has. */
  interface ResolvedVisitor<T> extends Visitor<T> {
    @Override
    default T matching(Matching matching) {
      throw new IllegalStateException("not resolved");
    }

    @Override
    default T hide(Hide hide) {
      throw new IllegalStateException("not resolved");
    }

    @Override
    default T protect(Protect protect) {
      throw new IllegalStateException("not resolved");
    }
  }

  /**
   * A bind mount, recursive.
   *
   * @param optional left out where the source is missing ({@code --bind-try})
   * @param question made only where the host's answer is yes, or null when always
   */
  record Bind(
      Source source,
      Word target,
      Access access,
      boolean optional,
      @Nullable Question question,
      Provenance provenance)
      implements Operation {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.bind(this);
    }
  }

  /**
   * A symlink; its text is not resolved. Nothing is made where the same symlink is there.
   *
   * @param question made only where the host's answer is yes, or null when always
   */
  record Symlink(Word text, Word target, @Nullable Question question, Provenance provenance)
      implements Operation {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.symlink(this);
    }
  }

  /**
   * An empty tmpfs.
   *
   * @param size in bytes, or null for the kernel's choice
   * @param mode or null for bubblewrap's choice, 0755
   */
  record Tmpfs(Word target, @Nullable Long size, @Nullable Integer mode, Provenance provenance)
      implements Operation {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.tmpfs(this);
    }
  }

  /**
   * A directory, made in what lies there; nothing happens where it is there.
   *
   * @param mode or null for bubblewrap's choice, 0755
   */
  record Directory(Word target, @Nullable Integer mode, Provenance provenance)
      implements Operation {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.directory(this);
    }
  }

  /** A procfs of the sandbox's PID namespace. */
  record Proc(Word target, Provenance provenance) implements Operation {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.proc(this);
    }
  }

  /** bubblewrap's minimal devices, on a tmpfs. */
  record Dev(Word target, Provenance provenance) implements Operation {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.dev(this);
    }
  }

  /** A file system of POSIX message queues. */
  record Mqueue(Word target, Provenance provenance) implements Operation {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.mqueue(this);
    }
  }

  /**
   * Directories of the host, one over the other.
   *
   * @param lower the lowest first
   */
  record Overlay(List<Word> lower, Changes changes, Word target, Provenance provenance)
      implements Operation {
    /** Copies the sources. */
    public Overlay {
      lower = List.copyOf(lower);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.overlay(this);
    }
  }

  /** Where the changes to an overlay go. */
  sealed interface Changes {
    /** There are none: it is read-only. */
    record None() implements Changes {}

    /** To memory. */
    record Memory() implements Changes {}

    /**
     * To a directory of the host.
     *
     * @param work an empty directory on the same file system
     */
    record Upper(Word upper, Word work) implements Changes {}
  }

  /** The mount at a place becomes read-only; what is mounted below it does not. */
  record RemountReadOnly(Word target, Provenance provenance) implements Operation {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.remountReadOnly(this);
    }
  }

  /** The mode of what lies at a place is changed, through the mount that lies there. */
  record Chmod(int mode, Word target, Provenance provenance) implements Operation {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.chmod(this);
    }
  }

  /**
   * A file whose content bubblewrap reads from a descriptor.
   *
   * @param as a read-only or writable mount of a private copy, or a plain file that is written
   *     through what lies at its place
   * @param mode or null for bubblewrap's choice
   */
  record Data(Copied as, Input content, Word target, @Nullable Integer mode, Provenance provenance)
      implements Operation {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.data(this);
    }
  }

  /**
   * The device nodes of the host that match a pattern, each under its own name. Which these are is
   * asked at each run.
   *
   * @param root a directory of the host
   * @param glob what is meant below it
   * @param optional whether there may be none
   */
  record Matching(Word root, Glob glob, boolean optional, Provenance provenance)
      implements Operation {
    /** Root and pattern as one path, which stands for all that match. */
    public Word path() {
      String literal = root.literal();
      String below = "/" + glob.display();
      return literal == null ? root.plus(below) : Word.of(literal + below);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.matching(this);
    }
  }

  /**
   * A part of what the binds show. At each run the host is asked what it is, and where the binds
   * show it.
   *
   * @param path a path of the host, or of the sandbox; it stands for what it leads to
   * @param shown the path of the host that the program finds at {@code path}, or null where that is
   *     {@code path} or nothing of the host
   * @param pattern what is meant below it, or null where it is meant itself
   * @param optional whether nothing is done where nothing is there
   */
  record Masked(Word path, @Nullable Word shown, @Nullable Pattern pattern, boolean optional) {}

  /**
   * At each place where the binds show it stands an empty read-only file, or an empty directory
   * that cannot be entered; nobody can rename a directory above it. Comes behind all that mounts.
   */
  record Hide(Masked what, Provenance provenance) implements Operation {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.hide(this);
    }
  }

  /**
   * It is read-only at each place where the binds show it; nobody can rename a directory above it.
   * What a later operation mounts below it stays as that one says.
   */
  record Protect(Masked what, Provenance provenance) implements Operation {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.protect(this);
    }
  }

  /** Arguments of bubblewrap that nobody has looked into, at their place. */
  record Raw(List<Word> arguments, Provenance provenance) implements Operation {
    /** Copies the arguments. */
    public Raw {
      arguments = List.copyOf(arguments);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.raw(this);
    }
  }
}
