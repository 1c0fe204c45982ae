package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.compile.Compiled;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.permission.Difference;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Specs;
import dev.broot.support.Tree;
import dev.broot.support.Tree.Way;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The walls of {@code base host}, which a program of root's has to leave where they are. */
@NeedsSandbox
class WallsTest {
  // Each line alone is enough to break out, for one who has the capability for it.
  private static final String UNDO =
      """
      {
      for mine in '' 'unshare -Um' 'unshare -Urm' 'unshare -Upfm'; do
        $mine sh -c 'mount -o remount,bind,rw /t; echo x >/t/kept; echo x >/t/made
          mount -o remount,bind,rw /usr; test -w /usr && echo WRITABLE
          umount /t/hidden; umount -l /t/hidden; cat /t/hidden/secret
          mount -t tmpfs none /tmp && mknod /tmp/null c 1 3 && echo x >/tmp/null && echo DEVICE
          mount --bind /t /tmp; cat /tmp/hidden/secret'
      done
      } 2>/dev/null
      echo tried
      """;

  @TempDir Path temp = Path.of("");
  private Tree tree = new Tree(temp);

  @BeforeEach
  void files() throws Exception {
    tree = new Tree(temp);
    tree.file("t/kept", "kept");
    tree.file("t/hidden/secret", "SECRET");
  }

  private String spec(String more) {
    return "broot 1\nbase host\nbind ro \"" + tree.at("t") + "\" -> /t\ntmpfs /t/hidden\n" + more;
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theyStand(Way way) throws Exception {
    String spec = spec("expect deny write /t/kept\nexpect deny read /t/hidden\n");
    Tree.Outcome outcome = tree.run(way, spec, UNDO);
    assertThat(outcome.output()).isEqualTo("tried\n");
    assertThat(tree.read("t/kept")).isEqualTo("kept");
    assertThat(tree.names("t")).containsExactly("hidden", "kept");
  }

  @Test
  void whoGivesRootsCapabilitiesBackGivesThemUp() throws Exception {
    Host.assumeRoot();
    Tree.Outcome outcome = tree.run(Way.SCRIPT, spec("drop cap ALL\n"), UNDO);
    assertThat(outcome.output()).contains("WRITABLE", "SECRET");
    assertThat(tree.names("t")).contains("made");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop cap ALL",
        "unsafe cap add CAP_SYS_ADMIN because \"it mounts\"",
        "unsafe cap add CAP_DAC_READ_SEARCH because \"backups\""
      })
  void whatCanBeUndoneCannotBeExpected(String line) {
    String spec = spec(line + "\nexpect deny write /t/kept\nexpect deny read /t/hidden\n");
    Compiled compiled = Specs.compile(spec, Map.of(), List.of());
    List<String> said = compiled.diagnostics().stream().map(Diagnostic::message).toList();
    assertThat(said).anyMatch(one -> one.matches(".*CAP_.* undoes .* can write `/t`"));
    assertThat(said).anyMatch(one -> one.matches(".*CAP_.* undoes .* can read `/t`"));
    Difference gained = Difference.of(Specs.plan(spec("")), Specs.plan(spec(line + "\n")));
    assertThat(gained.verdict()).isEqualTo(Difference.Verdict.WIDER);
    assertThat(gained.gained()).anyMatch(grant -> grant.text().contains("undoes"));
    assertThat(Difference.of(Specs.plan(spec(line + "\n")), Specs.plan(spec(""))).verdict())
        .isEqualTo(Difference.Verdict.NARROWER);
  }

  @Test
  void whatNoMountShowsIsNotThereToBeUndone() {
    String spec = spec("drop cap ALL\nexpect deny read /home\nexpect deny write /srv\n");
    assertThat(Specs.plan(spec).expects()).hasSize(2);
  }
}
