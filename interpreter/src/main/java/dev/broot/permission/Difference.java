package dev.broot.permission;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Severity;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import dev.broot.host.HostObjects;
import dev.broot.permission.Grant.Level;
import dev.broot.plan.Plan;
import dev.broot.spec.Param;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** What is to be said where nothing can be compared. */
  public static Difference unknown(String reason) {
    return new Difference(
        Verdict.UNKNOWN, List.of(), List.of(), List.of(), List.of(), List.of(reason), List.of());
  }

  /** Compares by names: what a path of the host leads to is not looked at. */
  public static Difference of(Plan before, Plan after) {
    return of(before, after, WellKnown.LINKS);
  }

  /**
   * Compares by names, and where that takes for granted that a path is no symlink out of another
   * one, by what both are on this host: then a change that gives more here is said to do so, and
   * one that gives less is not said to be EQUAL. Where the host has no such path, the answer is
   * that of the names.
   */
  public static Difference here(Plan before, Plan after) {
    Difference names = of(before, after);
    if (names.notes.isEmpty()) {
      return names;
    }
    Difference real = of(before, after, new RealLinks(HostObjects.of(Map.of())));
    List<Grant> more = new ArrayList<>();
    for (Grant grant : real.gained) {
      boolean said =
          names.gained.stream()
              .anyMatch(
                  one ->
                      one.level() == grant.level()
                          && Objects.equals(one.provenance(), grant.provenance()));
      if (!said) {
        more.add(grant);
      }
    }
    boolean less = names.verdict == Verdict.EQUAL && !real.lost.isEmpty();
    if (more.isEmpty() && !less) {
      return names;
    }
    List<Grant> gained = new ArrayList<>(names.gained);
    gained.addAll(more);
    List<String> notes = new ArrayList<>(names.notes);
    notes.add("on this host that is not so; by the names alone, the answer is " + names.verdict);
    return new Difference(
        more.isEmpty() ? Verdict.NARROWER : Verdict.WIDER,
        gained,
        less ? real.lost : names.lost,
        names.appeared,
        names.vanished,
        names.unknown,
        notes);
  }

  static Difference of(Plan before, Plan after, HostLinks links) {
    Permissions old = Permissions.of(before, links);
    Permissions now = Permissions.of(after, links);
    Comparison there = new Comparison(now, old);
    Comparison back = new Comparison(old, now);
    List<Grant> gained = there.missing();
    List<Grant> lost = back.missing();
    Set<String> unknown = new TreeSet<>(there.unknown());
    unknown.addAll(back.unknown());
    unknown.addAll(unknown(before, after, old, now));
    Verdict verdict =
        !gained.isEmpty()
            ? Verdict.WIDER
            : !unknown.isEmpty()
                ? Verdict.UNKNOWN
                : lost.isEmpty() ? Verdict.EQUAL : Verdict.NARROWER;
    Set<String> notes = new TreeSet<>(there.notes());
    if (verdict == Verdict.EQUAL) {
      notes.addAll(back.notes());
    }
    List<Grant> appeared = appeared(now, old, gained);
    List<Grant> vanished = appeared(old, now, lost);
    return new Difference(
        verdict,
        gained,
        lost,
        changed(appeared, vanished),
        besides(vanished, appeared),
        List.copyOf(unknown),
        List.copyOf(notes));
  }

  private static Set<String> texts(List<Grant> grants) {
    return grants.stream().map(Grant::text).collect(Collectors.toSet());
  }

  // What the same words tell of both is said once.
  private static List<Grant> changed(List<Grant> appeared, List<Grant> vanished) {
    Set<String> both = texts(vanished);
    return appeared.stream()
        .map(one -> both.contains(one.text()) ? one.with(one.text() + " (changed)") : one)
        .toList();
  }

  private static List<Grant> besides(List<Grant> vanished, List<Grant> appeared) {
    Set<String> both = texts(appeared);
    return vanished.stream().filter(one -> !both.contains(one.text())).toList();
  }

  // What one finds and the other does not, besides what it may do with it.
  private static List<Grant> appeared(Permissions of, Permissions not, List<Grant> missing) {
    Set<Subject> known =
        not.holdings().stream().map(one -> one.grant().subject()).collect(Collectors.toSet());
    List<Grant> appeared = new ArrayList<>();
    Set<Subject> seen = new HashSet<>();
    for (Holding holding : of.holdings()) {
      Grant grant = holding.grant();
      boolean found = grant.level() == Level.VISIBLE && holding.when().test(World.usual());
      if (found && !known.contains(grant.subject()) && seen.add(grant.subject())) {
        appeared.add(grant);
      }
    }
    Set<Object> places =
        not.view().all().stream()
            .map(one -> List.of(one.at(), one.thing()))
            .collect(Collectors.toSet());
    for (Seen one : of.view().all()) {
      boolean said =
          missing.stream().anyMatch(grant -> one.provenance().equals(grant.provenance()));
      String tree = Trees.of(one.thing());
      if (tree != null
          && tree.startsWith("/")
          && !said
          && !places.contains(List.of(one.at(), one.thing()))) {
        String text = "finds " + PathKey.display(tree) + " of the host at " + one.at();
        Subject subject = new Subject.Sight(one.at(), one.thing());
        appeared.add(new Grant(Level.VISIBLE, subject, text, one.provenance()));
      }
    }
    return appeared;
  }

  private static List<String> unknown(Plan before, Plan after, Permissions old, Permissions now) {
    List<String> unknown = new ArrayList<>();
    boolean same = Sequence.of(before).equals(Sequence.of(after));
    if (!same && !(old.view().raw().isEmpty() && now.view().raw().isEmpty())) {
      unknown.add("`raw` arguments that are not read, or what stands beside them");
    }
    if (!same) {
      for (Doubts doubts : List.of(old.view().doubts(), now.view().doubts())) {
        unknown.addAll(doubts.reasons());
        unknown.addAll(doubts.open());
      }
    }
    for (Param param : after.openParams()) {
      for (Param other : before.openParams()) {
        boolean alike =
            !param.name().equals(other.name())
                || (param.type() == other.type()
                    && Objects.equals(param.variable(), other.variable()));
        if (!alike) {
          unknown.add("the parameter " + param.name() + " is declared differently");
        }
      }
    }
    for (Setting.Kind label : List.of(Setting.Kind.EXEC_LABEL, Setting.Kind.FILE_LABEL)) {
      if (!Sequence.setting(before, label).equals(Sequence.setting(after, label))) {
        unknown.add("what the policy of SELinux allows: `" + label.word() + "` differs");
      }
    }
    return unknown;
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
