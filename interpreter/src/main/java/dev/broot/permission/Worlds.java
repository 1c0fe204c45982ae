package dev.broot.permission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All hosts on which something may run. A question is asked of as many as can answer differently:
 * what it does not look at makes no difference.
 *
 * @param known what is the same on all of them
 */
record Worlds(Map<HostFact, Boolean> known) {
  /** All hosts. */
  static final Worlds ALL = new Worlds(Map.of());

  /** How many hosts a question is asked of, at most. */
  private static final int MOST = 4096;

  /** Whether something can be. */
  enum Answer {
    YES,
    NO,
    /** That depends on too much. */
    UNKNOWN
  }

  /**
   * An answer, and a host of which it is true.
   *
   * @param world where it can be, or null where it cannot
   */
  record Found(Answer answer, @Nullable World world) {}

  /** What is so on some hosts. */
  record Case<T>(Map<HostFact, Boolean> guard, T answer) {
    /** The same on those of the hosts on which this holds, too. */
    Case<T> where(Map<HostFact, Boolean> only) {
      Map<HostFact, Boolean> both = new HashMap<>(guard);
      both.putAll(only);
      return new Case<>(both, answer);
    }
  }

  /** Copies the map. */
  Worlds {
    known = Map.copyOf(known);
  }

  /** Whether there is a host on which this holds. */
  Found find(Predicate<World> question) {
    List<Boolean> answers = List.of();
    for (int asked = 0; asked < MOST; asked++) {
      World world = new World(known, answers);
      if (question.test(world)) {
        return new Found(Answer.YES, world);
      }
      List<Boolean> next = world.next();
      if (next == null) {
        return new Found(Answer.NO, null);
      }
      answers = next;
    }
    return new Found(Answer.UNKNOWN, null);
  }

  /** All answers, with the hosts that give them; null where they are too many. */
  <T> @Nullable List<Case<T>> each(Function<World, T> question) {
    List<Case<T>> cases = new ArrayList<>();
    List<Boolean> answers = List.of();
    boolean differ = false;
    for (int asked = 0; asked < MOST / 16; asked++) {
      World world = new World(known, answers);
      T answer = question.apply(world);
      differ |= !cases.isEmpty() && !answer.equals(cases.get(0).answer());
      cases.add(new Case<>(Map.copyOf(world.asked()), answer));
      List<Boolean> next = world.next();
      if (next == null) {
        return differ ? cases : List.of(new Case<>(Map.of(), cases.get(0).answer()));
      }
      answers = next;
    }
    return null;
  }
}
