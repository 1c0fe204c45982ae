package dev.broot.script;

import dev.broot.plan.Plan;
import dev.broot.plan.Word;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the spec expects that the program cannot do with a path.
 *
 * @param verb {@code read} or {@code write}
 * @param place the line of the spec that expects it
 */
public record Denial(String verb, String place, Word path, List<Word> except) {
  private static final Set<String> PATHS = Set.of("read", "write");

  /** Copies the list. */
  public Denial {
    except = List.copyOf(except);
  }

  /** What is expected, in order. */
  public static List<Denial> of(Plan plan) {
    List<Denial> denials = new ArrayList<>();
    for (Spec.Expectation expect : plan.expects()) {
      Value path = expect.value();
      if (!expect.allow() && path != null && PATHS.contains(expect.what())) {
        denials.add(
            new Denial(
                expect.what(),
                expect.provenance().origin().place(),
                Word.of(path),
                expect.except().stream().map(Word::of).toList()));
      }
    }
    return denials;
  }
}
