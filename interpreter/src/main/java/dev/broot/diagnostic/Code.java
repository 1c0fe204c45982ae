package dev.broot.diagnostic;

/**
 * The stable codes of diagnostics; {@code docs/diagnostics.md} has a section for each. A code is
 * never reused for something else.
 */
public enum Code {
  /** A statement that is not written as the grammar says. */
  MALFORMED("BR101"),
  /** A line that starts with a word that no statement starts with. */
  UNKNOWN_STATEMENT("BR102"),
  /** A word or string that cannot be one. */
  BAD_WORD("BR103"),
  /** A file that does not start with {@code broot 1} or {@code fragment 1}. */
  NO_HEADER("BR104"),
  /** A header of an edition that this broot does not know. */
  LATER_EDITION("BR105"),
  /** Bytes that are not UTF-8. */
  NOT_UTF8("BR106"),
  /** A file that cannot be read. */
  UNREADABLE("BR107"),
  /** A file that is larger than a spec may be. */
  TOO_LARGE("BR108"),

  /** A base that is not shipped, or a base that is not a spec. */
  UNKNOWN_BASE("BR201"),
  /** A base or an include that leads back to itself. */
  CYCLE("BR202"),
  /** An include that is not a relative path to a fragment. */
  BAD_INCLUDE("BR203"),
  /** A statement where it may not stand. */
  MISPLACED("BR204"),
  /** A reference to a name that is not declared or set. */
  UNDECLARED("BR205"),
  /** A parameter that nothing uses. */
  UNUSED_PARAM("BR206"),
  /** A value for a parameter that the spec does not declare, or of the wrong type. */
  BAD_ARGUMENT("BR207"),
  /** A setting that the base requires and nobody gave. */
  MISSING_SETTING("BR208"),
  /** A parameter without a value in a plan that is about to run. */
  OPEN_PARAM("BR209"),

  /** Something that is given twice. */
  DUPLICATE("BR301"),
  /** A value of the wrong type. */
  BAD_VALUE("BR302"),
  /** A name that is not one of those that are known: a capability, a namespace, a type. */
  UNKNOWN_NAME("BR303"),
  /** A path that must be absolute and is not. */
  RELATIVE_PATH("BR304"),
  /** A target with {@code ..} in it. */
  PARENT_IN_TARGET("BR305"),
  /** A line that changes nothing. */
  NO_EFFECT("BR306"),
  /** A statement that needs another one that is not there. */
  NO_PLACE("BR307"),
  /** More than bubblewrap takes. */
  LIMIT("BR308"),
  /** An image of which nobody says which one it is. */
  NO_DIGEST("BR309"),
  /** The directory of an image where it would not be only read. */
  IMAGE_USE("BR310"),

  /** A mount that would hide an earlier one. */
  HIDES("BR401"),
  /** Something that is hidden or protected from a program that can undo it. */
  MASK_UNDONE("BR402"),

  /** A dangerous grant without {@code unsafe}. */
  NEEDS_UNSAFE("BR501"),
  /** A dangerous grant without a reason. */
  NEEDS_BECAUSE("BR502"),
  /** {@code unsafe} on a line that grants nothing dangerous. */
  NOT_UNSAFE("BR503"),

  /** A place that a process holds open. */
  HELD_OPEN("BR504"),

  /** An assertion that does not hold. */
  EXPECTATION("BR601"),

  /** A bind that may hold sockets. */
  SOCKETS_IN_BIND("BR701"),
  /** The kernel's own files, writable. */
  KERNEL_WRITABLE("BR702"),
  /** A read-only bind of what is writable elsewhere. */
  REOPENED("BR703"),
  /** Programs are run from a writable directory of the host. */
  WRITABLE_PROGRAMS("BR704"),
  /** A mount point that bubblewrap may make on the host. */
  MADE_ON_HOST("BR705"),
  /** A mount point that may be missing in a read-only bind. */
  MOUNT_POINT_MISSING("BR706"),
  /** A variable that looks like a secret. */
  SECRET("BR707"),
  /** A program that could type into the caller's terminal. */
  TERMINAL("BR708"),
  /** The host's network, with what listens there. */
  HOST_NETWORK("BR709"),
  /** User namespaces that the program can make. */
  USER_NAMESPACES("BR710"),
  /** A variable that leads to a service of the caller's session. */
  SESSION("BR711"),
  /** The caller's whole environment. */
  INHERITED("BR712"),
  /** A whole home that can be read. */
  READABLE_HOME("BR713"),
  /** Files, writable, that tools of the host obey. */
  OBEYED_FILES("BR714"),
  /** The host's processes, seen and signalled. */
  HOST_PROCESSES("BR715"),
  /** The host's own procfs. */
  HOST_PROC("BR716"),
  /** The network without what programs look up. */
  NO_NAMES("BR717"),
  /** A writable single file, which cannot be replaced. */
  SINGLE_FILE("BR718"),
  /** A directory of devices that cannot be opened. */
  NO_DEVICES("BR719"),
  /** What is read-only below a directory that can be renamed. */
  RENAMED("BR720"),
  /** A system call that is denied where another one does the same. */
  SAME_CALL("BR721"),
  /** The spec itself, or what goes with it, can be changed by its program. */
  OWN_SPEC("BR722"),
  /** A limit that the program can leave. */
  LIMIT_LEFT("BR723"),
  /** A mode that is changed on the host. */
  HOST_MODE("BR724"),

  /** Something that the program may do and could not before. */
  GAINED("BR801"),
  /** A change of which broot cannot say what it permits. */
  NOT_KNOWN("BR802"),
  /** A plan that is not the one of its golden file. */
  GOLDEN_DIFFERS("BR803"),
  /** What the target of an export has no form for. */
  NOT_HELD("BR804"),
  /** What the target of an export holds less of than a run does. */
  HELD_LESS("BR805");

  private final String id;

  Code(String id) {
    this.id = id;
  }

  /** The code as people read it, as in {@code BR101}. */
  public String id() {
    return id;
  }
}
