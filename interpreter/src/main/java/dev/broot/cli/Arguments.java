package dev.broot.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command line that was read: the options that were given, and the operands. */
record Arguments(Map<String, List<String>> options, List<String> operands) {
  /**
   * Reads a command line that is plainly written: known options spelt out, as {@code --name VALUE}
   * or {@code --name=VALUE}, and as many operands as the command takes.
   *
   * @return null for all others: for help, mistakes and rarer forms
   */
  static @Nullable Arguments read(Options known, List<String> args) {
    Map<String, List<String>> options = new HashMap<>();
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals("--")) {
        operands.addAll(args.subList(i + 1, args.size()));
        break;
      }
      if (!arg.startsWith("-") || arg.equals("-")) {
        operands.add(arg);
        continue;
      }
      int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
      Options.Option option = known.find(equals < 0 ? arg : arg.substring(0, equals));
      if (option == null || (equals >= 0 && option.kind() == Options.Kind.FLAG)) {
        return null;
      }
      List<String> given = options.computeIfAbsent(option.name(), name -> new ArrayList<>());
      if (!given.isEmpty() && option.kind() != Options.Kind.VALUES) {
        return null;
      }
      if (option.kind() == Options.Kind.FLAG) {
        given.add("");
        continue;
      }
      String value =
          equals >= 0 ? arg.substring(equals + 1) : i + 1 < args.size() ? args.get(++i) : "";
      if (value.isEmpty() || (equals < 0 && value.startsWith("-"))) {
        return null;
      }
      given.add(value);
    }
    Options.Operands wanted = known.operands();
    int least = wanted == null ? 0 : wanted.least();
    int most = wanted == null ? 0 : wanted.most();
    return operands.size() < least || operands.size() > most
        ? null
        : new Arguments(options, operands);
  }

  boolean flag(String name) {
    return options.containsKey(name);
  }

  String value(String name, String fallback) {
    List<String> given = values(name);
    return given.isEmpty() ? fallback : given.get(0);
  }

  List<String> values(String name) {
    return options.getOrDefault(name, List.of());
  }
}
