package dev.broot.plan;

import dev.broot.bwrap.PlanText;
import dev.broot.spec.Image;
import dev.broot.support.BareHost;
import dev.broot.support.Golden;
import dev.broot.support.Specs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a plan asks a host, and what it becomes there: specs on hosts that are described. */
class ResolverAnswersTest {
  /** What every plan of these says. */
  private static final List<String> USUAL =
      List.of("environment", "  empty", "stdin", "  null", "command", "  ARGV...");

  /** A host as a row describes it: pairs of a kind of fact and what it is about. */
  private static final class Described implements BareHost {
    private final Map<String, List<String>> facts = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    Described(String row) {
      for (String fact : row.strip().split(" *, *", -1)) {
        int blank = fact.indexOf(' ');
        String kind = blank < 0 ? fact : fact.substring(0, blank);
        String what = blank < 0 ? "" : fact.substring(blank + 1);
        facts.computeIfAbsent(kind, key -> new ArrayList<>()).add(what);
      }
    }

    private boolean has(String kind, String what) {
      return facts.getOrDefault(kind, List.of()).contains(what);
    }

    private @Nullable String value(String kind, String name) {
      return facts.getOrDefault(kind, List.of()).stream()
          .filter(fact -> fact.startsWith(name + "="))
          .map(fact -> fact.substring(name.length() + 1))
          .findFirst()
          .orElse(null);
    }

    private List<String> answers(String kind, List<String> calls) throws UnresolvedException {
      asked.addAll(calls);
      if (facts.containsKey("refuses")) {
        throw new UnresolvedException("refused");
      }
      List<String> words = new ArrayList<>();
      facts.getOrDefault(kind, List.of()).forEach(fact -> words.addAll(List.of(fact.split(" "))));
      words.replaceAll(word -> word.equals("''") ? "" : word);
      return words;
    }

    @Override
    public boolean isDirectory(String path) {
      return has("directory", path) || isEmptyDirectory(path);
    }

    @Override
    public boolean isEmptyDirectory(String path) {
      return has("empty", path);
    }

    @Override
    public @Nullable String link(String path) {
      return value("link", path);
    }

    @Override
    public boolean isOwned(String path) {
      return !has("others", path);
    }

    @Override
    public boolean exists(String path) {
      return !has("missing", path);
    }

    @Override
    public String real(String path) {
      String real = value("real", path);
      return real == null ? path : real;
    }

    @Override
    public @Nullable String pythonModule(String module) {
      return value("module", module);
    }

    @Override
    public @Nullable String variable(String name) {
      return value("variable", name);
    }

    @Override
    public String image(Image image, Word path) {
      asked.add("image " + path.display());
      facts
          .computeIfAbsent("variable", key -> new ArrayList<>())
          .add(image.variable() + "=/unpacked");
      return "/unpacked";
    }

    @Override
    public boolean reachesOwn(String path) {
      return has("own", path);
    }

    @Override
    public List<String> masks(List<String> calls) throws UnresolvedException {
      return answers("mask", calls);
    }

    @Override
    public List<String> nodes(List<String> calls) throws UnresolvedException {
      return answers("node", calls);
    }
  }

  private static void answer(String spec, String described, StringBuilder out) {
    Plan plan = Specs.row(spec);
    Described host = new Described(described);
    try {
      Resolver.ask(plan, host);
    } catch (UnresolvedException e) {
      out.append("  may not run: ").append(e.getMessage()).append('\n');
    }
    try {
      for (Operation operation : Resolver.leftOut(plan, host)) {
        out.append("  left out: ").append(operation.provenance().origin().place()).append('\n');
      }
      host.asked.clear();
      String text = PlanText.print(Resolver.resolve(plan, host));
      host.asked.forEach(call -> out.append("  asked: ").append(call).append('\n'));
      text.lines()
          .filter(line -> !USUAL.contains(line))
          .forEach(line -> out.append("  ").append(line).append('\n'));
    } catch (UnresolvedException e) {
      host.asked.forEach(call -> out.append("  asked: ").append(call).append('\n'));
      out.append("  fails: ").append(e.getMessage()).append('\n');
    }
  }

  @Test
  void everySpecOnItsHost() throws Exception {
    StringBuilder out = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("src/test/answers/hosts.specs"))) {
      out.append(line).append('\n');
      if (!line.startsWith("#")) {
        int bar = line.indexOf('|');
        answer(line.substring(0, bar), line.substring(bar + 1), out);
      }
      out.append('\n');
    }
    Golden.verify("answers/hosts.txt", out.toString());
  }
}
