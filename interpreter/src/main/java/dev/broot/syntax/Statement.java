package dev.broot.syntax;

import dev.broot.diagnostic.Span;
import dev.broot.spec.Access;
import dev.broot.spec.Condition;
import dev.broot.spec.Copied;
import dev.broot.spec.Fresh;
import dev.broot.spec.Masking;
import dev.broot.spec.Syscall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a spec.
 *
 * @param body what it says
 * @param unsafe the span of the word {@code unsafe} before it, or null
 * @param because the reason behind it, or null
 * @param span the whole statement
 */
public record Statement(Body body, @Nullable Span unsafe, @Nullable String because, Span span) {

  /** What a statement says: one record for each labelled alternative of the grammar. */
  public sealed interface Body {}

  /** A statement that puts something into the sandbox's file system. */
  public sealed interface Mount extends Body {
    /** Where it appears in the sandbox. */
    Text to();

    /** Whether it may hide an earlier mount. */
    boolean over();

    /** Whether it gives way to a later mount on its place. */
    default boolean yields() {
      return false;
    }
  }

  /** A statement that sets something that is set once. */
  public sealed interface Setting extends Body {
    /** Its word. */
    Name name();
  }

  /** {@code base NAME}. */
  public record Base(Text name) implements Body {}

  /** {@code include PATH [except PATH]...}. */
  public record Include(Text path, List<Text> except) implements Body {
    /** Copies what is left out. */
    public Include {
      except = List.copyOf(except);
    }
  }

  /** {@code param NAME: TYPE [= VALUE | from env NAME]}. */
  public record Param(Name name, Name type, @Nullable Text value, @Nullable Name variable)
      implements Body {}

  /** {@code require SETTING}. */
  public record Require(Name setting) implements Body {}

  /** {@code root}, {@code runner}, {@code libdir}, {@code chdir}, {@code entry}. */
  public record TextSetting(Name name, Text value) implements Setting {}

  /** {@code root image FORMAT PATH digest sha256:HEX}. */
  public record RootImage(Name name, Name format, Text path, @Nullable Name digest)
      implements Setting {}

  /** {@code rundir}, {@code vardir}; {@code create} makes it when it is missing. */
  public record DirectorySetting(Name name, Text value, boolean create) implements Setting {}

  /** {@code stdin null|inherit}, and {@code new-session}, {@code die-with-parent}. */
  public record WordSetting(Name name, String value) implements Setting {}

  /** {@code map users auto}, {@code map users RANGE -> RANGE}; and groups. */
  public record Map(Name what, Name from, @Nullable Name to) implements Body {}

  /** {@code limit NAME AMOUNT [best-effort]}. */
  public record Limit(Name name, Name amount, boolean bestEffort) implements Body {}

  /** {@code syscalls deny|kill|log NAME...}; {@code syscalls default} denies a group. */
  public record Syscalls(Syscall.Action action, List<Name> names) implements Body {
    /** Copies the names. */
    public Syscalls {
      names = List.copyOf(names);
    }
  }

  /** {@code drop syscalls NAME...}. */
  public record DropSyscalls(List<Name> names) implements Body {
    /** Copies the names. */
    public DropSyscalls {
      names = List.copyOf(names);
    }
  }

  /** {@code cap add|drop NAME}. */
  public record Cap(boolean add, Name name) implements Body {}

  /** {@code unshare NAME} or {@code share NAME}. */
  public record Namespace(boolean unshare, Name name) implements Body {}

  /** {@code net allow HOST:PORT [private]}. */
  public record NetAllow(Text target, boolean privately) implements Body {}

  /** {@code net user}. */
  public record NetUser() implements Body {}

  /** {@code env NAME = VALUE}. */
  public record EnvSet(Name name, Text value) implements Body {}

  /** {@code env pass NAME [else VALUE]}. */
  public record EnvPass(Name name, @Nullable Text otherwise) implements Body {}

  /** {@code env unset NAME}. */
  public record EnvUnset(Name name) implements Body {}

  /** {@code env inherit}. */
  public record EnvInherit() implements Body {}

  /** {@code raw ["--option", ...]}. */
  public record Raw(List<Text> arguments) implements Body {
    /** Copies the arguments. */
    public Raw {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code bind MODE SOURCE -> TARGET}. */
  public record Bind(
      Access access, Text from, Text to, Condition condition, boolean over, boolean yields)
      implements Mount {}

  /** {@code symlink TEXT -> PATH [if symlink]}. */
  public record Symlink(Text from, Text to, boolean ifSymlink, boolean yields) implements Mount {
    @Override
    public boolean over() {
      return false;
    }
  }

