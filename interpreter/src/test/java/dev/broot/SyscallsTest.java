package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.broot.filter.Filter;
import dev.broot.filter.FilterException;
import dev.broot.permission.Difference;
import dev.broot.permission.Grant;
import dev.broot.plan.Plan;
import dev.broot.run.BuildRoot;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.spec.Syscall;
import dev.broot.spec.SyscallNames;
import dev.broot.support.FilterMachine;
import dev.broot.support.Golden;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** System calls by name: what fails, tried call by call, and what reviewers are told of it. */
class SyscallsTest {
  private static final String TRIES =
      Path.of("src/test/resources/syscalls/tries.py").toAbsolutePath().toString();
  private static final int EPERM = 0x50001;
  private static final int ENOSYS = 0x50026;
  private static final int ALLOWED = 0x7fff0000;

  @TempDir Path temp = Path.of("");

  private static String spec(String lines) {
    return "broot 1\nbase host\nbind ro "
        + TRIES
        + " -> /tries.py\n"
        + lines.replace("; ", "\n")
        + "\n";
  }

  private static List<Syscall> calls(String lines) {
    return Specs.plan(spec(lines)).sandbox().syscalls();
  }

  private Path script(String lines) throws IOException {
    String text = ScriptWriter.write(Specs.plan(spec(lines)), RunOptions.NONE, "TEST");
    return Files.writeString(temp.resolve("script.sh"), text);
  }

  private List<String> inside(String shell, String lines, String... tries) throws IOException {
    List<String> command = new ArrayList<>(List.of(shell, script(lines).toString()));
    command.addAll(List.of("python3", "/tries.py"));
    command.addAll(List.of(tries));
    Run.Result result = Run.run(command.toArray(new String[0]));
    assertThat(result.err()).isEmpty();
    return result.out().lines().toList();
  }

  /** Which calls have which number: each line is a number, and the names on x86_64 and i386. */
  private static List<String[]> table() throws IOException {
    return Run.run("python3", TRIES, "table").out().lines().map(line -> line.split(" ")).toList();
  }

  private static boolean isNamed(Set<String> names, String number, String name) {
    return names.stream()
        .anyMatch(
            one ->
                SyscallNames.twins(one).contains(name)
                    || String.valueOf(SyscallNames.number(one)).equals(number));
  }

  private static Set<String> names(String group) {
    return SyscallNames.group(group).keySet().stream()
        .map(call -> call.replaceAll("\\(.*", ""))
        .collect(Collectors.toSet());
  }

  private static void assumeX86() {
    assumeThat(Filter.machine())
        .as("skipped: the numbers here are those of x86_64")
        .isEqualTo("x86_64");
  }

  @Test
  void exactlyTheNamedCallsEndAProgram() throws IOException {
    assumeX86();
    Host.assumeRoot();
    Set<String> wanted = new TreeSet<>();
    Set<String> small = new TreeSet<>();
    for (String[] row : table()) {
      if (isNamed(names("@default"), row[0], row[1])) {
        wanted.add(row[1]);
      }
      if (isNamed(names("@default"), row[0], row[2])) {
        small.add("i386:" + row[2]);
      }
    }
    List<String> killed = inside("dash", "syscalls kill @default", "killed");
    if (killed.stream().anyMatch(name -> name.startsWith("i386:"))) {
      wanted.addAll(small);
    }
    assertThat(killed).containsExactlyInAnyOrderElementsOf(wanted).contains("mount", "clone3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@clock", "@debug", "@default", "@kernel", "@mount", "@namespace", "@obsolete"})
  void noOtherAbiGoesPastAFilter(String group) throws IOException {
    assumeX86();
    byte[] filter = Filter.compile(calls("syscalls deny " + group));
    long[] flags = {0x7e020000L, 0, 0, 0, 0, 0};
    for (String[] row : table()) {
      int number = Integer.parseInt(row[0]);
      boolean here = isNamed(names(group), row[0], row[1]);
      boolean small = isNamed(names(group), row[0], row[2]);
      assertThat(FilterMachine.run(filter, FilterMachine.X86_64, number, flags))
          .as("x86_64 %s", row[1])
          .isEqualTo(!here ? ALLOWED : row[1].equals("clone3") ? ENOSYS : EPERM);
      assertThat(FilterMachine.run(filter, FilterMachine.I386, number, flags))
          .as("i386 %s", row[2])
          .isEqualTo(!small ? ALLOWED : row[2].equals("clone3") ? ENOSYS : EPERM);
      // x32, and a machine that this is not. A call that has one number everywhere may be refused
      // as itself.
      assertThat(FilterMachine.run(filter, FilterMachine.X86_64, number | 0x40000000, flags))
          .isEqualTo(ENOSYS);
      assertThat(FilterMachine.run(filter, FilterMachine.AARCH64, number, flags))
          .isNotEqualTo(ALLOWED);
    }
  }

