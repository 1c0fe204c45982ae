package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;
import static dev.broot.script.ScriptWords.word;

import dev.broot.permission.Danger;
import dev.broot.permission.Dangers;
import dev.broot.plan.ImageUse;
import dev.broot.plan.MaskCalls;
import dev.broot.plan.MatchCalls;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Showing;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The part of a script that judges what is known at its run only: values, and symlinks. */
public final class JudgeScript {
  /** The parts in which the functions are that {@link #calls} calls. */
  public static final List<String> PARTS =
      List.of("mask-report", "judge-look", MaskCalls.ALIASES, "judge");

  private static final Set<Showing.Kind> COPIES =
      Set.of(Showing.Kind.COPY, Showing.Kind.LAYER, Showing.Kind.UPPER);
  private static final String CALL = "broot_judge_mounts\n";

  private final StringBuilder mounts = new StringBuilder("broot_judge_calls() {\n");
  private final StringBuilder masks = new StringBuilder();
  private final Conditions conditions;
  private final boolean all;
  private final Predicate<Word> own;

  // Of the operation, by which AttestScript knows what its source leads to.
  private int number;

  private JudgeScript(Plan plan, boolean all, Predicate<Word> own) {
    this.all = all;
    this.own = own;
    List<Operation> operations = plan.sandbox().operations();
    conditions = new Conditions(all ? List.of() : operations);
    for (Operation operation : operations) {
      number++;
      operation(operation);
    }
    mounts.append("}\n").append(denies(plan));
    masks.append(services(plan));
    masks.append(otherNames(plan));
    mounts.append("broot_judge_do=broot_judge_look\nbroot_judge_held=broot_judge_look_denied\n");
    mounts.append("broot_judge_calls\nbroot_judge_denies\n");
    masks.insert(0, "broot_judge_do=broot_judge_mount\nbroot_judge_held=broot_judge_deny\n");
    masks.append("broot_judge_calls\n").append(CALL);
  }

  /** What is judged, or nothing where the sandbox shows nothing of the host. */
  static String write(Plan plan) {
    boolean matching = MatchCalls.needed(plan.sandbox().operations());
    if (sources(plan).isEmpty() && !matching) {
      return "";
    }
    JudgeScript script = new JudgeScript(plan, false, word -> false);
    String names = deniesCopies(plan) ? ScriptParts.read(MaskCalls.ALIASES) : "";
    String judge = names + ScriptParts.read("judge") + dangers() + script.masks;
    // A value of this run is judged at each run.
    boolean always =
        matching || sources(plan).stream().anyMatch(source -> source.literal() == null);
    return "\n"
        + ScriptParts.read("judge-look")
        + script.mounts
        + (always
            ? judge
            : "[ ! \"$broot_judge_wanted$broot_judge_all\" ] || {\n"
                + ScriptParts.later(judge)
                + "}\n");
  }

  /**
   * What a shell is told that has the shipped parts {@code judge-look} and {@code judge}, so that
   * it judges all sources. It answers with the numbers of the operations whose sources it has
   * looked at, each with what the source leads to.
   *
   * @param plan resolved
   * @param own whether a source is none of the host's, but broot's own
   */
  public static List<String> calls(Plan plan, Predicate<Word> own) {
    JudgeScript script = new JudgeScript(plan, true, own);
    return List.of(dangers() + script.mounts + script.masks + "broot_judge_tell\n");
  }

  /** What mounts show of the host: paths. */
  public static List<Word> sources(Plan plan) {
    return plan.sandbox().operations().stream()
        .flatMap(operation -> shown(operation, word -> false).stream())
        .flatMap(showing -> Stream.ofNullable(showing.source()))
        .toList();
  }

