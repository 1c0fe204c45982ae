package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run knows sources by their looks where these are sure, and reads them where they are not. */
@NeedsSandbox
class CacheLooksTest {
  @TempDir Path temp = Path.of("");
  private Path spec = temp;
  private Path sums = temp;

  @BeforeEach
  void spec() throws IOException {
    spec = say("a.broot", "one");
    sums = temp.resolve("sums");
    Path tool = Files.createDirectories(temp.resolve("bin")).resolve("sha256sum");
    String real = Run.run("sh", "-c", "command -v sha256sum").out().strip();
    Files.writeString(tool, "#!/bin/sh\necho >>'" + sums + "'\nexec " + real + " \"$@\"\n");
    assertThat(tool.toFile().setExecutable(true)).isTrue();
  }

  private Path say(String name, String text) throws IOException {
    String spec = "broot 1\nbase host\nenv SAID = " + text + "\n";
    return Files.writeString(temp.resolve(name), spec);
  }

  // What it said, and how often it read its sources; a run that may not compile fails.
  private String run(boolean compiles) throws IOException {
    Files.deleteIfExists(sums);
    Map<String, String> environment =
        Map.of(
            "XDG_CACHE_HOME",
            temp.resolve("cache").toString(),
            "PATH",
            temp.resolve("bin") + ":" + System.getenv("PATH"));
    Run.Result result =
        Run.run(
            environment,
            temp,
            List.of(
                "sh",
                "-c",
                (compiles ? "" : "JAVA_HOME=/nowhere; export JAVA_HOME; ")
                    + "exec \"$0\" exec a.broot -- sh -c 'echo $SAID'",
                BROOT));
    return result.out().strip() + (Files.exists(sums) ? " by sum" : "");
  }

  // No call sets when a file was changed, so it has to become old.
  private static void grow() {
    Instant old = Instant.now().plusMillis(3200);
    while (Instant.now().isBefore(old)) {
      LockSupport.parkUntil(old.toEpochMilli());
    }
  }

  // What the compiler notes where it is quick; a busy machine gives the file time to become old.
  private void noteAsYoung() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(temp.resolve("cache"))) {
      files = found.filter(Files::isRegularFile).toList();
    }
    int noted = 0;
    for (Path file : files) {
      String text = Files.readString(file);
      if (text.startsWith("broot cache")) {
        Files.writeString(file, text.replace("\nold ", "\nyoung "));
        noted++;
      }
    }
    assertThat(noted).isEqualTo(1);
  }

  @Test
  void whatWasChangedAMomentBeforeIsReadUntilItIsOld() throws IOException {
    assertThat(run(true)).isEqualTo("one");
    noteAsYoung();
    grow();
    assertThat(run(false)).isEqualTo("one by sum");
    assertThat(run(false)).isEqualTo("one");
    assertThat(run(false)).isEqualTo("one");
  }

  @Test
  void neitherASetTimeNorARenamedFilePasses() throws IOException {
    grow();
    assertThat(run(true)).isEqualTo("one");
    assertThat(run(false)).isEqualTo("one");
    // As long as before, with the time that it had, in the same file.
    FileTime time = Files.getLastModifiedTime(spec);
    say("a.broot", "two");
    Files.setLastModifiedTime(spec, time);
    assertThat(run(true)).isEqualTo("two by sum");
    noteAsYoung();
    grow();
    assertThat(run(false)).isEqualTo("two by sum");
    assertThat(run(false)).isEqualTo("two");
    Path other = say("b.broot", "six");
    Files.setLastModifiedTime(other, time);
    Files.move(other, spec, StandardCopyOption.REPLACE_EXISTING);
    assertThat(run(true)).isEqualTo("six by sum");
    // Through a link to a file that is older than both.
    Path real = say("c.broot", "ten");
    grow();
    Files.delete(spec);
    Files.createSymbolicLink(spec, real);
    assertThat(Files.exists(spec, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(run(true)).isEqualTo("ten by sum");
  }

  @Test
  void whatHasTheSameContentInAnotherFileStartsNoJvm() throws IOException {
    grow();
    assertThat(run(true)).isEqualTo("one");
    Files.move(say("b.broot", "one"), spec, StandardCopyOption.REPLACE_EXISTING);
    assertThat(run(false)).isEqualTo("one by sum");
  }
}
