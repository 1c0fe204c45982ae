package dev.broot.plan;

import dev.broot.spec.Access;
import java.util.ArrayList;
import java.util.List;

/** What the patterns of {@code bind dev} become on a host, as binds. */
final class MatchAnswers {
  private static final int WORDS = 3;

  private MatchAnswers() {}

  /**
   * Operations without patterns of devices.
   *
   * @param operations whose words are known
   * @throws UnresolvedException when the host says that they cannot be bound
   */
  static List<Operation> apply(List<Operation> operations, Host host) throws UnresolvedException {
    if (!MatchCalls.needed(operations)) {
      return operations;
    }
    List<String> calls =
        new ArrayList<>(MatchCalls.of(operations, word -> ShellWords.quote(word.display())));
    calls.add("broot_node_tell");
    List<String> words = host.nodes(calls);
    List<Operation> all = new ArrayList<>();
    int number = 0;
    for (Operation operation : operations) {
      number++;
      if (operation instanceof Operation.Matching) {
        for (int i = 0; i + WORDS <= words.size(); i += WORDS) {
          if (words.get(i).equals(String.valueOf(number))) {
            all.add(
                new Operation.Bind(
                    new Source.HostPath(Word.of(words.get(i + 1))),
                    Word.of(words.get(i + 2)),
                    Access.DEV,
                    true,
                    null,
                    operation.provenance()));
          }
        }
      } else {
        all.add(operation);
      }
    }
    return all;
  }
}
