package dev.broot.spec;

import dev.broot.diagnostic.SourceFile;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A valid spec with everything that its base and its fragments bring in. Only the room {@code
 * check} makes one.
 *
 * @param name the file's name without directory and {@code .broot}
 * @param sources the files that went into it, the spec first
 * @param openParams the parameters without a value, in order of declaration
 * @param image what the root tree is unpacked from, or null where it is a directory
 * @param rundir where the temporary directories of devices and APIs are made
 * @param vardir where the temporary directories of scratch mounts are made
 * @param temp the temporary directory under {@code vardir} that scratch directories and texts share
 * @param chdir the directory in which the program starts
 * @param entry the program that runs and gets the arguments, or null when the first argument is the
 *     program
 * @param stdinInherited whether the program reads the caller's standard input; else it is null
 * @param newSession whether the program gets a session of its own
 * @param dieWithParent whether the program is killed when bubblewrap's parent dies
 * @param settings what becomes one option of bubblewrap each, in its order
 * @param caps capabilities in the order in which they were said
 * @param namespaces which namespaces are not shared with the host
 * @param env the environment
 * @param mounts in the order in which they are made
 * @param callerMounts where in the mounts those of a caller come, as with {@code mounts-here}
 * @param expects assertions, kept for the judge
 * @param limits bounds on what the sandbox uses, each kind once
 * @param maps users and groups that it has beside its caller
 * @param syscalls system calls that are held, by name, each once
 * @param network the hosts that it is connected to, where it is so to some of them only, or null
 * @param inherited descriptors of the caller's that the program gets
 * @param open what it leaves open, by its lines
 */
