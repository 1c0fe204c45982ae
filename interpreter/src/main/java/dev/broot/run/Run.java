package dev.broot.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run: the program's arguments, and what is added for this run only. Immutable. */
public final class Run {
  /** A bind of this run. */
  record Added(String from, String to, boolean writable) {}

  /** Where the program's output goes. */
  enum Output {
    INHERITED,
    CAPTURED
  }

  final List<String> argv;
  final List<Added> binds;
  final Map<String, String> environment;
  final @Nullable Duration timeout;
  final Output output;
  final @Nullable Consumer<String> listener;

  private Run(
      List<String> argv,
      List<Added> binds,
      Map<String, String> environment,
      @Nullable Duration timeout,
      Output output,
      @Nullable Consumer<String> listener) {
    argv.forEach(Run::isWhole);
    this.argv = List.copyOf(argv);
    this.binds = List.copyOf(binds);
    this.environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    this.timeout = timeout;
    this.output = output;
    this.listener = listener;
  }

  // The kernel ends a text at a NUL, so that what was judged is not what is used.
  private static void isWhole(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a NUL in " + text.replace("\0", "\\0"));
    }
  }

  /**
   * A run whose output goes where this process's goes.
   *
   * @throws IllegalArgumentException when an argument holds a NUL
   */
  public static Run of(String... argv) {
    return of(List.of(argv));
  }

  /**
   * A run whose output goes where this process's goes.
   *
   * @throws IllegalArgumentException when an argument holds a NUL
   */
  public static Run of(List<String> argv) {
    return new Run(argv, List.of(), Map.of(), null, Output.INHERITED, null);
  }

  /**
   * With a host path at a path of the sandbox, writable; these come before the read-only ones. When
   * it starts, what the path leads to is judged as a line of the spec is.
   *
   * @throws IllegalArgumentException when a path is not absolute, or holds a NUL
   */
  public Run bind(Path from, String to) {
    return with(new Added(from.toString(), to, true));
  }

  /**
   * With a host path at a path of the sandbox, read-only; judged as in {@link #bind}.
   *
   * @throws IllegalArgumentException when a path is not absolute, or holds a NUL
   */
  public Run readOnly(Path from, String to) {
    return with(new Added(from.toString(), to, false));
  }

  private Run with(Added bind) {
    isWhole(bind.from());
    isWhole(bind.to());
    if (!bind.from().startsWith("/") || !bind.to().startsWith("/") || bind.to().contains("/..")) {
      throw new IllegalArgumentException(
          bind.from() + " -> " + bind.to() + ": both are absolute paths, the target without `..`");
    }
    List<Added> all = new ArrayList<>(binds);
    int at = all.size();
    while (bind.writable() && at > 0 && !all.get(at - 1).writable()) {
      at--;
    }
    all.add(at, bind);
    return new Run(argv, all, environment, timeout, output, listener);
  }

  /**
   * With a variable of the environment, over the spec's.
   *
   * @throws IllegalArgumentException when the name is empty or holds a {@code =}, or one of both a
   *     NUL
   */
  public Run env(String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0) {
      throw new IllegalArgumentException("`" + name + "` is not the name of a variable");
    }
    isWhole(name);
    isWhole(value);
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put(name, value);
    return new Run(argv, binds, all, timeout, output, listener);
  }

  /** Ended after this time: TERM, then KILL 10 seconds later. */
  public Run timeout(Duration time) {
    return new Run(argv, binds, environment, time, output, listener);
  }

  /** With stdout and stderr kept, together, as {@link Result#output}. */
  public Run capture() {
    return new Run(argv, binds, environment, timeout, Output.CAPTURED, null);
  }

  /**
   * With stdout and stderr kept, and given to a listener line by line as they come.
   *
   * @param line called by a thread of broot's; what it throws ends the listening, not the run
   */
  public Run lines(Consumer<String> line) {
    return new Run(argv, binds, environment, timeout, Output.CAPTURED, line);
  }
}
