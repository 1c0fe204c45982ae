package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.broot.bwrap.PlanJson;
import dev.broot.bwrap.PlanText;
import dev.broot.plan.Plan;
import dev.broot.plan.PlanReader;
import dev.broot.support.Broot;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import dev.broot.support.Tree;
import dev.broot.support.Tree.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Patterns of {@code bind dev}: the script and the library find the same devices. */
@NeedsSandbox
class NodesTest {
  private static final String LIST =
      "cd @ 2>&- || exit 0; for f in * */*; do [ -c \"$f\" ] && echo \"<$f>\"; done; true";

  @TempDir Path temp = Path.of("");
  private Tree tree = new Tree(temp);

  @BeforeEach
  void devices() throws Exception {
    assumeTrue(Host.isRoot(), "only root makes device nodes");
    tree = Tree.forAll(temp);
    tree.file("d/card.txt", "no device");
    Files.createDirectory(Path.of(tree.at("d/cards")));
    for (String name : List.of("card0", "card 1*", "it's", "new\nline", "-rf", "cards/c")) {
      node(name, "c", "1", "3");
    }
    node("full", "c", "1", "7");
    tree.link("d/card-link", "card0");
    tree.link("d/card-gone", "nothing");
    tree.link("d/card-text", "card.txt");
  }

  private void node(String name, String kind, String major, String minor)
      throws java.io.IOException {
    String path = tree.at("d/" + name);
    assertThat(Run.run("mknod", "-m", "666", path, kind, major, minor).err()).isEmpty();
  }

  private String spec(String... lines) {
    return ("broot 1\nbase host\n" + String.join("\n", lines) + "\n").replace("@", tree.at("d"));
  }

