package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Similar;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import dev.broot.spec.Syscall;
import dev.broot.spec.SyscallNames;
import dev.broot.spec.Value;
import dev.broot.syntax.Name;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The system calls that the levels of a spec hold; where lines overlap, the strictest counts. */
final class SystemCalls {
  private static final String CLONE3 = "clone3";

  private record Said(Syscall call, Line line, boolean byName) {}

  private final Diagnostics diagnostics;
  private final Map<String, Said> said = new TreeMap<>();

  SystemCalls(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void add(Statement.Syscalls calls, Line line) {
    for (Name name : calls.names()) {
      for (String call : named(name, line)) {
        boolean byName = call.equals(name.text());
        if (byName && calls.action() != Syscall.Action.LOG && SyscallNames.isNeeded(call)) {
          diagnostics.error(
              Code.BAD_VALUE,
              line.at(name.span()),
              "no program starts without `" + call + "`",
              "take it out of the line");
          continue;
        }
        put(call(call, calls.action(), line.provenance()), line, byName);
      }
    }
  }

  private void put(Syscall call, Line line, boolean byName) {
    Said before = said.get(call.text());
    if (before != null && byName && before.byName() && before.line().level() == line.level()) {
      Entries.duplicate(
          diagnostics,
          "the system call `" + call.text() + "` is given twice",
          line,
          before.line().origin());
    } else if (before == null || before.call().action().compareTo(call.action()) < 0) {
      said.put(call.text(), new Said(call, line, byName));
    }
  }

  private static Syscall call(String text, Syscall.Action action, Provenance provenance) {
    int open = text.indexOf('(');
    return open < 0
        ? new Syscall(text, null, action, provenance)
        : new Syscall(
            text.substring(0, open),
            text.substring(open + 1, text.length() - 1),
            action,
            provenance);
  }

  /** What a word names: one call, or those of a group. */
  private Collection<String> named(Name name, Line line) {
    String word = name.text();
    Collection<String> group = SyscallNames.group(word).keySet();
    if (!group.isEmpty()) {
      return group;
    } else if (isCall(word)) {
      return List.of(word);
    }
    diagnostics.error(
        Code.UNKNOWN_NAME,
        line.at(name.span()),
        word.startsWith("@")
            ? "there is no group `" + word + "` of system calls"
            : "`" + word + "` is not a system call of Linux",
        hint(word));
    return List.of();
  }

  private static boolean isCall(String word) {
    return SyscallNames.calls().contains(word) || SyscallNames.withArguments().contains(word);
  }

  private static String hint(String word) {
    boolean argument = word.indexOf('(') >= 0;
    String similar =
        Similar.didYouMean(
            word,
            word.startsWith("@")
                ? SyscallNames.groups()
                : argument ? SyscallNames.withArguments() : SyscallNames.calls());
    if (similar != null) {
      return similar;
    } else if (word.startsWith("@")) {
      return "the groups are " + String.join(", ", SyscallNames.groups());
    }
    return argument
        ? "with an argument there are " + String.join(", ", SyscallNames.withArguments())
        : "write its name as in the manual, or a group such as `@mount`";
  }

  void drop(Statement.DropSyscalls drop, Line line) {
    for (Name name : drop.names()) {
      Collection<String> named = named(name, line);
      boolean dropped = false;
      for (String call : named) {
        Said before = said.get(call);
        if (before != null && before.line().level() != line.level()) {
          said.remove(call);
          dropped = true;
        }
      }
      if (!dropped && !named.isEmpty()) {
        diagnostics.error(
            Code.NO_EFFECT,
            line.at(name.span()),
            "no base holds the system call `" + name.text() + "`",
            Similar.didYouMean(name.text(), said.keySet()));
      }
    }
  }

  /** What is expected of a call, or of those of a group. */
  Optional<Spec.Expectation> expect(Statement.Expect expect, Text value, Line line) {
    if (!expect.except().isEmpty()) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          "`except` behind a system call",
          "write it as in `expect deny syscall mount`");
    } else if (!named(new Name(value.display(), value.span()), line).isEmpty()) {
      Value name = Value.of(value.display());
      return Optional.of(
          new Spec.Expectation(
              expect.allow(), expect.what().text(), name, List.of(), line.provenance()));
    }
    return Optional.empty();
  }

  /** All of them, by name; a call that is held whatever its arguments are stands once. */
  List<Syscall> all() {
    List<Syscall> all = new ArrayList<>();
    for (Said one : said.values()) {
      Said whole = said.get(one.call().name());
      if (whole == null || one.call().argument() == null) {
        all.add(one.call());
      } else if (whole.call().action().compareTo(one.call().action()) < 0) {
        diagnostics.error(
            Code.BAD_VALUE,
            one.line().origin(),
            "`"
                + one.call().text()
                + "` would be held more strictly than `"
                + whole.call().name()
                + "` as a whole",
            "say `syscalls " + one.call().action().word() + " " + whole.call().name() + "`",
            new Note("the whole call", whole.line().origin()));
      }
    }
    flags(all);
    return all;
  }

  // What clone3 is asked for lies in memory, where no filter looks: a clone that is held by its
  // flags is not held where that is left. Programs that find it missing take clone.
  private void flags(List<Syscall> all) {
    for (Syscall call : List.copyOf(all)) {
      if (call.name().equals("clone") && call.argument() != null) {
        Syscall.Action action = call.isDenied() ? Syscall.Action.DENY : Syscall.Action.LOG;
        all.removeIf(other -> other.name().equals(CLONE3) && other.action().compareTo(action) < 0);
        if (all.stream().noneMatch(other -> other.name().equals(CLONE3))) {
          all.add(new Syscall(CLONE3, null, action, call.provenance()));
        }
      }
    }
    if (all.size() > 1) {
      all.sort(Comparator.comparing(Syscall::text));
    }
  }
}
