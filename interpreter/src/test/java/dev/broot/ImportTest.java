package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broot.bwrap.CommandLine;
import dev.broot.compile.Compiled;
import dev.broot.diagnostic.TextPrinter;
import dev.broot.plan.Plan;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.spec.Spec;
import dev.broot.support.Golden;
import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.translate.ArgumentText;
import dev.broot.translate.Export;
import dev.broot.translate.Import;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines become specs that mean the same, and say so where they cannot. */
class ImportTest {
  @TempDir Path temp = Path.of("");

  private static Plan plan(Import made) {
    assertThat(made.refused()).as(made.spec()).isEmpty();
    Compiled result = Import.compile(made.spec());
    Plan plan = result.plan();
    assertThat(plan).as(made.spec() + TextPrinter.print(result.diagnostics(), false)).isNotNull();
    return java.util.Objects.requireNonNull(plan);
  }

  /** What a command line means: mounts in order, the rest as a set. */
  private record Meaning(List<String> mounts, Set<String> rest) {}

  private static final Set<String> MOUNTS =
      Set.of(
          "--bind",
          "--ro-bind",
          "--dev-bind",
          "--bind-try",
          "--ro-bind-try",
          "--dev-bind-try",
          "--tmpfs",
          "--dir",
          "--proc",
          "--dev",
          "--mqueue",
          "--symlink",
          "--remount-ro",
          "--chmod",
          "--overlay",
          "--tmp-overlay",
          "--ro-overlay",
          "--file",
          "--bind-data",
          "--ro-bind-data",
          "--bind-fd",
          "--ro-bind-fd");

  /** Whose number is the caller's affair. */
  private static final List<String> CALLERS =
      List.of(
          "--info-fd",
          "--json-status-fd",
          "--sync-fd",
          "--block-fd",
          "--userns-block-fd",
          "--userns",
          "--userns2",
          "--pidns");

  private static int values(String option) {
    return switch (option) {
      case "--overlay" -> 3;
      case "--setenv",
          "--symlink",
          "--chmod",
          "--bind",
          "--ro-bind",
          "--dev-bind",
          "--bind-try",
          "--ro-bind-try",
          "--dev-bind-try",
          "--file",
          "--bind-data",
          "--ro-bind-data",
          "--bind-fd",
          "--ro-bind-fd" ->
          2;
      case "--tmpfs",
          "--dir",
          "--proc",
          "--dev",
          "--mqueue",
          "--remount-ro",
          "--tmp-overlay",
          "--ro-overlay",
          "--overlay-src",
          "--perms",
          "--size",
          "--chdir",
          "--uid",
          "--gid",
          "--hostname",
          "--unsetenv",
          "--cap-add",
          "--cap-drop",
          "--lock-file",
          "--argv0",
          "--exec-label",
          "--file-label",
          "--seccomp",
          "--add-seccomp-fd" ->
          1;
      default -> CALLERS.contains(option) ? 1 : 0;
    };
  }

