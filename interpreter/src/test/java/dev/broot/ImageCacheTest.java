package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where images are unpacked: what is there is whole, and nobody else has written it. */
class ImageCacheTest extends ImageCase {
  @Test
  void whatAKilledRunLeftIsNeverUsed() throws Exception {
    String line = images.line("tar");
    chown(ROOT, cache);
    // A bubblewrap that says that it has begun, and never ends.
    Path bin = Files.createDirectory(temp.resolve("bin"));
    Path began = temp.resolve("began");
    images.shell("mkfifo began");
    Files.writeString(
        bin.resolve("bwrap"),
        "#!/bin/sh\necho half >"
            + cache
            + "/broot/images/*.new/root/half\necho $$ >"
            + began
            + "\nexec sleep "
            + Host.seconds()
            + "\n");
    images.shell("chmod 755 bin/bwrap");
    ProcessBuilder builder = new ProcessBuilder(command(ROOT, script(spec(line)), "true"));
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    Process run = builder.start();
    String unpacker = Files.readString(began).strip();
    assertThat(kept()).containsExactly(name(line) + ".new");
    run.destroyForcibly().waitFor();
    images.shell(
        "kill -9 " + unpacker + "; while kill -0 " + unpacker + " 2>/dev/null; do :; done");
    assertThat(run(ROOT, spec(line), "busybox ls /").out()).doesNotContain("half");
    assertThat(kept()).containsExactly(name(line));
  }

