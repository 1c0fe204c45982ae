package dev.broot.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.BareHost;
import dev.broot.support.Golden;
import dev.broot.support.Specs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ways of a plan are looked along, and which symlink counts on a host that is described. */
class WayAnswersTest {
  /** A host of nothing but symlinks. */
  private record Links(Map<String, String> links) implements BareHost {
    @Override
    public @Nullable String link(String path) {
      return links.get(path);
    }
  }

  private static List<Ways.Way> ways(String lines) {
    return Ways.of(Specs.row(lines).sandbox().operations());
  }

  private static String text(Ways.Way way) {
    StringBuilder out = new StringBuilder("  ").append(way.target().display());
    out.append(way.last() ? ", and what it leads to\n" : "\n");
    for (Ways.Under under : way.under()) {
      Word source = under.source();
      out.append("    ").append(under.place().display()).append(": ");
      out.append(source == null ? "nothing of the host" : source.display());
      out.append(under.certain() ? "" : ", perhaps");
      out.append(source == null || under.every() ? "" : ", symlinks to the host").append('\n');
    }
    return out.toString();
  }

  @Test
  void everyWay() throws Exception {
    StringBuilder out = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("src/test/answers/ways.specs"))) {
      out.append(line.startsWith("#") ? "" : "spec: ").append(line).append('\n');
      if (!line.startsWith("#")) {
        List<Ways.Way> ways = ways(line);
        out.append(ways.isEmpty() ? "  none\n" : "");
        ways.forEach(way -> out.append(text(way)));
      }
      out.append('\n');
    }
    Golden.verify("answers/ways.txt", out.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bind rw /t -> /x; dir /x/a/b | /t/a=c | /t/a",
        "bind rw /t -> /x; dir /x/a/b | /t/a/b=c | none",
        "bind rw /t -> /x; dir /x/a/b | /t=c | none",
        "bind rw /t/ -> /x; chmod 0700 /x/a/b | /t/a/b=c | /t/a/b",
        "unsafe bind rw / -> / because x; tmpfs /a/b | /a=c | /a",
        "bind rw /t -> /x; bind ro /u -> /x/a; dir /x/a/b/c | /t/a=c | none",
        "bind rw /t -> /x; bind ro /u -> /x/a; dir /x/a/b/c | /u/b=c | /u/b",
        "bind rw /t -> /x; bind ro /u -> /x/a optional; dir /x/a/b/c | /t/a/b=c | /t/a/b",
        "bind ro /t -> /x; tmpfs /x/a/b | /t/a=c | none",
        "bind ro /t -> /x; tmpfs /x/a/b | /t/a=../../oldroot/etc | /t/a",
        "bind ro /t -> /x; tmpfs /x/a/b | /t/a=/newroot/x | /t/a",
        "bind ro /t -> /x; tmpfs /x/a/b | /t/a=/etc | none",
        "bind ro /t -> /x; tmpfs /x/a/b | /t/a=c,/t/c=./d/../e,/t/e=../../oldroot | /t/e",
        "bind ro /t -> /x; tmpfs /x/a/b | /t/a=c,/t/c/b=/oldroot | /t/c/b",
        "bind ro /t -> /x; tmpfs /x/a/b | /t/a=../y,/t/y=/oldroot | none",
        "bind ro /t -> /x; tmpfs /x/a/b | /t/a=c/../d,/t/c=/oldroot | /t/c",
        "bind ro /t -> /x; tmpfs /x/a/b | /t/a=a | /t/a",
        "bind ro /t -> /x; tmpfs /x/a/b | /t/a=c\uFFFD | /t/a",
        "bind ro /t -> /x; tmpfs /x/a/b | /t/a=coldroot | none",
      })
  void aSymlinkThatCounts(String lines, String described, String found) {
    Map<String, String> links = new HashMap<>();
    for (String link : List.of(described.split(",", -1))) {
      int equals = link.indexOf('=');
      links.put(link.substring(0, equals), link.substring(equals + 1));
    }
    List<Ways.Way> ways = ways(lines);
    Ways.Way last = ways.get(ways.size() - 1);
    assertThat(String.valueOf(WayWalk.symlink(last, new Links(links))))
        .isEqualTo(found.equals("none") ? "null" : found);
  }
}
