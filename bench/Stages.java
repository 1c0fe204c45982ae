import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.SourceFile;
import dev.broot.grammar.BrootLexer;
import dev.broot.grammar.BrootParser;
import dev.broot.ir.Sources;
import dev.broot.ir.Spec;
import dev.broot.ir.SpecCompiler;
import dev.broot.permission.Judge;
import dev.broot.plan.Plan;
import dev.broot.plan.Planner;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.syntax.SpecParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;

/** The stages of compiling large specs in a warm JVM, alternating, as medians. Run by bin/bench. */
public final class Stages {
  private static final int ROUNDS = 41;

  public static void main(String[] args) {
    for (int lines : new int[] {175, 350, 700, 1400, 2800}) {
      StringBuilder text = new StringBuilder("broot 1\nbase none\n");
      for (int i = 0; i < lines; i++) {
        text.append("bind ro /srv/source-").append(i).append(" -> /srv/target-").append(i).append('\n');
      }
      measure(lines, text.toString());
    }
  }

  private static void measure(int lines, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Sources sources = path -> new Sources.Bytes(bytes, path);
    SpecCompiler.Request request = SpecCompiler.Request.of("large.broot");
    Spec spec = Judge.compile(request, sources).spec();
    Plan plan = Planner.plan(spec);
    Map<String, Runnable> stages = new LinkedHashMap<>();
    stages.put("antlr", () -> antlr(text));
    stages.put("parse", () -> SpecParser.parseFile(new SourceFile("large.broot", text), null, new Diagnostics()));
    stages.put("compile", () -> Judge.compile(request, sources));
    stages.put("plan", () -> Planner.plan(spec));
    stages.put("script", () -> ScriptWriter.write(plan, RunOptions.NONE, "bench"));
    Map<String, long[]> times = new LinkedHashMap<>();
    for (int round = -20; round < ROUNDS; round++) {
      for (Map.Entry<String, Runnable> stage : stages.entrySet()) {
        long start = System.nanoTime();
        stage.getValue().run();
        long time = System.nanoTime() - start;
        if (round >= 0) {
          times.computeIfAbsent(stage.getKey(), name -> new long[ROUNDS])[round] = time;
        }
      }
    }
    for (Map.Entry<String, long[]> stage : times.entrySet()) {
      Arrays.sort(stage.getValue());
      System.out.println(lines + " " + stage.getKey() + " " + stage.getValue()[ROUNDS / 2] / 1000);
    }
  }

  private static void antlr(String text) {
    BrootLexer lexer = new BrootLexer(CharStreams.fromString(text));
    BrootParser parser = new BrootParser(new CommonTokenStream(lexer));
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    parser.file();
  }
}
