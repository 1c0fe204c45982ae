package dev.broot.pairs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Thousands of pairs: {@code bin/pairs N [SEED [CLAIM|-KIND...]]}. */
public final class Pairs {
  /** How many of each sort are shown in full. */
  private static final int EACH = 2;

  private final boolean loud;
  private final int shrunk;

  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> reports = new ArrayList<>();
  private final Map<String, Integer> sorts = new TreeMap<>();
  private int violations;

  /**
   * Nothing yet.
   *
   * @param loud whether what does not hold is printed when it is found
   * @param shrunk how many violations are made small
   */
  Pairs(boolean loud, int shrunk) {
    this.loud = loud;
    this.shrunk = shrunk;
  }

  /** Looks at N pairs from a seed on, and ends with 1 where something broot says does not hold. */
  public static void main(String[] args) throws Exception {
    int number = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime() % 1_000_000_000;
    String newer = System.getProperty("broot.newer", "");
    Path place = newer.isEmpty() ? null : Path.of(newer);
    Pairs pairs = new Pairs(true, Integer.getInteger("broot.shrunk", 200));
    Scope scope = Scope.of(List.of(args).subList(Math.min(2, args.length), args.length));
    pairs.run(seed, number, 2, place, scope);
    System.out.println(pairs.summary(seed));
    System.exit(pairs.violations == 0 ? 0 : 1);
  }

  /**
   * Looks at pairs, in several sandboxes at a time.
   *
   * @param scope what is made and asked
   */
  void run(long seed, int number, int threads, @Nullable Path newer, Scope scope) throws Exception {
    AtomicLong next = new AtomicLong(seed);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Object>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Callable<Object> worker =
          () -> {
            work(next, seed + number, newer, scope);
            return this;
          };
      all.add(pool.submit(worker));
    }
    pool.shutdown();
    for (Future<Object> one : all) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private void work(AtomicLong next, long end, @Nullable Path newer, Scope scope)
      throws IOException {
    Path directory = Files.createTempDirectory("broot-pairs");
    try (Sandbox sandbox = new Sandbox(newer)) {
      Machine machine = new Machine(directory, sandbox, newer != null, scope);
      for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
        one(machine, seed);
      }
    } finally {
      remove(directory);
    }
  }

  private void one(Machine machine, long seed) throws IOException {
    Case pair = machine.pair(seed);
    Machine.Outcome outcome = machine.look(pair, seed % 10 == 0);
    boolean open = pair.before().isOpen() || pair.after().isOpen();
    synchronized (this) {
      count("pairs", 1);
      count("verdict " + outcome.verdict(), 1);
      count("pairs without open parameters", open ? 0 : 1);
      count(
          "UNKNOWN without open parameters", !open && outcome.verdict().equals("UNKNOWN") ? 1 : 0);
      count("pairs run", outcome.ran() ? 1 : 0);
      count("sides refused, of four a pair run", outcome.refused());
      count("things gained or lost in runs", outcome.changes());
    }
    Map<Claim.About, Integer> seen = new EnumMap<>(Claim.About.class);
    for (Machine.Finding finding : outcome.findings()) {
      // What one pair shows many times is one mistake, most often.
      if (seen.merge(finding.claim().about(), 1, Integer::sum) <= 1) {
        report(machine, seed, finding);
      }
    }
  }

  private void report(Machine machine, long seed, Machine.Finding finding) throws IOException {
    synchronized (this) {
      violations++;
      count("violations: " + finding.claim().about(), 1);
      if (violations > shrunk) {
        return;
      }
    }
    Machine.Finding small = new Shrinker(machine).shrink(finding);
    String sort = small.sort();
    synchronized (this) {
      int before = sorts.merge(sort, 1, Integer::sum);
      if (before <= EACH) {
        String alone =
            small.claim().about() == Claim.About.DIFF || small.claim().about() == Claim.About.LOGIC
                ? ""
                : " (of old)";
        reports.add(
            "\n=== seed " + seed + ": " + small.claim() + alone + "\n" + small.pair().print());
        if (loud) {
          System.out.println(reports.get(reports.size() - 1));
        }
      }
    }
  }

  private void count(String what, int more) {
    counts.merge(what, more, Integer::sum);
  }

  int counted(String what) {
    return counts.getOrDefault(what, 0);
  }

  /** What was found wrong, in full. */
  List<String> reports() {
    return List.copyOf(reports);
  }

  /** What was done. */
  String summary(long seed) {
    StringBuilder text = new StringBuilder("seeds from " + seed + " on\n");
    counts.forEach((what, number) -> text.append(what).append(": ").append(number).append('\n'));
    text.append("verdicts:");
    for (String verdict : List.of("EQUAL", "NARROWER", "WIDER", "UNKNOWN")) {
      text.append(' ').append(verdict).append(' ').append(counted("verdict " + verdict));
    }
    text.append("; UNKNOWN without open parameters ")
        .append(counted("UNKNOWN without open parameters"))
        .append(" of ")
        .append(counted("pairs without open parameters"))
        .append('\n');
    sorts.forEach((sort, number) -> text.append(number).append(" x ").append(sort).append('\n'));
    return text.toString();
  }

  private static void remove(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