  /** On a terminal one sees that it goes on; the unpacking waits until that was seen. */
  @Test
  void anImageThatTakesLongSaysSoOnATerminal() throws Exception {
    String line = images.line("tar");
    chown(ROOT, cache);
    Files.createDirectory(temp.resolve("bin"));
    images.shell("mkfifo gate");
    String real = Run.run("sh", "-c", "command -v bwrap").out().strip();
    Files.writeString(
        temp.resolve("bin/bwrap"),
        "#!/bin/sh\ncase $* in *--version*) ;; *' /new '*) read -r x <"
            + temp
            + "/gate ;; esac\nexec "
            + real
            + " \"$@\"\n");
    images.shell("chmod 755 bin/bwrap");
    List<String> words = command(ROOT, script(spec(line)), "busybox cat /etc/issue");
    String call = "'" + String.join("' '", words) + "'";
    ProcessBuilder builder = new ProcessBuilder("script", "-q", "-e", "-c", call, "/dev/null");
    builder.environment().put("PATH", temp + "/bin:" + System.getenv("PATH"));
    builder.environment().put("TERM", "xterm");
    Process run = builder.redirectInput(Path.of("/dev/null").toFile()).start();
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf("unpacking, 1 s") < 0) {
      int next = run.getInputStream().read();
      assertThat(next).as(seen.toString()).isNotNegative();
      seen.append((char) next);
    }
    assertThat(seen).hasToString("\r\u001b[Kunpacking, 1 s");
    Files.writeString(temp.resolve("gate"), "go\n");
    String rest = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(rest).endsWith("\r\u001b[Kimage\r\n");
    assertThat(run.waitFor()).isZero();
  }

  /** A file that is two formats is another tree in each. */
  @Test
  void whatOneFormatUnpackedIsNotTheOthers() throws IOException {
    String line = images.line("squashfs");
    assertThat(run(ROOT, spec(line), "busybox cat /etc/issue").out()).isEqualTo("image\n");
    Run.Result refused = run(ROOT, spec(line.replace(" squashfs ", " tar ")), "true");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.err()).startsWith("broot: test.broot:2: cannot unpack ");
    assertThat(kept()).containsExactly(name(line));
  }

  @Test
  void twoRunsUnpackOnce() throws Exception {
    String line = images.line("oci");
    chown(ROOT, cache);
    Path script = script(spec(line));
    List<Process> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(new ProcessBuilder(command(ROOT, script, "busybox cat /etc/issue")).start());
    }
    for (Process run : runs) {
      assertThat(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("image\n");
      assertThat(run.waitFor()).isZero();
    }
    assertThat(kept()).containsExactly(name(line));
  }

  @Test
  void anotherUsersCacheIsNotUsed() throws IOException {
    String line = images.line("tar");
    Files.createDirectories(unpacked(line));
    chown(OTHER, cache);
    for (int user : List.of(ROOT, USER)) {
      Run.Result refused =
          Run.run(Map.of(), Path.of("/"), command(user, script(spec(line)), "true"));
      assertThat(refused.status()).isEqualTo(125);
      assertThat(refused.err())
          .startsWith("broot: test.broot:2: ")
          .contains("belongs to user " + OTHER);
    }
    chown(USER, cache);
    images.shell("chmod 777 cache/broot/images");
    assertThat(run(USER, spec(line), "true").err()).contains("can be written by everybody");
  }

  @ParameterizedTest
  @ValueSource(strings = {"300k", "2m"})
  void aFullDiskLeavesNothing(String size) throws IOException {
    String line = images.line("tar.gz");
    images.shell("mount -t tmpfs -o mode=1777,size=" + size + " full cache");
    try {
      Run.Result refused = run(USER, spec(line), "true");
      assertThat(refused.status()).isEqualTo(125);
      assertThat(refused.err())
          .startsWith("broot: test.broot:2: cannot ")
          .containsAnyOf("No space left", "Wrote only");
      assertThat(kept()).isEmpty();
    } finally {
      images.shell("umount cache");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "oci, umoci, umoci",
    "tar.zst, zstd, zstd",
    "squashfs, unsquashfs, squashfs-tools",
    "erofs, fsck.erofs, erofs-utils"
  })
  void aMissingProgramIsNamed(String format, String program, String part) throws IOException {
    String line = images.line(format);
    // All that a run needs, but for one.
    images.shell(
        "mkdir bin; for i in bwrap flock sha256sum umoci tar gzip xz zstd unsquashfs fsck.erofs mkdir cp rm find mv"
            + " sync grep wc cat dash sh env stat readlink setsid awk mawk tail id sleep; do"
            + " ! [ $i != "
            + program
            + " ] || ln -s \"$(command -v $i)\" bin/; done");
    List<String> command = command(ROOT, script(spec(line)), "true");
    chown(ROOT, cache);
    Run.Result refused = Run.run(Map.of("PATH", temp.resolve("bin").toString()), null, command);
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.err())
        .startsWith("broot: test.broot:2: " + program + ", which unpacks ")
        .contains("install the package " + part);
    assertThat(kept()).isEmpty();
  }

  private Run.Result gc() throws IOException {
    return Run.run(
        Map.of("XDG_CACHE_HOME", cache.toString()),
        null,
        List.of("dash", "-c", ScriptWriter.collector()));
  }

  @Test
  void gcTakesWhatNobodyUses() throws Exception {
    String line = images.line("tar");
    chown(ROOT, cache);
    Path half = cache.resolve("broot/images/" + "0".repeat(64) + ".new");
    Files.createDirectories(half.resolve("root"));
    Path foreign = Files.createDirectories(cache.resolve("broot/images/other"));
    Process run =
        new ProcessBuilder(
                command(ROOT, script(spec(line)), "echo up; exec busybox sleep " + Host.seconds()))
            .start();
    assertThat(run.inputReader().readLine()).isEqualTo("up");
    assertThat(gc().out() + gc().err()).contains("removed " + half);
    assertThat(half).doesNotExist();
    assertThat(unpacked(line)).isDirectory();
    run.destroy();
    run.waitFor();
    gc();
    assertThat(unpacked(line)).as("used a moment ago").isDirectory();
    images.shell("touch -d '11 minutes ago' " + unpacked(line).resolveSibling("used"));
    // A compiled script of the cache names it.
    Path named = Files.createDirectories(cache.resolve("broot/exec")).resolve("x.sh");
    Files.writeString(
        named, "broot_image_find " + name(line).replace('-', ' ') + " test.broot:2 x\n");
    gc();
    assertThat(unpacked(line)).isDirectory();
    Files.delete(named);
    gc();
    assertThat(kept()).containsExactly("other");
    assertThat(foreign).isDirectory();
  }
}
