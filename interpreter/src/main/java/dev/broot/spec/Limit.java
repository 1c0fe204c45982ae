package dev.broot.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A bound on what the sandbox may use of the host.
 *
 * @param kind of what
 * @param amount in the unit of its kind: bytes, seconds, percent of one processor, or a number; of
 *     processors how many
 * @param cpus which processors, as the kernel writes a list of them; null for another kind
 * @param bestEffort whether the run goes on, and says so, where the host cannot hold it
 * @param provenance where it was said
 */
public record Limit(
    Kind kind, long amount, @Nullable String cpus, boolean bestEffort, Provenance provenance) {
  /** An amount of something. */
  public Limit(Kind kind, long amount, boolean bestEffort, Provenance provenance) {
    this(kind, amount, null, bestEffort, provenance);
  }

  /** Processors, as {@link Cpus#list} has them. */
  public static Limit cpus(String list, boolean bestEffort, Provenance provenance) {
    return new Limit(Kind.CPUS, Cpus.count(list), list, bestEffort, provenance);
  }

  /** How an amount is written. */
  public enum Unit {
    /** A size, as {@code 2GiB}. */
    BYTES,
    /** A time, as {@code 10min}. */
    SECONDS,
    /** A share of one processor, as {@code 150%}. */
    PERCENT,
    /** A number. */
    NUMBER,
    /** Numbers of processors, as {@code 0-3,8}. */
    PROCESSORS
  }

  /** Who holds it. */
  public enum Holder {
    /** A cgroup of the run's own: the sandbox as a whole. */
    CGROUP,
    /**
     * A resource limit of setrlimit(2): each process, or all of the user's for {@code processes}.
     */
    RLIMIT,
    /** The scheduler or the out-of-memory killer: each process. */
    PROCESS
  }

  /** What is bounded. */
  public enum Kind {
    /** Memory of the whole sandbox, swap among it. */
    MEMORY(Unit.BYTES, Holder.CGROUP, 1 << 20, Long.MAX_VALUE),
    /** Processes and threads of the whole sandbox. */
    PIDS(Unit.NUMBER, Holder.CGROUP, 4, 4_194_304),
    /** Processor time of the whole sandbox. */
    CPU(Unit.PERCENT, Holder.CGROUP, 1, 1_000_000),
    /** The share of input and output against others, 100 is theirs. */
    IO_WEIGHT(Unit.NUMBER, Holder.CGROUP, 10, 1000),
    /** Open descriptors of a process. */
    OPEN_FILES(Unit.NUMBER, Holder.RLIMIT, 16, 1_073_741_816, "nofile"),
    /** The size of a file that is written. */
    FILE_SIZE(Unit.BYTES, Holder.RLIMIT, 0, Long.MAX_VALUE, "fsize"),
    /** Processor time of a process. */
    CPU_TIME(Unit.SECONDS, Holder.RLIMIT, 1, Long.MAX_VALUE, "cpu"),
    /** The stack of a process. */
    STACK(Unit.BYTES, Holder.RLIMIT, 128 << 10, Long.MAX_VALUE, "stack"),
    /** The size of a core dump. */
    CORE(Unit.BYTES, Holder.RLIMIT, 0, Long.MAX_VALUE, "core"),
    /** Processes of the user; where he is root, the kernel does not count. */
    PROCESSES(Unit.NUMBER, Holder.RLIMIT, 4, 4_194_304, "nproc"),
    /** Memory that a process locks. */
    LOCKED_MEMORY(Unit.BYTES, Holder.RLIMIT, 0, Long.MAX_VALUE, "memlock"),
    /** Addresses of a process. */
    ADDRESS_SPACE(Unit.BYTES, Holder.RLIMIT, 16 << 20, Long.MAX_VALUE, "as"),
    /** How much the processes yield to others. */
    NICE(Unit.NUMBER, Holder.PROCESS, -20, 19),
    /** On which processors they run. */
    CPUS(Unit.PROCESSORS, Holder.PROCESS, 1, 8192),
    /** How soon the kernel kills them for want of memory. */
    OOM_SCORE(Unit.NUMBER, Holder.PROCESS, -1000, 1000);

    private final Unit unit;
    private final Holder holder;
    private final long least;
    private final long most;
    private final @Nullable String resource;

    Kind(Unit unit, Holder holder, long least, long most) {
      this(unit, holder, least, most, null);
    }

    Kind(Unit unit, Holder holder, long least, long most, @Nullable String resource) {
      this.unit = unit;
      this.holder = holder;
      this.least = least;
      this.most = most;
      this.resource = resource;
    }

    /** How an amount is written. */
    public Unit unit() {
      return unit;
    }

    /** Who holds it. */
    public Holder holder() {
      return holder;
    }

    /** The smallest amount that makes sense. */
    public long least() {
      return least;
    }

    /** The largest amount that the kernel takes. */
    public long most() {
      return most;
    }

    /** How prlimit(1) calls it, for {@link Holder#RLIMIT}; else null. */
    public @Nullable String resource() {
      return resource;
    }

    /** Whether a smaller amount is less: not so for {@code nice} and {@code oom-score}. */
    public boolean isBound() {
      return this != NICE && this != OOM_SCORE;
    }

    /** Its word in the language. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The words of all kinds. */
    public static List<String> words() {
      return Arrays.stream(values()).map(Kind::word).toList();
    }

    /** The kind of a word, or null where there is none. */
    public static @Nullable Kind of(String word) {
      return Arrays.stream(values())
          .filter(kind -> kind.word().equals(word))
          .findFirst()
          .orElse(null);
    }
  }

  /** The amount as a line says it, in the largest unit that divides it. */
  public String text() {
    return switch (kind.unit()) {
      case BYTES -> Sizes.text(amount);
      case SECONDS ->
          amount % 3600 == 0
              ? amount / 3600 + "h"
              : amount % 60 == 0 ? amount / 60 + "min" : amount + "s";
      case PERCENT -> amount + "%";
      case NUMBER -> String.valueOf(amount);
      case PROCESSORS -> String.valueOf(cpus);
    };
  }
}
