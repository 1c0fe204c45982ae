package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broot.run.BuildRoot;
import dev.broot.run.Result;
import dev.broot.run.SetupException;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real images as the root; some of them mean no good. */
class ImageTest extends ImageCase {
  @ParameterizedTest
  @CsvSource({
    "oci, 0",
    "oci, 64981",
    "tar, 0",
    "tar, 64981",
    "tar.gz, 0",
    "tar.xz, 64981",
    "tar.zst, 0",
    "squashfs, 0",
    "squashfs, 64981",
    "erofs, 0",
    "erofs, 64981"
  })
  void runsFromAnImageThatIsUnpackedOnce(String format, int user) throws IOException {
    String line = images.line(format);
    Run.Result whole = new Run.Result(0, "image\n/bin/sh\n", "");
    String look = "busybox cat /etc/issue; echo /bin/s*";
    assertThat(run(user, spec(line), look)).isEqualTo(whole);
    assertThat(kept()).containsExactly(name(line));
    assertThat(Files.getPosixFilePermissions(unpacked(line).getParent())).hasSize(3);
    // The image is not looked at again, and nobody writes into what was made of it.
    images.shell("rm -rf oci image.*");
    assertThat(run(user, spec(line), look)).isEqualTo(whole);
    assertThat(run(user, spec(line), "echo no >/etc/issue").err()).contains("Read-only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"oci", "tar.gz", "squashfs", "erofs"})
  void theLibraryFindsTheSame(String format) throws Exception {
    String line = images.line(format);
    try (BuildRoot root = BuildRoot.enter(Specs.valid(spec(line)))) {
      Result result = root.run(dev.broot.run.Run.of("/bin/busybox", "cat", "/etc/issue").capture());
      assertThat(result.output()).isEqualTo("image\n");
    }
    images.shell("rm -rf oci image.*");
    try (BuildRoot root = BuildRoot.enter(Specs.valid(spec(line)))) {
      assertThat(root.run(dev.broot.run.Run.of("/bin/busybox", "true").capture()).status())
          .isZero();
    }
    String other = line.substring(0, line.length() - 1) + (line.endsWith("0") ? "1" : "0");
    assertThatThrownBy(() -> BuildRoot.enter(Specs.valid(spec(other))))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("test.broot:2: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"oci", "tar", "squashfs", "erofs"})
  void anotherImageIsRefused(String format) throws IOException {
    String line = images.line(format);
    String other = line.substring(0, line.length() - 1) + (line.endsWith("0") ? "1" : "0");
    Run.Result refused = run(USER, spec(other), "true");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.err())
        .startsWith("broot: test.broot:2: ")
        .contains(format.equals("oci") ? "has no manifest sha256:" : "has the digest sha256:");
    assertThat(kept()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {ROOT, USER})
  void aLayerThatWasChangedIsRefused(int user) throws IOException {
    String line = images.line("oci");
    // The largest blob is the layer: another tarball that is good in itself.
    images.shell("l=$(ls -S oci/blobs/sha256/* | head -n 1); tar -C tree -czf \"$l\" etc");
    Run.Result refused = run(user, spec(line), "true");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.err()).startsWith("broot: test.broot:2: cannot unpack ").contains("digest");
    assertThat(kept()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {ROOT, USER})
  void layersTakeAwayWhatTheySay(int user) throws IOException {
    images.line("oci");
    images.shell("echo more >more && umoci insert --image oci:one more /more");
    images.shell("umoci insert --image oci:one --whiteout /etc/issue && chmod -R a+rX oci");
    String line =
        "root image oci " + temp.resolve("oci") + " digest sha256:" + images.manifest("oci");
    Run.Result result = run(user, spec(line), "busybox cat /more; busybox ls -A /etc");
    assertThat(result).isEqualTo(new Run.Result(0, "more\n", ""));
  }

  private String tarball(String members) throws IOException {
    Files.writeString(
        temp.resolve("make.py"),
        "import io, sys, tarfile\n"
            + "with tarfile.open('bad.tar', 'w') as all:\n"
            + "    def add(name, kind, link='', device=(0, 0), text=b''):\n"
            + "        one = tarfile.TarInfo(name)\n"
            + "        one.type, one.mode, one.linkname, one.size = kind, 0o755, link, len(text)\n"
            + "        one.devmajor, one.devminor = device\n"
            + "        all.addfile(one, io.BytesIO(text))\n"
            + members.lines().map(line -> "    " + line + "\n").reduce("", String::concat));
    images.shell("tar -C tree -cf good.tar . && python3 make.py && tar -Af good.tar bad.tar");
    return images.file("tar", "good.tar");
  }

  @ParameterizedTest
  @CsvSource({
    "0, ../../x",
    "64981, ../../x",
    "0, /../x",
    "64981, out/broot-was-here",
    "0, out/broot-was-here"
  })
  void noMemberIsWrittenElsewhere(int user, String member) throws IOException {
    String line = tarball("add('" + member + "', tarfile.REGTYPE, text=b'bad')\n");
    Run.Result refused = run(user, spec(line), "true");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.err()).startsWith("broot: test.broot:2: cannot unpack ");
    assertThat(kept()).isEmpty();
    assertThat(Path.of("/etc/broot-was-here")).doesNotExist();
    assertThat(cache.resolve("broot/x")).doesNotExist();
    assertThat(cache.resolve("broot/images/x")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {ROOT, USER})
  void devicesAreLeftOut(int user) throws IOException {
    String line =
        tarball(
            "add('./dev/kmsg', tarfile.CHRTYPE, device=(1, 11))\n"
                + "add('./etc/kmsg', tarfile.CHRTYPE, device=(1, 11))\n"
                + "add('./etc/hard', tarfile.LNKTYPE, './etc/issue')\n");
    Run.Result result = run(user, spec(line), "busybox ls -A /etc");
    // A user's tar cannot make it, and does not go on without.
    assertThat(result.status()).isEqualTo(user == ROOT ? 0 : 125);
    assertThat(result.out()).isEqualTo(user == ROOT ? "hard\nissue\n" : "");
    if (user == ROOT) {
      assertThat(images.shell("find " + unpacked(line) + " -type c -o -type b")).isEmpty();
    } else {
      assertThat(result.err()).contains("etc/kmsg");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ROOT, USER})
  void anErofsIsUnpackedWithoutItsDevices(int user) throws IOException {
    images.shell("mknod tree/etc/kmsg c 1 11; ln tree/etc/issue tree/etc/hard");
    String line = images.line("erofs");
    Run.Result result = run(user, spec(line), "busybox ls -A /etc");
    assertThat(result).isEqualTo(new Run.Result(0, "hard\nissue\n", ""));
    images.shell("head -c 200000 image.erofs >half && rm -rf cache/broot");
    Run.Result refused = run(user, spec(images.file("erofs", "half")), "true");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.err()).startsWith("broot: test.broot:2: cannot unpack ");
    assertThat(kept()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/out", "/out/ssl", "/../..", "/lib/../../../x"})
  void nothingIsShownThatLiesOutside(String path) throws IOException {
    String line = images.line("tar");
    String spec = "broot 1\nbase host\n" + line + "\nbind ro ${root}" + path + " -> /opt/x\n";
    chown(ROOT, cache);
    Run.Result refused =
        Run.run(
            Map.of("XDG_CACHE_HOME", cache.toString()),
            null,
            List.of("dash", script(spec).toString(), "true"));
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.err())
        .startsWith("broot: test.broot:4: " + unpacked(line) + path)
        .contains("leads out of the image");
    assertThatThrownBy(
            () -> {
              try (BuildRoot root = BuildRoot.enter(Specs.valid(spec))) {
                root.run(dev.broot.run.Run.of("true"));
              }
            })
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("leads out of the image");
  }

  @Test
  void aLinkWithinIsFollowed() throws IOException {
    images.shell("echo in >tree/usr/lib/in");
    String line = images.line("tar");
    String spec = "broot 1\nbase host\n" + line + "\nbind ro ${root}/lib -> /opt/x\n";
    chown(ROOT, cache);
    assertThat(
            Run.run(
                    Map.of("XDG_CACHE_HOME", cache.toString()),
                    null,
                    List.of("dash", script(spec).toString(), "cat", "/opt/x/in"))
                .out())
        .isEqualTo("in\n");
  }
}
