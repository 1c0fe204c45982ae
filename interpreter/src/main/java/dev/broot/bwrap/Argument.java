package dev.broot.bwrap;

import dev.broot.plan.Operation;
import dev.broot.plan.Question;
import dev.broot.plan.Word;
import dev.broot.spec.Provenance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of bubblewrap that belong together: one, with those that are for it in front.
 *
 * @param above makes the directory above its target, or null where nothing does
 * @param options in their order
 * @param question given only where the answer is yes, or null when always
 * @param operation what it does to the file system, or null for a setting
 * @param provenance where the spec asked for it, or null where several lines did
 */
public record Argument(
    @Nullable Said above,
    List<Said> options,
    @Nullable Question question,
    @Nullable Operation operation,
    @Nullable Provenance provenance) {
  /**
   * An option with its values.
   *
   * @param option or null where nobody has looked into the words
   */
  public record Said(@Nullable BwrapOption option, List<Word> values) {
    /** Copies the values. */
    public Said {
      values = List.copyOf(values);
    }

    /** The words, as they stand on the command line. */
    public List<Word> words() {
      List<Word> words = new ArrayList<>(values);
      if (option != null) {
        words.add(0, Word.of(option.option()));
      }
      return words;
    }

    static Said of(BwrapOption option, Word... values) {
      return new Said(option, List.of(values));
    }
  }

  /** Copies the options. */
  public Argument {
    options = List.copyOf(options);
  }

  /** The words, as they stand on the command line. */
  public List<Word> words() {
    List<Word> words = new ArrayList<>(above == null ? List.of() : above.words());
    options.forEach(said -> words.addAll(said.words()));
    return words;
  }

  /** Whether one of the options is this. */
  public boolean has(BwrapOption option) {
    return options.stream().anyMatch(said -> said.option() == option);
  }
}
