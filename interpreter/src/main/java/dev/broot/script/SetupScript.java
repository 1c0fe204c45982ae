package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;
import static dev.broot.script.ScriptWords.temp;
import static dev.broot.script.ScriptWords.variable;
import static dev.broot.script.ScriptWords.word;

import com.google.gson.Gson;
import dev.broot.plan.Done;
import dev.broot.plan.ImageCall;
import dev.broot.plan.Modes;
import dev.broot.plan.Plan;
import dev.broot.plan.Step;
import dev.broot.plan.StepText;
import dev.broot.plan.Word;
import dev.broot.spec.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The part of a script that sets up the host. */
final class SetupScript {
  private final Plan plan;
  private final RunOptions options;
  private final StringBuilder out = new StringBuilder();
  private int providers;

  private SetupScript(Plan plan, RunOptions options) {
    this.plan = plan;
    this.options = options;
  }

  /** The steps of a plan, in order. */
  static String write(Plan plan, RunOptions options) {
    SetupScript script = new SetupScript(plan, options);
    script.setup();
    return script.out.toString();
  }

  /** Names the step that begins here, as a JSON string, for the report; empty without one. */
  static String named(String step, RunOptions options) {
    return options.statusFile() == null ? "" : "broot_step=" + quote(new Gson().toJson(step));
  }

  private void named(String step) {
    String name = named(step, options);
    if (!name.isEmpty()) {
      line(name);
    }
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void setup() {
    line("");
    if (plan.image() == null) {
      out.append(ScriptParts.read(ImageCall.TRUST)).append(ScriptParts.read(ImageCall.ERASE));
    }
    out.append(ScriptParts.read("state"));
    out.append(ScriptParts.read("setup"));
    line("");
    line("# Set up.");
    List<Step> rest = new ArrayList<>(plan.setup());
    while (!rest.isEmpty() && rest.get(0) instanceof Step.MakeDirectory) {
      step(rest.remove(0));
    }
    List<Step.MakeTemp> temps =
        rest.stream()
            .filter(Step.MakeTemp.class::isInstance)
            .map(Step.MakeTemp.class::cast)
            .toList();
    named("check directories");
    line("broot_make_state");
    for (Step.MakeTemp temp : temps) {
      line(
          variable(temp.name())
              + "="
              + parent(temp).replaceFirst("/$", "")
              + "/"
              + word(temp.prefix())
              + "\"$broot_id\"");
    }
    line("broot_entry=$broot_state/$broot_id");
    line("broot_lock");
    List<Step.MakeNode> nodes = copied();
    StringBuilder trusted = new StringBuilder();
    nodes.forEach(node -> trusted.append(" /dev/").append(quote(node.name())));
    line(
        "broot_trust "
            + nodes.size()
            + trusted
            + " \"$broot_state\" "
            + joined(temps, SetupScript::parent));
    line("broot_claim " + joined(temps, temp -> temp(temp.name())));
    if (options.statusFile() == null) {
      line("broot_mkdtemp " + joined(temps, temp -> temp(temp.name())));
      rest.removeIf(Step.MakeTemp.class::isInstance);
    }
    boolean copied = false;
    for (Step step : rest) {
      if (nodes.isEmpty() || !(step instanceof Step.MakeNode)) {
        step(step);
      } else if (!copied) {
        copyNodes(nodes);
        copied = true;
      }
    }
    Network network = plan.sandbox().network();
    if (network != null) {
      named("connect the network");
      out.append(NetScript.start(network));
    }
  }

  // Nodes of mode 0666 that the host has too. A report names each step, so it wants them one by
  // one.
  private List<Step.MakeNode> copied() {
    List<Step.MakeNode> nodes =
        plan.setup().stream()
            .filter(Step.MakeNode.class::isInstance)
            .map(Step.MakeNode.class::cast)
            .toList();
    boolean plain = nodes.stream().allMatch(node -> node.mode() == 0666);
    return plain && nodes.size() > 1 && options.statusFile() == null ? nodes : List.of();
  }

  private void copyNodes(List<Step.MakeNode> nodes) {
    StringBuilder numbers = new StringBuilder();
    StringBuilder paths = new StringBuilder();
    for (Step.MakeNode node : nodes) {
      numbers
          .append(' ')
          .append(Integer.toHexString(node.major()))
          .append(':')
          .append(Integer.toHexString(node.minor()));
      paths.append("/dev/").append(quote(node.name())).append(' ');
    }
    line("if [ \"$broot_nodes\" = '" + numbers + "' ]; then");
    line("  broot_copy_nodes " + paths + temp(nodes.get(0).temp()));
    line("else");
    int start = out.length();
    nodes.forEach(this::step);
    String one = out.substring(start);
    out.setLength(start);
    out.append(one.indent(2));
    line("fi");
  }

  private static String parent(Step.MakeTemp temp) {
    Word parent = temp.parent();
    return parent == null ? "\"$broot_state\"" : word(parent);
  }

  private static String joined(List<Step.MakeTemp> temps, Function<Step.MakeTemp, String> word) {
    return temps.stream().map(word).distinct().collect(Collectors.joining(" "));
  }

  private void step(Step step) {
    named(StepText.of(step));
    step.accept(new Written());
  }

  /** How each step is said in the shell. */
  private final class Written implements Step.Visitor<Done, RuntimeException> {
    private Done said(String text) {
      line(text);
      return Done.DONE;
    }

    @Override
    public Done makeDirectory(Step.MakeDirectory step) {
      String path = word(step.path());
      return said("mkdir -p -- " + path + " || broot_fail 'cannot make the directory' " + path);
    }

    @Override
    public Done makeTemp(Step.MakeTemp step) {
      return said("broot_mkdtemp " + temp(step.name()));
    }

    @Override
    public Done mountTmpfs(Step.MountTmpfs step) {
      String mounted = variable(step.temp()) + "_mounted";
      String path = temp(step.temp());
      line(mounted + "=yes");
      line("mount -t tmpfs -o nosuid none " + path + " || {");
      line("  " + mounted + "=");
      line("  broot_fail 'cannot mount a tmpfs on' " + path);
      return said("}");
    }

    @Override
    public Done makeNode(Step.MakeNode step) {
      return said(
          "broot_mknod "
              + temp(step.temp())
              + "/"
              + quote(step.name())
              + " "
              + step.major()
              + " "
              + step.minor()
              + " "
              + Modes.octal(step.mode()));
    }

    @Override
    public Done bindDevice(Step.BindDevice step) {
      return said(
          "broot_device "
              + temp(step.temp())
              + " "
              + quote(step.name())
              + (step.optional() ? " optional" : ""));
    }

    @Override
    public Done makeInner(Step.MakeInner step) {
      Integer mode = step.mode();
      return said(
          "broot_mkdir "
              + (mode == null ? "\"\"" : Modes.octal(mode))
              + " "
              + word(Word.temp(step.temp(), step.path())));
    }

    @Override
    public Done writeText(Step.WriteText step) {
      Integer mode = step.mode();
      return said(
          "broot_write "
              + word(Word.temp(step.temp(), step.path()))
              + " "
              + word(step.text())
              + (mode == null ? "" : " " + Modes.octal(mode)));
    }

    @Override
    public Done startProvider(Step.StartProvider step) {
      providers++;
      StringBuilder command = new StringBuilder();
      step.command().forEach(word -> command.append(' ').append(word(word)));
      return said(
          "broot_serve "
              + providers
              + " "
              + quote(step.api())
              + (step.required() ? " required " : " '' ")
              + word(Word.temp(step.temp(), step.api()))
              + command);
    }
  }
}
