package dev.broot.cli;

import dev.broot.diagnostic.Similar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Help texts, and every command line that is not plain. Loaded for these only. */
final class Picocli {
  private final Options options;
  private final CommandLine line;

  Picocli(String name, String summary, Options options) {
    this.options = options;
    CommandSpec spec = CommandSpec.create().name("broot " + name);
    spec.usageMessage().description(summary).footer(options.footer().toArray(new String[0]));
    if (!options.synopsis().isEmpty()) {
      spec.usageMessage().customSynopsis(options.synopsis());
    }
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    for (Options.Option option : options.options()) {
      spec.addOption(option(option));
    }
    Options.Operands operands = options.operands();
    if (operands != null) {
      spec.addPositional(positional(operands));
    }
    line = new CommandLine(spec);
    // A spec may be called `@name`; no file is to be read for that.
    line.setExpandAtFiles(false);
  }

  private static OptionSpec option(Options.Option option) {
    OptionSpec.Builder builder = OptionSpec.builder(option.name());
    if (option.description().isEmpty()) {
      builder.hidden(true);
    } else {
      builder.description(option.description());
    }
    return switch (option.kind()) {
      case FLAG -> builder.type(boolean.class).build();
      case VALUE -> builder.type(String.class).paramLabel(option.label()).build();
      case VALUES ->
          builder
              .type(List.class)
              .auxiliaryTypes(String.class)
              .arity("1")
              .paramLabel(option.label())
              .build();
    };
  }

  private static PositionalParamSpec positional(Options.Operands operands) {
    boolean many = operands.most() > 1;
    return PositionalParamSpec.builder()
        .index(many ? "0..*" : "0")
        .arity(operands.least() + (many ? "..*" : operands.least() == 1 ? "" : "..1"))
        .required(operands.least() > 0)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(operands.label())
        .description(operands.description())
        .build();
  }

  /**
   * Reads a command line.
   *
   * @return null when it asks for help
   * @throws UsageError when it is wrong
   */
  @Nullable Arguments read(List<String> args) throws UsageError {
    ParseResult parsed;
    try {
      parsed = line.parseArgs(args.toArray(new String[0]));
    } catch (CommandLine.UnmatchedArgumentException e) {
      throw new UsageError(unmatched(e.getUnmatched(), String.valueOf(e.getMessage())));
    } catch (CommandLine.MissingParameterException e) {
      throw new UsageError(missing(e, args));
    } catch (CommandLine.ParameterException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
    if (parsed.isUsageHelpRequested()) {
      return null;
    }
    Map<String, List<String>> given = new HashMap<>();
    for (Options.Option option : options.options()) {
      if (!parsed.hasMatchedOption(option.name())) {
        continue;
      }
      Object value = parsed.matchedOptionValue(option.name(), (Object) "");
      List<String> values =
          value instanceof List<?> list
              ? list.stream().map(String::valueOf).toList()
              : List.of(String.valueOf(value));
      // A variable of a shell that is not set, as in `--timeout "$limit"`, does not mean none.
      if (values.contains("")) {
        throw new UsageError("`" + option.name() + "` is given an empty " + option.label());
      }
      given.put(option.name(), values);
    }
    return new Arguments(given, parsed.matchedPositionalValue(0, List.<String>of()));
  }

  // picocli calls all that stands behind an unknown option unknown.
  private String unmatched(List<String> words, String otherwise) {
    for (String word : words) {
      if (word.startsWith("-")) {
        String name = word.split("=", 2)[0];
        String similar =
            Similar.didYouMean(name, options.options().stream().map(Options.Option::name).toList());
        return "there is no option `" + name + "`" + (similar == null ? "" : "; " + similar);
      }
    }
    return words.isEmpty() ? otherwise : "`" + words.get(0) + "` is one word too many";
  }

  // picocli counts operands, where people know them by the names that the help has.
  private String missing(CommandLine.MissingParameterException e, List<String> args) {
    Options.Operands operands = options.operands();
    for (CommandLine.Model.ArgSpec argument : e.getMissing()) {
      if (argument instanceof OptionSpec option) {
        return "`" + option.longestName() + "` needs a value: " + option.paramLabel();
      }
    }
    if (operands == null
        || !e.getMissing().stream().allMatch(PositionalParamSpec.class::isInstance)) {
      return String.valueOf(e.getMessage());
    }
    PositionalParamSpec wanted = line.getCommandSpec().positionalParameters().get(0);
    line.getCommandSpec().remove(wanted);
    line.getCommandSpec().addPositional(wanted.toBuilder().arity("0..*").required(false).build());
    int given;
    try {
      given =
          line.parseArgs(args.toArray(new String[0]))
              .matchedPositionalValue(0, List.<String>of())
              .size();
    } catch (CommandLine.UnmatchedArgumentException other) {
      // What is missing is the less of two mistakes.
      return unmatched(other.getUnmatched(), String.valueOf(other.getMessage()));
    } catch (CommandLine.ParameterException other) {
      return String.valueOf(other.getMessage());
    }
    List<String> names = List.of(operands.label().split(" ", -1));
    List<String> rest = names.subList(Math.min(given, names.size() - 1), names.size());
    return String.join(" and ", rest) + (rest.size() > 1 ? " are" : " is") + " missing";
  }

  /** The command line with all its options, for picocli's own tools. */
  CommandLine line() {
    return line;
  }

  String help() {
    return line.getUsageMessage(CommandLine.Help.Ansi.OFF);
  }
}
