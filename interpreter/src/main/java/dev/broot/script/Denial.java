package dev.broot.script;

import dev.broot.plan.Operation;
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
 * @param ifThere whether there is nothing to be held to where the host has nothing at the path: a
 *     {@code hide ... optional} that covers it then does nothing, and there is nothing to be read
 */
public record Denial(String verb, String place, Word path, List<Word> except, boolean ifThere) {
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
                expect.except().stream().map(Word::of).toList(),
                expect.what().equals("read") && isHidden(plan, Word.of(path))));
      }
    }
    return denials;
  }

  private static boolean isHidden(Plan plan, Word path) {
    for (Operation operation : plan.sandbox().operations()) {
      if (operation instanceof Operation.Hide hide
          && hide.what().optional()
          && hide.what().pattern() == null
          && hide.what().path().equals(path)) {
        return true;
      }
    }
    return false;
  }
}
