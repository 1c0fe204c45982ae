package dev.broot.syntax;

import dev.broot.grammar.BrootLexer;
import dev.broot.spec.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** How each statement is written, for the hints of syntax errors. A test parses each of them. */
final class Usage {
  private static final String OVER = " [over]";
  private static final String PLACE = " [over | default]";
  private static final Map<Integer, String> FORMS =
      Map.ofEntries(
          Map.entry(BrootLexer.BASE, "`base NAME`"),
          Map.entry(
              BrootLexer.INCLUDE,
              "`include NAME`, `include PATH`, or `include secrets except ${project}/tests`"),
          Map.entry(
              BrootLexer.PARAM, "`param NAME: TYPE`, and `= VALUE` or `from env NAME` after it"),
          Map.entry(BrootLexer.REQUIRE, "`require SETTING`, as in `require root`"),
          Map.entry(
              BrootLexer.ROOT,
              "`root PATH`, or `root image oci|tar|squashfs|erofs PATH digest sha256:HEX`"),
          Map.entry(BrootLexer.RUNDIR, "`rundir PATH [create]`"),
          Map.entry(BrootLexer.VARDIR, "`vardir PATH [create]`"),
          Map.entry(BrootLexer.ENTRY, "`entry PATH`"),
          Map.entry(BrootLexer.STDIN, "`stdin null` or `stdin inherit`"),
          Map.entry(
              BrootLexer.LIMIT, "`limit NAME AMOUNT [best-effort]`, as in `limit memory 2GiB`"),
          Map.entry(
              BrootLexer.SYSCALLS,
              "`syscalls deny|kill|log NAME...`, as in `syscalls deny ptrace @mount`, or `syscalls default`"),
          Map.entry(
              BrootLexer.MAP,
              "`map users auto`, `map groups auto`, or `map users 100000-100999 -> 1-1000`"),
          Map.entry(BrootLexer.LOCK_FILE, "`lock-file PATH`"),
          Map.entry(BrootLexer.SECCOMP, "`seccomp PATH`, a file with a compiled filter"),
          Map.entry(
              BrootLexer.DESCRIPTOR,
              "`descriptor NAME`, as in `descriptor info`, or `descriptor inherit NAME`"),
          Map.entry(BrootLexer.CAP, "`cap add NAME` or `cap drop NAME`"),
          Map.entry(BrootLexer.UNSHARE, "`unshare NAMESPACE`, as in `unshare net`"),
          Map.entry(BrootLexer.SHARE, "`share NAMESPACE`, as in `share net`"),
          Map.entry(
              BrootLexer.NET,
              "`net allow HOST:PORT [private]`, as in `net allow registry.npmjs.org:443`, `net user`, or `net none`"),
          Map.entry(
              BrootLexer.ENV,
              "`env NAME = VALUE`, `env pass NAME [else VALUE]`, `env unset NAME` or `env inherit`"),
          Map.entry(BrootLexer.RAW, "`raw [\"--option\", \"value\"]`"),
          Map.entry(
              BrootLexer.BIND,
              "`bind ro|rw|dev SOURCE -> TARGET [optional | if directory | if owned]"
                  + PLACE
                  + "`, or `bind dev PATTERN [optional]`"),
          Map.entry(
              BrootLexer.BIND_DATA, "`bind-data ro|rw SOURCE -> TARGET [mode MODE]" + OVER + "`"),
          Map.entry(BrootLexer.FILE, "`file SOURCE -> TARGET [mode MODE]`"),
          Map.entry(BrootLexer.SYMLINK, "`symlink TEXT -> PATH [if symlink] [default]`"),
          Map.entry(BrootLexer.TMPFS, "`tmpfs PATH [size SIZE] [mode MODE]" + OVER + "`"),
          Map.entry(BrootLexer.DIR, "`dir PATH [mode MODE]`"),
          Map.entry(BrootLexer.MQUEUE, "`mqueue PATH" + OVER + "`"),
          Map.entry(
              BrootLexer.OVERLAY,
              "`overlay [\"LOWER\", \"UPPER\"] ro|tmpfs -> PATH"
                  + OVER
                  + "`, or `rw UPPER work WORK` in place of `ro`"),
          Map.entry(BrootLexer.REMOUNT_RO, "`remount-ro PATH`"),
          Map.entry(BrootLexer.CHMOD, "`chmod MODE PATH`"),
          Map.entry(
              BrootLexer.HIDE,
              "`hide PATH [optional]`, or a pattern as in `hide ${project}/**/*.pem except ${project}/tests`"),
          Map.entry(BrootLexer.PROTECT, "`protect PATH [optional]`, or a pattern, as for `hide`"),
          Map.entry(BrootLexer.PROC, "`proc PATH" + OVER + "`"),
          Map.entry(BrootLexer.DEV, "`dev PATH" + OVER + "`"),
          Map.entry(BrootLexer.DEVICES, "`devices PATH prefix TEXT" + OVER + "`"),
          Map.entry(
              BrootLexer.NODE, "`node NAME c MAJOR:MINOR MODE`, as in `node null c 1:3 0666`"),
          Map.entry(
              BrootLexer.DEVICE, "`device NAME [optional]`, the device's name in the host's /dev"),
          Map.entry(BrootLexer.TEMP, "`temp prefix TEXT`"),
          Map.entry(BrootLexer.SCRATCH, "`scratch PATH [prefix TEXT]" + OVER + "`"),
          Map.entry(
              BrootLexer.SCRATCH_DIR,
              "`scratch-dir PATH MODE`, as in `scratch-dir /var/tmp 01777`"),
          Map.entry(BrootLexer.TEXT, "`text PATH = VALUE [mode MODE]" + PLACE + "`"),
          Map.entry(BrootLexer.MODULE, "`module NAME -> PATH [if empty PATH]" + OVER + "`"),
          Map.entry(BrootLexer.LIBDIR_BIND, "`libdir-bind PATH" + OVER + "`"),
          Map.entry(BrootLexer.APIS, "`apis PATH [prefix TEXT]" + OVER + "`"),
          Map.entry(BrootLexer.MOUNTS_HERE, "`mounts-here` alone"),
          Map.entry(
              BrootLexer.API,
              "`api NAME socket PATH`, `api NAME serve [\"command\", \"${socket}\"] [required]` or `api NAME add ARGUMENT`"),
          Map.entry(
              BrootLexer.DROP,
              "`drop PATH`, `drop env NAME`, `drop cap NAME`, `drop api NAME`, `drop net HOST:PORT` or `drop syscalls NAME...`"),
          Map.entry(
              BrootLexer.EXPECT,
              "`expect allow|deny WHAT [VALUE]` or `expect deny WHAT PATH except PATH`"),
          Map.entry(BrootLexer.UNSAFE, "`unsafe` once, before the statement"));

  private Usage() {}

  /** The form of the statement that starts with a token, or null. */
  static @Nullable String of(Token verb) {
    return switch (verb.getType()) {
      case BrootLexer.FLAG_SETTING -> "`" + verb.getText() + "` alone";
      case BrootLexer.TEXT_SETTING -> "`" + verb.getText() + " VALUE`";
      default -> FORMS.get(verb.getType());
    };
  }

  /** The words that a statement starts with. */
  static List<String> verbs() {
    Stream<String> keywords =
        FORMS.keySet().stream()
            .map(type -> BrootLexer.VOCABULARY.getLiteralName(type))
            .map(literal -> literal.substring(1, literal.length() - 1));
    return Stream.concat(keywords, Setting.words().stream()).distinct().sorted().toList();
  }
}
