package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.bwrap.Argument;
import dev.broot.bwrap.BwrapOption;
import dev.broot.bwrap.CommandLine;
import dev.broot.plan.Word;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Specs;
import dev.broot.support.Tree;
import dev.broot.support.Tree.Way;
import dev.broot.translate.Import;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The directories that bubblewrap makes above mount points. */
class ParentsTest {
  private static final String ROOT =
      "broot 1\nbase none\nunshare net\nnew-session\nbind ro /usr -> /usr\nsymlink usr/bin -> /bin\n"
          + "symlink usr/lib -> /lib\nsymlink usr/lib64 -> /lib64\n";

  @TempDir Path temp = Path.of("");

  private static List<String> made(String spec) {
    List<String> made = new ArrayList<>();
    for (Argument argument : CommandLine.of(Specs.plan(spec))) {
      Argument.Said above = argument.above();
      if (above != null) {
        assertThat(above.option()).isEqualTo(BwrapOption.DIR);
        above.values().stream().map(Word::display).forEach(made::add);
      }
    }
    return made;
  }

  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void anybodyMayEnterThem(Way way) throws Exception {
    String spec =
        ROOT
            + "bind ro /etc/hostname -> /a/b/hostname\nbind ro /etc/hostname -> /c/d/h optional\nbind ro /none -> /o/none optional\n"
            + "symlink x -> /e/f\nproc /g/proc\ntmpfs /k mode 0700\n"
            + "bind-data ro /etc/hostname -> /k/l/hostname\ndir /m/n mode 0700\n";
    Tree.Outcome outcome =
        new Tree(temp)
            .run(
                way,
                spec,
                "[ ! -e /o ] && stat -c %a /a /a/b /c/d /e /g /k/l /m /m/n | tr '\\n' ' '");
    assertThat(outcome.output()).isEqualTo("755 755 755 755 755 755 755 700 ");
  }

  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"SCRIPT", "LIBRARY"})
  void whoGivesUpRootPassesThem(Way way) throws Exception {
    Host.assumeRoot();
    String spec = ROOT + "bind ro /etc/passwd -> /etc/passwd\n";
    Tree.Outcome outcome =
        new Tree(temp)
            .run(way, spec, "setpriv --reuid 65534 --clear-groups head -1 /etc/passwd | cut -c1-4");
    assertThat(outcome.output()).isEqualTo("root\n");
  }

  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void nothingIsMadeOnTheHostForWhatIsLeftOut(Way way) throws Exception {
    Tree tree = Tree.forAll(temp);
    tree.file("p/f", "x");
    String spec =
        ROOT
            + "bind rw "
            + tree.at("p")
            + " -> /p\nbind ro /none -> /p/q/r optional\nsymlink p -> /s\n"
            + "bind ro /none -> /s/t/r optional\n";
    assertThat(tree.run(way, spec, "true").status()).isZero();
    assertThat(tree.names("p")).containsExactly("f");
  }

  @Test
  void onlyTheSandboxesOwnMemoryIsChanged() {
    assertThat(made(ROOT + "bind ro /srv -> /usr/a/b\nsymlink a -> /usr/c/d\n")).isEmpty();
    assertThat(made(ROOT + "bind ro /srv -> /bin/a/b\n")).isEmpty();
    assertThat(
            made(
                "broot 1\nbase none\nunsafe bind rw / -> / because \"x\"\ntmpfs /a\nproc /a/b/c\n"))
        .containsExactly("/a/b");
    assertThat(
            made(
                ROOT
                    + "param p: path from env P\nbind rw ${p} -> ${p}\nbind ro /srv -> /a/b\n"
                    + "tmpfs /c\nbind ro /srv -> /c/d/e\n"))
        .containsExactly("/c/d");
    assertThat(
            made(ROOT + "unsafe raw [\"--bind\", \"/srv\", \"/a\"] because \"x\"\nproc /a/b/c\n"))
        .isEmpty();
    assertThat(made(ROOT + "bind ro /srv -> /a/b if directory\nbind ro /srv -> /a/c\n"))
        .containsExactly("/a", "/a");
    assertThat(made(ROOT + "bind ro /srv -> /a/b/c\nproc /a/b/d\ndir /a/e\n"))
        .containsExactly("/a/b");
  }

  @Test
  void theyStayAsTheyAreWhereASpecSaysSo() {
    assertThat(made(ROOT + "closed-parents\nbind ro /srv -> /a/b\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--ro-bind /usr /usr --proc /proc, false",
    "--ro-bind /usr /usr --dir /a --bind /srv /a/b, false",
    "--ro-bind /usr /usr --bind /srv /a/b, true"
  })
  void aCommandLineComesBackAsItWas(String options, boolean said) {
    List<String> line = new ArrayList<>(List.of(options.split(" ")));
    line.add("true");
    String spec = Import.of(line).spec();
    assertThat(spec.contains("closed-parents\n")).isEqualTo(said);
    List<String> words = new ArrayList<>();
    for (Argument argument : CommandLine.of(Specs.plan(spec))) {
      argument.words().stream().map(Word::display).forEach(words::add);
    }
    assertThat(String.join(" ", words)).isEqualTo(options);
  }
}
