package dev.broot.bwrap;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.broot.diagnostic.Visible;
import dev.broot.plan.Plan;
import dev.broot.plan.PlanReader;
import dev.broot.plan.StepText;
import dev.broot.plan.Word;
import java.util.List;

/**
 * The plan as JSON; {@code docs/schema/plan.schema.json} describes it. Beside the plan itself stand
 * the command line of bubblewrap and the undoing, which follow from it and are not read back.
 */
public final class PlanJson {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  private PlanJson() {}

  /** Prints a plan with the arguments of its program. */
  public static String print(Plan plan, List<String> argv) {
    JsonObject root = PlanReader.write(plan);
    JsonArray arguments = new JsonArray();
    for (Argument argument : CommandLine.alone(plan)) {
      Argument.Said above = argument.above();
      if (above != null) {
        arguments.add(words(List.of(above)));
      }
      arguments.add(words(argument.options()));
    }
    root.add("bwrap", arguments);
    JsonArray program = new JsonArray();
    argv.forEach(program::add);
    root.add("arguments", program);
    JsonArray teardown = new JsonArray();
    plan.teardown().forEach(undo -> teardown.add(StepText.of(undo)));
    root.add("teardown", teardown);
    return Visible.json(GSON.toJson(root)) + "\n";
  }

  private static JsonArray words(List<Argument.Said> said) {
    JsonArray words = new JsonArray();
    said.forEach(one -> one.words().stream().map(Word::display).forEach(words::add));
    return words;
  }
}
