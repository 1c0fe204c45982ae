package dev.broot.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.host.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Images with busybox in them, made by the programs that people make them with. */
public final class Images {
  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"sha256:([0-9a-f]{64})\"");

  private final Path directory;

  /** Makes the tree that the images are of, in a directory that is empty. */
  public Images(Path directory) throws IOException {
    this.directory = directory;
    shell(
        "chmod 755 . && mkdir -p tree/bin tree/etc tree/proc tree/dev tree/tmp tree/usr/lib"
            + " && cp \"$(command -v busybox)\" tree/bin/busybox && ln -s busybox tree/bin/sh"
            + " && echo image >tree/etc/issue && ln -s usr/lib tree/lib && ln -s /etc tree/out");
  }

  /** Runs a line of a shell in the directory; it has to succeed. */
  public String shell(String line) throws IOException {
    Run.Result result = Run.run(Map.of(), directory, List.of("sh", "-ec", "umask 022; " + line));
    assertThat(result.status()).as(line + ": " + result.err()).isZero();
    return result.out();
  }

  /** The line of a spec about an image that it makes in a format. */
  public String line(String format) throws IOException {
    switch (format) {
      case "oci" -> {
        shell("umoci init --layout oci && umoci new --image oci:one");
        shell("umoci insert --image oci:one tree / && chmod -R a+rX oci");
        return "root image oci " + directory.resolve("oci") + " digest sha256:" + manifest("oci");
      }
      case "squashfs" -> {
        shell("mksquashfs tree image.squashfs -quiet -no-progress >/dev/null");
        return file("squashfs", "image.squashfs");
      }
      case "erofs" -> {
        shell("mkfs.erofs -zlz4hc image.erofs tree >/dev/null");
        return file("erofs", "image.erofs");
      }
      default -> {
        shell("tar -C tree -caf image." + format + " .");
        return file("tar", "image." + format);
      }
    }
  }

  /** The line about a file that is there. */
  public String file(String format, String name) throws IOException {
    Path file = directory.resolve(name);
    String digest = Sha256.hex(Files.readAllBytes(file));
    return "root image " + format + " " + file + " digest sha256:" + digest;
  }

  /** The digits of the first manifest of a layout. */
  public String manifest(String layout) throws IOException {
    Matcher found = DIGEST.matcher(Files.readString(directory.resolve(layout + "/index.json")));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
