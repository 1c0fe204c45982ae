package dev.broot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.plan.Host;
import dev.broot.plan.HostFacts;
import dev.broot.plan.Plan;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.spec.Caller;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import dev.broot.translate.OciBundle;
import dev.broot.translate.OciExport;
import dev.broot.translate.Shortfalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Plans that are run by real runc, and by a script. */
abstract class OciCase {
  static final String NOBODY = "64994";

  /** Who runs it. */
  enum Who {
    ROOT,
    USER
  }

  @TempDir Path temp = Path.of("");
  Path work = temp;
  private int bundles;

  /** What stands before an ordinary user's commands, run by root. */
  List<String> around = List.of();

  @BeforeEach
  void work() throws IOException {
    dev.broot.support.Host.assumeRoot();
    dev.broot.support.Host.assumeRunc();
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    work = Files.createDirectory(temp.resolve("work"));
    Files.writeString(work.resolve("shown"), "shown\n");
    Files.createDirectories(work.resolve(".git/hooks"));
    Files.writeString(work.resolve(".git/config"), "configured\n");
    Files.writeString(work.resolve("secret"), "secret\n");
    Files.createDirectory(work.resolve("keys"));
    Files.writeString(work.resolve("keys/key"), "secret\n");
  }

  String spec(String more) {
    return "broot 1\nbase host\nenv A = \"x y\"\nbind rw "
        + work
        + " -> /work\nhide /work/secret\nhide /work/keys\nprotect /work/.git\n"
        + "text /etc/said = \"it's\\nsaid\"\ntmpfs /scratch size 1MiB mode 01777\n"
        + "symlink /etc/said -> /link\ndir /made mode 0711\n"
        + more;
  }

  /** What this machine says, to the one who runs it. */
  record As(Who who, Host host) implements Host {
    static As of(Who who) {
      return new As(who, HostFacts.of(Map.of("TERM", "dumb")));
    }

    @Override
    public boolean isDirectory(String path) {
      return host.isDirectory(path);
    }

    @Override
    public boolean isEmptyDirectory(String path) {
      return host.isEmptyDirectory(path);
    }

    @Override
    public @Nullable String link(String path) {
      return host.link(path);
    }

    @Override
    public boolean exists(String path) {
      return host.exists(path);
    }

    @Override
    public long bounds() {
      return host.bounds();
    }

    @Override
    public String real(String path) {
      return host.real(path);
    }

    @Override
    public boolean isOwned(String path) {
      return who == Who.ROOT && host.isOwned(path);
    }

    @Override
    public @Nullable String pythonModule(String module) {
      return host.pythonModule(module);
    }

    @Override
    public List<String> masks(List<String> calls) throws dev.broot.plan.UnresolvedException {
      return host.masks(calls);
    }

    @Override
    public @Nullable String variable(String name) {
      boolean number = name.equals(Caller.UID) || name.equals(Caller.GID);
      return number && who == Who.USER ? NOBODY : host.variable(name);
    }
  }

  static OciBundle bundle(Who who, String spec, String... program) throws Exception {
    Plan plan = Specs.plan(spec);
    return OciExport.bundle(plan, null, As.of(who), List.of(program));
  }

  Run.Result run(Who who, Path where, List<String> command) throws IOException {
    List<String> words = new ArrayList<>();
    if (who == Who.USER) {
      words.addAll(around);
      words.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    }
    words.addAll(command);
    return Run.run(Map.of("TERM", "dumb", "XDG_RUNTIME_DIR", where.toString()), where, words);
  }

  Run.Result runc(Who who, String spec, String... program) throws Exception {
    OciBundle bundle = bundle(who, spec, program);
    assertThat(bundle.shortfalls().of(Shortfalls.Kind.REFUSED)).isEmpty();
    assertThat(bundle.shortfalls().of(Shortfalls.Kind.WIDER))
        .as("but for names that are younger than runc's library")
        .allMatch(one -> one.what().contains("libseccomp does not know"));
    Path target = temp.resolve("bundle" + bundles++);
    OciCommand.write(bundle, target);
    own(who, target);
    Path state = Files.createDirectories(temp.resolve("state-" + who));
    own(who, state);
    Run.Result result =
        run(
            who,
            state,
            List.of(
                "runc",
                "--root",
                state.toString(),
                "run",
                "--bundle",
                target.toString(),
                "broot-test-" + UUID.randomUUID()));
    assertThat(state).as("nothing of the container is left").isEmptyDirectory();
    return result;
  }

  static void own(Who who, Path path) throws IOException {
    if (who == Who.USER) {
      Run.run("chown", "-RPh", NOBODY + ":" + NOBODY, path.toString());
    }
  }

  Run.Result script(Who who, String spec, String... program) throws Exception {
    String text = ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST");
    Path file = Files.writeString(temp.resolve("script.sh"), text);
    List<String> command = new ArrayList<>(List.of("/bin/sh", file.toString()));
    command.addAll(List.of(program));
    return run(who, Files.createDirectories(temp.resolve("here")), command);
  }

  void same(Who who, String more, String program) throws Exception {
    own(who, work);
    Run.Result expected = script(who, spec(more), "sh", "-c", program);
    Run.Result found = runc(who, spec(more), "sh", "-c", program);
    assertThat(plain(found)).as(program).isEqualTo(plain(expected));
    assertThat(expected.out() + expected.err() + expected.status()).isNotEqualTo("0");
  }

  // What runc covers in /proc is read-only, where bubblewrap leaves it to the kernel's own refusal.
  private static String plain(Run.Result result) {
    return result
        .toString()
        .replaceAll(
            "(?m)(cannot create /proc/.*): (Permission denied|Read-only file system)$", "$1")
        .replace("must be superuser to use mount", "permission denied");
  }
}
