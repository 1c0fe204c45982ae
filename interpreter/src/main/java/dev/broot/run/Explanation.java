package dev.broot.run;

import dev.broot.plan.Plan;
import dev.broot.run.Result.Ended;
import dev.broot.script.ExplainScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why bubblewrap did not come as far as the program: a shell asks as it does behind a script. */
final class Explanation {
  private Explanation() {}

  /**
   * Asks.
   *
   * @param plan resolved
   * @param owner whose mounts bubblewrap had
   * @param temps where the temporary directories are, by name
   * @param start what bubblewrap was started with
   * @param path the PATH on which bubblewrap looked for the program
   * @param program with its arguments
   * @param lost whether it ended while it waited, before the program
   * @param output what bubblewrap said
   */
  static Result of(
      Plan plan,
      Owner owner,
      Map<String, String> temps,
      List<String> start,
      String bwrap,
      String path,
      List<String> program,
      boolean lost,
      String output) {
    List<String> argv = new ArrayList<>();
    try {
      argv.add(Programs.find(ExplainScript.shell(plan)));
      argv.addAll(List.of("-c", ExplainScript.alone(plan, temps, start, bwrap, path, lost), "sh"));
      argv.addAll(program);
      List<String> environment = Programs.environment();
      String told =
          Programs.output(
              end ->
                  owner.call(() -> Kernel.spawn(argv, environment, Standard.into(end), List.of())));
      String[] said = told.split("\0", -1);
      if (said.length > 4) {
        int status = Integer.parseInt(said[said.length - 5].replaceFirst("(?s)^.*\n", ""));
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
