package dev.broot.run;

import dev.broot.host.Shell;
import dev.broot.plan.Plan;
import dev.broot.plan.Showing;
import dev.broot.plan.Word;
import dev.broot.script.JudgeScript;
import dev.broot.spec.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges what is known at a run only; a shell answers as it does for a compiled script. */
final class Judge {
  private Judge() {}

  /**
   * Judges the sources of a plan.
   *
   * @param plan resolved
   * @param fixed whether the plan is the spec's alone, without a value of this run
   * @param served sockets on which the root itself listens
   * @return what the sources of operations lead to that may lead elsewhere, by the number of the
   *     operation in the plan, from 1
   * @throws SetupException with the line and the reason
   */
  static Map<Integer, String> judge(Plan plan, boolean fixed, Set<String> served) {
    if (fixed
        && !showsSocket(plan, served)
        && !JudgeScript.deniesCopies(plan)
        && names(plan).noneMatch(Judge::leads)) {
      return Map.of();
    }
    try {
      List<String> answers =
          Shell.ask(
              JudgeScript.PARTS, JudgeScript.calls(plan, word -> served.contains(word.display())));
      Map<Integer, String> led = new HashMap<>();
      for (int i = 0; i + 1 < answers.size(); i += 2) {
        led.put(Integer.valueOf(answers.get(i)), answers.get(i + 1));
      }
      return led;
    } catch (IOException e) {
      throw new SetupException(String.valueOf(e.getMessage()), e);
    }
  }

  // What is bound as a socket has to be one, wherever it leads.
  private static boolean showsSocket(Plan plan, Set<String> served) {
    return plan.sandbox().operations().stream()
        .flatMap(operation -> Showing.of(operation).stream())
        .filter(showing -> showing.kind() == Showing.Kind.SOCKET)
        .map(Showing::source)
        .anyMatch(source -> source == null || !served.contains(source.display()));
  }

  private static Stream<String> names(Plan plan) {
    Stream<String> denied =
        plan.expects().stream()
            .flatMap(expect -> Stream.ofNullable(expect.value()))
            .map(Value::display);
    return Stream.concat(JudgeScript.sources(plan).stream().map(Word::display), denied);
  }

  // Whether a path leads through a symlink, is written in another way than the kernel's, or cannot
  // be looked at.
  private static boolean leads(String name) {
    try {
      Path path = Path.of(name);
      if (!path.isAbsolute() || !path.normalize().toString().equals(name)) {
        return true;
      }
      for (@Nullable Path at = path; at != null; at = at.getParent()) {
        if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
          return !at.toRealPath().equals(at);
        }
      }
      return true;
    } catch (IOException | InvalidPathException e) {
      return true;
    }
  }
}
