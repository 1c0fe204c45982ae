package dev.broot.ir;

import dev.broot.diagnostic.SourceFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A valid spec with everything that its base and its fragments bring in. Only {@link SpecCompiler}
 * makes one.
 *
 * @param name the file's name without directory and {@code .broot}
 * @param sources the files that went into it, the spec first
 * @param openParams the parameters without a value, in order of declaration
 * @param rundir where the temporary directories of devices and APIs are made
 * @param vardir where the temporary directories of scratch mounts are made
 * @param temp the temporary directory under {@code vardir} that scratch directories and texts share
 * @param chdir the directory in which the program starts
 * @param entry the program that runs and gets the arguments, or null when the first argument is the
 *     program
 * @param stdinInherited whether the program reads the caller's standard input; else it is null
 * @param newSession whether the program gets a session of its own
 * @param dieWithParent whether the program is killed when bubblewrap's parent dies
 * @param plain what becomes one option of bubblewrap each, in its order
 * @param caps capabilities in the order in which they were said
 * @param namespaces namespaces that are not shared with the host
 * @param env the environment
 * @param mounts in the order in which they are made
 * @param callerMounts where in the mounts those of a caller come, as with {@code mounts-here}
 * @param expects assertions, kept for the judge
 * @param ground the line from which it starts with nothing, or null where it has a base
 */
public record Spec(
    String name,
    List<SourceFile> sources,
    List<Param> openParams,
    @Nullable TempParent rundir,
    @Nullable TempParent vardir,
    @Nullable SharedTemp temp,
    @Nullable Value chdir,
    @Nullable Value entry,
    boolean stdinInherited,
    boolean newSession,
    boolean dieWithParent,
    List<Plain> plain,
    List<CapChange> caps,
    List<Unshared> namespaces,
    Env env,
    List<Mount> mounts,
    int callerMounts,
    List<Expectation> expects,
    @Nullable Provenance ground) {

  /** Copies the lists. */
  public Spec {
    sources = List.copyOf(sources);
    openParams = List.copyOf(openParams);
    plain = List.copyOf(plain);
    caps = List.copyOf(caps);
    namespaces = List.copyOf(namespaces);
    mounts = List.copyOf(mounts);
    expects = List.copyOf(expects);
  }

  /**
   * This spec with what a caller adds to one run.
   *
   * @param binds at the place of the caller's mounts
   * @param apis sockets, behind the spec's own
   * @param environment variables, over the spec's own
   * @throws IllegalArgumentException when a bind would hide a mount, an API has no place or its
   *     name is taken
   */
  public Spec with(List<Mount.Bind> binds, List<Mount.Api> apis, List<SetVariable> environment) {
    return Additions.add(this, binds, apis, environment);
  }

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

  /**
   * A setting that is one option of bubblewrap.
   *
   * @param name the option without {@code --}
   * @param value its value, or null for an option without one
   */
  public record Plain(String name, @Nullable Value value, Provenance provenance) {
    /** The name of a filter of system calls; its value is a path of the host. */
    public static final String SECCOMP = "seccomp";

    /** What lets a sandbox start that is less than it should be. */
    public static final String BOUNDARY = "not-a-security-boundary";

    /** The descriptor on which bubblewrap reports, to which broot itself listens. */
    public static final String STATUS = "json-status";

    /** Whether this is a filter of system calls. */
    public boolean isFilter() {
      return name.equals(SECCOMP);
    }

    /** Which descriptor of the caller's this option takes, by its name in the language, or null. */
    public @Nullable String descriptor() {
      return PlainSettings.DESCRIPTORS.entrySet().stream()
          .filter(entry -> entry.getValue().equals(name))
          .map(java.util.Map.Entry::getKey)
          .findFirst()
          .orElse(null);
    }

    /** Whether an option of bubblewrap, without its dashes, is one of these. */
    public static boolean isKnown(String name) {
      return PlainSettings.isKnown(name);
    }
  }

  /** A capability that is added or dropped. */
  public record CapChange(boolean add, String name, Provenance provenance) {}

  /**
   * A namespace of the sandbox's own.
   *
   * @param name as in bubblewrap's {@code --unshare-NAME}, or {@code share-net} where all but the
   *     network is unshared
   */
  public record Unshared(String name, Provenance provenance) {}

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
  }

  /** A change to the environment. */
  public sealed interface Variable {
    /** The variable's name. */
    String name();

    /** Where it was said. */
    Provenance provenance();
  }

  /** A variable with a value. */
  public record SetVariable(String name, Value value, Provenance provenance) implements Variable {}

  /**
   * A variable with the caller's value, where the caller has one.
   *
   * @param otherwise its value where the caller has none, or null when it is not set there
   */
  public record PassVariable(String name, @Nullable Value otherwise, Provenance provenance)
      implements Variable {}

  /** A variable that the program does not see. */
  public record UnsetVariable(String name, Provenance provenance) implements Variable {}

  /**
   * An assertion about the sandbox.
   *
   * @param what the kind of access
   * @param value to what, or null
   */
  public record Expectation(
      boolean allow, String what, @Nullable Value value, Provenance provenance) {}
}
