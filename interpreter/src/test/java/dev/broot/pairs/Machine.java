package dev.broot.pairs;

import dev.broot.pairs.Claim.About;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes pairs, runs them, and compares what they can do with what broot says of them. Whatever the
 * new one can do and the old one cannot must have been said; what a spec denies must not happen;
 * and {@code why} must know what can be read and written.
 */
final class Machine {
  private static final List<Integer> USERS = List.of(0, HostTree.USER);
  private static final List<String> CALM = List.of("EQUAL", "NARROWER");
  private static final Map<String, List<String>> WAYS_BACK =
      Map.of(
          "EQUAL", List.of("EQUAL", "UNKNOWN"),
          "NARROWER", List.of("WIDER", "UNKNOWN"),
          "WIDER", List.of("WIDER", "NARROWER", "UNKNOWN"),
          "UNKNOWN", List.of("WIDER", "NARROWER", "UNKNOWN", "EQUAL"));

  private final Workshop workshop;
  private final Runner runner;
  private final boolean newer;
  private final Scope scope;
  private final Promises promises;

  /**
   * A machine.
   *
   * @param directory where it writes specs
   * @param newer whether the sandbox has a newer bubblewrap
   * @param scope what is made and asked
   */
  Machine(Path directory, Sandbox sandbox, boolean newer, Scope scope) {
    workshop = new Workshop(directory);
    runner = new Runner(workshop, sandbox);
    this.newer = newer;
    this.scope = scope;
    promises = new Promises(workshop, scope);
  }

  /** The pair of a seed. */
  Case pair(long seed) throws IOException {
    Dice dice = new Dice(seed);
    Map<String, String> values = Case.values(dice);
    Map<String, String> world = Case.world(dice, scope);
    Generator generator = new Generator(dice, scope.weighted());
    Mutations mutations = new Mutations(dice, generator, scope.weighted());
    while (true) {
      Side before = workshop.mended(generator.side(), values);
      if (before == null) {
        continue;
      }
      Side other = dice.percent(80) ? mutations.of(before) : generator.side();
      Side after = workshop.mended(other, values);
      if (after != null && !after.equals(before)) {
        Case pair = new Case(before, after, world, values);
        return dice.percent(50) ? pair : pair.turned();
      }
    }
  }

  /** What {@code diff} says: without the values of parameters, and with them. */
  List<String> verdicts(Case pair) throws IOException {
    String old = workshop.write(pair.before(), "old", pair.values(), List.of());
    String now = workshop.write(pair.after(), "new", pair.values(), List.of());
    List<String> words = List.of("diff", old, now);
    String open = verdict(Workshop.ask(words, List.of(), pair.values()));
    List<String> given = pair.before().given();
    boolean same = given.equals(pair.after().given());
    return given.isEmpty() || !same
        ? List.of(open)
        : List.of(open, verdict(Workshop.ask(words, given, pair.values())));
  }

  private static String verdict(Run.Result result) {
    return result.out().lines().findFirst().orElse("NOTHING");
  }

  /**
   * A claim, and the pair that disproves it.
   *
   * @param pair a claim of one spec alone is about its {@code before}
   */
  record Finding(Case pair, Claim claim) {
    /** What others of its sort have in common with it. */
    String sort() {
      TreeSet<Kind> kinds = new TreeSet<>();
      pair.before().lines().forEach(line -> kinds.add(line.kind()));
      pair.after().lines().forEach(line -> kinds.add(line.kind()));
      String about = claim.question().replaceFirst(" .*", "");
      return claim.about() + (about.isEmpty() ? " " : " " + about + " ") + kinds;
    }
  }

  /**
   * What a look at a pair gave.
   *
   * @param verdict what {@code diff} says
   * @param ran whether it was run
   * @param refused how many of the four runs were refused
   * @param changes how many things one side could do and the other could not
   * @param findings what does not hold
   */
  record Outcome(String verdict, boolean ran, int refused, int changes, List<Finding> findings) {}

  /**
   * Looks at a pair.
   *
   * @param all whether it is run even where both verdicts leave nothing to disprove
   */
  Outcome look(Case pair, boolean all) throws IOException {
    List<String> there = verdicts(pair);
    List<String> back = verdicts(pair.turned());
    List<Finding> findings = new ArrayList<>();
    logic(pair, there, back).forEach(claim -> findings.add(new Finding(pair, claim)));
    boolean needed = all || isCalm(there) || isCalm(back);
    if (!needed || pair.isLabelled() || (pair.needsNewer() && !newer)) {
      return new Outcome(there.get(0), false, 0, 0, findings);
    }
    Case runnable = runner.runnable(pair);
    if (runnable == null) {
      return new Outcome(there.get(0), false, 4, 0, findings);
    }
    return runnable.equals(pair) ? runs(pair, there, back, findings) : look(runnable, all);
  }

