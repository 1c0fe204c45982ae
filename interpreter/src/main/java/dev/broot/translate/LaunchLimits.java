package dev.broot.translate;

import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import dev.broot.spec.Cpus;
import dev.broot.spec.Limit;
import dev.broot.spec.Provenance;
import dev.broot.spec.Sizes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the programs that limit bubblewrap from in front of it: their options become lines. */
final class LaunchLimits {
  private static final String NO_WORD = "`limit` has no word for it";
  private static final Provenance NOWHERE =
      new Provenance(new Origin(new SourceFile("", ""), new Span(0, 0), null), null, false);
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");

  private final List<Arg> words;
  private final int end;
  private final Refusal refusal;
  private final List<String> lines = new ArrayList<>();

  /**
   * Of some words.
   *
   * @param end where bubblewrap is named
   */
  LaunchLimits(List<Arg> words, int end, Refusal refusal) {
    this.words = words;
    this.end = end;
    this.refusal = refusal;
  }

  /** The lines that were found. */
  List<String> lines() {
    return lines;
  }

  /**
   * Reads the options of a program.
   *
   * @param from the word behind its name
   * @return where the next program is, or -1 where it is none that limits
   */
  int read(String name, int from) {
    return switch (name) {
      case "prlimit" -> prlimit(from);
      case "nice" -> nice(from);
      case "choom" -> choom(from);
      case "taskset" -> taskset(from);
      case "systemd-run" -> scope(from);
      default -> -1;
    };
  }

  private String text(int index) {
    return index < end ? String.valueOf(words.get(index).literal()) : "";
  }

  private int refuse(int index, String why) {
    refusal.refuse(index, why);
    return end;
  }

  private boolean add(Limit.Kind kind, long amount) {
    String line = line(kind, amount);
    return line != null && lines.add(line);
  }

  /** The line of an amount, or null where the language does not take that. */
  static @Nullable String line(Limit.Kind kind, long amount) {
    return amount < kind.least() || amount > kind.most()
        ? null
        : line(new Limit(kind, amount, false, NOWHERE));
  }

  private static String line(Limit limit) {
    // Nothing has no unit.
    String amount = limit.amount() == 0 ? "0" : limit.text();
    return "limit " + limit.kind().word() + " " + amount;
  }

  /** What the language takes, in words. */
  static String range(Limit.Kind kind) {
    boolean bytes = kind.unit() == Limit.Unit.BYTES;
    String least = bytes ? Sizes.text(kind.least()) : String.valueOf(kind.least());
    String most = kind.most() == Long.MAX_VALUE ? "more" : String.valueOf(kind.most());
    return least + " to " + most;
  }

  // --nofile=1024: both limits of setrlimit(2).
  private int prlimit(int from) {
    int next = from;
    for (; next < end && words.get(next).startsWith("-"); next++) {
      if (!text(next).equals("--") && !resource(text(next))) {
        return refuse(next, NO_WORD);
      }
    }
    return next;
  }

  private boolean resource(String word) {
    Matcher said = Pattern.compile("--([a-z]+)=([0-9]{1,18})(?::\\2)?").matcher(word);
    if (said.matches()) {
      for (Limit.Kind kind : Limit.Kind.values()) {
        if (said.group(1).equals(kind.resource())) {
          return add(kind, Long.parseLong(said.group(2)));
        }
      }
    }
    return false;
  }

  // An amount and where the words behind it start.
  private record Amount(String text, int next) {}

  // `-n N`, `--option N` or `--option=N`.
  private @Nullable Amount amount(int from, String option) {
    String word = text(from);
    if (word.equals("-n") || word.equals(option)) {
      return new Amount(text(from + 1), from + 2);
    }
    String start = option + "=";
    return word.startsWith(start) ? new Amount(word.substring(start.length()), from + 1) : null;
  }

  private int set(Limit.Kind kind, @Nullable Amount amount, int from) {
    if (amount == null
        || !NUMBER.matcher(amount.text()).matches()
        || !add(kind, Long.parseLong(amount.text()))) {
      return refuse(from, "`limit " + kind.word() + "` takes " + range(kind));
    }
    return text(amount.next()).equals("--") ? amount.next() + 1 : amount.next();
  }

