package dev.broot;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rules for the code itself, which {@link FencesTest} holds: how long files and methods are, and
 * which classes of a room need each other in a circle. What is over a limit today stands in a list
 * that only shrinks: an entry that was mended has to go.
 */
abstract class House {
  private static final int LINES_OF_A_FILE = 400;
  private static final int LINES_OF_A_METHOD = 50;

  private static final Set<String> LONG_FILES =
      Set.of("interpreter/src/main/resources/dev/broot/script/explain.sh");

  private static final Set<String> LONG_METHODS =
      Set.of(
          "plan.Words.operations",
          "plan.Words.steps",
          "run.BuildRoot.enter",
          "run.Kernel.spawn",
          "script.ScriptWriter.script",
          "script.SetupScript.setup",
          "translate.CommandLineReader.say");

  private static final Set<String> CIRCLES =
      Set.of(
          "plan.Input plan.Word",
          "plan.PlanReader plan.RecordJson",
          "spec.Image spec.Mount spec.Param spec.Setting spec.Spec spec.Value");

  private static List<Path> files(String directory, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(HOME.resolve(directory))) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  @Test
  void noFileIsLong() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String ending : List.of(".java", ".sh", ".g4", ".broot", ".py")) {
      for (String directory : List.of("grammar/src", "interpreter/src", "bench", "examples")) {
        sources.addAll(files(directory, ending));
      }
    }
    try (Stream<Path> commands = Files.list(HOME.resolve("bin"))) {
      commands.forEach(sources::add);
    }
    assertThat(sources).hasSizeGreaterThan(200);
    Set<String> found = new TreeSet<>();
    for (Path file : sources) {
      String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
      if (text.lines().count() > LINES_OF_A_FILE) {
        found.add(HOME.relativize(file).toString());
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(LONG_FILES));
  }

  @Test
  void noMethodIsLong() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Set<String> found = new TreeSet<>();
    int[] looked = {0};
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = files("interpreter/src/main/java", ".java");
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of(),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new TreeScanner<@Nullable Void, String>() {
          @Override
          public @Nullable Void visitClass(ClassTree tree, String path) {
            return super.visitClass(tree, path + "." + tree.getSimpleName());
          }

          @Override
          public @Nullable Void visitMethod(MethodTree tree, String path) {
            looked[0]++;
            long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
            long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
            if (last - first >= LINES_OF_A_METHOD) {
              found.add(path + "." + tree.getName());
            }
            return super.visitMethod(tree, path);
          }
        }.scan(unit, String.valueOf(unit.getPackageName()).replace("dev.broot.", ""));
      }
    }
    assertThat(looked[0]).isGreaterThan(1000);
    assertThat(found).isEqualTo(new TreeSet<>(LONG_METHODS));
  }

  @Test
  void noClassesOfARoomNeedEachOther() {
    Map<String, Set<String>> needs = new TreeMap<>();
    for (JavaClass one :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.broot")) {
      if (one.getPackageName().equals("dev.broot.grammar")) {
        continue;
      }
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        JavaClass other = dependency.getTargetClass();
        if (other.getPackageName().equals(one.getPackageName())) {
          needs.computeIfAbsent(file(one), name -> new TreeSet<>()).add(file(other));
        }
      }
    }
    assertThat(needs).hasSizeGreaterThan(80);
    Set<String> found = new TreeSet<>();
    for (String one : needs.keySet()) {
      Set<String> circle = new TreeSet<>();
      for (String other : reached(needs, one)) {
        if (reached(needs, other).contains(one) && !other.equals(one)) {
          circle.add(other);
        }
      }
      if (!circle.isEmpty()) {
        circle.add(one);
        found.add(String.join(" ", circle));
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(CIRCLES));
  }

  // A class with those that are nested in it, as `room.Class`.
  private static String file(JavaClass one) {
    return one.getName().replaceFirst("\\$.*", "").replace("dev.broot.", "");
  }

  private static Set<String> reached(Map<String, Set<String>> needs, String from) {
    Set<String> reached = new TreeSet<>();
    List<Collection<String>> left = new ArrayList<>(List.of(needs.getOrDefault(from, Set.of())));
    while (!left.isEmpty()) {
      for (String next : left.remove(left.size() - 1)) {
        if (reached.add(next)) {
          left.add(needs.getOrDefault(next, Set.of()));
        }
      }
    }
    return reached;
  }
}