  @Test
  void whatADeniedCallSays() throws Exception {
    assumeX86();
    Host.assumeRoot();
    String lines = "syscalls default; syscalls deny @terminal ptrace openat2; syscalls log getpid";
    // ptrace, clone3, openat2; TIOCSTI, also where the kernel does not look; another ioctl; a flag
    // of clone; x32; a call that is younger than the library; one that is logged.
    String[] tries = {
      "errors",
      "101",
      "435,0,0",
      "437,-1",
      "16,-1,0x5412",
      "16,-1,0x100005412",
      "16,-1,0x541c",
      "16,-1,0x5401",
      "56,0x04000011",
      "0x40000027",
      "467,-1",
      "39"
    };
    List<String> answers = List.of("1", "38", "38", "1", "1", "1", "9", "1", "38", "1", "0");
    assertThat(inside("dash", lines, tries)).isEqualTo(answers);
    assertThat(inside("bash", lines, tries)).isEqualTo(answers);
    List<String> argv = new ArrayList<>(List.of("python3", "/tries.py"));
    argv.addAll(List.of(tries));
    try (BuildRoot root = BuildRoot.enter(Specs.valid(spec(lines)))) {
      assertThat(
              root.run(dev.broot.run.Run.of(argv.toArray(new String[0])).capture())
                  .output()
                  .lines())
          .isEqualTo(answers);
    }
  }

  @Test
  void aCompiledFilterHoldsBesideIt() throws IOException {
    assumeX86();
    Host.assumeRoot();
    Path file = Files.write(temp.resolve("own.bpf"), Filter.compile(calls("syscalls deny sync")));
    assertThat(
            inside(
                "dash", "seccomp " + file + "; syscalls deny ptrace", "errors", "101", "162", "39"))
        .containsExactly("1", "1", "0");
  }

  @Test
  void programsStillHaveThreadsAndProcesses() throws IOException {
    Host.assumeRoot();
    String code =
        "import threading, subprocess; t = threading.Thread(target=print, args=('thread',)); t.start();"
            + " t.join(); print(subprocess.run(['echo', 'process'], capture_output=True, text=True).stdout)";
    Run.Result result =
        Run.run(
            "dash",
            script("syscalls default; syscalls deny @debug @terminal").toString(),
            "python3",
            "-c",
            code);
    assertThat(result.out().lines()).startsWith("thread", "process");
  }

