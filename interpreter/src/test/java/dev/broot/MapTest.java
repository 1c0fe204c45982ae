package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.broot.bwrap.PlanJson;
import dev.broot.bwrap.PlanText;
import dev.broot.permission.Subject;
import dev.broot.plan.Plan;
import dev.broot.plan.PlanReader;
import dev.broot.run.BuildRoot;
import dev.broot.run.Result;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Embedding;
import dev.broot.support.Golden;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import dev.broot.support.SubordinateIds;
import dev.broot.translate.Export;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users and groups of a sandbox, for an ordinary user who is given some in an /etc of his own. */
class MapTest {
  private static final int NOBODY = 65534;
  private static final String BOTH = "map users auto;map groups auto;cap add CAP_CHOWN";

  @TempDir Path temp = Path.of("");

  @BeforeEach
  void root() throws IOException {
    Host.assumeRoot();
    for (String needed : List.of("/etc/subuid", "/etc/subgid", "/usr/bin/newuidmap")) {
      assumeThat(Path.of(needed)).as("skipped: " + needed + " is not here").exists();
    }
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setAttribute(directory("tree"), "unix:uid", NOBODY);
    Files.setAttribute(directory("var"), "unix:uid", NOBODY);
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectories(temp.resolve(name));
  }

  private String spec(String lines) {
    return "broot 1\nbase host\n"
        + lines.replace(";", "\n")
        + "\nbind rw "
        + temp
        + "/tree -> /tree\nvardir "
        + temp
        + "/var\nscratch /var prefix left-\n";
  }

  private Path script(Plan plan) throws IOException {
    return Files.writeString(
        temp.resolve("script.sh"), ScriptWriter.write(plan, RunOptions.NONE, "TEST"));
  }

  // A mount namespace of its own, with another /etc/subuid and a line of shell before the program.
  private List<String> given(String subordinate, String before, Path script, String... program)
      throws IOException {
    Path file = Files.writeString(temp.resolve("subids"), subordinate + "\n");
    List<String> command = new ArrayList<>(SubordinateIds.given(file, file));
    String ordinary =
        "exec setpriv --reuid 65534 --regid 65534 --clear-groups env -u XDG_RUNTIME_DIR dash \"$@\"";
    command.addAll(List.of("sh", "-ec", before + ordinary, "sh", script.toString()));
    command.addAll(List.of(program));
    return command;
  }

