package dev.broot.permission;

import dev.broot.plan.Operation;
import java.util.List;
import java.util.TreeSet;

/**
 * What is not known of a file system.
 *
 * @param reasons why it is not certain, for people
 * @param open places that depend on the values of parameters, for people
 * @param raw arguments that nobody has looked into
 */
record Doubts(List<String> reasons, List<String> open, List<Operation.Raw> raw) {
  /** Copies the lists. */
  Doubts {
    reasons = List.copyOf(new TreeSet<>(reasons));
    open = List.copyOf(new TreeSet<>(open));
    raw = List.copyOf(raw);
  }
}