  @Test
  void aScriptOfAnotherMachineDoesNotRun() throws IOException {
    Path script = script("syscalls deny ptrace");
    Files.writeString(
        script,
        Files.readString(script)
            .replace("broot_calls_of " + Filter.machine(), "broot_calls_of vax"));
    Run.Result result = Run.run("dash", script.toString(), "true");
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err())
        .startsWith("broot: test.broot:4: the filter was compiled for vax, and this machine is ");
  }

  @Test
  void aMissingLibraryIsNamed() throws IOException {
    Host.assumeRoot();
    Path spec =
        Files.writeString(temp.resolve("a.broot"), "broot 1\nbase host\nsyscalls deny ptrace\n");
    String hide =
        "for f in /lib*/libseccomp.so.2* /usr/lib*/libseccomp.so.2* /lib/*/libseccomp.so.2* /usr/lib/*/libseccomp.so.2*;"
            + " do [ ! -e \"$f\" ] || mount --bind /dev/null \"$(realpath \"$f\")\"; done; exec \"$@\"";
    Run.Result result =
        Run.run(
            "unshare",
            "-m",
            "sh",
            "-c",
            hide,
            "sh",
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.broot.cli.Main",
            "compile",
            spec.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(
            "a.broot:3: system calls by name need libseccomp.so.2", "the package `libseccomp2`");
  }

  @Test
  void whatTheKernelDoesNotTakeIsRefused() {
    assertThatThrownBy(() -> Filter.compile(calls("syscalls default"), 100))
        .isInstanceOf(FilterException.class)
        .hasMessageMatching(
            "test.broot:4: .* make a filter of [0-9]+ instructions, and the kernel takes 100; name fewer of them");
    String most =
        SyscallNames.calls().stream()
            .filter(name -> !SyscallNames.isNeeded(name))
            .collect(Collectors.joining(" "));
    assertThat(Filter.compile(calls("syscalls deny " + most)).length / Filter.INSTRUCTION)
        .isBetween(700, Filter.MOST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "syscalls deny ptrace mount | syscalls deny mount; syscalls deny ptrace | EQUAL",
        "syscalls deny ptrace | syscalls kill ptrace | EQUAL",
        "syscalls default | syscalls deny @default because \"x\" | EQUAL",
        "syscalls deny ptrace | syscalls deny ptrace mount | NARROWER",
        "syscalls deny ptrace mount | syscalls deny ptrace | WIDER",
        "syscalls deny ptrace | syscalls log ptrace | WIDER",
        "syscalls deny ptrace | syscalls deny mount | WIDER",
        "syscalls deny ioctl(TIOCSTI) | syscalls deny ioctl | NARROWER",
        "syscalls deny ioctl | syscalls deny ioctl(TIOCSTI) | WIDER",
        "syscalls log ptrace | env A = b | EQUAL",
      })
  void setsAreComparedByName(String before, String after, Difference.Verdict verdict) {
    Difference difference = Difference.of(Specs.plan(spec(before)), Specs.plan(spec(after)));
    assertThat(difference.verdict()).isEqualTo(verdict);
    if (verdict == Difference.Verdict.WIDER) {
      assertThat(difference.gained())
          .anyMatch(grant -> grant.text().startsWith("make the system call"));
    }
  }

  @Test
  void aSpecTakesCallsOfItsBaseAway() {
    String base = spec("syscalls default; syscalls kill ptrace");
    Plan all = Specs.plan(base);
    // A line of the command line stands above the spec, as a spec stands above its base.
    Plan fewer = Specs.plan(base, Map.of(), List.of("drop syscalls mount @keyring"));
    assertThat(Difference.of(all, fewer).gained())
        .extracting(Grant::text)
        .containsExactly("make the system calls add_key, keyctl, mount, request_key");
    // The strictest line counts, wherever it stands.
    Plan weaker = Specs.plan(base, Map.of(), List.of("syscalls log ptrace"));
    assertThat(weaker.sandbox().syscalls()).hasSameSizeAs(all.sandbox().syscalls());
    assertThat(Difference.of(all, weaker).verdict()).isEqualTo(Difference.Verdict.EQUAL);
  }

  @Test
  void aTerminalCannotBeTypedInto() {
    String nothing = "broot 1\nbase none\nbind ro /usr -> /usr\n";
    assertThat(codes(nothing)).contains("BR708");
    assertThat(codes(nothing + "syscalls deny ioctl(TIOCSTI)\n")).contains("BR708");
    assertThat(codes(nothing + "syscalls deny @terminal\n")).doesNotContain("BR708");
    Difference difference =
        Difference.of(
            Specs.plan(nothing + "new-session\nsyscalls deny @terminal\n"),
            Specs.plan(nothing + "syscalls deny @terminal\n"));
    assertThat(difference.verdict()).isEqualTo(Difference.Verdict.EQUAL);
  }

  private static List<String> codes(String text) {
    return Specs.compile(text, Map.of(), List.of()).diagnostics().stream()
        .map(one -> one.code().id())
        .toList();
  }

  @Test
  void groupsNameCallsThatThereAre() throws IOException {
    String page = Files.readString(Golden.HOME.resolve("docs/syscalls.md"));
    for (String group : SyscallNames.groups()) {
      assertThat(page).contains("### " + group + "\n");
      assertThat(SyscallNames.purpose(group)).isNotEmpty();
      for (Map.Entry<String, String> call : SyscallNames.group(group).entrySet()) {
        assertThat(
                SyscallNames.calls().contains(call.getKey())
                    || SyscallNames.withArguments().contains(call.getKey()))
            .as(call.getKey())
            .isTrue();
        assertThat(call.getValue()).isNotEmpty();
        assertThat(page).contains("| `" + call.getKey() + "` | " + call.getValue() + " |\n");
      }
    }
  }
}
