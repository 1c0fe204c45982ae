package dev.broot.cli;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What names lead to on this host is judged: with {@code check --host}, and where a spec runs. */
class HostCheckTest {
  @TempDir Path temp = Path.of("");

  private String spec(String... lines) throws IOException {
    String text = "broot 1\nbase host\n" + String.join("\n", lines) + "\n";
    return Files.writeString(temp.resolve("s.broot"), text).toString();
  }

  private Run.Result check(String line) throws IOException {
    return Called.broot("check", "--host", spec(line));
  }

  private void isDangerous(String line, String object) throws IOException {
    Run.Result result = check(line);
    assertThat(result.status()).as(line).isEqualTo(1);
    assertThat(result.err()).contains("error[BR501]", "`" + object + "`");
    assertThat(Called.broot("check", spec(line)).status()).as("without --host").isZero();
    assertThat(check("unsafe " + line + " because \"a test\"").status()).isZero();
  }

  @Test
  void aSymlinkIsWhatItLeadsTo() throws IOException {
    Files.createSymbolicLink(temp.resolve("etc"), Path.of("/etc"));
    Files.createSymbolicLink(temp.resolve("again"), Path.of("etc"));
    Files.createSymbolicLink(temp.resolve("home"), Path.of("/root"));
    isDangerous("bind rw " + temp + "/etc -> /x", "/etc");
    isDangerous("bind rw " + temp + "/again/ssh -> /x", "/etc/ssh");
    isDangerous("bind rw " + temp + "/home -> /x", "/root");
    isDangerous("bind dev " + temp + "/nosuch/../etc/x -> /x", "/etc/x");
    assertThat(check("bind ro " + temp + "/home -> /x").err()).contains("warning[BR713]");
    assertThat(check("bind rw " + temp + "/home/project -> /x").err()).isEmpty();
  }

