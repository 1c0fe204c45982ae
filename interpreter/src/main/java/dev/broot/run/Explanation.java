package dev.broot.run;

import dev.broot.run.Result.Ended;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why bubblewrap did not come as far as the program: a shell asks as it does behind a script. */
final class Explanation {
  private Explanation() {}

  /**
   * Asks.
   *
   * @param shell which shell can read the script
   * @param script what it asks
   * @param owner whose mounts bubblewrap has
   * @param program with its arguments
   * @param output what bubblewrap said
   */
  static Result of(String shell, String script, Owner owner, List<String> program, String output) {
    List<String> argv = new ArrayList<>();
    try {
      argv.add(Programs.find(shell));
      argv.addAll(List.of("-c", script, "sh"));
      argv.addAll(program);
      List<String> environment = Programs.environment();
      String told =
          Programs.output(
              end ->
                  owner.call(() -> Kernel.spawn(argv, environment, Standard.into(end), List.of())));
      String[] said = told.split("\0", -1);
      if (said.length > 4) {
        int status = Integer.parseInt(said[said.length - 5].replaceFirst("(?s)^.*\n", ""));
        if (status == 0) {
          return new Result(0, Ended.EXITED, output);
        }
        Failure failure =
            new Failure(
                known(said[said.length - 4]), known(said[said.length - 3]), said[said.length - 2]);
        return new Result(status, status == 125 ? Ended.FAILED : Ended.NOT_EXECUTED, output)
            .because(failure);
      }
    } catch (Exception e) {
      // What bubblewrap said is there all the same.
    }
    return new Result(125, Ended.FAILED, output);
  }

  private static @Nullable String known(String text) {
    return text.isEmpty() ? null : text;
  }
}
