package dev.broot.permission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One host of all those on which a sandbox may be made: it answers each question one way. */
final class World {
  // What lies in /usr where that is merged.
  private static final Set<String> MERGED =
      Set.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

  private final Map<HostFact, Boolean> known;
  private final List<Boolean> answers;
  private final Map<HostFact, Boolean> asked = new LinkedHashMap<>();
  private final boolean usual;

  /**
   * A host.
   *
   * @param known what is known of it
   * @param answers what it says to other questions, in the order in which they are asked; to those
   *     behind the last it says no
   */
  World(Map<HostFact, Boolean> known, List<Boolean> answers) {
    this.known = known;
    this.answers = answers;
    usual = false;
  }

  private World() {
    known = Map.of();
    answers = List.of();
    usual = true;
  }

  /** A host on which all conditions hold, and names are what they say. */
  static World usual() {
    return new World();
  }

  /** Whether something holds there. */
  boolean holds(HostFact fact) {
    if (usual) {
      // Most hosts have a merged /usr.
      boolean merged =
          fact instanceof HostFact.IsDirectory directory && MERGED.contains(directory.path());
      return !merged && !(fact instanceof HostFact.Leads);
    }
    Boolean answer = known.get(fact);
    if (answer == null) {
      answer = asked.get(fact);
    }
    if (answer == null) {
      answer = asked.size() < answers.size() && answers.get(asked.size());
      asked.put(fact, answer);
    }
    return answer;
  }

  /** Whether all of these hold as they should. */
  boolean fits(Map<HostFact, Boolean> guard) {
    for (Map.Entry<HostFact, Boolean> one : guard.entrySet()) {
      if (holds(one.getKey()) != one.getValue()) {
        return false;
      }
    }
    return true;
  }

  /** Whether all of these hold. */
  boolean holdsAll(List<HostFact> facts) {
    for (HostFact fact : facts) {
      if (!holds(fact)) {
        return false;
      }
    }
    return true;
  }

  /** What was asked so far, with the answers. */
  Map<HostFact, Boolean> asked() {
    return asked;
  }

  /** The answers of the next host that differs in what was asked of this one; null behind all. */
  @Nullable List<Boolean> next() {
    List<Boolean> said = new ArrayList<>(asked.values());
    int last = said.lastIndexOf(false);
    if (last < 0) {
      return null;
    }
    List<Boolean> next = new ArrayList<>(said.subList(0, last));
    next.add(true);
    return next;
  }
}
