package dev.broot.run;

import java.io.OutputStream;
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

  private static final Duration GRACE = Duration.ofSeconds(10);

  final List<String> argv;
  List<Added> binds = List.of();
  Map<String, String> environment = Map.of();
  @Nullable Duration timeout;
  Duration grace = GRACE;
  Output output = Output.INHERITED;
  boolean separate;
  long most = Integer.MAX_VALUE - 8;
  @Nullable Consumer<String> listener;
  @Nullable OutputStream stream;
  byte @Nullable [] input;
  @Nullable String inputFile;

  private Run(List<String> argv) {
    argv.forEach(Run::isWhole);
    this.argv = List.copyOf(argv);
  }

  // Changed by nobody once it is given away.
  private Run copy() {
    Run copy = new Run(argv);
    copy.binds = binds;
    copy.environment = environment;
    copy.timeout = timeout;
    copy.grace = grace;
    copy.output = output;
    copy.separate = separate;
    copy.most = most;
    copy.listener = listener;
    copy.stream = stream;
    copy.input = input;
    copy.inputFile = inputFile;
    return copy;
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
    return new Run(argv);
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
    Run run = copy();
    run.binds = List.copyOf(all);
    return run;
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
    Run run = copy();
    run.environment = Collections.unmodifiableMap(all);
    return run;
  }

  /** Ended after this time: TERM, then KILL 10 seconds later, or when {@link #killAfter} says. */
  public Run timeout(Duration time) {
    Run run = copy();
    run.timeout = time;
    return run;
  }

  /** Killed this long after the TERM of a timeout or of {@link Running#cancel}. */
  public Run killAfter(Duration time) {
    Run run = copy();
    run.grace = time;
    return run;
  }

  /** With these bytes on standard input, whatever the spec says of it. */
  public Run input(byte[] bytes) {
    Run run = copy();
    run.input = bytes.clone();
    run.inputFile = null;
    return run;
  }

  /**
   * With what a file of the host has in it on standard input, whatever the spec says of it. The
   * program gets a pipe, and not the file: it cannot open that anew to write to it.
   */
  public Run input(Path file) {
    isWhole(file.toString());
    Run run = copy();
    run.input = null;
    run.inputFile = file.toAbsolutePath().toString();
    return run;
  }

  /** With stdout and stderr kept, together, as {@link Result#output}; nobody else gets them. */
  public Run capture() {
    return captured(false, null, null);
  }

  /**
   * With stderr kept by itself, as {@link Result#errors}. Stdout is kept as {@link Result#output},
   * or goes to the listener of {@link #lines} or the stream of {@link #to}.
   */
  public Run separate() {
    return captured(true, listener, stream);
  }

  /**
   * With stdout and stderr kept, and given to a listener line by line as they come; stdout only,
   * where stderr is kept by itself.
   *
   * @param line called by a thread of broot's; what it throws ends the listening, not the run
   */
  public Run lines(Consumer<String> line) {
    return captured(separate, line, null);
  }

  /**
   * With stdout and stderr written to a stream as they come, and not kept; stdout only, where
   * stderr is kept by itself. broot flushes the stream and does not close it.
   *
   * @param to written to by a thread of broot's; when it fails, what follows is dropped, and the
   *     run goes on. While it blocks, so does the program, and the run ends when both have.
   */
  public Run to(OutputStream to) {
    return captured(separate, null, to);
  }

  /**
   * Keeps so many bytes of the output, and as many of the errors; what follows is read and dropped,
   * and {@link Result#isCut} says so. A listener hears all lines, and so many bytes of each.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public Run atMost(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " bytes are less than none");
    }
    Run run = copy();
    run.most = bytes;
    return run;
  }

  private Run captured(boolean apart, @Nullable Consumer<String> lines, @Nullable OutputStream to) {
    Run run = copy();
    run.output = Output.CAPTURED;
    run.separate = apart;
    run.listener = lines;
    run.stream = to;
    return run;
  }
}
