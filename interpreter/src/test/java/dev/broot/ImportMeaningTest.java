package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Golden;
import dev.broot.support.Run;
import dev.broot.translate.Arg;
import dev.broot.translate.CommandText;
import dev.broot.translate.Import;
import dev.broot.translate.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random command lines, and those that people have, become specs that mean the same. */
class ImportMeaningTest {
  @Test
  void whatWasImportedMeansTheSame() {
    Random random = new Random(99);
    Set<String> used = new TreeSet<>();
    for (int i = 0; i < Integer.getInteger("broot.lines", 20_000); i++) {
      List<String> arguments = RandomCommandLines.next(random);
      List<String> whole = new ArrayList<>(List.of("/usr/bin/bwrap"));
      whole.addAll(arguments);
      whole.addAll(List.of("--", "prog", "--bind", "x"));
      boolean filter = random.nextBoolean();
      if (filter) {
        boolean two = random.nextBoolean();
        List<String> filters =
            two
                ? List.of("--add-seccomp-fd", "12", "--add-seccomp-fd", "11")
                : List.of("--seccomp", "12");
        whole.addAll(1, filters);
        arguments.addAll(0, filters);
      }
      List<String> held = fileOfArguments(whole, random);
      Import made =
          Import.of(
              whole,
              RandomCommandLines.FILES,
              file -> file.equals(RandomCommandLines.ARGS) ? held : null);
      used.addAll(whole);
      used.addAll(held);
      assertThat(made.program()).containsExactly("prog", "--bind", "x");
      assertThat(Meaning.of(Imports.plan(made)))
          .as(arguments + "\n" + made.spec())
          .isEqualTo(Meaning.of(arguments.stream().map(RandomCommandLines::named).toList()));
    }
    assertThat(used).containsAll(Meaning.SAYABLE);
  }

  /** Moves some of the options into a file of arguments, and names it in their place. */
  private static List<String> fileOfArguments(List<String> whole, Random random) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 1; i <= whole.indexOf("--"); i++) {
      if (whole.get(i).startsWith("--")) {
        starts.add(i);
      }
    }
    int from = starts.get(random.nextInt(starts.size()));
    int to = starts.get(random.nextInt(starts.size()));
    if (from >= to || random.nextBoolean()) {
      return List.of();
    }
    List<String> moved = whole.subList(from, to);
    List<String> held = List.copyOf(moved);
    moved.clear();
    whole.addAll(from, List.of("--args", "13"));
    return held;
  }

  private static final Map<String, List<String>> ARGUMENT_FILES =
      Map.of(
          "/run/launcher/args",
          List.of("--unshare-all", "--ro-bind", "/usr", "/usr", "--setenv", "A", "b c"));

  private static List<String> words(CommandText line) {
    return line.arguments().stream().map(word -> String.valueOf(word.literal())).toList();
  }

  private static @Nullable String file(CommandText line, String number) {
    Arg file = line.descriptors().get(number);
    return file == null ? null : file.literal();
  }

  /** What a command line says when its descriptors are known, as a plan shows it. */
  private static List<String> told(CommandText line) {
    List<String> told = new ArrayList<>();
    List<String> arguments = words(line);
    for (int i = 1; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (option.equals("--") || !option.startsWith("--")) {
        break;
      }
      if (option.equals("--args")) {
        String file = String.valueOf(file(line, arguments.get(++i)));
        told.addAll(ARGUMENT_FILES.getOrDefault(file, List.of()));
        continue;
      }
      told.add(option);
      for (int left = Meaning.values(option); left > 0; left--) {
        String value = arguments.get(++i);
        String file = left == Meaning.values(option) ? file(line, value) : null;
        told.add(file == null ? value : "<" + file);
      }
    }
    return told;
  }

  @Test
  void commandLinesThatPeopleHaveBecomeSpecs() throws Exception {
    List<String> lines =
        Files.readAllLines(
                Golden.HOME.resolve("interpreter/src/test/resources/import/command-lines.txt"))
            .stream()
            .filter(line -> !line.startsWith("#"))
            .toList();
    Set<String> used = new TreeSet<>();
    for (String text : lines) {
      CommandText line = ShellScript.read(text, Set.of());
      Import made = Import.of(line, Set.of(), ARGUMENT_FILES::get);
      assertThat(Meaning.of(Imports.plan(made)))
          .as(text + "\n" + made.spec())
          .isEqualTo(Meaning.of(told(line)));
      assertThat(words(line)).endsWith(made.program().toArray(new String[0]));
      used.addAll(words(line));
      used.addAll(told(line));
    }
    assertThat(lines).hasSizeGreaterThanOrEqualTo(40);
    assertThat(used).containsAll(Meaning.SAYABLE);
  }

  @Test
  void everyOptionOfTheInstalledBubblewrapIsKnown() throws IOException {
    List<String> options =
        Run.run("bwrap", "--help")
            .out()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("--"))
            .map(line -> line.split(" ", 2)[0])
            .toList();
    assertThat(options).hasSizeGreaterThan(50);
    String documented = Files.readString(Golden.HOME.resolve("docs/language.md"));
    for (String option : options) {
      if (!List.of("--help", "--version").contains(option)) {
        assertThat(Meaning.SAYABLE).contains(option);
        assertThat(documented).contains("`" + option);
      }
      Import made = Import.of(List.of(option, "/a", "/b", "/c"));
      assertThat(made.refused()).as(option).noneMatch(reason -> reason.contains("no option of"));
    }
  }
}
