package dev.broot.support;

import dev.broot.diagnostic.TextPrinter;
import dev.broot.ir.Sources;
import dev.broot.ir.Spec;
import dev.broot.ir.SpecCompiler;
import dev.broot.permission.Judge;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Compiles specs from strings. */
public final class Specs {
  private Specs() {}

  /** Compiles a text as {@code test.broot} with arguments and lines. */
  public static SpecCompiler.Result compile(
      String text, Map<String, String> arguments, List<String> lines) {
    Sources sources =
        path -> {
          if (!path.equals("test.broot")) {
            throw new FileNotFoundException("there is no such file");
          }
          return new Sources.Bytes(text.getBytes(StandardCharsets.UTF_8), path);
        };
    return Judge.check(new SpecCompiler.Request("test.broot", arguments, lines), sources);
  }

  /** Compiles a text that is valid. */
  public static Spec valid(String text) {
    return valid(text, Map.of(), List.of());
  }

  /** Compiles a text that is valid with its arguments and lines. */
  public static Spec valid(String text, Map<String, String> arguments, List<String> lines) {
    SpecCompiler.Result result = compile(text, arguments, lines);
    Spec spec = result.spec();
    if (spec == null) {
      throw new AssertionError(TextPrinter.print(result.diagnostics(), false));
    }
    return spec;
  }
}
