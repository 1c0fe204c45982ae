package dev.broot.plan;

import dev.broot.spec.Access;
import dev.broot.spec.Copied;
import dev.broot.spec.Provenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code hide} and {@code protect} become on a host, as operations. */
final class MaskAnswers {
  // An empty file that can be read, and an empty directory that cannot be entered.
  private static final int FILE_MODE = 0444;
  private static final int DIRECTORY_MODE = 0;
  private static final int WORDS = 5;

  private final List<MaskCalls.Call> calls;
  private final List<Operation> masks = new ArrayList<>();
  private final Map<Integer, List<Operation>> pins = new HashMap<>();
  private final Map<Integer, List<Operation>> guards = new HashMap<>();
  private final List<Operation> covers = new ArrayList<>();

  private MaskAnswers(List<MaskCalls.Call> calls) {
    this.calls = calls;
  }

  /**
   * Operations without {@code hide} and {@code protect}.
   *
   * @param operations whose words are known
   * @throws UnresolvedException when the host has nothing that can be hidden or protected so
   */
  static List<Operation> apply(List<Operation> operations, Host host) throws UnresolvedException {
    List<Operation> reaching = operations.stream().filter(one -> reachesOwn(one, host)).toList();
    if (!MaskCalls.needed(operations) && reaching.isEmpty()) {
      return operations;
    }
    MaskAnswers answers =
        new MaskAnswers(MaskCalls.of(operations, word -> ShellWords.quote(word.display())));
    answers.ask(host, reaching);
    return answers.put();
  }

  private static boolean reachesOwn(Operation operation, Host host) {
    Word written = Showing.written(operation);
    String path = written == null ? null : written.literal();
    return written != null && (path == null || host.reachesOwn(path));
  }

  private void ask(Host host, List<Operation> reaching) throws UnresolvedException {
    List<String> lines = new ArrayList<>();
    for (MaskCalls.Call call : calls) {
      if (MaskCalls.isMask(call.operation())) {
        lines.add("broot_mask_asked=" + masks.size());
        masks.add(call.operation());
      }
      lines.addAll(call.lines());
    }
    if (!reaching.isEmpty()) {
      for (String variable : List.of("HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")) {
        String value = host.variable(variable);
        lines.add(variable + "=" + ShellWords.quote(value == null ? "" : value));
      }
      lines.add("broot_own_know");
    }
    for (String what : List.of("broot_own_look", "broot_own_make; broot_own_hide")) {
      for (Operation one : reaching) {
        Word written = Showing.written(one);
        String place = one.provenance().origin().place();
        lines.add("broot_mask_asked=" + masks.size());
        masks.add(one);
        lines.add(
            what
                + " "
                + ShellWords.quote(place)
                + " "
                + ShellWords.quote(written == null ? "" : written.display()));
      }
    }
    List<String> words = host.masks(lines);
    for (int i = 0; i + WORDS <= words.size(); i += WORDS) {
      answer(words.subList(i, i + WORDS));
    }
  }

  private void answer(List<String> words) throws UnresolvedException {
    Provenance said = masks.get(Integer.parseInt(words.get(1))).provenance();
    int number = Integer.parseInt(words.get(2));
    Word source = Word.of(words.get(3));
    Word target = Word.of(words.get(4));
    switch (words.get(0)) {
      case "pin" -> at(pins, number).add(bind(source, target, access(number), said));
      case "guard" -> at(guards, number).add(bind(source, target, Access.RO, said));
      case "directory" -> {
        before(source, target, said);
        covers.add(new Operation.Tmpfs(target, null, DIRECTORY_MODE, said));
        covers.add(new Operation.RemountReadOnly(target, said));
      }
      case "file" -> {
        before(source, target, said);
        Input nothing = new Input(true, Word.of("/dev/null"));
        covers.add(new Operation.Data(Copied.RO, nothing, target, FILE_MODE, said));
      }
      default -> throw new UnresolvedException("a shell answers `" + words.get(0) + "`");
    }
  }

  private void before(Word source, Word target, Provenance said) {
    if (source.literal() == null || !source.parts().isEmpty()) {
      covers.add(bind(source, target, Access.RW, said));
    }
  }

  private Access access(int number) {
    return calls.stream()
        .filter(call -> call.number() == number && call.operation() instanceof Operation.Bind)
        .map(call -> ((Operation.Bind) call.operation()).access())
        .findFirst()
        .orElse(Access.RW);
  }

  private static List<Operation> at(Map<Integer, List<Operation>> map, int number) {
    return map.computeIfAbsent(number, key -> new ArrayList<>());
  }

  private static Operation bind(Word source, Word target, Access access, Provenance said) {
    return new Operation.Bind(new Source.HostPath(source), target, access, false, null, said);
  }

  private List<Operation> put() {
    List<Operation> all = new ArrayList<>();
    for (MaskCalls.Call call : calls) {
      if (!MaskCalls.isMask(call.operation())) {
        all.add(call.operation());
        all.addAll(pins.getOrDefault(call.number(), List.of()));
        all.addAll(guards.getOrDefault(call.number(), List.of()));
      }
    }
    all.addAll(covers);
    return all;
  }
}
