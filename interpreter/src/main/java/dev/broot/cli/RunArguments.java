package dev.broot.cli;

import dev.broot.plan.Plan;
import dev.broot.script.AttestScript;
import dev.broot.script.RunOptions;
import dev.broot.spec.Setting;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a run takes beside its spec: how long it may last, and where its outcome is written. */
final class RunArguments {
  private static final Pattern DURATION =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)(ms|s|min|h)");

  private static final Pattern PASSED = Pattern.compile("([a-z0-9-]+)=([0-9]{1,7})");
  // What a POSIX shell can name is taken.
  private static final int LEAST = 10;
  // The launcher moves these for a program; 5 is where bubblewrap reports.
  private static final Set<Integer> LOW = Set.of(3, 4, 6, 7, 8, 9);

  private RunArguments() {}

  static void configure(Options options) {
    bounds(options);
    options.flag("--show-refused", "Say at once what `net allow` refuses, not at the end.");
    options.flag(
        "--show-denied",
        "Say at the end which files the program looked for and was denied (needs strace).");
    options.values(
        "--pass-fd", "NAME=NUMBER", "Pass an open descriptor for a line `descriptor NAME`.");
  }

  /** What is said without the caller at hand. */
  static void bounds(Options options) {
    options.value("--timeout", "TIME", "End the program after 500ms, 10s, 5min or 1h; status 124.");
    options.value(
        "--kill-after",
        "TIME",
        "Kill the program if it still runs that long after a signal or the timeout.");
    options.value("--status-file", "FILE", "Write the outcome of the run as JSON.");
  }

  /**
   * What a run is asked for.
   *
   * @param launched whether our launcher runs it
   */
  static RunOptions options(Arguments arguments, RunOptions.Mode mode, boolean launched)
      throws UsageError {
    String file = arguments.value("--status-file", "");
    RunOptions options =
        new RunOptions(
            seconds(arguments, "--timeout"),
            seconds(arguments, "--kill-after"),
            file.isEmpty() ? null : file.startsWith("-") ? "./" + file : file,
            mode,
            passed(arguments, launched && mode != RunOptions.Mode.SHELL),
            null,
            null);
    return options
        .saying(arguments.flag("--show-refused"))
        .telling(arguments.flag("--show-denied"));
  }

  private static Map<String, Integer> passed(Arguments arguments, boolean launched)
      throws UsageError {
    Map<String, Integer> passed = new TreeMap<>();
    for (String text : arguments.values("--pass-fd")) {
      Matcher matcher = PASSED.matcher(text);
      if (!matcher.matches()) {
        throw new UsageError("--pass-fd takes NAME=NUMBER, as in `info=10`, not `" + text + "`");
      }
      int number = Integer.parseInt(matcher.group(2));
      if (number < LEAST && !(LOW.contains(number) && Setting.Kind.of(matcher.group(1)) == null)) {
        throw new UsageError(
            "the program and broot use the descriptors 0 to 9; open one from 10 on, for example with"
                + " bash's `exec 10>FILE`, and do not pass "
                + number
                + "; only for a line `descriptor inherit` 3, 4 and 6 to 9 can be passed");
      }
      if (number < LEAST && !launched) {
        throw new UsageError(
            "descriptor "
                + number
                + " is passed by `broot exec` only; open one from 10 on, for example with bash's `exec 10>FILE`");
      }
      if (passed.put(matcher.group(1), number) != null) {
        throw new UsageError("--pass-fd gives `" + matcher.group(1) + "` twice");
      }
    }
    return passed;
  }

  /** Whether the caller passes what the plan asks for, and nothing else; says what is wrong. */
  static boolean isPassed(Plan plan, RunOptions options, Console console) {
    if (options.denied() && !AttestScript.isPossible(plan)) {
      console.fail(
          "--show-denied has the program wait, and so does the line `descriptor block` of the spec;"
              + " take one of them away");
      return false;
    }
    List<String> wanted = plan.sandbox().callersDescriptors();
    for (String name : wanted) {
      if (!options.passed().containsKey(name)) {
        console.fail(
            "the spec has a line `descriptor "
                + (Setting.Kind.of(name) == null ? "inherit " : "")
                + name
                + "`; open a descriptor and pass its number, as in --pass-fd "
                + name
                + "=10");
        return false;
      }
    }
    for (String name : options.passed().keySet()) {
      if (!wanted.contains(name)) {
        console.fail(
            "--pass-fd passes `"
                + name
                + "`, but the spec has no line `descriptor "
                + (Setting.Kind.of(name) == null ? "inherit " : "")
                + name
                + "`");
        return false;
      }
    }
    return true;
  }

  private static @Nullable String seconds(Arguments arguments, String option) throws UsageError {
    String text = arguments.value(option, "");
    if (text.isEmpty()) {
      return null;
    }
    Matcher matcher = DURATION.matcher(text);
    BigDecimal seconds =
        matcher.matches()
            ? new BigDecimal(matcher.group(1)).multiply(new BigDecimal(unit(matcher.group(2))))
            : BigDecimal.ZERO;
    if (seconds.signum() <= 0) {
      throw new UsageError(
          option + " takes a time with a unit, such as `10s` or `5min`, not `" + text + "`");
    }
    return seconds.stripTrailingZeros().toPlainString();
  }

  private static String unit(String name) {
    return switch (name) {
      case "ms" -> "0.001";
      case "min" -> "60";
      case "h" -> "3600";
      default -> "1";
    };
  }
}
