package dev.broot.plan;

import dev.broot.ir.Param;
import dev.broot.ir.Provenance;
import dev.broot.ir.Spec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What running a spec does, step by step, for no host in particular.
 *
 * @param name the spec's name
 * @param openParams parameters without a value
 * @param setup done before bubblewrap runs, in order; undone in reverse
 * @param env the environment of bubblewrap itself
 * @param stdinInherited whether the program reads the caller's standard input
 * @param options bubblewrap's arguments before {@code --}
 * @param entry the program that gets the arguments, or null when the first argument is the program
 */
public record Plan(
    String name,
    List<Param> openParams,
    List<Step> setup,
    Spec.Env env,
    boolean stdinInherited,
    List<Option> options,
    @Nullable Word entry) {

  /** Copies the lists. */
  public Plan {
    openParams = List.copyOf(openParams);
    setup = List.copyOf(setup);
    options = List.copyOf(options);
  }

  /** What a question to the host is about. */
  public enum Asked {
    /** Whether it is a directory and not a symlink. */
    DIRECTORY,
    /** Whether it is a directory, not a symlink, with nothing in it. */
    EMPTY_DIRECTORY
  }

  /** A question to the host that decides whether an option is given. */
  public record Question(Asked asked, Word path) {}

  /**
   * An option of bubblewrap with its values.
   *
   * @param words the option first
   * @param question given only where the answer is yes, or null when always
   * @param provenance where the spec asked for it, or null where several lines did
   */
  public record Option(
      List<Word> words, @Nullable Question question, @Nullable Provenance provenance) {
    /** Copies the words. */
    public Option {
      words = List.copyOf(words);
    }
  }

  /** What is undone after the run, in order. */
  public List<Step.Undo> teardown() {
    List<Step.Undo> undos = new ArrayList<>();
    for (Step step : setup) {
      Step.Undo undo = step.undo();
      if (undo != null) {
        undos.add(undo);
      }
    }
    Collections.reverse(undos);
    return undos;
  }

  /** Whether something is set up on the host. */
  public boolean needsHostSetup() {
    return !setup.isEmpty();
  }

  /**
   * Whether the sandbox's first process is bubblewrap's own: with a PID namespace, unless the
   * program asked to be that.
   */
  public boolean hasPid1() {
    List<String> words =
        options.stream().flatMap(option -> option.words().stream()).map(Word::display).toList();
    return !words.contains("--as-pid-1")
        && (words.contains("--unshare-pid") || words.contains("--unshare-all"));
  }

  /** Whether the program is killed when bubblewrap's parent dies. */
  public boolean diesWithParent() {
    return options.stream()
        .anyMatch(option -> option.words().get(0).display().equals("--die-with-parent"));
  }

  /** What it needs of bubblewrap, or null where every bubblewrap does. */
  public @Nullable Requirement requirement() {
    return Requirement.of(this);
  }

  /** The descriptors that the caller has to pass, by their names in the language, in order. */
  public List<String> passed() {
    return options.stream()
        .flatMap(option -> option.words().stream())
        .flatMap(word -> Stream.ofNullable(word.passed()))
        .toList();
  }

  /** What bubblewrap reads from descriptors, in order. */
  public List<Word.Input> inputs() {
    return options.stream()
        .flatMap(option -> option.words().stream())
        .flatMap(word -> Stream.ofNullable(word.input()))
        .toList();
  }

  /** The directory in which the program starts, or null where none is said. */
  public @Nullable Word chdir() {
    Word found = null;
    for (Option option : options) {
      if (option.words().get(0).display().equals("--chdir")) {
        found = option.words().get(1);
      }
    }
    return found;
  }

  /** The first step that the kernel does for root only, or null without one. */
  public @Nullable Step needsRoot() {
    return setup.stream().filter(Step::needsRoot).findFirst().orElse(null);
  }
}
