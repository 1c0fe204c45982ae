package dev.broot.translate;

import dev.broot.bwrap.PlanText;
import dev.broot.check.Bases;
import dev.broot.check.Sources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Compiled;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.plan.Plan;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The lines of a spec on their way to one that a person would have written. */
final class Draft {
  private static final String ALONE = "base none";
  private static final Map<String, List<String>> KNOWN = new ConcurrentHashMap<>();

  private final List<String> lines;

  private Draft(List<String> lines) {
    this.lines = lines;
  }

  /** Adds what the compiler asks for, and says as a base what is exactly one. */
  static Draft of(List<String> lines) {
    Draft draft = new Draft(new ArrayList<>(lines));
    draft.correct();
    for (String base : Bases.names()) {
      Draft shorter = base.equals(Bases.NONE) ? null : draft.on(base);
      if (shorter != null) {
        return shorter;
      }
    }
    return draft;
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** Compiles a text that stands in no file. */
  static Compiled compile(String text) {
    Sources sources =
        path -> {
          if (!path.equals("imported")) {
            throw new FileNotFoundException("there is no such file");
          }
          return new Sources.Bytes(text.getBytes(StandardCharsets.UTF_8), path);
        };
    return Gate.compile(SpecCompiler.Request.of("imported"), sources);
  }

  // A reason for what is dangerous, `over` for what hides.
  private void correct() {
    for (int round = 0; round < 3; round++) {
      TreeSet<Integer> unsafe = new TreeSet<>();
      TreeSet<Integer> over = new TreeSet<>();
      for (Diagnostic diagnostic : compile(text()).diagnostics()) {
        if (diagnostic.code() == Code.NEEDS_UNSAFE) {
          unsafe.add(diagnostic.origin().line() - 1);
        } else if (diagnostic.code() == Code.HIDES) {
          over.add(diagnostic.origin().line() - 1);
        }
      }
      over.forEach(i -> lines.set(i, over(lines.get(i))));
      unsafe.forEach(
          i -> lines.set(i, "unsafe " + lines.get(i) + " because \"imported: say why\""));
      if (unsafe.isEmpty() && over.isEmpty()) {
        return;
      }
    }
  }

  private static String over(String line) {
    int because = line.indexOf(" because \"imported");
    return because < 0
        ? line + " over"
        : line.substring(0, because) + " over" + line.substring(because);
  }

  // Without the lines of a base; kept only where the plan stays what it was.
  private @Nullable Draft on(String base) {
    List<String> rest = new ArrayList<>(lines);
    for (String line : KNOWN.computeIfAbsent(base, Draft::linesOf)) {
      if (!rest.remove(line)) {
        return null;
      }
    }
    rest.set(rest.indexOf(ALONE), "base " + base);
    Draft shorter = new Draft(rest);
    Plan plan = plan(text());
    Plan again = plan(shorter.text());
    boolean same =
        plan != null && again != null && PlanText.print(again).equals(PlanText.print(plan));
    return same ? shorter : null;
  }

  // A base as if it were imported; one that does more than a command line can say has a line that
  // is found nowhere.
  private static List<String> linesOf(String base) {
    Plan plan = plan("broot 1\nbase " + base + "\n");
    if (plan == null || Export.problem(plan, true) != null) {
      return List.of("no command line");
    }
    List<String> arguments = List.of(Export.argsFile(plan).split("\0", -1));
    Draft draft = new Draft(Import.lines(arguments.subList(0, arguments.size() - 1)));
    draft.correct();
    List<String> lines = new ArrayList<>(draft.lines);
    lines.removeIf(
        line ->
            line.isEmpty()
                || line.startsWith("#")
                || line.equals("broot 1")
                || line.equals(ALONE)
                || line.equals("stdin inherit"));
    return lines;
  }

  private static @Nullable Plan plan(String text) {
    return compile(text).plan();
  }
}
