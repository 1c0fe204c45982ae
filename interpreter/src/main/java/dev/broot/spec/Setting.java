package dev.broot.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A setting that bubblewrap takes as one option.
 *
 * @param kind which one
 * @param value its value, or null for one without a value
 * @param provenance where it was said
 */
public record Setting(Kind kind, @Nullable Value value, Provenance provenance) {
  /** What a setting takes. */
  public enum Takes {
    /** Nothing: it is said or not. */
    NOTHING,
    /** A text. */
    TEXT,
    /** The path of a file of the host, which broot opens. */
    HOST_FILE,
    /** A path in the sandbox. */
    SANDBOX_FILE,
    /** A descriptor that the caller passes. */
    DESCRIPTOR
  }

  // Those that are more to broot than an option of bubblewrap.
  private static final List<String> OTHERS =
      List.of("chdir", "die-with-parent", "libdir", "new-session", "root", "runner");

  /** The words that set something to a text, or say it and no more. */
  public static List<String> words() {
    Stream<String> options =
        Arrays.stream(Kind.values())
            .filter(kind -> kind.takes == Takes.NOTHING || kind.takes == Takes.TEXT)
            .map(Kind::word);
    return Stream.concat(options, OTHERS.stream()).toList();
  }

  /** The settings, in the order of bubblewrap's help. */
  public enum Kind {
    /** The name of the program that it finds in its first argument. */
    ARGV0(Takes.TEXT),
    /** bubblewrap's messages start with their level. */
    LEVEL_PREFIX(Takes.NOTHING),
    /** The program can make no user namespace. */
    DISABLE_USERNS(Takes.NOTHING),
    /** bubblewrap fails where the program can make user namespaces. */
    ASSERT_USERNS_DISABLED(Takes.NOTHING),
    /** The user that the program is in its user namespace. */
    UID(Takes.TEXT),
    /** The group that the program is in its user namespace. */
    GID(Takes.TEXT),
    /** The host's name that the program sees. */
    HOSTNAME(Takes.TEXT),
    /** The SELinux label of the program. */
    EXEC_LABEL(Takes.TEXT),
    /** The SELinux label of temporary files. */
    FILE_LABEL(Takes.TEXT),
    /** The program is process 1. */
    AS_PID_1(Takes.NOTHING),
    /** A sandbox starts that is less than it should be. */
    NOT_A_SECURITY_BOUNDARY(Takes.NOTHING),
    /** The directories above mount points are left as bubblewrap makes them. */
    CLOSED_PARENTS(Takes.NOTHING),
    /** bubblewrap waits for it before it sets up. */
    BLOCK(Takes.DESCRIPTOR),
    /** bubblewrap writes there which process is the sandbox's first. */
    INFO(Takes.DESCRIPTOR),
    /** bubblewrap writes its status there as JSON; broot listens there itself. */
    JSON_STATUS(Takes.DESCRIPTOR),
    /** The PID namespace that is used. */
    PIDNS(Takes.DESCRIPTOR),
    /** Kept open as long as the sandbox lives. */
    SYNC(Takes.DESCRIPTOR),
    /** The user namespace that is entered. */
    USERNS(Takes.DESCRIPTOR),
    /** The user namespace that is entered after that. */
    USERNS2(Takes.DESCRIPTOR),
    /** bubblewrap waits for it before it uses its user namespace. */
    USERNS_BLOCK(Takes.DESCRIPTOR),
    /** A file that is locked as long as the sandbox lives. */
    LOCK_FILE(Takes.SANDBOX_FILE),
    /** A compiled filter of system calls. */
    SECCOMP(Takes.HOST_FILE);

    private final Takes takes;

    Kind(Takes takes) {
      this.takes = takes;
    }

    /** What it takes. */
    public Takes takes() {
      return takes;
    }

    /** Its word in the language, without {@code descriptor}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How a line says it. */
    public String form() {
      return switch (takes) {
        case NOTHING -> word();
        case TEXT -> word() + " VALUE";
        case HOST_FILE -> word() + " FILE";
        case SANDBOX_FILE -> word() + " PATH";
        case DESCRIPTOR -> "descriptor " + word();
      };
    }

    /** Whether the caller passes it. */
    public boolean isDescriptor() {
      return takes == Takes.DESCRIPTOR;
    }

    /** The kind of a word, or null where there is none. */
    public static @Nullable Kind of(String word) {
      return Arrays.stream(values())
          .filter(kind -> kind.word().equals(word))
          .findFirst()
          .orElse(null);
    }
  }
}