  private Tree.Outcome run(Way way, String... lines) throws Exception {
    return tree.run(way, spec(lines), LIST.replace("@", tree.at("d")));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void nodesThatMatchAreThere(Way way) throws Exception {
    for (List<String> row :
        List.of(
            List.of("@/card*", "card 1*", "card-link", "card0"),
            List.of("@/card?", "card0"),
            List.of("@/*/?", "cards/c"),
            List.of("@/**/c*", "card 1*", "card-link", "card0", "cards/c"),
            List.of("@/*t's", "it's"),
            List.of("@/n*", "new\nline"),
            List.of("@/-*", "-rf"))) {
      String found = run(way, "bind dev " + row.get(0) + " optional").output();
      List<String> names = row.subList(1, row.size());
      StringBuilder expected = new StringBuilder();
      names.forEach(name -> expected.append('<').append(name).append(">\n"));
      assertThat(found).as(row.get(0) + " by " + way).isEqualTo(expected.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void oneCanBeUsedAndHidden(Way way) throws Exception {
    String use = "echo x >@/card0 && echo wrote; cat <'@/card 1*'".replace("@", tree.at("d"));
    assertThat(tree.run(way, spec("bind dev @/card*"), use))
        .isEqualTo(new Tree.Outcome(0, "wrote\n"));
    // By what it is, under both of its names.
    assertThat(run(way, "bind dev @/card*", "hide @/card0").output()).isEqualTo("<card 1*>\n");
    Tree.Outcome read = tree.run(way, spec("bind dev @/card*", "protect @/card0"), use);
    assertThat(read.output()).doesNotContain("wrote");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void eachIsJudgedAsWhatItIs(Way way) throws Exception {
    node("xdisk", "b", "7", "999");
    node("xmem", "c", "1", "1");
    node("xtyped", "c", "13", "64");
    tree.link("d/xlink", "/dev/tty1");
    for (String name : List.of("xdisk", "xmem", "xtyped", "xlink")) {
      String line = "bind dev @/" + name + "*";
      boolean there = !name.equals("xlink") || Files.exists(Path.of("/dev/tty1"));
      Tree.Outcome refused = run(way, line);
      assertThat(refused.status()).as(name + " by " + way).isEqualTo(125);
      assertThat(refused.output())
          .startsWith("broot: test.broot:3: ")
          .contains(there ? "write `unsafe` before the line" : "no device matches");
    }
    Tree.Outcome meant = run(way, "unsafe bind dev @/xm* because \"a test\"");
    assertThat(meant.output()).isEqualTo("<xmem>\n");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whereNothingOrTooMuchMatches(Way way) throws Exception {
    assertThat(run(way, "bind dev @/none* optional")).isEqualTo(new Tree.Outcome(0, ""));
    assertThat(run(way, "bind dev @/none/a* optional")).isEqualTo(new Tree.Outcome(0, ""));
    assertThat(run(way, "bind dev @/card.*").output())
        .contains("test.broot:3: no device matches " + tree.at("d/card.*"), "`optional`");
    for (int i = 0; i < 101; i++) {
      Files.createSymbolicLink(Path.of(tree.at("d/many" + i)), Path.of("card0"));
    }
    assertThat(run(way, "bind dev @/many*").output()).contains("more than 100 devices match");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bind dev /dev/s* | a device with which a program can read or change the whole host",
        "bind dev /dev/**/x | a device with which a program can read or change the whole host",
        "bind dev /dev/*/x | a device with which a program can read or change the whole host",
        "bind dev /dev/tty? | a device with which a program can read or change the whole host",
        "bind dev /d* | a pattern that looks through the whole host",
        "bind dev /dev/null | is no pattern",
        "bind dev \"/dev/nvidia*\" | is no pattern",
        "bind dev /dev/nvidia*;bind dev /dev/null -> /dev/nvidia0 | on which another line mounts something",
        "bind dev /dev/null -> /dev/nvidia0;bind dev /dev/nvidia* | on which another line mounts something",
        "bind dev /dev/nvidia*;bind dev /dev/nvidia? | on which another line mounts something",
        "bind dev /dev/nvidia*;expect deny read /dev/nvidia3 | devices that match `/dev/nvidia*`",
        "bind dev /dev/nvidia*;expect deny write /dev | can write",
      })
  void whatIsWrongIsSaid(String lines, String message) {
    List<String> said = new ArrayList<>();
    Specs.compile("broot 1\nbase host\n" + lines.replace(";", "\n") + "\n", Map.of(), List.of())
        .diagnostics()
        .forEach(one -> said.add(one.message()));
    assertThat(said).as(lines).anyMatch(one -> one.contains(message));
  }

  @Test
  void reviewersHearOfThePattern() throws Exception {
    String lines = "broot 1\nbase host\nbind dev /dev/nvidia* optional\n";
    Plan plan = Specs.plan(lines + "expect deny read /srv\n");
    assertThat(PlanText.print(plan)).contains("bind dev '/dev/nvidia*'    (devices that match");
    String json = PlanJson.print(plan, List.of());
    assertThat(PlanJson.print(PlanReader.read(json), List.of())).isEqualTo(json);
    Path with = Files.writeString(temp.resolve("with.broot"), lines);
    Path without = Files.writeString(temp.resolve("without.broot"), "broot 1\nbase host\n");
    Run.Result wider = Run.run(Broot.BROOT, "diff", without.toString(), with.toString());
    assertThat(wider.out())
        .startsWith("WIDER\n")
        .contains("+ may use devices in /dev/nvidia*", "what appears later is in it");
    assertThat(Run.run(Broot.BROOT, "diff", with.toString(), without.toString()).out())
        .startsWith("NARROWER");
    Path hidden =
        Files.writeString(temp.resolve("hidden.broot"), lines + "hide /dev/nvidia0 optional\n");
    assertThat(Run.run(Broot.BROOT, "diff", hidden.toString(), with.toString()).out())
        .startsWith("WIDER");
    assertThat(Run.run(Broot.BROOT, "why", with.toString(), "/dev/nvidia7").out())
        .contains("it matches /dev/nvidia*; what appears later", "with.broot:3: bind dev");
    assertThat(Run.run(Broot.BROOT, "why", with.toString(), "/dev/sda").out())
        .doesNotContain("matches");
  }
}