  /**
   * The list of dangers as a function of the shell, by the first part of what they are about; what
   * is in a home is there called {@code home/}.
   */
  public static String dangers() {
    Map<String, StringBuilder> groups = new LinkedHashMap<>();
    Map<String, String> last = new LinkedHashMap<>();
    for (Danger danger : Dangers.list()) {
      String call =
          quote(danger.meaning()) + " " + lower(danger.least()) + " " + lower(danger.reach());
      String path = danger.pattern();
      String pattern =
          path.equals("/") ? "" : path.startsWith("~") ? "home" + path.substring(1) : path;
      String[] parts = pattern.split("/", -1);
      String first = parts[0].isEmpty() && parts.length > 1 ? "/" + parts[1] : parts[0];
      StringBuilder group = groups.computeIfAbsent(first, key -> new StringBuilder());
      if (!call.equals(last.put(first, call))) {
        group.append("\n      broot_judge_danger ").append(call);
      }
      group.append(' ').append(quote(pattern));
    }
    StringBuilder text = new StringBuilder("broot_judge_dangers() {\n");
    text.append("  case $broot_judge_name/ in\n");
    groups.forEach(
        (first, calls) ->
            text.append("    ")
                .append(quote(first + "/"))
                .append(first.isEmpty() ? ")" : "*)")
                .append(calls)
                .append("\n      ;;\n"));
    return text.append("  esac\n}\n").toString();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String denies(Plan plan) {
    StringBuilder text = new StringBuilder("broot_judge_denies() {\n");
    for (Denial denial : Denial.of(plan)) {
      text.append("  \"$broot_judge_held\" ").append(denial.verb()).append(' ');
      text.append(quote(denial.place())).append(' ').append(word(denial.path()));
      denial.except().forEach(one -> text.append(' ').append(word(one)));
      text.append('\n');
    }
    return text.append("  :\n}\n").toString();
  }

  /**
   * Whether something of the host is copied, or lies in an overlay, and a path must not be reached:
   * what they show has no place in the kernel's mount table.
   */
  public static boolean deniesCopies(Plan plan) {
    return !Denial.of(plan).isEmpty()
        && plan.sandbox().operations().stream()
            .flatMap(operation -> Showing.of(operation).stream())
            .map(Showing::kind)
            .anyMatch(COPIES::contains);
  }

  // A source by another name that the host has for it.
  private static String otherNames(Plan plan) {
    return deniesCopies(plan)
        ? "broot_judge_named_so() {\n  broot_judge_real=$2\n  broot_judge_denied=0\n  broot_judge_denies\n}\n"
            + "broot_judge_other_names() {\n"
            + "  broot_alias_each broot_judge_named_so '' \"$broot_judge_real\"\n}\n"
        : "broot_judge_other_names() {\n  :\n}\n";
  }

  // Whoever has a service act for him does what is denied, whatever it is.
  private static String services(Plan plan) {
    StringBuilder text = new StringBuilder("broot_judge_services() {\n");
    for (Spec.Expectation expect : plan.expects()) {
      if (!expect.allow() && !expect.what().equals("syscall")) {
        String place = quote(expect.provenance().origin().place());
        Map<String, StringBuilder> calls = new LinkedHashMap<>();
        for (Danger danger : Dangers.services()) {
          calls
              .computeIfAbsent(
                  lower(danger.reach()),
                  reach -> new StringBuilder("  broot_judge_serve " + reach + " " + place))
              .append(' ')
              .append(quote(danger.pattern()));
        }
        calls.values().forEach(call -> text.append(call).append('\n'));
        break;
      }
    }
    return text.append("  :\n}\n").toString();
  }

  private void operation(Operation operation) {
    if (operation instanceof Operation.Hide hide) {
      mask("hide", hide.what());
    } else if (operation instanceof Operation.Protect protect) {
      mask("protect", protect.what());
    }
    if (operation instanceof Operation.Matching) {
      Provenance said = operation.provenance();
      mounts.append("  broot_node_judge ").append(number).append(' ');
      mounts.append(said.unsafe() ? "unsafe,optional,open " : "optional,open ");
      mounts.append(quote(said.origin().place())).append('\n');
    }
    shown(operation, own).forEach(showing -> mount(operation, showing));
  }

  private static List<Showing> shown(Operation operation, Predicate<Word> own) {
    boolean known =
        operation instanceof Operation.Bind bind
            && (isRoots(bind) || ImageUse.isOf(bind) || own.test(bind.source().path()));
    List<Showing> shown = Showing.of(operation);
    return known ? shown.stream().map(Showing::asOwn).toList() : shown;
  }

  // What a base that ships shows of /etc is root's, and what it leads to too: not asked at each
  // run.
  static boolean isRoots(Operation.Bind bind) {
    String source = bind.source().path().literal();
    return source != null
        && source.startsWith("/etc/")
        && bind.access() == Access.RO
        && bind.provenance().origin().place().startsWith("base:");
  }

  // What a pattern matches is not known here.
  private void mask(String verb, Operation.Masked what) {
    if (what.pattern() == null) {
      Word shown = what.shown();
      masks.append("broot_judge_mask ").append(verb).append(' ');
      masks.append(word(shown == null ? what.path() : shown)).append('\n');
    }
  }

  private void mount(Operation operation, Showing showing) {
    Word source = showing.source();
    Provenance said = operation.provenance();
    List<String> notes = new ArrayList<>();
    if (said.unsafe()) {
      notes.add("unsafe");
    }
    if (operation instanceof Operation.Bind bind && bind.optional()) {
      notes.add("optional");
    }
    if (source != null && (all || source.literal() == null)) {
      notes.add("open");
    }
    mounts.append("  ").append(conditions.guard(operation)).append("\"$broot_judge_do\" ");
    mounts.append(lower(showing.kind())).append(' ').append(lower(showing.access())).append(' ');
    mounts.append(notes.isEmpty() ? "''" : String.join(",", notes)).append(' ');
    mounts.append(quote(said.origin().place())).append(' ');
    mounts.append(source == null ? "''" : word(source)).append(' ');
    mounts.append(word(showing.target())).append(' ').append(number).append('\n');
  }
}