  // nice(1): 10 more where nothing is said, and the shell's own niceness is 0.
  private int nice(int from) {
    String word = text(from);
    Amount amount = amount(from, "--adjustment");
    if (amount == null && word.matches("-n?[+-]?[0-9]+")) {
      amount = new Amount(word.replaceFirst("^-n?", ""), from + 1);
    } else if (amount == null && word.startsWith("-") && !word.equals("--")) {
      return refuse(from, "an option of `nice` that broot does not know");
    } else if (amount == null) {
      amount = new Amount("10", from);
    }
    return set(Limit.Kind.NICE, amount, from);
  }

  private int choom(int from) {
    return set(Limit.Kind.OOM_SCORE, amount(from, "--adjust"), from);
  }

  // taskset [-c] MASK-OR-LIST; a mask is hexadecimal.
  private int taskset(int from) {
    boolean list = false;
    int next = from;
    for (; next < end && words.get(next).startsWith("-"); next++) {
      String word = text(next);
      if (word.equals("-c") || word.equals("--cpu-list")) {
        list = true;
      } else if (!word.equals("--") && !word.equals("-a") && !word.equals("--all-tasks")) {
        return refuse(next, "an option of `taskset` that broot does not know");
      }
    }
    String cpus = list ? Cpus.list(text(next)) : Cpus.ofMask(text(next));
    if (cpus == null) {
      return refuse(
          Math.min(next, end - 1), "`limit cpus` takes numbers of processors and ranges of them");
    }
    lines.add(line(Limit.cpus(cpus, false, NOWHERE)));
    return text(next + 1).equals("--") ? next + 2 : next + 1;
  }

  // A scope holds the process that systemd-run becomes; a service would be another's child.
  private int scope(int from) {
    boolean scope = false;
    int next = from;
    for (; next < end && words.get(next).startsWith("-"); next++) {
      String word = text(next);
      String property = null;
      if (word.equals("--scope")) {
        scope = true;
      } else if (word.equals("-p") || word.equals("--property")) {
        property = text(++next);
      } else if (word.startsWith("--property=")) {
        property = word.substring("--property=".length());
      } else if (word.matches("-p.+")) {
        property = word.substring(2);
      } else if (word.equals("--")) {
        next++;
        break;
      } else if (!List.of("--user", "--system", "-q", "--quiet", "--collect", "-G")
          .contains(word)) {
        return refuse(next, "an option of `systemd-run` that broot does not know");
      }
      if (property != null && !property(property)) {
        return refuse(next, NO_WORD);
      }
    }
    return scope ? next : refuse(from - 1, "only `systemd-run --scope` runs bwrap itself");
  }

  // systemd.resource-control(5)
  private boolean property(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    String value = text.substring(equals + 1);
    return switch (name) {
      case "MemoryMax" -> add(Limit.Kind.MEMORY, bytes(value));
      // `limit memory` counts it.
      case "MemorySwapMax" -> value.equals("0");
      case "TasksMax" -> add(Limit.Kind.PIDS, number(value));
      case "CPUQuota" ->
          value.endsWith("%")
              && add(Limit.Kind.CPU, number(value.substring(0, value.length() - 1)));
      case "IOWeight" -> add(Limit.Kind.IO_WEIGHT, number(value));
      default -> false;
    };
  }

  private static long number(String value) {
    return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : -1;
  }

  private static long bytes(String value) {
    Matcher said = Pattern.compile("([0-9]{1,18})([KMGT]?)").matcher(value);
    @Nullable BigInteger bytes = null;
    if (said.matches()) {
      String unit = said.group(2);
      int shift = unit.isEmpty() ? 0 : 10 * ("KMGT".indexOf(unit) + 1);
      bytes = new BigInteger(said.group(1)).shiftLeft(shift);
    }
    return bytes == null || bytes.bitLength() > 62 ? -1 : bytes.longValue();
  }
}
