package dev.broot.translate;

import dev.broot.bwrap.CommandLine;
import dev.broot.check.Sources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Compiled;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.plan.Plan;
import dev.broot.plan.Word;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The lines of a spec on their way to one that a person would have written. */
final class Draft {
  /** The line that keeps the command line's own directories above mount points. */
  static final String CLOSED = "closed-parents";

  private final List<String> lines;

  private Draft(List<String> lines) {
    this.lines = lines;
  }

  /** Adds what the compiler asks for. */
  static Draft of(List<String> lines) {
    Draft draft = new Draft(new ArrayList<>(lines));
    draft.correct();
    draft.plain();
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

  // A line that changes nothing is not there.
  private void plain() {
    List<String> said = new ArrayList<>(lines);
    said.remove(CLOSED);
    Compiled with = compile(text());
    Compiled without = compile(new Draft(said).text());
    Plan one = with.plan();
    Plan other = without.plan();
    if (one != null && other != null && words(one).equals(words(other))) {
      lines.remove(CLOSED);
    }
  }

  private static List<String> words(Plan plan) {
    return CommandLine.of(plan).stream()
        .flatMap(argument -> argument.words().stream())
        .map(Word::display)
        .toList();
  }

  private static String over(String line) {
    int because = line.indexOf(" because \"imported");
    return because < 0
        ? line + " over"
        : line.substring(0, because) + " over" + line.substring(because);
  }
}
