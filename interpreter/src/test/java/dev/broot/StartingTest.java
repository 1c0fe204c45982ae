package dev.broot;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Golden;
import dev.broot.support.Host;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that do not start, with the one line that says why. The table in docs/starting.md is made
 * here: each line of it was printed by a real run.
 */
class StartingTest {
  /** What a line starts with that is not about a failure of broot's own. */
  private static final String PREFIX = "broot: ";

  private static final String HOST = "base host\n";
  private static final String BARE =
      "bind ro /usr -> /usr\nsymlink usr/bin -> /bin\nunshare user\nunshare pid\nproc /proc\n";

  /** Makes user namespaces fail as the filter of a container does. */
  static final String FILTER =
      """
      import ctypes, os, struct, sys
      arm = os.uname().machine == 'aarch64'
      clone, unshare = (220, 97) if arm else (56, 272)
      rules = [(0x20, 0, 0, 0), (0x15, 0, 1, 435), (6, 0, 0, 0x50026), (0x15, 2, 0, clone), (0x15, 1, 0, unshare),
               (6, 0, 0, 0x7fff0000), (0x20, 0, 0, 16), (0x45, 0, 1, 0x10000000), (6, 0, 0, 0x50001), (6, 0, 0, 0x7fff0000)]
      code = ctypes.create_string_buffer(b''.join(struct.pack('HBBI', *rule) for rule in rules))
      program = ctypes.create_string_buffer(struct.pack('H6xQ', len(rules), ctypes.addressof(code)))
      libc = ctypes.CDLL(None)
      assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, program, 0, 0) == 0
      os.execvp(sys.argv[1], sys.argv[1:])
      """;

  /** A directory with the parts of a system, and the program in it. */
  static final String CHROOT =
      "mkdir -p $0/root$0 $0/root/usr $0/root/proc $0/root/dev $0/root/tmp && cd $0/root"
          + " && for d in bin sbin lib lib64; do [ ! -e /usr/$d ] || ln -s usr/$d $d; done"
          + " && mkdir etc && cp -a /etc/alternatives etc"
          + " && mount --rbind /usr usr && mount --rbind /proc proc && mount --rbind /dev dev"
          + " && mount --bind $0 .$0 && exec chroot . \"$@\"";

  static final List<String> ORDINARY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  /** An ordinary user who is root in namespaces of his own. */
  private static final List<String> NAMESPACES = with(ORDINARY, "unshare", "-Urm", "sh", "-c");

  @TempDir Path temp = Path.of("");
  private Path bin = temp;
  private final List<String> rows = new ArrayList<>();
  private String shell = "";

