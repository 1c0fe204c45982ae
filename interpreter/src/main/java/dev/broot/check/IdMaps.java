package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.spec.IdMap;
import dev.broot.spec.Namespace;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.syntax.Name;
import dev.broot.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The users and groups of a sandbox; a later level replaces what an earlier one said. */
final class IdMaps {
  // The highest number is none (credentials(7)).
  private static final long MOST = 4_294_967_294L;

  private static final Pattern RANGE = Pattern.compile("([0-9]{1,10})(?:-([0-9]{1,10}))?");
  private static final String FORM =
      "write `map users auto`, or ranges of one length, as in `map users 100000-100999 -> 1-1000`";

  // What says otherwise which number is whose, or when bubblewrap goes on.
  private static final List<Setting.Kind> OTHERS =
      List.of(
          Setting.Kind.UID,
          Setting.Kind.GID,
          Setting.Kind.DISABLE_USERNS,
          Setting.Kind.BLOCK,
          Setting.Kind.INFO,
          Setting.Kind.USERNS,
          Setting.Kind.USERNS2,
          Setting.Kind.USERNS_BLOCK);

  private record Said(IdMap map, Line line) {}

  private record Range(long first, long count) {}

  private final Diagnostics diagnostics;
  private final List<Said> said = new ArrayList<>();

  IdMaps(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void add(Statement.Map statement, Line line) {
    IdMap map = read(statement, line);
    if (map == null) {
      return;
    }
    said.removeIf(one -> one.map().kind() == map.kind() && one.line().level() < line.level());
    for (Said before : said) {
      if (before.map().kind() == map.kind() && overlap(before.map(), map)) {
        diagnostics.error(
            Code.DUPLICATE,
            line.origin(),
            "`" + map.text() + "` has numbers that another line has",
            "each number of the host and of the sandbox is in one line only",
            new Note("this one", before.line().origin()));
        return;
      }
    }
    said.add(new Said(map, line));
  }

  private @Nullable IdMap read(Statement.Map statement, Line line) {
    String word = statement.what().text();
    boolean groups = word.equals("groups");
    if (!groups && !word.equals("users")) {
      diagnostics.error(
          Code.UNKNOWN_NAME,
          line.at(statement.what().span()),
          "`map` does not know `" + word + "`",
          "write `map users` or `map groups`");
      return null;
    }
    IdMap.Kind kind = groups ? IdMap.Kind.GROUPS : IdMap.Kind.USERS;
    Name to = statement.to();
    if (statement.from().text().equals("auto") && to == null) {
      return new IdMap(kind, true, 0, 0, 0, line.provenance());
    }
    Range outside = range(statement.from(), line);
    Range inside = to == null ? null : range(to, line);
    if (to == null && outside != null) {
      diagnostics.error(Code.BAD_VALUE, line.origin(), "numbers of the host without a place", FORM);
    }
    if (outside == null || inside == null) {
      return null;
    } else if (outside.count() != inside.count()) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          outside.count() + " numbers of the host for " + inside.count() + " of the sandbox",
          FORM);
      return null;
    } else if (inside.first() == 0) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          "number 0 of the sandbox is whoever runs it",
          "let the range in the sandbox start at 1");
      return null;
    }
    return new IdMap(
        kind, false, outside.first(), inside.first(), outside.count(), line.provenance());
  }

  private @Nullable Range range(Name written, Line line) {
    Matcher range = RANGE.matcher(written.text());
    if (range.matches()) {
      long first = Long.parseLong(range.group(1));
      long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
      if (first <= last && last <= MOST) {
        return new Range(first, last - first + 1);
      }
    }
    diagnostics.error(
        Code.BAD_VALUE,
        line.at(written.span()),
        "`" + written.text() + "` is not a range of numbers",
        FORM);
    return null;
  }

  private static boolean overlap(IdMap one, IdMap other) {
    return one.automatic()
        || other.automatic()
        || overlap(one.outside(), one.count(), other.outside(), other.count())
        || overlap(one.inside(), one.count(), other.inside(), other.count());
  }

  private static boolean overlap(long one, long many, long other, long more) {
    return one < other + more && other < one + many;
  }

  /** All of them, once it is known what else is said. */
  List<IdMap> all(List<Setting> settings, Spec.Namespaces own) {
    if (!said.isEmpty()) {
      Line line = said.get(0).line();
      if (!own.has(Namespace.USER)) {
        diagnostics.error(
            Code.NO_PLACE,
            line.origin(),
            "`map` needs a user namespace of the sandbox's own",
            "add a line `unshare user`");
      }
      for (Setting setting : settings) {
        if (OTHERS.contains(setting.kind())) {
          boolean descriptor = setting.kind().isDescriptor();
          diagnostics.error(
              Code.NO_PLACE,
              setting.provenance().origin(),
              "`" + (descriptor ? "descriptor " : "") + setting.kind().word() + "` beside `map`",
              "remove one of the two; with `map`, whoever runs the sandbox is number 0 in it",
              new Note("`map` is here", line.origin()));
        }
      }
    }
    return said.stream().map(Said::map).toList();
  }
}
