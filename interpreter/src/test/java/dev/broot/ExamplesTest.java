package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.bwrap.PlanText;
import dev.broot.check.FileSources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Gate;
import dev.broot.plan.Plan;
import dev.broot.support.Golden;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.SubordinateIds;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples that people copy: each has a golden plan, and each is run in real bubblewrap. */
class ExamplesTest {
  private static final Path EXAMPLES = HOME.resolve("examples");

  @TempDir Path temp = Path.of("");

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".broot"))
          .map(name -> name.substring(0, name.length() - 6))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasAGoldenPlan(String name) {
    Plan plan =
        Gate.compile(SpecCompiler.Request.of(EXAMPLES + "/" + name + ".broot"), new FileSources())
            .plan();
    assertThat(plan).isNotNull();
    if (plan != null) {
      Golden.verify(name + ".plan", PlanText.print(plan));
    }
  }

  @Test
  void noGoldenIsAnOrphan() throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("golden"))) {
      assertThat(
              files
                  .map(file -> String.valueOf(file.getFileName()))
                  .filter(name -> name.endsWith(".plan"))
                  .sorted()
                  .toList())
          .isEqualTo(names().stream().map(name -> name + ".plan").toList());
    }
  }

  /** Runs an example and looks at what its program could do. */
  private interface Example {
    void run() throws IOException;
  }

  private final Map<String, Example> runs =
      Map.ofEntries(
          Map.entry("cargo-build", this::cargoBuild),
          Map.entry("cargo-fetch", this::cargoFetch),
          Map.entry("coding-agent", this::codingAgent),
          Map.entry("database-tests", this::databaseTests),
          Map.entry("hello", this::hello),
          Map.entry("maven-build", this::mavenBuild),
          Map.entry("maven-fetch", this::mavenFetch),
          Map.entry("npm-build", this::npmBuild),
          Map.entry("npm-install", this::npmInstall),
          Map.entry("osbuild-2026-stage", this::osbuild2026Stage),
          Map.entry("osbuild-stage", this::osbuildStage),
          Map.entry("pip-install", this::pipInstall),
          Map.entry("pip-test", this::pipTest),
          Map.entry("rootless-tree", this::rootlessTree),
          Map.entry("test-run", this::testRun),
          Map.entry("thumbnailer", this::thumbnailer),
          Map.entry("viewer", this::viewer));

  @ParameterizedTest
  @MethodSource("names")
  @NeedsSandbox
  void everyExampleIsRunHere(String name) throws IOException {
    Example example = runs.get(name);
    if (example == null) {
      throw new AssertionError("add a run of examples/" + name + ".broot to this test");
    }
    example.run();
  }

  private Run.Result exec(String name, List<String> options, String... program) throws IOException {
    List<String> command = new ArrayList<>(List.of(BROOT, "exec"));
    command.addAll(options);
    command.add(EXAMPLES + "/" + name + ".broot");
    command.add("--");
    command.addAll(List.of(program));
    return Run.run(Map.of(), null, command);
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectories(temp.resolve(name));
  }

  private void hello() throws IOException {
    assertThat(exec("hello", List.of(), "sh", "-c", "ls -d /home /root /etc/shadow; echo hello"))
        .satisfies(result -> assertThat(result.out()).isEqualTo("hello\n"));
  }

  // As whom the host gives some; an ordinary user does the same in MapTest.
  private void rootlessTree() throws IOException {
    Path given = Files.writeString(temp.resolve("subids"), "root:200000:10000\n");
    Path tree = directory("tree");
    List<String> command = new ArrayList<>(SubordinateIds.given(given, given));
    command.addAll(List.of(BROOT, "exec", "--set", "tree=" + tree));
    command.addAll(List.of(EXAMPLES + "/rootless-tree.broot", "--"));
    command.addAll(List.of("install", "-d", "-o", "100", "-g", "101", "/tree/app"));
    assertThat(Run.run(Map.of(), null, command)).isEqualTo(new Run.Result(0, "", ""));
    assertThat(Files.getAttribute(tree.resolve("app"), "unix:uid")).isEqualTo(200_099);
  }

  private void npmBuild() throws IOException {
    Path project = directory("project");
    Path out = directory("out");
    Files.writeString(project.resolve("source"), "text");
    Run.Result result =
        exec(
            "npm-build",
            List.of("--set", "project=" + project, "--set", "out=" + out),
            "sh",
            "-c",
            "cp source $OUT_DIR/built; touch no 2>/dev/null || echo read-only; "
                + "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '");
    assertThat(result).isEqualTo(new Run.Result(0, "read-only\nlo\n", ""));
    assertThat(out.resolve("built")).hasContent("text");
  }

  private void npmInstall() throws IOException {
    Path project = directory("project");
    Run.Result result =
        exec(
            "npm-install",
            List.of("--set", "project=" + project),
            "sh",
            "-c",
            "getent hosts registry.npmjs.org; echo >made; tail -n +3 /proc/net/dev | cut -d: -f1");
    assertThat(result.err()).isEmpty();
    assertThat(result.out().replaceAll(" +", " ")).isEqualTo("127.0.0.2 registry.npmjs.org\n lo\n");
    assertThat(project.resolve("made")).exists();
  }

  /** A project with a secret and with what the host's git obeys. */
  private Path project() throws IOException {
    Path project = directory("project");
    Files.createDirectories(project.resolve(".git/hooks"));
    Files.writeString(project.resolve(".env"), "secret");
    return project;
  }

  // What a program in the project can do, in words.
  private static final String TRIES =
      "cat .env 2>/dev/null; touch made 2>/dev/null && echo project; touch .git/hooks/post-merge"
          + " 2>/dev/null && echo git; tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ';"
          + " grep -v localhost /etc/hosts; ";

  private Run.Result tries(String name, Map<String, Path> sets, String more) throws IOException {
    List<String> options = new ArrayList<>(List.of("--set", "project=" + project()));
    sets.forEach((param, path) -> options.addAll(List.of("--set", param + "=" + path)));
    return exec(name, options, "sh", "-c", TRIES + more);
  }

  private void pipInstall() throws IOException {
    Run.Result result =
        tries("pip-install", Map.of(), "python3 -m venv --without-pip .venv; .venv/bin/python -V");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .matches("project\nlo\n127.0.0.2 pypi.org\n127.0.0.3 files.pythonhosted.org\nPython 3.*\n");
  }

  private void pipTest() throws IOException {
    Run.Result result = tries("pip-test", Map.of(), "python3 -c 'import unittest; print(42)'");
    assertThat(result).isEqualTo(new Run.Result(0, "lo\n42\n", ""));
  }

  private void cargoFetch() throws IOException {
    Path crates = directory("crates");
    Run.Result result = tries("cargo-fetch", Map.of("crates", crates), "touch $CARGO_HOME/made");
    assertThat(result)
        .isEqualTo(
            new Run.Result(0, "lo\n127.0.0.2 index.crates.io\n127.0.0.3 static.crates.io\n", ""));
    assertThat(crates.resolve("made")).exists();
  }

  private void cargoBuild() throws IOException {
    Path out = directory("out");
    Run.Result result =
        tries(
            "cargo-build",
            Map.of("crates", directory("crates"), "out", out),
            "touch $CARGO_HOME/made 2>/dev/null || echo read-only; touch $CARGO_TARGET_DIR/built");
    assertThat(result).isEqualTo(new Run.Result(0, "lo\nread-only\n", ""));
    assertThat(out.resolve("built")).exists();
  }

  private void mavenFetch() throws IOException {
    Path repository = directory("repository");
    Run.Result result =
        tries("maven-fetch", Map.of("repository", repository), "touch " + repository + "/made");
    assertThat(result).isEqualTo(new Run.Result(0, "lo\n127.0.0.2 repo.maven.apache.org\n", ""));
    assertThat(repository.resolve("made")).exists();
  }

  private void mavenBuild() throws IOException {
    Path repository = directory("repository");
    Run.Result result =
        tries(
            "maven-build",
            Map.of("repository", repository),
            "touch " + repository + "/made 2>/dev/null || echo read-only");
    assertThat(result).isEqualTo(new Run.Result(0, "project\nlo\nread-only\n", ""));
  }

  private void viewer() throws IOException {
    Path file = Files.writeString(temp.resolve("a file"), "text");
    Path desktop = directory("desktop");
    // What is there is a socket of somebody who says what a desktop does not.
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(desktop.resolve("wayland-7")));
      Run.Result result =
          Run.run(
              Map.of("XDG_RUNTIME_DIR", desktop.toString(), "WAYLAND_DISPLAY", "wayland-7"),
              null,
              List.of(
                  BROOT,
                  "exec",
                  "--set",
                  "file=" + file,
                  EXAMPLES + "/viewer.broot",
                  "--",
                  "sh",
                  "-c",
                  "cat /file; echo; ls $XDG_RUNTIME_DIR; python3 -c 'import os, socket;"
                      + " socket.socket(socket.AF_UNIX).connect(os.path.join("
                      + "os.environ[\"XDG_RUNTIME_DIR\"], os.environ[\"WAYLAND_DISPLAY\"]))'"));
      assertThat(result).isEqualTo(new Run.Result(0, "text\nwayland-7\n", ""));
    }
  }

  /** A real PostgreSQL where root finds one, else a server that says something. */
  private void databaseTests() throws IOException {
    Path starts = HOME.resolve("interpreter/src/test/resources/network/postgres.sh");
    boolean real = Host.isRoot() && Files.exists(Path.of("/usr/lib/postgresql"));
    List<String> command =
        new ArrayList<>(
            real
                ? List.of("unshare", "-n", "sh", starts.toString())
                : List.of(
                    "unshare",
                    "-r",
                    "-n",
                    "sh",
                    "-c",
                    "ip link set lo up; socat TCP4-LISTEN:5432,fork SYSTEM:'echo 42' & "
                        + "\"$@\"; status=$?; kill $!; exit $status",
                    "sh"));
    command.addAll(List.of(BROOT, "exec", "--set", "source=" + directory("source")));
    command.addAll(List.of(EXAMPLES + "/database-tests.broot", "--", "sh", "-c"));
    command.add(
        real
            ? "exec /usr/lib/postgresql/*/bin/psql -tAc 'select 6 * 7'"
            : "socat -t5 -,ignoreeof TCP4:localhost:5432,retry=50,interval=0.1");
    Run.Result result =
        Run.run(Map.of("PGUSER", "tester", "PGDATABASE", "postgres"), null, command);
    assertThat(result.out()).as(result.toString()).isEqualTo("42\n");
  }

  private void testRun() throws IOException {
    Path source = directory("source");
    Files.writeString(source.resolve("test.sh"), "touch /tmp/scratch && ! touch made && pwd");
    Run.Result result = exec("test-run", List.of("--set", "source=" + source), "sh", "test.sh");
    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("/source\n");
    assertThat(source.resolve("made")).doesNotExist();
  }

  private void thumbnailer() throws IOException {
    Path input = Files.writeString(temp.resolve("input.pdf"), "picture");
    Path out = directory("out");
    Run.Result result =
        exec(
            "thumbnailer",
            List.of("--set", "input=" + input, "--set", "out=" + out),
            "sh",
            "-c",
            "cat; head -c 3 /input >/out/page.png");
    assertThat(result).isEqualTo(new Run.Result(0, "", ""));
    assertThat(out.resolve("page.png")).hasContent("pic");
  }

  private void codingAgent() throws IOException {
    Path project = directory("project");
    Run.Result result =
        exec(
            "coding-agent",
            List.of("--set", "project=" + project),
            "sh",
            "-c",
            "echo code >main.c; ls -A /root /home 2>/dev/null; touch /usr/x 2>/dev/null || echo no");
    assertThat(result).isEqualTo(new Run.Result(0, "no\n", ""));
    assertThat(project.resolve("main.c")).hasContent("code");
  }

  private void osbuild2026Stage() throws IOException {
    Host.assumeRoot();
    Path modules = directory("lib/runners").getParent();
    Path runner =
        Files.writeString(
            temp.resolve("lib/runners/org.osbuild.fedora40"),
            "#!/bin/sh\ncat /proc/cmdline; cd /packages && ls; touch x 2>/dev/null || echo \"$@\"\n");
    assertThat(runner.toFile().setExecutable(true)).isTrue();
    Path packages = directory("packages");
    Files.writeString(packages.resolve("bash.rpm"), "");
    String before = Host.state();
    Run.Result result =
        exec(
            "osbuild-2026-stage",
            List.of(
                "--set", "tree=/", "--set", "modules=" + modules, "--set", "packages=" + packages),
            "a stage");
    assertThat(result).isEqualTo(new Run.Result(0, "root=LABEL=root ro\nbash.rpm\na stage\n", ""));
    assertThat(Host.state()).isEqualTo(before);
  }

  private void osbuildStage() throws IOException {
    Host.assumeRoot();
    Files.createDirectories(Path.of("/run/osbuild"));
    Path modules = directory("lib/runners").getParent();
    Path runner =
        Files.writeString(
            temp.resolve("lib/runners/org.osbuild.fedora32"),
            "#!/bin/sh\n[ -S /run/osbuild/api/osbuild ] && cp /etc/mke2fs.conf /out/ ; echo \"$@\"; "
                + "test -w /dev/null && echo devices; id -u\n");
    assertThat(runner.toFile().setExecutable(true)).isTrue();
    Path out = directory("out");
    Path socket = temp.resolve("api.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      String before = Host.state();
      Run.Result result =
          exec(
              "osbuild-stage",
              List.of(
                  "--set",
                  "tree=/",
                  "--set",
                  "modules=" + modules,
                  "--set",
                  "out=" + out,
                  "--set",
                  "api_socket=" + socket),
              "a stage",
              "--help");
      assertThat(result).isEqualTo(new Run.Result(0, "a stage --help\ndevices\n0\n", ""));
      assertThat(Host.state()).isEqualTo(before);
    }
  }
}