public record Spec(
    String name,
    List<SourceFile> sources,
    List<Param> openParams,
    @Nullable Image image,
    @Nullable TempParent rundir,
    @Nullable TempParent vardir,
    @Nullable SharedTemp temp,
    @Nullable Chdir chdir,
    @Nullable Value entry,
    boolean stdinInherited,
    boolean newSession,
    boolean dieWithParent,
    List<Setting> settings,
    List<CapChange> caps,
    Namespaces namespaces,
    Env env,
    List<Mount> mounts,
    int callerMounts,
    List<Expectation> expects,
    List<Limit> limits,
    List<IdMap> maps,
    List<Syscall> syscalls,
    @Nullable Network network,
    List<Inherited> inherited,
    LeftOpen open) {

  /** Settings that other lines may refer to with {@code ${name}}. */
  public static final List<String> REFERABLE =
      List.of("root", "runner", "libdir", "rundir", "vardir");

  /** Copies the lists. */
  public Spec {
    sources = List.copyOf(sources);
    openParams = List.copyOf(openParams);
    settings = List.copyOf(settings);
    caps = List.copyOf(caps);
    mounts = List.copyOf(mounts);
    expects = List.copyOf(expects);
    limits = List.copyOf(limits);
    maps = List.copyOf(maps);
    syscalls = List.copyOf(syscalls);
    inherited = List.copyOf(inherited);
  }

  /** A descriptor that the caller passes by a name, and that stays open in the program. */
  public record Inherited(String name, Provenance provenance) {}

  /** The directory of the sandbox in which the program starts. */
  public record Chdir(Value path, Provenance provenance) {}

  /**
   * A directory in which temporary directories are made.
   *
   * @param create whether it is made when it is missing
   */
  public record TempParent(Value path, boolean create) {}

  /**
   * A temporary directory that several mounts share.
   *
   * @param name how the plan calls it
   * @param prefix how its name starts
   */
  public record SharedTemp(String name, Value prefix, Provenance provenance) {}

  /** A capability that is added or dropped. */
  public record CapChange(boolean add, String name, Provenance provenance) {}

  /**
   * What a spec leaves open of the host and of the caller, by its lines.
   *
   * @param ground the line from which it starts with nothing, or null where it has a base
   * @param shared the lines that share a namespace
   * @param inherit the line that takes the caller's environment over, or null
   */
  public record LeftOpen(
      @Nullable Provenance ground, List<Unshared> shared, @Nullable Provenance inherit) {
    /** Copies the list. */
    public LeftOpen {
      shared = List.copyOf(shared);
    }
  }

  /**
   * A namespace of the sandbox's own.
   *
   * @param namespace which one
   */
  public record Unshared(Namespace namespace, Provenance provenance) {}

  /**
   * The namespaces of a sandbox.
   *
   * @param own those that it does not share with the host, each once, in the order of {@link
   *     Namespace}
   * @param sharedNet where the network is shared though {@link Namespace#ALL} are its own, or null
   */
  public record Namespaces(List<Unshared> own, @Nullable Provenance sharedNet) {
    /** Copies the list. */
    public Namespaces {
      own = List.copyOf(own);
    }

    /** Whether one of them is said. */
    public boolean has(Namespace namespace) {
      return own.stream().anyMatch(unshared -> unshared.namespace() == namespace);
    }

    /** Whose a namespace is. */
    public enum Held {
      /** The sandbox's own. */
      OWN,
      /** Its own where the kernel lets it, else the host's. */
      TRIED,
      /** The host's. */
      SHARED
    }

    /**
     * Whose a namespace is, as bubblewrap reads its options (bwrap(1)): what is unshared is own;
     * all of them are, users and control groups where the kernel lets it, and the network unless it
     * is shared. A {@link Network} is another's part, and makes the network the sandbox's own.
     *
     * @param one none of those that stand for others or are tried
     */
    public Held held(Namespace one) {
      if (one == Namespace.NET && sharedNet != null) {
        return Held.SHARED;
      }
      boolean all = has(Namespace.ALL);
      return switch (one) {
        case USER -> tried(one, all || has(Namespace.USER_TRY));
        case CGROUP -> tried(one, all || has(Namespace.CGROUP_TRY));
        case IPC, PID, NET, UTS -> all || has(one) ? Held.OWN : Held.SHARED;
        case ALL, USER_TRY, CGROUP_TRY ->
            throw new IllegalArgumentException(one + " is no namespace by itself");
      };
    }

    private Held tried(Namespace one, boolean tried) {
      return has(one) ? Held.OWN : tried ? Held.TRIED : Held.SHARED;
    }

    /** Whether the sandbox has one of its own, or tries to. */
    public boolean wants(Namespace one) {
      return held(one) != Held.SHARED;
    }
  }

  /**
   * The program's environment.
   *
   * @param inherit whether it starts from the caller's; else from nothing
   * @param variables by order of the first mention of their names
   */
  public record Env(boolean inherit, List<Variable> variables) {
    /** Copies the variables. */
    public Env {
      variables = List.copyOf(variables);
    }

    /**
     * Those that bubblewrap is told to set or to take out. Where the environment is made anew,
     * bubblewrap is started with it, and they are few: what the dynamic linker obeys is for the
     * program, and would have bubblewrap itself load what the sandbox can write.
     */
    public List<Variable> told() {
      return inherit
          ? variables
          : variables.stream().filter(Variable::isForTheProgramOnly).toList();
    }

    /** Those that change the environment in which bubblewrap is started. */
    public List<Variable> around() {
      return variables.stream().filter(variable -> !variable.isForTheProgramOnly()).toList();
    }
  }

  /** A change to the environment. */
  public sealed interface Variable {
    /** Beside {@code LD_*}, from ld.so(8) and iconv(1). */
    Set<String> LOADED_BY = Set.of("GLIBC_TUNABLES", "GCONV_PATH", "LOCPATH", "NLSPATH");

    /** Hands this to the method for its kind. */
    <T> T accept(Visitor<T> visitor);

    /** What is done with each kind of change. */
    interface Visitor<T> {
      /** A variable with a value. */
      T set(SetVariable set);

      /** A variable with the caller's value. */
      T pass(PassVariable pass);

      /** A variable that is taken out. */
      T unset(UnsetVariable unset);
    }

    /** The variable's name. */
    String name();

    /** Whether it has a value that the dynamic linker or the C library loads code by. */
    default boolean isForTheProgramOnly() {
      return this instanceof SetVariable
          && (name().startsWith("LD_") || LOADED_BY.contains(name()));
    }

    /** Where it was said. */
    Provenance provenance();
  }

  /** A variable with a value. */
  public record SetVariable(String name, Value value, Provenance provenance) implements Variable {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.set(this);
    }
  }

  /**
   * A variable with the caller's value, where the caller has one.
   *
   * @param otherwise its value where the caller has none, or null when it is not set there
   */
  public record PassVariable(String name, @Nullable Value otherwise, Provenance provenance)
      implements Variable {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.pass(this);
    }
  }

  /** A variable that the program does not see. */
  public record UnsetVariable(String name, Provenance provenance) implements Variable {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.unset(this);
    }
  }

  /**
   * An assertion about the sandbox.
   *
   * @param what the kind of access
   * @param value to what, or null
   * @param except what the assertion is not about
   * @param own whether it is about a file that says what the program may do, which no line names
   */
  public record Expectation(
      boolean allow,
      String what,
      @Nullable Value value,
      List<Value> except,
      boolean own,
      Provenance provenance) {
    /** Copies the list. */
    public Expectation {
      except = List.copyOf(except);
    }

    /** About what the line names. */
    public Expectation(
        boolean allow,
        String what,
        @Nullable Value value,
        List<Value> except,
        Provenance provenance) {
      this(allow, what, value, except, false, provenance);
    }
  }
}
