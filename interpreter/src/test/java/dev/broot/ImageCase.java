package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.Images;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox whose root is an image with busybox in it, for root and for an ordinary user. */
abstract class ImageCase {
  static final int ROOT = 0;
  static final int USER = 64981;
  static final int OTHER = 64982;

  private static final String SANDBOX =
      "unshare user\nunshare pid\nunshare net\nunshare ipc\nnew-session\ndie-with-parent\n"
          + "bind ro ${root} -> /\nproc /proc\ndev /dev\ntmpfs /tmp\n";

  @TempDir Path temp = Path.of("");

  Images images;
  Path cache;

  @BeforeEach
  void tree() throws IOException {
    Host.assumeRoot();
    images = new Images(temp);
    cache = Files.createDirectory(temp.resolve("cache"));
    chown(USER, cache);
  }

  static void chown(int user, Path path) throws IOException {
    assertThat(Run.run("chown", "-R", user + ":" + user, path.toString()).status()).isZero();
  }

  static String spec(String line) {
    return "broot 1\n" + line + "\n" + SANDBOX;
  }

  Path script(String spec) throws IOException {
    Path script = Files.createTempFile(temp, "script", ".sh");
    Files.writeString(script, ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
    assertThat(script.toFile().setReadable(true, false)).isTrue();
    return script;
  }

  List<String> command(int user, Path script, String line) {
    List<String> command = new ArrayList<>();
    if (user != ROOT) {
      command.addAll(
          List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--"));
    }
    command.addAll(List.of("env", "XDG_CACHE_HOME=" + cache));
    command.addAll(List.of("dash", script.toString(), "/bin/busybox", "sh", "-c", line));
    return command;
  }

  Run.Result run(int user, String spec, String line) throws IOException {
    if (user == ROOT) {
      chown(ROOT, cache);
    }
    return Run.run(Map.of(), Path.of("/"), command(user, script(spec), line));
  }

  /** What the cache has, by its names. */
  List<String> kept() throws IOException {
    Path all = cache.resolve("broot/images");
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(all)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** How the cache calls the image of a line. */
  static String name(String line) {
    return line.split(" ", -1)[2] + "-" + line.substring(line.lastIndexOf(':') + 1);
  }

  Path unpacked(String line) {
    return cache.resolve("broot/images/" + name(line) + "/root");
  }
}
