package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.check.FileSources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Compiled;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.TextPrinter;
import dev.broot.plan.HostFacts;
import dev.broot.plan.Plan;
import dev.broot.plan.UnresolvedException;
import dev.broot.support.Golden;
import dev.broot.translate.OciBundle;
import dev.broot.translate.OciExport;
import dev.broot.translate.Shortfalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file under {@code src/test/resources/errors} with what it makes broot say. */
class ErrorsTest {
  private static final Path ERRORS = Path.of("src/test/resources/errors");

  static List<String> specs() throws IOException {
    try (Stream<Path> files = Files.list(ERRORS)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".broot"))
          .sorted()
          .toList();
    }
  }

  private static List<Diagnostic> diagnostics(String name) {
    Compiled compiled = Gate.check(SpecCompiler.Request.of(ERRORS + "/" + name), new FileSources());
    Plan plan = compiled.plan();
    return plan != null && name.startsWith("export-") ? exported(plan) : compiled.diagnostics();
  }

  // What these are, is valid, and cannot be exported.
  private static List<Diagnostic> exported(Plan plan) {
    try {
      OciBundle bundle = OciExport.bundle(plan, null, HostFacts.of(Map.of()), List.of("true"));
      return bundle.shortfalls().all().stream()
          .filter(one -> one.kind() != Shortfalls.Kind.OTHERWISE)
          .flatMap(
              one ->
                  Stream.ofNullable(one.origin())
                      .map(origin -> one.diagnostic(origin, "a bundle", false)))
          .toList();
    } catch (UnresolvedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void saysWhatIsWrong(String name) {
    List<Diagnostic> diagnostics = diagnostics(name);
    assertThat(diagnostics).isNotEmpty();
    String text = TextPrinter.print(diagnostics, false).replace(ERRORS + "/", "");
    Golden.verify("errors/" + name.replace(".broot", ".err"), text);
  }

  @Test
  void everyCodeIsShownByAFile() throws IOException {
    Set<Code> shown = EnumSet.noneOf(Code.class);
    // Those that need more than a file to show are tested elsewhere: CommandsTest.
    shown.add(Code.BAD_ARGUMENT);
    shown.add(Code.OPEN_PARAM);
    shown.add(Code.TOO_LARGE);
    shown.add(Code.LIMIT);
    // It depends on where the spec lies: OwnSpecTest.
    shown.add(Code.OWN_SPEC);
    // A comparison makes these: ReportTest.
    shown.add(Code.GAINED);
    shown.add(Code.NOT_KNOWN);
    // And this one: ReviewTest.
    shown.add(Code.GOLDEN_DIFFERS);
    for (String name : specs()) {
      diagnostics(name).forEach(d -> shown.add(d.code()));
    }
    assertThat(shown).containsExactlyInAnyOrder(Code.values());
  }

  @Test
  void noGoldenIsAnOrphan() throws IOException {
    try (Stream<Path> files = Files.list(Golden.HOME.resolve("golden/errors"))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())).sorted().toList())
          .isEqualTo(specs().stream().map(name -> name.replace(".broot", ".err")).toList());
    }
  }
}
