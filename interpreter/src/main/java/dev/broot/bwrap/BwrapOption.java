package dev.broot.bwrap;

import dev.broot.spec.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The options of bubblewrap, from its man page and the help texts of 0.8 to 0.12. This is the only
 * place where one is named: the command line, {@code import}, {@code export}, the check of versions
 * and the table in docs/language.md follow from it. The versions are those of the tags in its
 * repository that first have the option; 0.4 and before are not told apart.
 */
public enum BwrapOption {
  /** Options from a descriptor. */
  ARGS(1, "the options in that file, as lines; `broot import --fd FD=FILE` reads them"),
  /** A user namespace. */
  UNSHARE_USER(0, "unshare user"),
  /** A user namespace where the kernel lets it. */
  UNSHARE_USER_TRY(0, "unshare user-try"),
  /** An IPC namespace. */
  UNSHARE_IPC(0, "unshare ipc"),
  /** A PID namespace. */
  UNSHARE_PID(0, "unshare pid"),
  /** A network namespace. */
  UNSHARE_NET(0, "unshare net"),
  /** A UTS namespace. */
  UNSHARE_UTS(0, "unshare uts"),
  /** A cgroup namespace. */
  UNSHARE_CGROUP(0, "unshare cgroup"),
  /** A cgroup namespace where the kernel lets it. */
  UNSHARE_CGROUP_TRY(0, "unshare cgroup-try"),
  /** All namespaces. */
  UNSHARE_ALL(0, "unshare all"),
  /** Not the network's. */
  SHARE_NET(0, "share net, after `unshare all`"),
  /** The user namespace of a descriptor. */
  USERNS(Setting.Kind.USERNS),
  /** The user namespace of a descriptor, after that. */
  USERNS2(Setting.Kind.USERNS2),
  /** No user namespaces inside. */
  DISABLE_USERNS(8, Setting.Kind.DISABLE_USERNS),
  /** Fails where there can be user namespaces inside. */
  ASSERT_USERNS_DISABLED(8, Setting.Kind.ASSERT_USERNS_DISABLED),
  /** The PID namespace of a descriptor. */
  PIDNS(Setting.Kind.PIDNS),
  /** The user in the sandbox. */
  UID(Setting.Kind.UID),
  /** The group in the sandbox. */
  GID(Setting.Kind.GID),
  /** The host's name in the sandbox. */
  HOSTNAME(Setting.Kind.HOSTNAME),
  /** Where the program starts. */
  CHDIR(1, "chdir PATH"),
  /** The program's first argument. */
  ARGV0(9, Setting.Kind.ARGV0),
  /** Messages with their level. */
  LEVEL_PREFIX(11, Setting.Kind.LEVEL_PREFIX),
  /** A variable with a value. */
  SETENV(2, "env NAME = VALUE"),
  /** A variable that is taken out. */
  UNSETENV(1, "env unset NAME"),
  /** An empty environment. */
  CLEARENV(0, 5, "leave `env inherit` out"),
  /** A file that is locked. */
  LOCK_FILE(Setting.Kind.LOCK_FILE),
  /** A descriptor that is kept open. */
  SYNC_FD(Setting.Kind.SYNC),
  /** A bind for reading and writing. */
  BIND(2, "bind rw SOURCE -> TARGET"),
  /** The same where the source is there. */
  BIND_TRY(2, "bind rw SOURCE -> TARGET optional"),
  /** A bind with device nodes. */
  DEV_BIND(2, "bind dev SOURCE -> TARGET"),
  /** The same where the source is there. */
  DEV_BIND_TRY(2, "bind dev SOURCE -> TARGET optional"),
  /** A bind for reading. */
  RO_BIND(2, "bind ro SOURCE -> TARGET"),
  /** The same where the source is there. */
  RO_BIND_TRY(2, "bind ro SOURCE -> TARGET optional"),
  /** A bind of what a descriptor holds open. */
  BIND_FD(2, 10, "bind rw SOURCE -> TARGET, with the name of the file or directory"),
  /** The same for reading. */
  RO_BIND_FD(2, 10, "bind ro SOURCE -> TARGET, with the name of the file or directory"),
  /** A mount becomes read-only. */
  REMOUNT_RO(1, "remount-ro PATH"),
  /** A lower directory of the next overlay. */
  OVERLAY_SRC(1, 11, "overlay [...]"),
  /** An overlay whose changes are kept. */
  OVERLAY(3, 11, "overlay [...] rw UPPER work WORK -> TARGET"),
  /** An overlay whose changes are lost. */
  TMP_OVERLAY(1, 11, "overlay [...] tmpfs -> TARGET"),
  /** An overlay without changes. */
  RO_OVERLAY(1, 11, "overlay [...] ro -> TARGET"),
  /** The SELinux label of the program. */
  EXEC_LABEL(Setting.Kind.EXEC_LABEL),
  /** The SELinux label of temporary files. */
  FILE_LABEL(Setting.Kind.FILE_LABEL),
  /** A procfs. */
  PROC(1, "proc PATH"),
  /** Minimal devices. */
  DEV(1, "dev PATH"),
  /** A tmpfs. */
  TMPFS(1, "tmpfs PATH"),
  /** Message queues. */
  MQUEUE(1, "mqueue PATH"),
  /** A directory. */
  DIR(1, "dir PATH"),
  /** A plain file with what a descriptor says. */
  FILE(2, "file SOURCE -> TARGET"),
  /** A writable mount of what a descriptor says. */
  BIND_DATA(2, "bind-data rw SOURCE -> TARGET"),
  /** A read-only mount of what a descriptor says. */
  RO_BIND_DATA(2, "bind-data ro SOURCE -> TARGET; text PATH = VALUE"),
  /** A symlink. */
  SYMLINK(2, "symlink TEXT -> PATH"),
  /** A filter of system calls. */
  SECCOMP(Setting.Kind.SECCOMP),
  /** One filter of several. */
  ADD_SECCOMP_FD(1, 6, "seccomp FILE, more than once"),
  /** Waits for a descriptor. */
  BLOCK_FD(Setting.Kind.BLOCK),
  /** Waits for a descriptor before its user namespace is used. */
  USERNS_BLOCK_FD(Setting.Kind.USERNS_BLOCK),
  /** Says which process is the first. */
  INFO_FD(Setting.Kind.INFO),
  /** Says how the program ended. */
  JSON_STATUS_FD(Setting.Kind.JSON_STATUS),
  /** A session of its own. */
  NEW_SESSION(0, "new-session"),
  /** Killed with its parent. */
  DIE_WITH_PARENT(0, "die-with-parent"),
  /** The program is process 1. */
  AS_PID_1(Setting.Kind.AS_PID_1),
  /** A capability more. */
  CAP_ADD(1, "cap add NAME"),
  /** A capability less. */
  CAP_DROP(1, "cap drop NAME"),
  /** A mode for the next one. */
  PERMS(1, 5, "mode MODE, after its mount"),
  /** A size for the next one. */
  SIZE(1, 7, "size SIZE, after its mount"),
  /** A change of mode. */
  CHMOD(2, 5, "chmod MODE PATH"),
  /** Starts though something could not be set up. */
  NOT_A_SECURITY_BOUNDARY(12, Setting.Kind.NOT_A_SECURITY_BOUNDARY),
  /** The help text. */
  HELP(0),
  /** The version. */
  VERSION(0);

