package dev.broot.permission;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Severity;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import dev.broot.permission.Grant.Level;
import dev.broot.permission.Seen.Kind;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Word;
import dev.broot.spec.Paths;
import dev.broot.spec.Provenance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a program gains and loses when one spec replaces another.
 *
 * @param verdict the answer in one word
 * @param gained what it may do and could not before, the worst first
 * @param lost what it could do and may not any more
 * @param appeared what it finds that was not there
 * @param vanished what it does not find any more
 * @param unknown why the answer is not certain
 * @param notes what the answer takes for granted
 */
public record Difference(
    Verdict verdict,
    List<Grant> gained,
    List<Grant> lost,
    List<Grant> appeared,
    List<Grant> vanished,
    List<String> unknown,
    List<String> notes) {

  /** Whether a change widens a sandbox. */
  public enum Verdict {
    /** The program may do the same. */
    EQUAL,
    /** It may do less, and nothing more. */
    NARROWER,
    /** It may do something that it could not. */
    WIDER,
    /** That cannot be said. */
    UNKNOWN
  }

  /** Copies the lists. */
  public Difference {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
    appeared = List.copyOf(appeared);
    vanished = List.copyOf(vanished);
    unknown = List.copyOf(unknown);
    notes = List.copyOf(notes);
  }

  /**
   * What a reviewer has to look at, as warnings at the lines of the new spec that make it so.
   *
   * @param after the new spec's file; where no line makes it so, its first line is named
   */
  public List<Diagnostic> diagnostics(SourceFile after) {
    Origin start = new Origin(after, new Span(0, 0), null);
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (Grant grant : gained) {
      Provenance said = grant.provenance();
      Origin at = said == null ? start : said.origin();
      String because = said == null || said.because() == null ? "" : "because: " + said.because();
      diagnostics.add(
          new Diagnostic(
              Severity.WARNING,
              Code.GAINED,
              verdict + ": the program may now " + grant.text(),
              at,
              List.of(),
              because.isEmpty() ? null : because));
    }
    for (String reason : unknown) {
      diagnostics.add(
          new Diagnostic(
              Severity.WARNING, Code.NOT_KNOWN, "not known: " + reason, start, List.of(), null));
    }
    return diagnostics;
  }

  /** How a kind of access to the host is called, and what has it. */
  private enum Reach {
    WRITE("write "),
    DEVICES("use devices in "),
    READ("read ");

    final String verb;

    Reach(String verb) {
      this.verb = verb;
    }

    boolean has(Seen seen) {
      return switch (this) {
        case WRITE -> seen.writable();
        case DEVICES -> seen.devices();
        case READ -> true;
      };
    }
  }

  /** What is to be said where nothing can be compared. */
  public static Difference unknown(String reason) {
    return new Difference(
        Verdict.UNKNOWN, List.of(), List.of(), List.of(), List.of(), List.of(reason), List.of());
  }

  /** Compares. */
  public static Difference of(Plan before, Plan after) {
    Permissions old = Permissions.of(before);
    Permissions now = Permissions.of(after);
    Set<String> notes = new TreeSet<>();
    List<Grant> gained = missing(now, old, notes);
    List<Grant> lost = missing(old, now, new TreeSet<>());
    List<Grant> appeared = new ArrayList<>(only(now.visible(), old.visible()));
    List<Grant> vanished = new ArrayList<>(only(old.visible(), now.visible()));
    gained.addAll(LimitChange.gained(after, before));
    lost.addAll(LimitChange.gained(before, after));
    places(now, old, gained, appeared);
    places(old, now, lost, vanished);
    List<String> unknown = unknown(before, after, old, now);
    Verdict verdict =
        !gained.isEmpty()
            ? Verdict.WIDER
            : !unknown.isEmpty()
                ? Verdict.UNKNOWN
                : lost.isEmpty() ? Verdict.EQUAL : Verdict.NARROWER;
    return new Difference(
        verdict, sorted(gained), sorted(lost), appeared, vanished, unknown, List.copyOf(notes));
  }

  private static List<Grant> sorted(List<Grant> grants) {
    List<Grant> sorted = new ArrayList<>(grants);
    sorted.sort(Comparator.comparing(Grant::level));
    return sorted;
  }

  private static List<Grant> only(Map<String, Grant> of, Map<String, Grant> not) {
    return of.values().stream().filter(grant -> !not.containsKey(grant.key())).toList();
  }

  // What the first permits and the second does not.
  private static List<Grant> missing(Permissions of, Permissions not, Set<String> notes) {
    List<Grant> missing = new ArrayList<>();
    for (Grant grant : only(of.grants(), not.grants())) {
      boolean covered =
          grant.key().startsWith("env:")
              && not.grants().containsKey(Permissions.WHOLE_ENVIRONMENT)
              && !not.unset().contains(grant.key().substring(4));
      boolean perhaps =
          grant.key().endsWith(":try") && of.grants().containsKey(grant.key().replace(":try", ""));
      if (!covered && !perhaps) {
        missing.add(grant);
      }
    }
    if (of.grants().containsKey(Permissions.WHOLE_ENVIRONMENT)
        && not.grants().containsKey(Permissions.WHOLE_ENVIRONMENT)) {
      for (String name : not.unset()) {
        if (!of.unset().contains(name)) {
          missing.add(new Grant(Level.HOST_READ, "env:" + name, "see the caller's " + name, null));
        }
      }
    }
    for (String filter : not.filters()) {
      if (!of.filters().contains(filter)) {
        String text = "make the system calls that the filter " + filter + " forbids";
        missing.add(new Grant(Level.HOST_WRITE, "seccomp:" + filter, text, null));
      }
    }
    for (Reach reach : Reach.values()) {
      host(reach, of, not, missing, notes);
    }
    return merged(missing);
  }

  private static void host(
      Reach reach, Permissions of, Permissions not, List<Grant> missing, Set<String> notes) {
    List<Seen> others =
        not.view().all().stream()
            .filter(seen -> seen.kind() == Kind.HOST && reach.has(seen))
            .toList();
    for (Seen seen : of.view().all()) {
      if (seen.kind() != Kind.HOST || !reach.has(seen)) {
        continue;
      }
      for (String path : uncovered(seen.source(), seen, others, notes)) {
        boolean socket = Dangers.socket(path) != null;
        boolean writes = reach != Reach.READ;
        Level level =
            socket || (writes && Dangers.isControl(path))
                ? Level.HOST_CONTROL
                : writes ? Level.HOST_WRITE : Level.HOST_READ;
        // The kernel asks nothing of a mount when a program connects.
        String verb = socket && !writes ? "connect to " : reach.verb;
        String text = verb + Paths.shown(path) + " on the host, seen as " + place(seen, path);
        missing.add(new Grant(level, reach + ":" + path, text, seen.provenance()));
      }
    }
  }

  private static String place(Seen seen, String path) {
    String rest = path.substring(seen.source().equals("/") ? 0 : seen.source().length());
    return Paths.normalize(seen.at() + "/" + rest);
  }

  // The parts of a path's tree that none of the others reaches.
  private static List<String> uncovered(
      String path, Seen seen, List<Seen> others, Set<String> notes) {
    boolean hidden =
        seen.holes().stream().anyMatch(hole -> hole.certain() && Paths.isWithin(path, hole.path()));
    if (hidden) {
      return List.of();
    }
    List<String> best = List.of(path);
    for (Seen other : others) {
      boolean reaches =
          Paths.isWithin(path, other.source())
              && other.holes().stream()
                  .noneMatch(hole -> !shared(hole, seen) && Paths.isWithin(path, hole.path()));
      if (!reaches) {
        continue;
      }
      List<String> rest = new ArrayList<>();
      for (Seen.Hole hole : other.holes()) {
        if (Paths.isWithin(hole.path(), path) && !shared(hole, seen)) {
          rest.addAll(uncovered(hole.path(), seen, others, notes));
        }
      }
      if (rest.isEmpty()) {
        if (!path.equals(other.source())) {
          notes.add(
              path + " is taken for a part of " + other.source() + ", not a symlink out of it");
        }
        return List.of();
      }
      best = rest.size() < best.size() || best.get(0).equals(path) ? rest : best;
    }
    return best;
  }

  // On every host, it is hidden in both or in none.
  private static boolean shared(Seen.Hole hole, Seen seen) {
    return !hole.certain() && seen.holes().contains(hole);
  }

  // One line for what is reached twice, and for many capabilities.
  private static List<Grant> merged(List<Grant> grants) {
    List<Grant> merged = new ArrayList<>();
    List<Grant> ofRoot = new ArrayList<>();
    for (Grant grant : grants) {
      boolean said = merged.stream().anyMatch(other -> other.key().equals(grant.key()));
      if (grant.key().startsWith("cap-of-root:")) {
        ofRoot.add(grant);
      } else if (!said) {
        merged.add(grant);
      }
    }
    if (ofRoot.size() > 4) {
      Grant first = ofRoot.get(0);
      merged.add(
          new Grant(
              Level.HOST_CONTROL,
              "cap-of-root",
              "use "
                  + ofRoot.size()
                  + " capabilities when root runs it, CAP_SYS_ADMIN"
                  + (ofRoot.stream().anyMatch(grant -> grant.key().endsWith(":CAP_SYS_ADMIN"))
                      ? " among them"
                      : " not among them"),
              first.provenance()));
    } else {
      merged.addAll(ofRoot);
    }
    return merged;
  }

  // The same of the host, found at another path.
  private static void places(
      Permissions of, Permissions not, List<Grant> missing, List<Grant> found) {
    Set<String> known =
        not.view().all().stream().map(Difference::placed).collect(Collectors.toSet());
    for (Seen seen : of.view().all()) {
      if (seen.kind() != Kind.HOST || known.contains(placed(seen))) {
        continue;
      }
      boolean said =
          missing.stream().anyMatch(grant -> seen.provenance().equals(grant.provenance()));
      if (!said) {
        found.add(
            new Grant(
                Level.VISIBLE,
                placed(seen),
                "finds " + seen.source() + " of the host at " + seen.at(),
                seen.provenance()));
      }
    }
  }

  private static String placed(Seen seen) {
    return seen.kind() + " " + seen.source() + " " + seen.at();
  }

  private static List<String> unknown(Plan before, Plan after, Permissions old, Permissions now) {
    List<String> unknown = new ArrayList<>();
    if (!raw(old).equals(raw(now))) {
      unknown.add("`raw` arguments differ, and broot does not look into them");
    }
    Set<String> oldOpen = openTargets(before);
    Set<String> nowOpen = openTargets(after);
    if (!oldOpen.equals(nowOpen)) {
      unknown.add(
          "where something is mounted depends on a parameter: "
              + String.join(", ", oldOpen.size() > nowOpen.size() ? oldOpen : nowOpen));
    }
    for (var param : after.openParams()) {
      for (var other : before.openParams()) {
        boolean same =
            !param.name().equals(other.name())
                || (param.type() == other.type()
                    && java.util.Objects.equals(param.variable(), other.variable()));
        if (!same) {
          unknown.add("the parameter " + param.name() + " is declared differently");
        }
      }
    }
    return unknown;
  }

  private static List<List<Word>> raw(Permissions permissions) {
    return permissions.view().raw().stream().map(Operation.Raw::arguments).toList();
  }

  private static Set<String> openTargets(Plan plan) {
    return plan.sandbox().operations().stream()
        .map(Targets::of)
        .filter(target -> target != null && target.literal() == null)
        .map(target -> target == null ? "" : target.display())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The line and the reason of a grant, as a reviewer reads them. */
  public static String said(Grant grant) {
    Provenance provenance = grant.provenance();
    if (provenance == null) {
      return "";
    }
    String because = provenance.because();
    return provenance.origin().place()
        + (provenance.unsafe() ? "  unsafe" : "")
        + (because == null ? "" : "  because \"" + because + "\"");
  }
}