  /** Outside of /tmp, where a name says nothing. */
  @Test
  void aReadOnlySymlinkToASocketCanBeAllowed() throws IOException {
    Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "links");
    Path link = directory.resolve("link");
    try {
      Files.createSymbolicLink(link, Path.of("/run/docker.sock"));
      isDangerous("bind ro " + link + " -> /x", "/run/docker.sock");
      String allowed = spec("unsafe bind ro " + link + " -> /x because \"a test\"");
      assertThat(Called.broot("check", allowed).err()).isEmpty();
      assertThat(Called.broot("diff", allowed, allowed).out()).startsWith("EQUAL");
    } finally {
      Files.deleteIfExists(link);
      Files.delete(directory);
    }
  }

  @Test
  void anAssertionIsHeldToWhatIsThere() throws IOException {
    Files.createSymbolicLink(temp.resolve("link"), Path.of("/srv"));
    String spec = spec("bind rw " + temp + "/link -> /x", "expect deny write /srv/data");
    assertThat(Called.broot("check", spec).status()).isZero();
    assertThat(Called.broot("check", "--host", spec).err()).contains("BR601");
    // Who may not ask what the root of another process is gets no better answer than without a
    // host.
    assertThat(check("bind ro /proc/1/root/srv -> /x\nexpect deny read /srv").err())
        .contains("BR601");
  }

  /** Whoever can replace a symlink on the way to a denied path says what is there. */
  @Test
  void aSymlinkOnTheWayIsDeniedToo() throws IOException {
    Files.createDirectories(temp.resolve("data/git"));
    Files.createDirectories(temp.resolve("hooks"));
    Files.createSymbolicLink(temp.resolve("data/git/hooks"), temp.resolve("hooks"));
    Files.createSymbolicLink(temp.resolve("link"), Path.of("data"));
    String data = "drop /tmp\nbind rw " + temp + "/data -> /x\nexpect deny ";
    assertThat(check(data + "write " + temp + "/data/git/hooks").err()).contains("BR601");
    assertThat(check(data + "write " + temp + "/link/git/hooks/x").err())
        .contains("BR601", "can rename `" + temp + "/data/git");
    assertThat(check(data + "write " + temp + "/hooks").err()).isEmpty();
    assertThat(check(data + "read " + temp + "/data/git/hooks").err()).isEmpty();
    assertThat(check(data.replace("rw", "ro") + "write " + temp + "/link/git/hooks").err())
        .isEmpty();
  }

  /**
   * A symlink in what is left out would leave out what it leads to, and somebody else may make it.
   */
  @Test
  void whatIsLeftOutIsWhatItIsCalled() throws IOException {
    Files.createDirectories(temp.resolve("data/open"));
    Files.createSymbolicLink(temp.resolve("data/all"), Path.of("."));
    Files.createSymbolicLink(temp.resolve("link"), Path.of("data"));
    String data = "bind ro " + temp + "/data/open -> /x\nexpect deny read " + temp;
    assertThat(check(data + "/data except " + temp + "/data/all").err()).contains("BR601");
    assertThat(check(data + "/data/open except " + temp + "/link").err()).contains("BR601");
    assertThat(check(data + "/link except " + temp + "/link/open").err()).isEmpty();
  }

  @Test
  void warningsLookAtWhatIsThere() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    Path directory = Files.createDirectory(temp.resolve("directory.json"));
    Files.createDirectory(directory.resolve("cache"));
    assertThat(check("bind rw " + file + " -> /x").err()).contains("warning[BR718]");
    assertThat(check("bind rw " + directory + " -> /x").err()).isEmpty();
    assertThat(check("bind rw " + directory + " -> /x\ntmpfs /x/cache").err()).isEmpty();
    assertThat(check("bind rw " + directory + " -> /x\ntmpfs /x/new").err()).contains("BR705");
    Path socket = temp.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertThat(check("bind ro " + socket + " -> /x").err()).contains("warning[BR701]");
    }
  }

  @Test
  void theCallersHomeIsAHome() throws IOException {
    Path home = Files.createDirectories(temp.resolve("people/me"));
    Files.createSymbolicLink(temp.resolve("link"), temp.resolve("people"));
    Map<String, String> env = Map.of("HOME", temp + "/link/me", "API_TOKEN", "x");
    for (String path : List.of(home.toString(), temp + "/people", temp + "/link/me/.ssh")) {
      List<String> command = List.of(BROOT, "check", "--host", spec("bind rw " + path + " -> /x"));
      assertThat(Run.run(env, temp, command).err()).as(path).contains("BR501");
    }
    List<String> fine =
        List.of(BROOT, "check", "--host", spec("bind rw " + home + "/work -> /x", "env inherit"));
    assertThat(Run.run(env, temp, fine).err()).doesNotContain("BR501").contains("`API_TOKEN`");
  }

  @Test
  void anotherMountOfADirectoryIsTheDirectory() throws IOException {
    Host.assumeRoot();
    Path alias = Files.createDirectories(temp.resolve("a/alias"));
    String checks =
        "mount --bind /etc "
            + alias
            + " && for s in 1 2 3; do "
            + BROOT
            + " check --host "
            + temp
            + "/$s.broot && exit 9; done; exit 0";
    String start = "broot 1\nbase host\nbind rw ";
    Files.writeString(temp.resolve("1.broot"), start + alias + "/ssh -> /x\n");
    Files.writeString(temp.resolve("2.broot"), start + temp + "/a -> /x\n");
    Files.writeString(
        temp.resolve("3.broot"),
        "broot 1\nbase host\nbind ro " + alias + "/ssh -> /x\nexpect deny read /etc/ssh\n");
    Run.Result result = Run.run("unshare", "-m", "sh", "-c", checks);
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err()).contains("it shows `/etc/ssh`", "it shows `/etc`", "BR601");
  }

  @Test
  @NeedsSandbox
  void aRunIsJudgedLikeThat() throws IOException {
    Files.createSymbolicLink(temp.resolve("etc"), Path.of("/etc"));
    String spec = spec("param p: path", "bind rw ${p} -> /x");
    Run.Result result =
        Run.run(BROOT, "exec", "--no-cache", "--set", "p=" + temp + "/etc", spec, "--", "true");
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err()).contains("BR501", "it shows `/etc`");
  }
}