  /** {@code tmpfs|dir|proc|dev PATH}. */
  public record FreshMount(
      Fresh kind, Text to, @Nullable Name size, @Nullable Name mode, boolean over)
      implements Mount {}

  /** {@code overlay [SOURCES] ro|tmpfs|rw UPPER work WORK -> PATH}. */
  public record Overlay(
      List<Text> lower,
      boolean writable,
      @Nullable Text upper,
      @Nullable Text work,
      Text to,
      boolean over)
      implements Mount {
    /** Copies the sources. */
    public Overlay {
      lower = List.copyOf(lower);
    }
  }

  /** {@code remount-ro PATH}, and {@code chmod MODE PATH}. */
  public record Change(Text to, @Nullable Name mode) implements Mount {
    @Override
    public boolean over() {
      return false;
    }
  }

  /** {@code bind dev PATTERN [optional]}. */
  public record BindMatching(Text pattern, boolean optional) implements Body {}

  /** {@code hide|protect PATH [except PATH]... [optional]}. */
  public record Mask(Masking kind, Text path, List<Text> except, boolean optional) implements Body {
    /** Copies what is left out. */
    public Mask {
      except = List.copyOf(except);
    }
  }

  /** {@code api NAME add ARGUMENT}. */
  public record ApiAdd(Text name, Text argument) implements Body {}

  /** {@code lock-file PATH}. */
  public record LockFile(Text path) implements Body {}

  /**
   * A descriptor that the caller passes.
   *
   * @param name which one bubblewrap takes, or {@code inherit}
   * @param passed how one is called that the program gets, or null
   */
  public record Descriptor(Name name, @Nullable Name passed) implements Body {}

  /** {@code seccomp PATH}. */
  public record Seccomp(Text path) implements Body {}

  /** {@code bind-data ro|rw SOURCE -> TARGET [mode MODE]}, and {@code file SOURCE -> TARGET}. */
  public record Copy(Copied as, Text from, Text to, @Nullable Name mode, boolean over)
      implements Mount {}

  /** {@code devices PATH prefix TEXT}. */
  public record Devices(Text to, Text prefix, boolean over) implements Mount {}

  /** {@code temp prefix TEXT}. */
  public record Temp(Text prefix) implements Body {}

  /** {@code scratch PATH [prefix TEXT]}; without a prefix it lies in the spec's {@code temp}. */
  public record Scratch(Text to, @Nullable Text prefix, boolean over) implements Mount {}

  /** {@code scratch-dir PATH MODE}; the mode is kept as it was written. */
  public record ScratchDirectory(Text to, Name mode) implements Body {}

  /** {@code text PATH = VALUE [mode MODE]}. */
  public record TextFile(Text to, Text content, @Nullable Name mode, boolean over, boolean yields)
      implements Mount {}

  /** {@code module NAME -> PATH [if empty PATH]}. */
  public record Module(Name name, Text to, @Nullable Text ifEmpty, boolean over) implements Mount {}

  /** {@code device NAME [optional]}. */
  public record Device(Text name, boolean optional) implements Body {}

  /** {@code libdir-bind PATH}. */
  public record LibdirBind(Text to, boolean over) implements Mount {}

  /** {@code apis PATH [prefix TEXT]}. */
  public record Apis(Text to, @Nullable Text prefix, boolean over) implements Mount {}

  /** {@code mounts-here}. */
  public record MountsHere() implements Body {}

  /** {@code node NAME c MAJOR:MINOR MODE}; the numbers are kept as they were written. */
  public record Node(Text name, Name kind, Name number, Name mode) implements Body {}

  /** {@code api NAME socket PATH}. */
  public record ApiSocket(Text name, Text path) implements Body {}

  /** {@code api NAME serve [...] [required]}. */
  public record ApiServe(Text name, List<Text> command, boolean required) implements Body {
    /** Copies the command. */
    public ApiServe {
      command = List.copyOf(command);
    }
  }

  /** What {@code drop} takes away. */
  public enum Dropped {
    /** A mount, by its target. */
    MOUNT,
    /** A variable. */
    ENV,
    /** A capability. */
    CAP,
    /** An API. */
    API,
    /** A host that may be connected to. */
    NET
  }

  /** {@code drop [env|cap|api|net] NAME}. */
  public record Drop(Dropped kind, Text name) implements Body {}

  /** {@code expect allow|deny WHAT [VALUE [except VALUE...]]}. */
  public record Expect(boolean allow, Name what, @Nullable Text value, List<Text> except)
      implements Body {
    /** Copies the list. */
    public Expect {
      except = List.copyOf(except);
    }
  }
}
