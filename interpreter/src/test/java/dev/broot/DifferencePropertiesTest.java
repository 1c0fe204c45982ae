package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.permission.Difference;
import dev.broot.permission.Difference.Verdict;
import dev.broot.permission.Grant;
import dev.broot.plan.Plan;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of the verdicts on any two specs, and of the command that prints them. */
class DifferencePropertiesTest {
  @TempDir Path temp = Path.of("");

  /** The host that random specs bind: directories, each with a file that names it. */
  private List<String> host() throws IOException {
    List<String> paths = List.of("h", "h/a", "h/a/b", "h/c", "h/c/d");
    List<String> all = new ArrayList<>();
    for (String path : paths) {
      Path directory = Files.createDirectories(temp.resolve(path));
      Files.writeString(directory.resolve("id"), directory + "\n");
      all.add(directory.toString());
    }
    return all;
  }

  private static String line(Random random, List<String> host) {
    String target = List.of("/m", "/m/a", "/m/a/b", "/n", "/n/c").get(random.nextInt(5));
    String source = host.get(random.nextInt(host.size()));
    return switch (random.nextInt(8)) {
      case 6 -> "bind ro " + source + "/none -> " + target + " optional";
      case 7 -> "bind rw " + source + " -> " + target + " if directory";
      case 0 -> "tmpfs " + target;
      case 1 -> "dir " + target;
      case 2, 3 -> "bind rw " + source + " -> " + target;
      default -> "bind ro " + source + " -> " + target;
    };
  }

  private static Plan spec(String lines) {
    return Specs.plan("broot 1\nbase host\n" + lines.replace(";", "\n") + "\n");
  }

  private static final java.util.IdentityHashMap<Plan, String> texts =
      new java.util.IdentityHashMap<>();

  private static @Nullable Plan random(Random random, List<String> host) {
    StringBuilder text = new StringBuilder("broot 1\nbase host\n");
    for (int i = random.nextInt(5); i >= 0; i--) {
      text.append(line(random, host)).append('\n');
    }
    Plan plan = Specs.compile(text.toString(), Map.of(), List.of()).plan();
    if (plan != null) {
      texts.put(plan, text.toString());
    }
    return plan;
  }

  @Test
  void properties() throws IOException {
    List<String> host = host();
    Random random = new Random(7);
    int compared = 0;
    while (compared < 3000) {
      Plan one = random(random, host);
      Plan two = random(random, host);
      if (one == null || two == null) {
        continue;
      }
      compared++;
      Difference there = Difference.of(one, two);
      Difference back = Difference.of(two, one);
      assertThat(Difference.of(one, one).verdict()).isEqualTo(Verdict.EQUAL);
      assertThat(there.lost().stream().map(Grant::subject).toList())
          .containsExactlyInAnyOrderElementsOf(back.gained().stream().map(Grant::subject).toList());
      if (there.verdict() == Verdict.EQUAL) {
        assertThat(back.verdict()).isEqualTo(Verdict.EQUAL);
      } else if (there.verdict() == Verdict.NARROWER) {
        assertThat(back.verdict()).isEqualTo(Verdict.WIDER);
      }
      Difference added = Difference.of(one, withGrant(one));
      assertThat(added.verdict()).isEqualTo(Verdict.WIDER);
    }
  }

  private static Plan withGrant(Plan plan) {
    return Specs.plan(texts.get(plan) + "bind ro /only/here -> /only\n");
  }

  @Test
  void inliningAFragmentChangesNothing() throws IOException {
    Path fragment =
        Files.writeString(temp.resolve("f.broot"), "fragment 1\nbind ro /opt -> /opt\n");
    Path with = temp.resolve("a.broot");
    Path without = temp.resolve("b.broot");
    Files.writeString(with, "broot 1\nbase host\ninclude " + fragment.getFileName() + "\n");
    Files.writeString(without, "broot 1\nbase host\nbind ro /opt -> /opt\n");
    Run.Result result = Run.run(BROOT, "diff", "--exit-code", with.toString(), without.toString());
    assertThat(result).isEqualTo(new Run.Result(0, "EQUAL\n", ""));
    List<String> lines = new ArrayList<>(List.of("tmpfs /p", "bind ro /opt -> /q", "env A = b"));
    Collections.reverse(lines);
    String first = "tmpfs /p;bind ro /opt -> /q;env A = b";
    assertThat(Difference.of(spec(first), spec(String.join(";", lines))).verdict())
        .isEqualTo(Verdict.EQUAL);
  }

  @Test
  void aPlanAsJsonPermitsWhatItsSpecDoes() throws Exception {
    Random random = new Random(31);
    for (int i = 0; i < 300; i++) {
      Plan one = random(random, List.of("/h/a", "/h/b", "/h/a/c"));
      Plan two = random(random, List.of("/h/a", "/h/b", "/h/a/c"));
      if (one != null && two != null) {
        assertThat(Difference.of(one, DifferenceTest.again(one)).verdict())
            .isEqualTo(Verdict.EQUAL);
        assertThat(Difference.of(DifferenceTest.again(one), DifferenceTest.again(two)).verdict())
            .isEqualTo(Difference.of(one, two).verdict());
      }
    }
  }
}
