package dev.broot.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.broot.compile.Compiled;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.Visible;
import dev.broot.host.Bytes;
import dev.broot.plan.Plan;
import dev.broot.script.DoctorScript;
import dev.broot.script.DoctorScript.Feature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code broot doctor [SPEC]}. */
final class DoctorCommand extends Command {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  /**
   * What a host can do or not.
   *
   * @param needed whether the spec needs it, or without one `base host`
   * @param works whether it works, or null where it could not be tried
   * @param text what it is, or why it does not work
   * @param cure what to do about it, or the empty text
   */
  private record Finding(
      String name, boolean needed, @Nullable Boolean works, String text, String cure) {
    boolean isGood() {
      return Boolean.TRUE.equals(works) || !needed;
    }
  }

  DoctorCommand() {
    super("doctor", "Find out what this host can do for sandboxes, and what to mend.");
  }

  @Override
  void configure(Options options) {
    SpecArguments.configure(options);
    options.value("--format", "FORMAT", "text (the default) or json.");
    options.operand(0, 1, "SPEC", "Ask only what this spec needs.");
    options.footer(
        "",
        "broot tries each feature with the smallest sandbox that shows it. The status",
        "is 1 if one is missing that the spec needs, or without a spec `base host`.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError, IOException {
    String format = arguments.value("--format", "text");
    if (!List.of("text", "json").contains(format)) {
      throw new UsageError("--format is text or json, not `" + format + "`");
    }
    Plan plan = null;
    if (!arguments.operands().isEmpty()) {
      Compiled compiled =
          Gate.check(
              SpecArguments.request(arguments.operands().get(0), arguments),
              SpecArguments.sources(arguments));
      plan = compiled.plan();
      if (plan == null) {
        SpecArguments.report(compiled.diagnostics(), console);
        return Status.REFUSED;
      }
    }
    List<Finding> findings = findings(plan);
    if (format.equals("json")) {
      console.print(json(findings));
    } else {
      findings.forEach(finding -> console.show(text(finding)));
    }
    return findings.stream().allMatch(Finding::isGood) ? Status.OK : Status.REFUSED;
  }

  private static List<Finding> findings(@Nullable Plan plan) throws IOException {
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", DoctorScript.write(plan), "sh")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    shell.getOutputStream().close();
    String said = Bytes.decode(shell.getInputStream().readAllBytes());
    Map<String, String[]> answers = new LinkedHashMap<>();
    for (String line : said.split("\n", -1)) {
      String[] words = line.split("\t", 4);
      if (words.length == 4) {
        answers.put(words[0], words);
      }
    }
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<Feature, Boolean> feature : DoctorScript.features(plan).entrySet()) {
      String name = feature.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-');
      String[] answer =
          answers.getOrDefault(name, new String[] {name, "unknown", "it could not be asked", ""});
      findings.add(
          new Finding(
              name,
              feature.getValue(),
              answer[1].equals("unknown") ? null : answer[1].equals("ok"),
              answer[2],
              answer[3]));
    }
    return findings;
  }

  private static String text(Finding finding) {
    String state =
        Boolean.TRUE.equals(finding.works())
            ? "ok"
            : finding.works() == null ? "?" : finding.needed() ? "NO" : "no";
    String cure = finding.cure().isEmpty() ? "" : "\n" + " ".repeat(20) + "cure: " + finding.cure();
    return String.format("%-16s %-2s %s%s%n", finding.name(), state, finding.text(), cure);
  }

  private static String json(List<Finding> findings) {
    JsonObject root = new JsonObject();
    root.addProperty("version", 1);
    root.addProperty("works", findings.stream().allMatch(Finding::isGood));
    JsonArray features = new JsonArray();
    for (Finding finding : findings) {
      JsonObject object = new JsonObject();
      boolean works = Boolean.TRUE.equals(finding.works());
      object.addProperty("name", finding.name());
      object.addProperty("needed", finding.needed());
      object.addProperty("works", finding.works());
      object.addProperty("text", works ? finding.text() : null);
      object.addProperty("cause", works ? null : finding.text());
      object.addProperty("cure", finding.cure().isEmpty() ? null : finding.cure());
      features.add(object);
    }
    root.add("features", features);
    return Visible.json(GSON.toJson(root)) + "\n";
  }
}
