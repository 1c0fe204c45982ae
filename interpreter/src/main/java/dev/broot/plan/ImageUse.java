package dev.broot.plan;

import dev.broot.spec.Access;
import dev.broot.spec.Image;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a plan does with the directory of an image. All runs share it, so it is shown read-only or
 * as a lower layer, and nothing else. What it holds is anybody's, so nothing is shown to which a
 * symlink leads out of it.
 */
public final class ImageUse {
  /** Why a run is refused, behind the path. */
  public static final String OUTSIDE =
      " is, or lies behind, a symlink of the image that leads out of the image";

  // Counts in the words that it is given.
  private static final class Count {
    private int found;

    Word of(Word word) {
      found += isIn(word) ? 1 : 0;
      return word;
    }
  }

  private ImageUse() {}

  /** A line that does something else with it, or null. */
  public static @Nullable Provenance misused(Plan plan) {
    for (Operation operation : plan.sandbox().operations()) {
      if (count(operation) != shown(operation).stream().filter(ImageUse::isIn).count()) {
        return operation.provenance();
      }
    }
    for (Step step : plan.setup()) {
      if (count(step) != 0) {
        return step.provenance();
      }
    }
    for (Sandbox.Option option : plan.sandbox().options()) {
      Word value = option.value();
      if (value != null && isIn(value)) {
        return option.provenance();
      }
    }
    Sandbox.Chdir chdir = plan.sandbox().supervision().chdir();
    if (chdir != null && isIn(chdir.path())) {
      return chdir.provenance();
    }
    return variable(plan);
  }

  private static @Nullable Provenance variable(Plan plan) {
    for (Spec.Variable variable : plan.env().variables()) {
      Value value =
          variable instanceof Spec.SetVariable set
              ? set.value()
              : variable instanceof Spec.PassVariable pass ? pass.otherwise() : null;
      if (value != null && Image.isIn(value)) {
        return variable.provenance();
      }
    }
    for (Spec.Expectation expect : plan.expects()) {
      if (Stream.concat(Stream.ofNullable(expect.value()), expect.except().stream())
          .anyMatch(Image::isIn)) {
        return expect.provenance();
      }
    }
    Image image = plan.image();
    Word entry = plan.entry();
    return image != null && entry != null && isIn(entry) ? image.provenance() : null;
  }

  private static int count(Operation operation) {
    Count count = new Count();
    try {
      Words.map(operation, count::of);
    } catch (UnresolvedException e) {
      throw new IllegalStateException(e);
    }
    return count.found;
  }

  private static int count(Step step) {
    Count count = new Count();
    try {
      Words.map(step, count::of);
    } catch (UnresolvedException e) {
      throw new IllegalStateException(e);
    }
    return count.found;
  }

  private static boolean isIn(Word word) {
    return word.parts().stream()
        .anyMatch(part -> part instanceof Word.Open open && Image.key(open.param()) != null);
  }

  /** Whether a bind shows something of an image. */
  public static boolean isOf(Operation.Bind bind) {
    return bind.source() instanceof Source.HostPath path && isIn(path.path());
  }

  /** What an operation shows of an image: paths of the host. */
  public static List<Word> sources(Operation operation) {
    return shown(operation).stream().filter(ImageUse::isIn).toList();
  }

  private static List<Word> shown(Operation operation) {
    if (operation instanceof Operation.Overlay overlay) {
      return overlay.lower();
    }
    return operation instanceof Operation.Bind bind
            && bind.access() == Access.RO
            && bind.source() instanceof Source.HostPath path
        ? List.of(path.path())
        : List.of();
  }
}