  @BeforeEach
  void files() throws IOException {
    Host.assumeRoot();
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    bin = Files.createDirectories(temp.resolve("bin"));
    Files.createDirectories(temp.resolve("tree/bar"));
    Files.createDirectories(temp.resolve("closed/inner"));
    Files.setPosixFilePermissions(
        temp.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
    file("tree/file", "text\n", "rw-r--r--");
    file("tree/plain.sh", "#!/bin/sh\n", "rw-r--r--");
    file("tree/script.py", "#!/opt/python/bin/python3\n", "rwxr-xr-x");
    file("tree/dos.sh", "#!/bin/sh\r\n", "rwxr-xr-x");
    file("filter.bpf", "no filter", "rw-r--r--");
    Files.createSymbolicLink(temp.resolve("dangling"), Path.of("elsewhere"));
    Files.createSymbolicLink(temp.resolve("circle"), Path.of("circle"));
    Files.createSymbolicLink(temp.resolve("tree/link"), temp.resolve("bin"));
    assertThat(Run.run("mkfifo", temp + "/pipe").status()).isZero();
    byte[] program = Files.readAllBytes(Path.of("/bin/true").toRealPath());
    Files.write(file("tree/true", "", "rwxr-xr-x"), program);
    // The number of a processor, at a place that every ELF file has: SPARC.
    program[18] = 2;
    program[19] = 0;
    Files.write(file("tree/other", "", "rwxr-xr-x"), program);
  }

  private Path file(String name, String text, String mode) throws IOException {
    Path file = Files.writeString(temp.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  /** A run of a script behind other commands; the one line that broot says. */
  private String said(
      int status,
      List<String> around,
      Map<String, String> environment,
      String lines,
      String... argv)
      throws IOException {
    String text =
        ScriptWriter.write(
            Specs.plan("broot 1\n" + lines.replace("TEMP", temp.toString())),
            RunOptions.NONE,
            "TEST");
    Path script = file("script.sh", text, "rwxr-xr-x");
    List<String> command = new ArrayList<>(around);
    command.addAll(List.of(shell, script.toString()));
    command.addAll(List.of(argv));
    Map<String, @Nullable String> all = new HashMap<>(environment);
    // What tells a container, whatever this machine is.
    all.put("container", "docker");
    Run.Result result = Run.run(all, null, command);
    List<String> own = result.err().lines().filter(line -> line.startsWith(PREFIX)).toList();
    assertThat(own).as(result.toString()).hasSize(1);
    assertThat(result.status()).as(result.toString()).isEqualTo(status);
    return own.get(0).replace(temp.toString(), "/srv").replace("test.broot", "build.broot");
  }

  private void row(String what, String said) {
    rows.add(
        "| " + what + " | `` " + said.substring(PREFIX.length()).replace("|", "\\|") + " `` |");
  }

  private void host(String what, String line, String... argv) throws IOException {
    row(what, said(125, List.of(), Map.of(), HOST + line, argv.length == 0 ? TRUE : argv));
  }

  private static final String[] TRUE = {"true"};

  private void places() throws IOException {
    host("a source that is not there", "bind ro TEMP/src -> /src\n");
    host("nor what it lies in", "bind ro TEMP/work/src/main -> /src\n");
    host("a symlink that leads nowhere", "bind ro TEMP/dangling -> /src\n");
    host("one that leads to itself", "bind ro TEMP/circle -> /src optional\n");
    row(
        "a source that the caller may not reach",
        said(125, ORDINARY, Map.of(), HOST + "bind ro TEMP/closed/inner -> /src\n", TRUE));
    row(
        "the same, with `optional`",
        said(125, ORDINARY, Map.of(), HOST + "bind ro TEMP/closed/inner -> /src optional\n", TRUE));
    host("a place in a read-only bind", "bind ro TEMP/tree -> /t\nbind ro TEMP/bin -> /t/new\n");
    host(
        "a symlink in the place of the target",
        "bind rw TEMP/tree -> /t\nbind ro TEMP/bin -> /t/link\n");
    host("a file on a directory", "bind ro TEMP/tree -> /t\nbind ro TEMP/filter.bpf -> /t/bar\n");
    host("a directory on a file", "bind ro TEMP/tree -> /t\nbind ro TEMP/bin -> /t/file\n");
    host("a symlink where something is", "bind ro TEMP/tree -> /t\nsymlink bar -> /t/file\n");
    host("a place in /proc", "bind ro TEMP/tree -> /proc/tree\n");
    host("no directory to start in", "chdir /work\n");
    host("a file to start in", "bind ro TEMP/tree -> /t\nchdir /t/file\n");
    host("a copy of what is not there", "bind-data ro TEMP/none -> /etc/x\n");
    host("a copy of a pipe", "bind-data ro TEMP/pipe -> /etc/x\n");
    host("a text in a file", "text /etc/a = x\ndir /etc/a/b\n");
    host("a filter that is none", "seccomp TEMP/filter.bpf\n");
    host("no space", "tmpfs /small size 4096B\nfile /usr/bin/env -> /small/env\n");
    host("a name that is too long", "dir /" + "x".repeat(256) + "\n");
    host("a mode for what is not there", "chmod 0700 /tmp/none\n");
  }

  private void programs() throws IOException {
    String tree = HOST + "bind ro TEMP/tree -> /t\n";
    row("no such program", said(127, List.of(), Map.of(), tree, "frobnicate"));
    row("no such path", said(127, List.of(), Map.of(), tree, "/t/bin/tool"));
    row("one that only the host has", said(127, List.of(), Map.of(), BARE, "/etc/hostname"));
    row("a program without a name", said(127, List.of(), Map.of(), tree, ""));
    row("a directory", said(126, List.of(), Map.of(), tree, "/t/bar"));
    row("a file without the right to execute", said(126, List.of(), Map.of(), tree, "/t/plain.sh"));
    row("a script without its interpreter", said(126, List.of(), Map.of(), tree, "/t/script.py"));
    row("a script with line ends of Windows", said(126, List.of(), Map.of(), tree, "/t/dos.sh"));
    row("a program without its loader", said(126, List.of(), Map.of(), BARE, "true"));
    row("one for another machine", said(126, List.of(), Map.of(), tree, "/t/other"));
    String[] many = new String[9000];
    java.util.Arrays.fill(many, "x");
    row("9,000 arguments", said(125, List.of(), Map.of(), HOST, many));
  }

  private void hosts() throws IOException {
    switchedOff("user", "user namespaces are switched off");
    row(
        "/proc is masked, as in a container",
        said(
            125,
            with(NAMESPACES, "mount -t tmpfs none /proc/irq; exec \"$@\"", "sh"),
            Map.of(),
            HOST,
            TRUE));
    file("filter.py", FILTER, "rw-r--r--");
    row(
        "a filter of system calls, as in a container",
        said(125, with(ORDINARY, "/usr/bin/python3", temp + "/filter.py"), Map.of(), HOST, TRUE));
    String restricted =
        "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n";
    file("bin/bwrap", restricted, "rwxr-xr-x");
    row(
        "AppArmor, as in Ubuntu 24.04",
        said(125, ORDINARY, Map.of("PATH", bin + ":" + System.getenv("PATH")), HOST, TRUE));
    Files.delete(bin.resolve("bwrap"));
    List<String> weak =
        List.of("setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin", "sh", "-c");
    row(
        "root without rights",
        said(
            125,
            with(weak, "exec \"$@\"", "sh"),
            Map.of(),
            BARE.replace("unshare user\n", ""),
            TRUE));
    row(
        "a chroot",
        said(
            125,
            List.of("unshare", "-m", "sh", "-c", CHROOT, temp.toString()),
            Map.of(),
            HOST,
            TRUE));
    row("no bubblewrap", said(125, List.of(), Map.of("PATH", bin.toString()), HOST, TRUE));
    for (String tool : List.of("env", "bwrap")) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin/" + tool));
    }
    row(
        "a tool of the script is missing",
        said(125, List.of(), Map.of("PATH", bin.toString()), HOST, TRUE));
    Files.delete(bin.resolve("bwrap"));
    file("bin/bwrap", "#!/bin/sh\necho bubblewrap 0.4.1\n", "rwxr-xr-x");
    row(
        "bubblewrap is too old",
        said(
            125,
            List.of(),
            Map.of("PATH", bin + ":" + System.getenv("PATH")),
            HOST + "tmpfs /work size 1MiB\n",
            TRUE));
  }

  private void switchedOff(String kind, String title) throws IOException {
    String command = "echo 0 >/proc/sys/user/max_" + kind + "_namespaces; exec \"$@\"";
    row(title, said(125, with(NAMESPACES, command, "sh"), Map.of(), HOST, TRUE));
  }

  private void bubblewraps() throws IOException {
    switchedOff("mnt", "mount namespaces are switched off");
    Map<String, String> path = Map.of("PATH", bin + ":" + System.getenv("PATH"));
    for (String words :
        List.of(
            "bwrap: Unknown option --json-status-fd",
            "bwrap: error while loading shared libraries: libcap.so.2: cannot open shared object"
                + " file: No such file or directory")) {
      file("bin/bwrap", "#!/bin/sh\necho '" + words + "' >&2\nexit 1\n", "rwxr-xr-x");
      row(
          "a bubblewrap that is " + (words.contains("Unk") ? "older still" : "not whole"),
          said(125, ORDINARY, path, HOST, TRUE));
    }
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void eachFailureSaysItsLineItsCauseAndItsCure(String name) throws IOException {
    shell = Run.run("sh", "-c", "command -v " + name).out().strip();
    places();
    programs();
    hosts();
    bubblewraps();
    String doc = Files.readString(HOME.resolve("docs/starting.md"));
    String start = "<!-- made by StartingTest -->\n";
    String end = "<!-- until here -->\n";
    int from = doc.indexOf(start) + start.length();
    String table = "| what | what broot says |\n|---|---|\n" + String.join("\n", rows) + "\n";
    String made = doc.substring(0, from) + table + doc.substring(doc.indexOf(end));
    if (name.equals("dash")) {
      Golden.verify("../docs/starting.md", made);
    } else {
      assertThat(made).isEqualTo(doc);
    }
  }
}
