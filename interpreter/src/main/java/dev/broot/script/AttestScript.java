package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;
import static dev.broot.script.ScriptWords.word;

import dev.broot.plan.MaskCalls;
import dev.broot.plan.MatchCalls;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Copied;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run holds the kernel to: the mounts that a sandbox has to have, as {@code attest.awk} is
 * told of them before the program starts.
 */
public final class AttestScript {
  // Where it is empty, bubblewrap does not change to it.
  private static final String HOME = "\"${HOME:-.}\"";

  // Of the overlay before it; no mount of its own.
  private static final String LAYER = "layer";

  // The kinds of what is mounted whatever the host has, and is a mount of its own.
  private static final Set<String> WHOLE = Set.of("bind", "any", "own", "dev");

  private AttestScript() {}

  /**
   * A mount that there has to be.
   *
   * @param number of the operation in the plan, from 1
   * @param kind as {@code attest.awk} has it
   * @param source a path of the host, the text of a symlink, or null where it does not matter
   * @param resolved whether the source stands for what it leads to when it is judged
   */
  public record Mount(
      Operation operation,
      int number,
      String kind,
      Access access,
      @Nullable Word source,
      boolean resolved,
      Word target) {
    /** The line of the spec that asks for it. */
    public String place() {
      return operation.provenance().origin().place();
    }

    /** Whether it covers the whole sandbox, on every host. */
    boolean isWholeRoot() {
      return "/".equals(target.literal()) && operation.question() == null && WHOLE.contains(kind);
    }

    /** The access as {@code attest.awk} has it. */
    public String mode() {
      return access.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Whether the mounts of a run are looked at: not where a caller's descriptor says when the
   * program starts, since bubblewrap waits for one only.
   */
  public static boolean isPossible(Plan plan) {
    return !plan.sandbox().passed().contains(Setting.Kind.BLOCK);
  }

  /** The program of awk that compares. */
  public static String program(Plan plan) {
    return ScriptParts.awk("attest")
        + ScriptParts.awk("attest-start")
        + (Denial.of(plan).isEmpty()
            ? "\nfunction compare_denied() {\n}\n"
            : ScriptParts.awk("attest-denied"));
  }

  /** Whether where a mount lies is known at the run only, and matters. */
  public static boolean isOpen(Mount mount, Plan plan) {
    return mount.target().literal() == null
        && !mount.kind().equals(LAYER)
        && !Denial.of(plan).isEmpty();
  }

  /** What has to be mounted, in order. */
  public static List<Mount> mounts(Plan plan) {
    List<Mount> mounts = new ArrayList<>();
    int number = 0;
    for (Operation operation : plan.sandbox().operations()) {
      List<Mount> asked = operation.accept(new Asked(operation, ++number));
      if (asked.stream().anyMatch(Mount::isWholeRoot)) {
        // What is mounted below it is gone.
        mounts.clear();
      }
      mounts.addAll(asked);
    }
    return mounts;
  }

  /**
   * Where the program starts, as {@code attest.awk} is told of it: the line and the path, both
   * empty where no line says so; null where nobody can lead it elsewhere.
   */
  public static @Nullable Start start(Plan plan) {
    Sandbox.Chdir chdir = plan.sandbox().supervision().chdir();
    if (chdir == null) {
      return new Start("", Word.of(""));
    }
    return "/".equals(chdir.path().literal())
        ? null
        : new Start(chdir.provenance().origin().place(), chdir.path());
  }

  /** The place in which the program starts, with its line. */
  public record Start(String place, Word path) {}

  static String write(Plan plan) {
    if (!isPossible(plan)) {
      return "\nbroot_holds=\nbroot_attest() {\n  :\n}\n";
    }
    List<Operation> operations = plan.sandbox().operations();
    StringBuilder out =
        new StringBuilder("\n# What the kernel is held to before the program starts.\n");
    out.append("broot_holds=" + ScriptWords.hold(plan.sandbox()) + "\n");
    Conditions conditions = new Conditions(operations);
    StringBuilder words = new StringBuilder();
    int operation = 0;
    for (Mount mount : mounts(plan)) {
      words.append(matching(operations.subList(operation, mount.number()), operation));
      operation = mount.number();
      String record = record(mount, out) + (isOpen(mount, plan) ? " open '' '' '' ''" : "");
      String given = conditions.variable(mount.operation());
      words.append(" \\\n    ");
      words.append(given == null ? record : "${" + given + ":+" + record + "}");
    }
    StringBuilder first = new StringBuilder();
    words.append(matching(operations.subList(operation, operations.size()), operation));
    words.append(denied(plan, out, first));
    Start start = start(plan);
    if (start != null) {
      words.append(start(start, plan, first));
    }
    boolean masks =
        MaskCalls.needed(operations)
            || MaskCalls.writes(operations)
            || MatchCalls.needed(operations);
    out.append("broot_attest() {\n").append(first);
    if (masks) {
      out.append("  eval \"set -- \\\"\\$@\\\" $broot_attest_before\"\n");
      out.append("  set -- \"$@\"").append(words);
      out.append("\n  eval \"set -- \\\"\\$@\\\" $broot_attest_behind\"\n");
    }
    out.append("  LC_ALL=C awk ").append(quote(program(plan))).append(" \"$@\"");
    return out.append(masks ? "" : words).append("\n}\n").toString();
  }

  // The words of one mount; what its source leads to is found before.
  private static String record(Mount mount, StringBuilder before) {
    Word source = mount.source();
    String from = source == null ? "''" : word(source);
    if (mount.resolved()) {
      String led = "broot_led_" + mount.number();
      before.append(led).append('=').append(from).append('\n');
      from = "\"$" + led + "\"";
    }
    return String.join(
        " ", mount.kind(), mount.mode(), quote(mount.place()), from, word(mount.target()));
  }

  // Where no line says so, what the shell knows by itself spares awk the programs that would tell
  // it: the caller's directory, and the HOME that bubblewrap gets.
  private static String start(Start start, Plan plan, StringBuilder first) {
    String record = " \\\n    start '' " + quote(start.place()) + " '' ";
    if (!start.path().equals(Word.of(""))) {
      return record + word(start.path());
    }
    first.append("  broot_start=\n  ! cd -P . 2>/dev/null || broot_start=$PWD\n");
    Set<String> places = new LinkedHashSet<>(List.of("\"${broot_start:-.}\""));
    if (plan.env().inherit()) {
      places.add(HOME);
    }
    for (Spec.Variable variable : plan.env().variables()) {
      if (variable.name().equals("HOME")) {
        places.addAll(homes(variable));
      }
    }
    return places.stream().map(place -> record + place).collect(Collectors.joining());
  }

  private static List<String> homes(Spec.Variable variable) {
    if (variable instanceof Spec.SetVariable set) {
      return List.of(word(Word.of(set.value())));
    } else if (variable instanceof Spec.PassVariable pass) {
      Value otherwise = pass.otherwise();
      return otherwise == null ? List.of(HOME) : List.of(HOME, word(Word.of(otherwise)));
    }
    return List.of();
  }

  // What a pattern has become stands between the others.
  private static String matching(List<Operation> operations, int before) {
    StringBuilder text = new StringBuilder();
    int number = before;
    for (Operation operation : operations) {
      number++;
      if (operation instanceof Operation.Matching) {
        String place = quote(operation.provenance().origin().place());
        text.append("\n  broot_node_attest ").append(number).append(' ').append(place);
        text.append("\n  eval \"set -- \\\"\\$@\\\" $broot_node_words\"\n  set -- \"$@\"");
      }
    }
    return text.toString();
  }

  // As judge.sh has found what a denied path leads to, where that is not what it says. What is
  // asked when the mounts are looked at comes first.
  private static String denied(Plan plan, StringBuilder before, StringBuilder first) {
    StringBuilder words = new StringBuilder();
    int denied = 0;
    for (Denial denial : Denial.of(plan)) {
      String number = String.valueOf(++denied);
      before.append("broot_denied_").append(number).append('=');
      before.append(word(denial.path())).append('\n');
      String path = "\"${broot_judge_denied_" + number + ":-$broot_denied_" + number + "}\"";
      StringBuilder records = new StringBuilder();
      records.append("deny ").append(denial.verb()).append(' ').append(quote(denial.place()));
      records.append(' ').append(path).append(' ').append(word(denial.path()));
      for (Word except : denial.except()) {
        String text = word(except);
        records.append(" \\\n    except '' '' ").append(text).append(' ').append(text);
      }
      words.append(" \\\n    ");
      if (denial.ifThere()) {
        String there = "broot_there_" + number;
        first.append("  ").append(there).append("=\n");
        first.append("  [ ! -e ").append(path).append(" ] || ").append(there).append("=1\n");
        words.append("${").append(there).append(":+").append(records).append('}');
      } else {
        words.append(records);
      }
    }
    return words.toString();
  }

  private static final class Asked implements Operation.Visitor<List<Mount>> {
    private final Operation operation;
    private final int number;

    Asked(Operation operation, int number) {
      this.operation = operation;
      this.number = number;
    }

    private List<Mount> own(String kind, Access access, Word target) {
      return List.of(new Mount(operation, number, kind, access, null, false, target));
    }

    @Override
    public List<Mount> bind(Operation.Bind bind) {
      String or = bind.optional() ? "-try" : "";
      boolean judged = !JudgeScript.isRoots(bind) && bind.source().accept(JudgedSource.INSTANCE);
      return judged
          ? List.of(
              new Mount(
                  operation,
                  number,
                  "bind" + or,
                  bind.access(),
                  bind.source().path(),
                  true,
                  bind.target()))
          : own("any" + or, bind.access(), bind.target());
    }

    @Override
    public List<Mount> symlink(Operation.Symlink symlink) {
      return List.of(
          new Mount(
              operation, number, "symlink", Access.RW, symlink.text(), false, symlink.target()));
    }

    @Override
    public List<Mount> tmpfs(Operation.Tmpfs tmpfs) {
      return own("own", Access.RW, tmpfs.target());
    }

    @Override
    public List<Mount> directory(Operation.Directory directory) {
      return List.of();
    }

    @Override
    public List<Mount> proc(Operation.Proc proc) {
      return own("own", Access.RW, proc.target());
    }

    @Override
    public List<Mount> dev(Operation.Dev dev) {
      return own("dev", Access.RW, dev.target());
    }

    @Override
    public List<Mount> mqueue(Operation.Mqueue mqueue) {
      return own("own", Access.RW, mqueue.target());
    }

    @Override
    public List<Mount> overlay(Operation.Overlay overlay) {
      List<Mount> mounts = new ArrayList<>(own("own", Access.RW, overlay.target()));
      for (Word layer : overlay.lower()) {
        mounts.add(new Mount(operation, number, LAYER, Access.RO, layer, false, overlay.target()));
      }
      return mounts;
    }

    @Override
    public List<Mount> remountReadOnly(Operation.RemountReadOnly remount) {
      return own("read-only", Access.RO, remount.target());
    }

    @Override
    public List<Mount> chmod(Operation.Chmod chmod) {
      return List.of();
    }

    @Override
    public List<Mount> data(Operation.Data data) {
      return data.as() == Copied.FILE
          ? List.of()
          : own("own", data.as() == Copied.RO ? Access.RO : Access.RW, data.target());
    }

    // They are known at the run only, and put between the others there.
    @Override
    public List<Mount> matching(Operation.Matching matching) {
      return List.of();
    }

    @Override
    public List<Mount> hide(Operation.Hide hide) {
      return List.of();
    }

    @Override
    public List<Mount> protect(Operation.Protect protect) {
      return List.of();
    }

    @Override
    public List<Mount> raw(Operation.Raw raw) {
      return own("raw", Access.RW, Word.of(""));
    }
  }
}