  private Run.Result run(String subordinate, String lines, String... program) throws IOException {
    Path script = script(Specs.plan(spec(lines)));
    return Run.run(given(subordinate, "", script, program).toArray(new String[0]));
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("var"))) {
      return files.toList();
    }
  }

  private static List<Object> owner(Path file) throws IOException {
    Map<String, Object> facts = Files.readAttributes(file, "unix:uid,gid");
    return List.of(facts.getOrDefault("uid", ""), facts.getOrDefault("gid", ""));
  }

  @Test
  void theExampleLeavesFilesOfTwoUsersAndNothingElse() throws Exception {
    String example =
        Files.readString(Golden.HOME.resolve("examples/rootless-tree.broot"))
            .replace("vardir /var/tmp", "vardir " + temp + "/var");
    Plan plan = Specs.plan(example, Map.of("tree", temp + "/tree"), List.of());
    String build =
        "touch root; install -d -m 700 -o 100 -g 101 app /var/app; touch /var/app/inner; chown 100 /var/app/inner; id -u";
    Run.Result result =
        Run.run(
            given("nobody:200000:10000", "", script(plan), "sh", "-c", build)
                .toArray(new String[0]));
    assertThat(result).isEqualTo(new Run.Result(0, "0\n", ""));
    assertThat(owner(temp.resolve("tree/root"))).isEqualTo(List.of(NOBODY, NOBODY));
    assertThat(owner(temp.resolve("tree/app"))).isEqualTo(List.of(200099, 200100));
    assertThat(left()).isEmpty();
  }

  @Test
  void aRangeHasItsPlaceAndOtherGroupsAreNotThere() throws Exception {
    String show = "cat /proc/self/uid_map /proc/self/gid_map";
    Run.Result result =
        run("65534:300000:100", "map users 300010-300019 -> 21-30", "sh", "-c", show);
    assertThat(result.err()).isEmpty();
    assertThat(result.out().replaceAll(" +", " "))
        .isEqualTo(" 0 65534 1\n 21 300010 10\n 0 65534 1\n");
  }

  /** Whose network lies in a user namespace that has nobody else. */
  @Test
  void anOrdinaryUserIsToldThatTheNetworkByNameHasNoOthers() throws Exception {
    Run.Result result =
        run("65534:300000:100", "net allow localhost:9;map users 300010 -> 1", "true");
    assertThat(result.err())
        .startsWith("broot: test.broot:4: `map` beside `net allow` is for root only: ");
    assertThat(result.status()).isEqualTo(125);
    assertThat(left()).isEmpty();
  }

  /** bubblewrap tells of its first process by a descriptor that nothing else has. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void theyGoWithWhatIsHidden(int texts) throws Exception {
    Files.writeString(temp.resolve("tree/secret"), "secret\n");
    StringBuilder lines = new StringBuilder("map users 200000 -> 1;hide /tree/secret");
    for (int i = 0; i < texts; i++) {
      lines.append(";text /etc/said" + i + " = said");
    }
    Files.setAttribute(temp.resolve("var"), "unix:uid", 0);
    Path script = script(Specs.plan(spec(lines.toString())));
    Run.Result result =
        Run.run("sh", script.toString(), "sh", "-c", "cat /tree/secret; wc -l </proc/self/uid_map");
    assertThat(result).isEqualTo(new Run.Result(0, "2\n", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other:200000:10 | map users auto | test.broot:3: map users auto: /etc/subuid gives nobody none; `usermod --add-subuids 200010-265545 nobody`",
        "nobody:200000 | map groups auto | test.broot:3: map groups auto: /etc/subgid gives nobody none",
        "nobody:200000:9 | map users 200000-200009 -> 1-10 | test.broot:3: `map`: newuidmap: uid range",
        "nobody:200000:9 | map groups 0 -> 1 | test.broot:3: `map`: newgidmap: gid range",
        "nobody:0:0 | map users auto | test.broot:3: `map`: newuidmap",
      })
  void whatTheHostDoesNotGiveIsAnError(String subordinate, String line, String message)
      throws Exception {
    Run.Result result = run(subordinate, line, "echo", "ran");
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("broot: " + message);
    assertThat(left()).isEmpty();
  }

  @Test
  void aHostWithoutNewuidmapIsToldWhichPackageHasIt() throws Exception {
    Path script = script(Specs.plan(spec(BOTH)));
    String gone = "mount --bind /dev/null /usr/bin/newuidmap; ";
    Run.Result result =
        Run.run(given("nobody:200000:10000", gone, script, "echo", "ran").toArray(new String[0]));
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err())
        .contains("test.broot:3: map users auto: newuidmap and newgidmap are not here", "uidmap");
  }

  @Test
  void whatAKilledRunLeftIsRemovedByTheNext() throws Exception {
    Path script = script(Specs.plan(spec(BOTH)));
    String hold = "mkdir /var/y /var/y/z; chown 5 /var/y/z /var/y; echo ready; exec sleep 60";
    Process killed =
        new ProcessBuilder(given("nobody:200000:10000", "", script, "sh", "-c", hold)).start();
    try (var out = killed.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      assertThat(Run.run("kill", "-KILL", String.valueOf(killed.pid())).status()).isZero();
      // The program dies with its parent; the end of its output says so.
      assertThat(out.readLine()).isNull();
    }
    assertThat(left()).hasSize(1);
    Run.Result next =
        Run.run(given("nobody:200000:10000", "", script, "true").toArray(new String[0]));
    assertThat(next).isEqualTo(new Run.Result(0, "", ""));
    assertThat(left()).isEmpty();
  }

  @Test
  void theLibraryDoesTheSame() throws Exception {
    String lines = "map users 300000-300009 -> 1-10;map groups 400000 -> 7;cap add CAP_CHOWN";
    Files.setAttribute(temp.resolve("tree"), "unix:uid", 0);
    Files.setAttribute(temp.resolve("var"), "unix:uid", 0);
    try (BuildRoot root = BuildRoot.enter(Specs.valid(spec(lines)))) {
      Result result =
          root.run(
              dev.broot.run.Run.of("sh", "-c", "touch /tree/a /var/b; chown 5:7 /tree/a /var/b")
                  .capture());
      assertThat(result.output()).isEmpty();
      assertThat(result.status()).isZero();
    }
    assertThat(owner(temp.resolve("tree/a"))).isEqualTo(List.of(300004, 400000));
    assertThat(left()).isEmpty();
  }

  // Where the jars are, perhaps only root may look.
  private String readable(String classPath) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : classPath.split(":", -1)) {
      if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
        String ending = entry.endsWith(".jar") ? ".jar" : "";
        String copy = directory("jars") + "/" + copies.size() + ending;
        copies.add(copy);
        assertThat(Run.run("cp", "-r", entry, copy).err()).isEmpty();
      }
    }
    assertThat(Run.run("chmod", "-R", "a+rX", temp.resolve("jars").toString()).status()).isZero();
    return String.join(":", copies);
  }

  @Test
  void theLibraryDoesTheSameForAnOrdinaryUser() throws Exception {
    Path spec = Files.writeString(temp.resolve("library.broot"), spec(BOTH));
    String java = ProcessHandle.current().info().command().orElse("java");
    String start =
        "exec '" + java + "' -cp \"$1\" " + Embedding.class.getName() + " \"$2\" \"$3\"\n";
    Path script = Files.writeString(temp.resolve("library.sh"), start);
    String program =
        "touch /tree/a; mkdir -p /var/c/d; chown 5:7 /tree/a; chown 9 /var/c/d /var/c; id -u";
    Run.Result result =
        Run.run(
            given(
                    "nobody:200000:10000",
                    "",
                    script,
                    readable(System.getProperty("java.class.path", "")),
                    spec.toString(),
                    program)
                .toArray(new String[0]));
    // A JVM may warn of jnr on stderr.
    assertThat(result.out()).as(result.err()).isEqualTo("0\n");
    assertThat(result.status()).isZero();
    assertThat(owner(temp.resolve("tree/a"))).isEqualTo(List.of(200004, 200006));
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "new-session | map users auto | WIDER",
        "map users auto | new-session | NARROWER",
        "map users auto | map users auto | NARROWER",
        "map users auto | map groups auto | WIDER",
        "map users auto | map users 7 -> 1 | WIDER",
        "map users 10-19 -> 1-10 | map users 10-29 -> 1-20 | WIDER",
        "map users 10-29 -> 1-20 | map users 15-19 -> 6-10 | NARROWER",
        "map users 10-19 -> 1-10 | map users 10-19 -> 2-11 | WIDER",
      })
  void aRangeThatGrowsWidens(String before, String after, String verdict) {
    String both = "broot 1\nbase none\nunshare user\nbind ro / -> /\n";
    assertThat(Specs.gains(both + before + "\n", both + after + "\n", Subject.Mapped.class))
        .isEqualTo(verdict.equals("WIDER"));
  }

  @Test
  void aPlanKeepsThemAndACommandLineHasNone() throws Exception {
    Plan plan = Specs.plan(spec("map users 10-19 -> 1-10;map groups auto"));
    assertThat(PlanText.print(plan))
        .contains("users\n  map users 10-19 -> 1-10\n  map groups auto\n");
    assertThat(PlanReader.read(PlanJson.print(plan, List.of())).sandbox().maps())
        .extracting(map -> map.text())
        .containsExactly("map users 10-19 -> 1-10", "map groups auto");
    Plan alone = Specs.plan("broot 1\nbase none\nunshare user\nbind ro / -> /\nmap users auto\n");
    assertThat(Export.problem(alone, false)).startsWith("it maps users (test.broot:5)");
  }
}