  // Written without a look at the importer.
  private static Meaning meaning(List<String> arguments) {
    List<String> mounts = new ArrayList<>();
    Set<String> rest = new TreeSet<>();
    Map<String, String> last = new LinkedHashMap<>();
    Map<String, String> environment = new LinkedHashMap<>();
    Set<String> caps = new TreeSet<>();
    boolean cleared = false;
    String before = "";
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      List<String> values = arguments.subList(i + 1, i + 1 + values(option));
      i += values.size();
      switch (option) {
        case "--perms" -> before += " perms " + Integer.parseInt(values.get(0), 8);
        case "--size" -> before = " size " + values.get(0) + before;
        case "--overlay-src" -> before += " src " + values;
        case "--clearenv" -> {
          cleared = true;
          environment.clear();
        }
        case "--setenv" -> environment.put(values.get(0), "=" + values.get(1));
        case "--unsetenv" -> environment.put(values.get(0), "unset");
        case "--chdir", "--uid", "--gid", "--hostname", "--argv0", "--exec-label", "--file-label" ->
            last.put(option, values.get(0));
        case "--cap-add", "--cap-drop" -> {
          if (values.get(0).equals("ALL")) {
            caps.clear();
            caps.add(option);
          } else {
            caps.remove("--cap-add " + values.get(0));
            caps.remove("--cap-drop " + values.get(0));
            if (!caps.contains(option)) {
              caps.add(option + " " + values.get(0));
            }
          }
        }
        default -> {
          if (MOUNTS.contains(option)) {
            String said =
                switch (option) {
                  case "--chmod" -> option + Integer.parseInt(values.get(0), 8) + values.get(1);
                  // A descriptor of a directory is that directory.
                  case "--bind-fd", "--ro-bind-fd" ->
                      option.replace("-fd", "")
                          + List.of(values.get(0).substring(1), values.get(1));
                  default -> option + values;
                };
            mounts.add(said + before);
            before = "";
          } else {
            rest.add(option + (CALLERS.contains(option) ? "" : values));
          }
        }
      }
    }
    boolean anew = cleared;
    environment.forEach(
        (name, value) -> {
          if (!anew || !value.equals("unset")) {
            rest.add(name + value);
          }
        });
    last.forEach((name, value) -> rest.add(name + " " + value));
    rest.addAll(caps);
    if (cleared) {
      rest.add("clear");
    }
    if (rest.contains("--unshare-all[]")) {
      rest.removeAll(
          List.of("--unshare-ipc[]", "--unshare-pid[]", "--unshare-net[]", "--unshare-uts[]"));
    } else {
      rest.remove("--share-net[]");
    }
    return new Meaning(mounts, rest);
  }

  private static Meaning meaning(Plan plan) {
    List<String> arguments = new ArrayList<>();
    CommandLine.of(plan)
        .forEach(option -> option.words().forEach(word -> arguments.add(word.display())));
    if (!plan.env().inherit()) {
      arguments.add("--clearenv");
      for (Spec.Variable variable : plan.env().variables()) {
        Spec.SetVariable set = (Spec.SetVariable) variable;
        arguments.addAll(List.of("--setenv", set.name(), set.value().display()));
      }
    }
    return meaning(arguments);
  }

  private static final String ARGS = "/args";

  private static final List<String> ODD =
      List.of(
          "/a", "/a b", "/a\"q", "/$x", "/#h", "/-d", "/n\nl", "/é", "/b\\s", "/t ", "/c:d",
          "/x,y]");

  private static List<String> random(Random random) {
    List<String> arguments = new ArrayList<>();
    List<String> once =
        new ArrayList<>(
            List.of(
                "--unshare-user",
                "--unshare-ipc",
                "--unshare-pid",
                "--unshare-net",
                "--unshare-uts",
                "--unshare-cgroup-try",
                "--unshare-cgroup",
                "--unshare-user-try",
                "--assert-userns-disabled",
                "--level-prefix",
                "--not-a-security-boundary",
                "--new-session",
                "--die-with-parent",
                "--unshare-all"));
    once.removeIf(option -> random.nextBoolean());
    arguments.addAll(once);
    if (once.contains("--unshare-all") && random.nextBoolean()) {
      arguments.add("--share-net");
    }
    if (once.contains("--unshare-all") || once.contains("--unshare-uts")) {
      arguments.addAll(List.of("--hostname", "box" + random.nextInt(3)));
    }
    if (once.contains("--unshare-all") || once.contains("--unshare-user")) {
      arguments.addAll(List.of("--uid", "" + random.nextInt(3), "--gid", "7"));
    }
    boolean own = once.contains("--unshare-user");
    if (own) {
      arguments.add("--disable-userns");
    } else if (!once.contains("--unshare-all") && !once.contains("--unshare-user-try")) {
      arguments.addAll(
          random.nextBoolean() ? List.of("--userns", "20", "--userns2", "21") : List.of());
    }
    if (once.contains("--unshare-pid") && random.nextBoolean()) {
      arguments.add("--as-pid-1");
    }
    for (String descriptor :
        List.of("--info-fd", "--json-status-fd", "--sync-fd", "--block-fd", "--pidns")) {
      arguments.addAll(random.nextInt(4) == 0 ? List.of(descriptor, "22") : List.of());
    }
    if (own && arguments.contains("--info-fd") && random.nextBoolean()) {
      arguments.addAll(List.of("--userns-block-fd", "23"));
    }
    for (int i = random.nextInt(12); i > 0; i--) {
      String path = ODD.get(random.nextInt(ODD.size()));
      String to = "/to" + i + path;
      String value = path.substring(1);
      switch (random.nextInt(33)) {
        case 0 -> arguments.addAll(List.of("--setenv", "V" + random.nextInt(3), value));
        case 1 -> arguments.addAll(List.of("--unsetenv", "V" + random.nextInt(3)));
        case 2 -> arguments.addAll(random.nextInt(4) == 0 ? List.of("--clearenv") : List.of());
        case 3 -> arguments.addAll(List.of("--chdir", path));
        case 4 ->
            arguments.addAll(
                List.of("--cap-add", "CAP_" + (random.nextBoolean() ? "CHOWN" : "SYS_ADMIN")));
        case 5 ->
            arguments.addAll(List.of("--cap-drop", random.nextBoolean() ? "ALL" : "CAP_CHOWN"));
        case 6 -> arguments.addAll(List.of("--perms", "0" + random.nextInt(8) + "0", "--dir", to));
        case 7 ->
            arguments.addAll(List.of("--size", "" + (1 + random.nextInt(9) * 1024), "--tmpfs", to));
        case 8 -> arguments.addAll(List.of("--symlink", value.isBlank() ? "x" : value, to));
        case 9 -> arguments.addAll(List.of("--dev-bind-try", path, to));
        case 10 -> arguments.addAll(List.of("--ro-bind", path, to));
        case 11 -> arguments.addAll(List.of("--bind", path, to));
        case 12 -> arguments.addAll(List.of("--proc", to, "--remount-ro", to));
        case 13 -> arguments.addAll(List.of("--dev", to, "--mqueue", to + "/mq"));
        case 18 -> arguments.addAll(List.of("--ro-bind-try", path, to));
        case 19 -> arguments.addAll(List.of("--bind-try", path, to));
        case 20 -> arguments.addAll(List.of("--dev-bind", path, to));
        case 21 -> arguments.addAll(List.of("--perms", "1777", "--tmpfs", to));
        case 22 -> arguments.addAll(List.of("--dir", to));
        case 23 -> arguments.addAll(List.of("--bind-data", "11", to));
        case 24 -> arguments.addAll(List.of("--overlay-src", path, "--tmp-overlay", to));
        case 25 -> arguments.addAll(List.of("--argv0", path));
        case 26 -> arguments.addAll(List.of("--exec-label", value.isBlank() ? "x" : value));
        case 27 -> arguments.addAll(List.of("--file-label", "label"));
        case 28 -> arguments.addAll(List.of("--lock-file", to));
        case 29 -> arguments.addAll(List.of("--bind-fd", "10", to));
        case 30 -> arguments.addAll(List.of("--ro-bind-fd", "11", to));
        case 31 -> arguments.addAll(List.of("--cap-add", "ALL"));
        case 16 -> arguments.addAll(List.of("--file", "10", to));
        case 17 -> arguments.addAll(List.of("--perms", "0640", "--ro-bind-data", "11", to));
        case 14 -> arguments.addAll(List.of("--chmod", "750", to));
        case 15 ->
            arguments.addAll(
                List.of("--overlay-src", path, "--overlay-src", "/l", "--ro-overlay", to));
        default -> arguments.addAll(List.of("--overlay-src", path, "--overlay", "/up", "/wk", to));
      }
    }
    return arguments;
  }

  private static final Map<String, String> FILES =
      Map.of("10", "/a file", "11", "/data", "12", "/filter.bpf", "13", ARGS);

  // As a plan shows a descriptor.
  private static String named(String argument) {
    String file = FILES.get(argument);
    return file == null ? argument : "<" + file;
  }

  @Test
  void aBaseIsFoundWhereItIsExactlyThat() throws IOException {
    Plan host = dev.broot.support.Specs.plan("broot 1\nbase host\n");
    List<String> arguments = new ArrayList<>(List.of(Export.argsFile(host).split("\0", -1)));
    arguments.set(arguments.size() - 1, "--ro-bind");
    arguments.addAll(List.of("/srv", "/srv", "make"));
    Import made = Import.of(arguments);
    assertThat(made.spec()).contains("base host\n").contains("bind ro /srv -> /srv\n");
    assertThat(made.spec().lines().filter(line -> line.startsWith("bind"))).hasSize(1);
    arguments.remove("--new-session");
    assertThat(Import.of(arguments).spec()).contains("base none\n").contains("bind ro /usr");
  }

  @Test
  void whatWasImportedMeansTheSame() {
    Random random = new Random(99);
    Set<String> used = new TreeSet<>();
    for (int i = 0; i < Integer.getInteger("broot.lines", 20_000); i++) {
      List<String> arguments = random(random);
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
      Import made = Import.of(whole, FILES, file -> file.equals(ARGS) ? held : null);
      used.addAll(whole);
      used.addAll(held);
      assertThat(made.program()).containsExactly("prog", "--bind", "x");
      assertThat(meaning(plan(made)))
          .as(arguments + "\n" + made.spec())
          .isEqualTo(meaning(arguments.stream().map(ImportTest::named).toList()));
    }
    assertThat(used).containsAll(SAYABLE);
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

  /** Every option of bubblewrap 0.12 but help and version. */
  private static final List<String> SAYABLE =
      List.of(
          ("--add-seccomp-fd --args --argv0 --as-pid-1 --assert-userns-disabled --bind --bind-data"
                  + " --bind-fd --bind-try --block-fd --cap-add --cap-drop --chdir --chmod --clearenv"
                  + " --dev --dev-bind --dev-bind-try --die-with-parent --dir --disable-userns"
                  + " --exec-label --file --file-label --gid --hostname --info-fd --json-status-fd --level-prefix"
                  + " --lock-file --mqueue --new-session --not-a-security-boundary --overlay"
                  + " --overlay-src --perms --pidns --proc --remount-ro --ro-bind --ro-bind-data"
                  + " --ro-bind-fd --ro-bind-try --ro-overlay --seccomp --setenv --share-net --size"
                  + " --symlink --sync-fd --tmp-overlay --tmpfs --uid --unsetenv --unshare-all"
                  + " --unshare-cgroup --unshare-cgroup-try --unshare-ipc --unshare-net"
                  + " --unshare-pid --unshare-user --unshare-user-try --unshare-uts --userns"
                  + " --userns-block-fd --userns2")
              .split(" ", -1));

  private static final Map<String, List<String>> ARGUMENT_FILES =
      Map.of(
          "/run/launcher/args",
          List.of("--unshare-all", "--ro-bind", "/usr", "/usr", "--setenv", "A", "b c"));

  /** What a command line says when its descriptors are known, as a plan shows it. */
  private static List<String> told(ArgumentText.Line line) {
    List<String> told = new ArrayList<>();
    List<String> arguments = line.arguments();
    for (int i = 1; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (option.equals("--") || !option.startsWith("--")) {
        break;
      }
      if (option.equals("--args")) {
        String file = String.valueOf(line.descriptors().get(arguments.get(++i)));
        told.addAll(ARGUMENT_FILES.getOrDefault(file, List.of()));
        continue;
      }
      told.add(option);
      for (int left = values(option); left > 0; left--) {
        String value = arguments.get(++i);
        String file = left == values(option) ? line.descriptors().get(value) : null;
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
      ArgumentText.Line line = ArgumentText.shell(text);
      Import made = Import.of(line.arguments(), line.descriptors(), ARGUMENT_FILES::get);
      assertThat(meaning(plan(made))).as(text + "\n" + made.spec()).isEqualTo(meaning(told(line)));
      assertThat(line.arguments()).endsWith(made.program().toArray(new String[0]));
      used.addAll(line.arguments());
      used.addAll(told(line));
    }
    assertThat(lines).hasSizeGreaterThanOrEqualTo(40);
    assertThat(used).containsAll(SAYABLE);
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
        assertThat(SAYABLE).contains(option);
        assertThat(documented).contains("`" + option);
      }
      Import made = Import.of(List.of(option, "/a", "/b", "/c"));
      assertThat(made.refused()).as(option).noneMatch(reason -> reason.contains("no option of"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--ro-bind /usr|2: `--ro-bind`: its value is missing",
        "--ro-bnd /usr /usr|2: `--ro-bnd`: no option of bubblewrap",
        "--args 3 x|2: `--args`: what the descriptor holds is not seen here; say which file",
        "--info-fd x y|2: `--info-fd`: `x` is not a number",
        "--bind-fd 11 /a x|2: `--bind-fd`: what the descriptor holds is not seen here; say which file",
        "--seccomp 11 x|2: `--seccomp`: what the descriptor holds is not seen here; say which file",
        "--ro-bind usr /usr x|2: `--ro-bind`: `usr` is a relative path",
        "--uid root x|2: `--uid`: `root` is not a number",
        "--perms 0700 --proc /proc x|4: `--proc`: `--perms` before it",
        "--setenv A=B c x|2: `--setenv`: `A=B` is not the name of a variable",
        "--help x|2: `--help`: it asks for help",
        "--cap-add X\nraw x|2: `--cap-add`: `X\nraw` is not the name of a capability",
        "-x|2: `-x`: an option of bwrap starts with two dashes",
        "--perms 0700|`--perms` or `--size` at the end is for no file",
      })
  void whatCannotBeSaidIsRefusedByName(String text) {
    String[] parts = text.split("\\|", 2);
    List<String> arguments = new ArrayList<>(List.of("bwrap"));
    arguments.addAll(List.of(parts[0].split(" ", -1)));
    assertThat(Import.of(arguments).refused()).anyMatch(reason -> reason.startsWith(parts[1]));
  }

  @Test
  void targetsAreTakenFromTheSandboxesRoot() {
    Import made =
        Import.of(
            List.of(
                "bwrap",
                "--dir",
                "var",
                "--symlink",
                "../tmp",
                "var/tmp",
                "--proc",
                "./p/../q",
                "--chdir",
                "work"));
    assertThat(made.refused()).isEmpty();
    assertThat(made.spec())
        .contains("\ndir /var\n")
        .contains("\nsymlink ../tmp -> /var/tmp\n")
        .contains("\nproc /q\n")
        .contains("\nchdir /work\n");
  }

  @Test
  void whatIsNoCommandLineOfBubblewrapIsRefused() {
    assertThat(Import.of(List.of("exec", "bwrap", "--dev", "/dev")).refused())
        .containsExactly("1: `exec`: a command line starts with bwrap or with an option of it");
  }

  @Test
  void dangerIsMarkedAndHidingIsSaid() {
    Import made =
        Import.of(
            List.of(
                "bwrap",
                "--bind",
                "/",
                "/",
                "--tmpfs",
                "/tmp",
                "--bind",
                "/x",
                "/tmp",
                "--unshare-all",
                "--share-net",
                "sh"));
    assertThat(made.spec())
        .contains("unsafe share net because \"imported: say why\"")
        .contains("unsafe bind rw / -> / because \"imported: say why\"")
        .contains("\nbind rw /x -> /tmp over\n");
    plan(made);
  }

  @Test
  void commandLinesAreReadAsTheyAreFound() throws Exception {
    assertThat(
            ArgumentText.shell(
                    "bwrap --ro-bind '/a b' \"/c \\\"d\" /e\\ f $'x\\ny' \\\n --dev /dev")
                .arguments())
        .containsExactly("bwrap", "--ro-bind", "/a b", "/c \"d", "/e f", "x\ny", "--dev", "/dev");
    ArgumentText.Line line = ArgumentText.shell("bwrap --seccomp 9 --file 10 /x 9<f 10< '/a b'");
    assertThat(line.arguments()).containsExactly("bwrap", "--seccomp", "9", "--file", "10", "/x");
    assertThat(line.descriptors()).containsOnly(Map.entry("9", "f"), Map.entry("10", "/a b"));
    assertThat(ArgumentText.lines("bwrap\n--dev\n/dev\n\n"))
        .containsExactly("bwrap", "--dev", "/dev", "");
    assertThat(ArgumentText.nul("a\0\0b c\0")).containsExactly("a", "", "b c");
    for (String bad :
        List.of(
            "a 'b",
            "a \"$HOME\"",
            "a $HOME",
            "a `id`",
            "a; b",
            "a | b",
            "a *",
            "a\\",
            "a <b",
            "a 1>b",
            "a 9<&3",
            "a 9<<E",
            "a 9<(b)",
            "a 9<",
            "a '9'<b")) {
      assertThatThrownBy(() -> ArgumentText.shell(bad))
          .as(bad)
          .isInstanceOf(ArgumentText.Malformed.class);
    }
  }

  private static String looked(Run.Result result) {
    return result.status() + "\n" + result.out() + result.err();
  }

  /** The same view from inside: mounts, environment, capabilities, namespaces of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64"
            + " --proc /proc --dev /dev --unshare-pid --new-session --clearenv --setenv PATH /usr/bin",
        "--ro-bind / / --tmpfs /tmp --dir /tmp/x --bind /var /tmp/x --dev-bind /dev /dev --chdir /tmp"
            + " --unshare-all --die-with-parent --setenv A b --unsetenv HOME --proc /proc",
        "--ro-bind / / --tmpfs /tmp --perms 0711 --dir /tmp/d --cap-drop ALL --cap-add CAP_CHOWN"
            + " --unshare-ipc --unshare-pid --size 1048576 --tmpfs /mnt --remount-ro /mnt --proc /proc",
        "--unshare-user --uid 12 --gid 13 --ro-bind / / --hostname box --unshare-uts --unshare-ipc --unshare-pid"
            + " --proc /proc --mqueue /mnt --tmpfs /tmp --chmod 0700 /tmp",
      })
  void realSandboxesLookTheSame(String line) throws IOException {
    Host.assumeRoot();
    String look =
        "cut -d' ' -f4-6 /proc/self/mountinfo; env | sort; grep -E '^(Cap|Uid|Gid)' /proc/self/status;"
            + " uname -n; pwd; ls -ld / /tmp/d /tmp/x 2>&1 | cut -c1-10; [ $(ls /proc | grep -c '^[0-9]') -lt 20 ] && echo own";
    List<String> command = new ArrayList<>(List.of("bwrap"));
    command.addAll(List.of(line.split(" ", -1)));
    List<String> arguments = List.copyOf(command);
    command.addAll(List.of("sh", "-c", look));
    Run.Result direct = Run.run(Map.of(), null, command);
    assertThat(direct.status()).as(direct.err()).isZero();
    Plan plan = plan(Import.of(arguments));
    Path script =
        Files.writeString(
            temp.resolve("script.sh"), ScriptWriter.write(plan, RunOptions.NONE, "TEST"));
    Run.Result ours = Run.run("dash", script.toString(), "sh", "-c", look);
    assertThat(looked(ours)).isEqualTo(looked(direct));
    Path exported = Files.writeString(temp.resolve("exported.sh"), Export.script(plan));
    assertThat(looked(Run.run("dash", exported.toString(), "sh", "-c", look)))
        .isEqualTo(looked(direct));
  }

  @Test
  @NeedsSandbox
  void theCommandsWork() throws IOException {
    Path spec = temp.resolve("made.broot");
    Run.Result made =
        Run.run(
            BROOT,
            "import",
            "-o",
            spec.toString(),
            "--",
            "bwrap",
            "--ro-bind",
            "/usr",
            "/usr",
            "--symlink",
            "usr/bin",
            "/bin",
            "--symlink",
            "usr/lib",
            "/lib",
            "--symlink",
            "usr/lib64",
            "/lib64",
            "sh",
            "-c",
            "echo $0 \"$@\"",
            "a b");
    assertThat(made)
        .isEqualTo(
            new Run.Result(
                0, "", "run it with: broot exec " + spec + " -- sh -c 'echo $0 \"$@\"' 'a b'\n"));
    assertThat(Run.run(BROOT, "exec", spec.toString(), "--", "sh", "-c", "echo $0", "a b").out())
        .isEqualTo("a b\n");
    assertThat(Run.run(BROOT, "export", spec.toString(), "--", "echo", "it's").out())
        .isEqualTo(
            "bwrap --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64"
                + " /lib64 -- echo 'it'\\''s'\n");
    String round =
        BROOT + " export --format args-file " + spec + " | " + BROOT + " import --from - --as nul";
    Run.Result again = Run.run("sh", "-c", round);
    assertThat(again.out()).isEqualTo(Files.readString(spec));
    Path host =
        Files.writeString(
            temp.resolve("host.broot"),
            "broot 1\nbase host\nstdin null\nenv A = \"b c\"\nenv pass NO_SUCH else \"d e\"\n");
    Run.Result anew = Run.run(BROOT, "export", "--format", "args-file", host.toString());
    assertThat(anew.out())
        .startsWith("--clearenv\0--setenv\0PATH\0")
        .contains("--setenv\0A\0b c\0--setenv\0NO_SUCH\0d e\0");
    assertThat(Run.run(BROOT, "export", host.toString(), "--", "env").out())
        .startsWith("env -i PATH=")
        .contains(" A='b c' NO_SUCH='d e' bwrap --chdir / ")
        .endsWith(" -- env </dev/null\n");
    assertThat(Run.run(BROOT, "export", "--format", "sh", host.toString()).err())
        .contains("it asks the host at each run");
    Run.Result refused =
        Run.run(BROOT, "import", "--", "bwrap", "--seccomp", "3", "--tmpfs", "/x", "sh");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("broot: refused: argument 2: `--seccomp`");
    assertThat(
            Run.run(BROOT, "import", "--partial", "--", "bwrap", "--seccomp", "3", "--tmpfs", "/x")
                .out())
        .contains("# refused: argument 2: `--seccomp`")
        .contains("\ntmpfs /x\n");
    assertThat(Run.run(BROOT, "export", "base:osbuild-2020").status()).isEqualTo(1);
    Path copy = temp.resolve("copy.broot");
    Files.writeString(copy, "broot 1\nbase host\nbind-data ro /etc/hostname -> /tmp/h\n");
    String line = Run.run(BROOT, "export", copy.toString(), "--", "cat", "/tmp/h").out();
    assertThat(Run.run("dash", "-c", line).out())
        .isEqualTo(Files.readString(Path.of("/etc/hostname")));
    Path quoted = Files.writeString(temp.resolve("quoted"), line.substring(line.indexOf("bwrap")));
    Run.Result back = Run.run(BROOT, "import", "--as", "shell", "--from", quoted.toString());
    assertThat(back.out()).contains("\nbind-data ro /etc/hostname -> /tmp/h\n");
    assertThat(Run.run(BROOT, "export", "--format", "args-file", copy.toString()).err())
        .contains("bubblewrap gets /etc/hostname as a descriptor");
  }
}
