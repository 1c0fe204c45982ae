package dev.broot.bench;

import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.SourceFile;
import dev.broot.grammar.BrootLexer;
import dev.broot.grammar.BrootParser;
import dev.broot.check.Sources;
import dev.broot.spec.Spec;
import dev.broot.check.SpecCompiler;
import dev.broot.plan.Plan;
import dev.broot.plan.Planner;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.syntax.SpecParser;
import dev.broot.compile.Gate;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The stages from a large spec to its script, and a bare ANTLR parse of the same text. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Stages {
  /** Lines of the spec. */
  @Param({"175", "700", "2800"})
  public int lines;

  private String text = "";
  private Sources sources = path -> new Sources.Bytes(new byte[0], path);
  private final SpecCompiler.Request request = SpecCompiler.Request.of("large.broot");
  private Spec spec;
  private Plan plan;

  /** Writes the spec, and compiles it once. */
  @Setup
  public void prepare() {
    StringBuilder made = new StringBuilder("broot 1\nbase none\n");
    for (int i = 0; i < lines; i++) {
      made.append("bind ro /srv/source-").append(i).append(" -> /srv/target-").append(i).append('\n');
    }
    text = made.toString();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sources = path -> new Sources.Bytes(bytes, path);
    spec = Objects.requireNonNull(Gate.compile(request, sources).spec());
    plan = Planner.plan(spec);
  }

  /** What ANTLR does with the grammar, without a line of ours. */
  @Benchmark
  public Object antlr() {
    BrootLexer lexer = new BrootLexer(CharStreams.fromString(text));
    BrootParser parser = new BrootParser(new CommonTokenStream(lexer));
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    return parser.file();
  }

  /** Text to syntax. */
  @Benchmark
  public Object parse() {
    return SpecParser.parseFile(new SourceFile("large.broot", text), null, new Diagnostics());
  }

  /** Text to checked spec, with its warnings. */
  @Benchmark
  public Object compile() {
    return Gate.compile(request, sources);
  }

  /** Spec to plan. */
  @Benchmark
  public Object plan() {
    return Planner.plan(spec);
  }

  /** Plan to script. */
  @Benchmark
  public Object script() {
    return ScriptWriter.write(plan, RunOptions.NONE, "bench");
  }
}
