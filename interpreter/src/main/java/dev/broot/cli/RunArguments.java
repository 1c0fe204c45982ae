package dev.broot.cli;

import dev.broot.script.RunOptions;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a run takes beside its spec: how long it may last, and where its outcome is written. */
final class RunArguments {
  private static final Pattern DURATION =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)(ms|s|min|h)");

  private RunArguments() {}

  static void configure(Options options) {
    options.value("--timeout", "TIME", "End the program after 500ms, 10s, 5min or 1h; status 124.");
    options.value(
        "--kill-after", "TIME", "Kill it when it still runs that long after it was told to end.");
    options.value("--status-file", "FILE", "Write what came of the run as JSON.");
  }

  static RunOptions options(Arguments arguments, RunOptions.Mode mode) throws UsageError {
    String file = arguments.value("--status-file", "");
    return new RunOptions(
        seconds(arguments, "--timeout"),
        seconds(arguments, "--kill-after"),
        file.isEmpty() ? null : file.startsWith("-") ? "./" + file : file,
        mode);
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
          option + " takes a time with its unit, as in `10s` or `5min`, not `" + text + "`");
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