  private static final int OLDEST = 4;

  private final int values;
  private final int since;
  private final @Nullable String word;
  private final Setting.@Nullable Kind setting;

  BwrapOption(int values) {
    this(values, OLDEST, null, null);
  }

  BwrapOption(int values, String word) {
    this(values, OLDEST, word);
  }

  BwrapOption(int values, int since, String word) {
    this(values, since, word, null);
  }

  BwrapOption(Setting.Kind setting) {
    this(OLDEST, setting);
  }

  BwrapOption(int since, Setting.Kind setting) {
    this(setting.takes() == Setting.Takes.NOTHING ? 0 : 1, since, setting.form(), setting);
  }

  BwrapOption(int values, int since, @Nullable String word, Setting.@Nullable Kind setting) {
    this.values = values;
    this.since = since;
    this.word = word;
    this.setting = setting;
  }

  /** As it stands on a command line. */
  public String option() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How many arguments follow it. */
  public int arguments() {
    return values;
  }

  /** The first bubblewrap that has it is 0 and this. */
  public int since() {
    return since;
  }

  /** Whether every bubblewrap that broot runs on has it. */
  public boolean isOld() {
    return since <= OLDEST;
  }

  /** How the language says it, or null where it has no place in a spec. */
  public @Nullable String word() {
    return word;
  }

  /** The setting that it says, or null where it says more than one. */
  public Setting.@Nullable Kind setting() {
    return setting;
  }

  /** The option that says a setting. */
  public static BwrapOption of(Setting.Kind setting) {
    for (BwrapOption option : values()) {
      if (option.setting == setting) {
        return option;
      }
    }
    throw new IllegalArgumentException("no option says " + setting);
  }

  /** The option of a word of a command line, or null where there is none. */
  public static @Nullable BwrapOption of(String argument) {
    for (BwrapOption option : values()) {
      if (option.option().equals(argument)) {
        return option;
      }
    }
    return null;
  }

  /** All that the language can say, as rows of a table in Markdown. */
  public static List<String> table() {
    return Arrays.stream(values())
        .filter(option -> option.word != null)
        .map(
            option ->
                "| `"
                    + option.option()
                    + "`"
                    + (option.isOld() ? "" : " (0." + option.since + ")")
                    + " | "
                    + option.word
                    + " |")
        .toList();
  }
}