  private Outcome runs(Case pair, List<String> there, List<String> back, List<Finding> findings)
      throws IOException {
    int refused = 0;
    int changes = 0;
    for (int user : USERS) {
      Found old = runner.run(pair, pair.before(), user, List.of());
      Found now = runner.run(pair, pair.after(), user, List.of());
      refused += (old == null ? 1 : 0) + (now == null ? 1 : 0);
      if (old != null && now != null) {
        changes += Gains.of(old, now).size() + Gains.of(now, old).size();
        findings.addAll(unsaid(pair, there, user, Gains.of(old, now)));
        findings.addAll(unsaid(pair.turned(), back, user, Gains.of(now, old)));
      }
      findings.addAll(broken(pair.alone(pair.before()), user, old));
      findings.addAll(broken(pair.alone(pair.after()), user, now));
    }
    findings.removeIf(finding -> !scope.asks(finding.claim().about()));
    return new Outcome(there.get(0), true, refused, changes, findings);
  }

  /** The same claim on another pair, or null where it holds there or cannot be asked. */
  @Nullable Claim still(Case pair, Claim claim) throws IOException {
    if (!compiles(pair.before(), pair.values()) || !compiles(pair.after(), pair.values())) {
      return null;
    }
    List<Finding> findings = new ArrayList<>();
    if (claim.about() == About.LOGIC) {
      return logic(pair, verdicts(pair), verdicts(pair.turned())).stream().findFirst().orElse(null);
    }
    if (claim.about() == About.DIFF) {
      List<String> verdicts = verdicts(pair);
      Found old =
          isCalm(verdicts) ? runner.run(pair, pair.before(), claim.user(), List.of()) : null;
      Found now = old != null ? runner.run(pair, pair.after(), claim.user(), List.of()) : null;
      if (old != null && now != null) {
        findings.addAll(unsaid(pair, verdicts, claim.user(), Gains.of(old, now)));
      }
    } else {
      Found found = runner.run(pair, pair.before(), claim.user(), List.of());
      findings.addAll(broken(pair, claim.user(), found));
    }
    return findings.stream().map(Finding::claim).filter(claim::isLike).findFirst().orElse(null);
  }

  private List<Finding> broken(Case pair, int user, @Nullable Found found) throws IOException {
    List<Finding> findings = new ArrayList<>();
    if (found != null) {
      for (Claim claim : promises.broken(pair, user, found)) {
        // What is refused at the run is held too.
        List<String> expect = List.of("expect deny " + claim.question());
        boolean stands =
            claim.about() != About.DENY || runner.run(pair, pair.before(), user, expect) != null;
        if (stands) {
          findings.add(new Finding(pair, claim));
        }
      }
    }
    return findings;
  }

  private static boolean isCalm(List<String> verdicts) {
    return verdicts.stream().anyMatch(CALM::contains);
  }

  private List<Finding> unsaid(Case pair, List<String> verdicts, int user, Set<String> gained)
      throws IOException {
    return isCalm(verdicts) && !gained.isEmpty() && !isNoted(pair)
        ? List.of(new Finding(pair, new Claim(About.DIFF, "", user, verdicts + ", and " + gained)))
        : List.of();
  }

  // Whether diff says that it takes something for what it is not on this host.
  private boolean isNoted(Case pair) throws IOException {
    String old = workshop.write(pair.before(), "old", pair.values(), List.of());
    String now = workshop.write(pair.after(), "new", pair.values(), List.of());
    Run.Result result = Workshop.ask(List.of("diff", old, now), List.of(), pair.values());
    return result
        .out()
        .lines()
        .filter(line -> line.matches("note: \\S+ is taken for a part of .*"))
        .map(line -> line.split(" ", 3)[1])
        .anyMatch(
            path ->
                HostTree.SYMLINKS.contains(path)
                    || pair.world().getOrDefault(path, "").startsWith("link "));
  }

  private List<Claim> logic(Case pair, List<String> there, List<String> back) throws IOException {
    String self = verdicts(pair.with(pair.before(), pair.before())).get(0);
    if (!self.equals("EQUAL")) {
      return List.of(new Claim(About.LOGIC, "", 0, "OLD and OLD are " + self));
    }
    boolean fits = WAYS_BACK.getOrDefault(there.get(0), List.of()).contains(back.get(0));
    return fits ? List.of() : List.of(new Claim(About.LOGIC, "", 0, there + " and back " + back));
  }

  private boolean compiles(Side side, Map<String, String> values) throws IOException {
    return workshop.errors(workshop.write(side, "try", values, List.of())).isEmpty();
  }
}
