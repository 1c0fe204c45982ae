package dev.broot.cli;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Does once what people do often, when broot is built: the JVM notes which classes that takes, for
 * an archive of them.
 */
final class WarmUp {
  private WarmUp() {}

  /**
   * Runs commands and prints nothing.
   *
   * @param args a file for a script, then specs: one that sets up a host and asks for {@code tree},
   *     then others
   */
  public static void main(String[] args) {
    String root = args[1];
    List<String> specs = List.of(args).subList(1, args.length);
    List<List<String>> calls = new ArrayList<>();
    calls.add(List.of("exec", "--script-to", args[0], root, "--set", "tree=/tree"));
    calls.add(List.of("exec", "--script-to", args[0], specs.get(specs.size() - 1)));
    // Those with another parameter are refused, which happens often, too.
    for (String spec : specs) {
      calls.add(List.of("exec", "--script-to", args[0], spec, "--set", "project=/tree"));
    }
    for (String command : List.of("check", "golden", "plan", "diff", "why")) {
      List<String> call = new ArrayList<>(List.of(command));
      switch (command) {
        case "check" -> call.addAll(specs);
        case "golden" -> call.addAll(List.of("--check", "--dir", "golden", root));
        case "diff" -> call.addAll(List.of(root, specs.get(1)));
        case "why" -> call.addAll(List.of(root, "/usr"));
        default -> call.add(root);
      }
      calls.add(call);
    }
    for (List<String> call : calls) {
      Main.run(
          call,
          new Console(
              OutputStream.nullOutputStream(),
              OutputStream.nullOutputStream(),
              System.getenv(),
              false));
    }
  }
}
