package dev.broot.support;

import dev.broot.check.Sources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Compiled;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.TextPrinter;
import dev.broot.permission.Difference;
import dev.broot.permission.Subject;
import dev.broot.plan.Plan;
import dev.broot.run.ByName;
import dev.broot.run.CheckedSpec;
import dev.broot.run.SpecException;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Compiles specs from strings. */
public final class Specs {
  private Specs() {}

  /** Compiles a text as {@code test.broot} with arguments and lines. */
  public static Compiled compile(String text, Map<String, String> arguments, List<String> lines) {
    Sources sources =
        path -> {
          if (!path.equals("test.broot")) {
            throw new FileNotFoundException("there is no such file");
          }
          return new Sources.Bytes(text.getBytes(StandardCharsets.UTF_8), path);
        };
    return Gate.check(new SpecCompiler.Request("test.broot", arguments, lines), sources);
  }

  /** The plan of a text that is valid. */
  public static Plan plan(String text) {
    return plan(text, Map.of(), List.of());
  }

  /**
   * The plan of a row of a table, which has its lines behind each other.
   *
   * @param row lines that are added to nothing, with {@code ;} between them; a {@code because x} is
   *     a reason
   */
  public static Plan row(String row) {
    String lines = row.strip().replace("because x", "because \"x\"").replaceAll(" *; *", "\n");
    return plan("broot 1\nbase none\n" + lines + "\n");
  }

  /** The plan of a text that is valid with its arguments and lines. */
  public static Plan plan(String text, Map<String, String> arguments, List<String> lines) {
    Plan plan = compile(text, arguments, lines).plan();
    if (plan == null) {
      throw new AssertionError(
          TextPrinter.print(compile(text, arguments, lines).diagnostics(), false));
    }
    return plan;
  }

  /** Whether a program gains something of a kind where a text becomes another one. */
  public static boolean gains(String before, String after, Class<? extends Subject> kind) {
    return Difference.of(plan(before), plan(after)).gained().stream()
        .anyMatch(grant -> kind.isInstance(grant.subject()));
  }

  /** A text that is valid, for the library. */
  public static CheckedSpec valid(String text) {
    try {
      return ByName.of(compile(text, Map.of(), List.of()));
    } catch (SpecException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}
