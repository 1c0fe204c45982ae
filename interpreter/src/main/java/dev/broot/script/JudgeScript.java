package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;
import static dev.broot.script.ScriptWords.word;

import dev.broot.permission.Danger;
import dev.broot.permission.Dangers;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Source;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The part of a script that judges what is known at its run only: values, and symlinks. */
public final class JudgeScript {
  private static final String CALL = "broot_judge_mounts";

  private final StringBuilder out = new StringBuilder();
  private int questions;

  private final boolean all;
  private final Predicate<Word> own;
  private final List<Word> sources = new ArrayList<>();

  private JudgeScript(boolean all, Predicate<Word> own) {
    this.all = all;
    this.own = own;
  }

  /** What is judged, or nothing where the sandbox shows nothing of the host. */
  static String write(Plan plan) {
    JudgeScript script = new JudgeScript(false, word -> false);
    plan.sandbox().operations().forEach(script::mount);
    return script.sources.isEmpty()
        ? ""
        : "\n" + ScriptParts.read("judge") + dangers() + denies(plan) + script.out + CALL + "\n";
  }

  /**
   * What a shell is told that has the shipped part {@code judge}, so that it judges all sources.
   *
   * @param plan resolved
   * @param own whether a source is none of the host's, but broot's own
   */
  public static List<String> calls(Plan plan, Predicate<Word> own) {
    JudgeScript script = new JudgeScript(true, own);
    plan.sandbox().operations().forEach(script::mount);
    return List.of(dangers() + denies(plan) + script.out + CALL);
  }

  /** What mounts show of the host: paths. */
  public static List<Word> sources(Plan plan) {
    JudgeScript script = new JudgeScript(true, word -> false);
    plan.sandbox().operations().forEach(script::mount);
    return List.copyOf(script.sources);
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
      String pattern = danger.pattern().replaceFirst("^~", "home").replaceFirst("^/$", "");
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
    for (Spec.Expectation expect : plan.expects()) {
      Value path = expect.value();
      if (!expect.allow() && path != null) {
        text.append("  broot_judge_deny ").append(expect.what()).append(' ');
        text.append(quote(expect.provenance().origin().place())).append(' ');
        text.append(word(Word.of(path)));
        expect.except().forEach(one -> text.append(' ').append(word(Word.of(one))));
        text.append('\n');
      }
    }
    return text.append("  :\n}\n").toString();
  }

  private void mount(Operation operation) {
    String condition = "";
    if (!all && operation.question() != null) {
      condition = "[ ! \"$broot_if" + ++questions + "\" ] || ";
    }
    if (operation instanceof Operation.Bind bind) {
      boolean host = bind.source() instanceof Source.HostPath;
      boolean module = bind.source() instanceof Source.PythonModule;
      boolean socket = bind.source() instanceof Source.HostSocket;
      String kind = socket ? "socket" : host || module ? "bind" : "own";
      Word source =
          kind.equals("own") || own.test(bind.source().path()) || isRoots(bind)
              ? null
              : bind.source().path();
      line(
          condition,
          source == null ? "own" : kind,
          bind.access(),
          bind.optional(),
          source,
          bind.target(),
          bind.provenance());
    } else if (operation instanceof Operation.Data data) {
      Word source = data.content().file() ? data.content().content() : null;
      String kind = source == null ? "own" : "copy";
      line("", kind, Access.RO, false, source, data.target(), data.provenance());
    } else if (operation instanceof Operation.Overlay overlay) {
      for (Word layer : overlay.lower()) {
        line("", "layer", Access.RO, false, layer, overlay.target(), overlay.provenance());
      }
      if (overlay.changes() instanceof Operation.Changes.Upper kept) {
        line("", "upper", Access.RW, false, kept.upper(), overlay.target(), overlay.provenance());
      }
    } else if (operation instanceof Operation.Tmpfs tmpfs) {
      own(tmpfs.target(), tmpfs.provenance());
    } else if (operation instanceof Operation.Proc proc) {
      own(proc.target(), proc.provenance());
    } else if (operation instanceof Operation.Dev dev) {
      own(dev.target(), dev.provenance());
    } else if (operation instanceof Operation.Mqueue mqueue) {
      own(mqueue.target(), mqueue.provenance());
    } else if (operation instanceof Operation.Hide hide) {
      mask("hide", hide.what());
    } else if (operation instanceof Operation.Protect protect) {
      mask("protect", protect.what());
    }
  }

  // What a base that ships shows of /etc is root's, and what it leads to too: not asked at each
  // run.
  private static boolean isRoots(Operation.Bind bind) {
    String source = bind.source().path().literal();
    return source != null
        && source.startsWith("/etc/")
        && bind.access() == Access.RO
        && bind.provenance().origin().place().startsWith("base:");
  }

  private void own(Word target, Provenance said) {
    line("", "own", Access.RW, false, null, target, said);
  }

  // What a pattern matches is not known here.
  private void mask(String verb, Operation.Masked what) {
    if (what.pattern() == null && !what.optional()) {
      Word shown = what.shown();
      out.append("broot_judge_mask ").append(verb).append(' ');
      out.append(word(shown == null ? what.path() : shown)).append('\n');
    }
  }

  private void line(
      String condition,
      String kind,
      Access access,
      boolean optional,
      @Nullable Word source,
      Word target,
      Provenance said) {
    if (source != null) {
      sources.add(source);
    }
    List<String> notes = new ArrayList<>();
    if (said.unsafe()) {
      notes.add("unsafe");
    }
    if (optional) {
      notes.add("optional");
    }
    if (source != null && (all || source.literal() == null)) {
      notes.add("open");
    }
    out.append(condition).append("broot_judge_mount ").append(kind).append(' ');
    out.append(lower(access)).append(' ');
    out.append(notes.isEmpty() ? "''" : String.join(",", notes)).append(' ');
    out.append(quote(said.origin().place())).append(' ');
    out.append(source == null ? "''" : word(source)).append(' ');
    out.append(word(target)).append('\n');
  }
}
