package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broot.bwrap.CommandLine;
import dev.broot.plan.Host;
import dev.broot.plan.Plan;
import dev.broot.plan.Resolver;
import dev.broot.plan.UnresolvedException;
import dev.broot.support.BareHost;
import dev.broot.support.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The argv of {@code osbuild-2020} is that of osbuild's class {@code BuildRoot} of July 2020, to
 * the byte. What is expected is written from reading the class.
 */
class ParityTest {
  private static final String SPEC = "broot 1\nbase osbuild-2020\nroot /srv/tree\nrunner r\n";

  /** A host made of facts. */
  private record Facts(Set<String> directories, @Nullable String module) implements BareHost {
    @Override
    public boolean isEmptyDirectory(String path) {
      return isDirectory(path);
    }

    @Override
    public boolean isDirectory(String path) {
      return directories.contains(path);
    }

    @Override
    public @Nullable String pythonModule(String name) {
      return module;
    }
  }

  private static final Facts BOTH =
      new Facts(
          Set.of("/srv/tree/boot", "/srv/tree/usr"), "/usr/lib/python3/site-packages/osbuild");

  private static List<String> expected(List<String> roots, List<String> tail) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                "bwrap",
                "--cap-add",
                "CAP_MAC_ADMIN",
                "--chdir",
                "/",
                "--die-with-parent",
                "--new-session",
                "--setenv",
                "PATH",
                "/usr/sbin:/usr/bin",
                "--setenv",
                "PYTHONPATH",
                "/run/osbuild/lib",
                "--unshare-ipc",
                "--unshare-pid"));
    argv.addAll(roots);
    argv.addAll(
        List.of(
            "--symlink",
            "usr/lib",
            "/lib",
            "--symlink",
            "usr/lib64",
            "/lib64",
            "--symlink",
            "usr/bin",
            "/bin",
            "--symlink",
            "usr/sbin",
            "/sbin",
            "--dev-bind",
            "@dev",
            "/dev",
            "--tmpfs",
            "/dev/shm",
            "--dir",
            "/etc",
            "--tmpfs",
            "/run",
            "--tmpfs",
            "/tmp",
            "--bind",
            "@var",
            "/var",
            "--proc",
            "/proc",
            "--bind",
            "/sys",
            "/sys"));
    argv.addAll(tail);
    return argv;
  }

  private static final List<String> BOOT_AND_USR =
      List.of("--ro-bind", "/srv/tree/boot", "/boot", "--ro-bind", "/srv/tree/usr", "/usr");

  private static List<String> argv(String more, Host host, List<String> lines, String... program)
      throws UnresolvedException {
    Plan plan = Specs.plan(SPEC + more, Map.of(), lines);
    return CommandLine.argv(Resolver.resolve(plan, host), List.of(program));
  }

  @Test
  void withALibdir() throws Exception {
    assertThat(argv("libdir /opt/lib\n", BOTH, List.of(), "a", "", "--", "b c"))
        .isEqualTo(
            expected(
                BOOT_AND_USR,
                List.of(
                    "--ro-bind",
                    "/opt/lib",
                    "/run/osbuild/lib",
                    "--dir",
                    "/run/osbuild/api",
                    "--",
                    "/run/osbuild/lib/runners/r",
                    "a",
                    "",
                    "--",
                    "b c")));
  }

  @Test
  void withoutALibdirThePythonModuleIsBound() throws Exception {
    assertThat(argv("", BOTH, List.of()))
        .isEqualTo(
            expected(
                BOOT_AND_USR,
                List.of(
                    "--ro-bind",
                    "/usr/lib/osbuild",
                    "/run/osbuild/lib",
                    "--ro-bind",
                    "/usr/lib/python3/site-packages/osbuild",
                    "/run/osbuild/lib/osbuild",
                    "--dir",
                    "/run/osbuild/api",
                    "--",
                    "/run/osbuild/lib/runners/r")));
  }

  @Test
  void withoutALibdirAndWithoutThePythonModuleItFails() {
    assertThatThrownBy(() -> argv("", new Facts(Set.of(), null), List.of()))
        .isInstanceOf(UnresolvedException.class)
        .hasMessageContaining("python3 has no module osbuild");
  }

  @Test
  void bootAndUsrAreBoundWhereTheyAreDirectories() throws Exception {
    List<String> tail =
        List.of(
            "--ro-bind",
            "/l",
            "/run/osbuild/lib",
            "--dir",
            "/run/osbuild/api",
            "--",
            "/run/osbuild/lib/runners/r");
    assertThat(argv("libdir /l\n", new Facts(Set.of(), null), List.of()))
        .isEqualTo(expected(List.of(), tail));
    assertThat(argv("libdir /l\n", new Facts(Set.of("/srv/tree/usr"), null), List.of()))
        .isEqualTo(expected(BOOT_AND_USR.subList(3, 6), tail));
    assertThat(argv("libdir /l\n", new Facts(Set.of("/srv/tree/boot"), null), List.of()))
        .isEqualTo(expected(BOOT_AND_USR.subList(0, 3), tail));
  }

  @Test
  void bindsAndApisKeepTheirOrderAndPlace() throws Exception {
    String more =
        """
        api one socket /run/one.sock
        libdir /l
        bind rw /a -> /b
        bind ro "/c:d" -> "/e:f"
        api two socket /run/two.sock
        api three socket /run/three.sock
        bind rw "/-x" -> "/line\\nbreak"
        """;
    assertThat(argv(more, BOTH, List.of("bind ro /g -> /h", "bind rw /i -> /j")))
        .isEqualTo(
            expected(
                BOOT_AND_USR,
                List.of(
                    "--ro-bind",
                    "/l",
                    "/run/osbuild/lib",
                    "--bind",
                    "/a",
                    "/b",
                    "--ro-bind",
                    "/c:d",
                    "/e:f",
                    "--bind",
                    "/-x",
                    "/line\nbreak",
                    "--ro-bind",
                    "/g",
                    "/h",
                    "--bind",
                    "/i",
                    "/j",
                    "--dir",
                    "/run/osbuild/api",
                    "--bind",
                    "/run/one.sock",
                    "/run/osbuild/api/one",
                    "--bind",
                    "/run/two.sock",
                    "/run/osbuild/api/two",
                    "--bind",
                    "/run/three.sock",
                    "/run/osbuild/api/three",
                    "--",
                    "/run/osbuild/lib/runners/r")));
  }

  @Test
  void aRootWithASlashBehindItIsJoinedAsPythonDoes() throws Exception {
    Plan spec = Specs.plan("broot 1\nbase osbuild-2020\nroot /srv/tree/\nrunner r\nlibdir /l\n");
    assertThat(CommandLine.argv(Resolver.resolve(spec, BOTH), List.of()))
        .containsSubsequence("--ro-bind", "/srv/tree/boot", "/boot");
    Plan slash = Specs.plan("broot 1\nbase osbuild-2020\nroot /\nrunner r\nlibdir /l\n");
    Host host = new Facts(Set.of("/usr"), null);
    assertThat(CommandLine.argv(Resolver.resolve(slash, host), List.of()))
        .containsSubsequence("--ro-bind", "/usr", "/usr");
  }
}
