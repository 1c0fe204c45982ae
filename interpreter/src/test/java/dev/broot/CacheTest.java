package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Host;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cache of compiled scripts: a call that finds its entry starts no JVM, and what runs is what
 * the sources now say.
 */
@NeedsSandbox
class CacheTest {
  private static final String NO_JAVA = "/nowhere";

  @TempDir Path temp = Path.of("");
  private Path spec = temp;
  private final Map<String, @Nullable String> environment = new HashMap<>();

  @BeforeEach
  void spec() throws IOException {
    environment.put("XDG_CACHE_HOME", temp.resolve("cache").toString());
    spec = temp.resolve("a.broot");
    say(spec, "one");
  }

  private static Path say(Path file, String text) throws IOException {
    return Files.writeString(file, "broot 1\nbase host\nenv SAID = " + text + "\n");
  }

  private Run.Result exec(List<String> options, Path file) throws IOException {
    List<String> command = new ArrayList<>(List.of(BROOT, "exec"));
    command.addAll(options);
    command.addAll(List.of(file.toString(), "--", "sh", "-c", "echo $SAID"));
    return Run.run(environment, temp, command);
  }

  private String said(String... options) throws IOException {
    Run.Result result = exec(List.of(options), spec);
    assertThat(result.err()).isEmpty();
    return result.out().strip();
  }

  private Run.Result withoutJava(String... options) throws IOException {
    environment.put("JAVA_HOME", NO_JAVA);
    try {
      return exec(List.of(options), spec);
    } finally {
      environment.remove("JAVA_HOME");
    }
  }

  private Path directory() {
    return temp.resolve("cache/broot/exec");
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.filter(file -> file.toString().endsWith(".sh") == ending.equals(".sh")).toList();
    }
  }

  @Test
  void anUnchangedSpecStartsNoJvm() throws IOException {
    assertThat(withoutJava().status()).isNotZero();
    assertThat(said()).isEqualTo("one");
    assertThat(withoutJava()).isEqualTo(new Run.Result(0, "one\n", ""));
    assertThat(Files.getPosixFilePermissions(directory()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(directory().getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  /** What finds that out is a file beside the jar, which scripts of the cache read then. */
  @Test
  void aRunThatFailsSaysItsLineFromTheCacheToo() throws IOException {
    Files.writeString(spec, "broot 1\nbase host\nbind ro " + temp + "/nosuch -> /x\n");
    Run.Result compiled = exec(List.of(), spec);
    assertThat(compiled.err()).contains(spec + ":3: " + temp + "/nosuch is not on the host");
    assertThat(withoutJava()).isEqualTo(compiled);
    assertThat(exec(List.of("--no-cache"), spec)).isEqualTo(compiled);
  }

  @Test
  void contentDecidesNotTime() throws IOException {
    FileTime time = Files.getLastModifiedTime(spec);
    assertThat(said()).isEqualTo("one");
    say(spec, "two");
    Files.setLastModifiedTime(spec, time);
    assertThat(withoutJava().status()).isNotZero();
    assertThat(said()).isEqualTo("two");
    Files.setLastModifiedTime(spec, FileTime.fromMillis(0));
    assertThat(withoutJava().out()).isEqualTo("two\n");
    Files.delete(spec);
    assertThat(exec(List.of(), spec).status()).isEqualTo(125);
  }

  @Test
  void whatIsIncludedDecidesToo() throws IOException {
    Files.createDirectories(temp.resolve("in"));
    Path fragment = Files.writeString(temp.resolve("in/x y.broot"), "fragment 1\nenv SAID = one\n");
    Files.writeString(spec, "broot 1\nbase host\ninclude \"in/x y.broot\"\n");
    assertThat(said()).isEqualTo("one");
    assertThat(withoutJava().out()).isEqualTo("one\n");
    Files.writeString(fragment, "fragment 1\nenv SAID = two\n");
    assertThat(said()).isEqualTo("two");
    Files.delete(fragment);
    assertThat(exec(List.of(), spec).status()).isEqualTo(125);
  }

  @Test
  void theOptionsDecideToo() throws IOException {
    Files.writeString(spec, "broot 1\nbase host\nparam x: string\nenv SAID = ${x}\n");
    assertThat(said("--set", "x=a/b")).isEqualTo("a/b");
    assertThat(said("--set", "x=a%b")).isEqualTo("a%b");
    assertThat(said("--set", "x=a/b", "--line", "env OTHER = 1")).isEqualTo("a/b");
    assertThat(withoutJava("--set", "x=a/b", "--line", "env OTHER = 1").out()).isEqualTo("a/b\n");
    assertThat(withoutJava("--set", "x=a/c").status()).isNotZero();
    // Two calls that share the name of their entry are told apart by what it holds.
    assertThat(said("--set", "x=a/b")).isEqualTo("a/b");
    String long1 = "x=" + "l".repeat(300) + "1";
    String long2 = "x=" + "l".repeat(300) + "2";
    assertThat(said("--set", long1)).endsWith("l1");
    assertThat(said("--set", long2)).endsWith("l2");
    assertThat(withoutJava("--set", long1).out()).endsWith("l1\n");
    assertThat(said("--set", "x=a\nb")).isEqualTo("a b");
    assertThat(withoutJava("--set", "x=a\nb").status()).isNotZero();
  }

  @Test
  void theVersionOfBubblewrapIsAskedOnce() throws IOException {
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Path bwrap = bin.resolve("bwrap");
    Path calls = temp.resolve("calls");
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    Files.writeString(spec, "broot 1\nbase host\nenv SAID = one\ntmpfs /mnt size 1MiB\n");
    String counting = "[ \"$1\" != --version ] || { echo >>" + calls + "; ";
    String real = Run.run("sh", "-c", "command -v bwrap").out().strip();
    tool(bwrap, counting + "echo bubblewrap 0.9.0; exit; }\nexec " + real + " \"$@\"\n");
    assertThat(said()).isEqualTo("one");
    assertThat(said()).isEqualTo("one");
    assertThat(withoutJava().out()).isEqualTo("one\n");
    assertThat(calls).hasContent("\n");
    // Another bubblewrap at its place, and one at another place.
    tool(bwrap, counting + "echo bubblewrap 0.6.0; exit; }\nexec " + real + " \"$@\"\n");
    Run.Result old = exec(List.of(), spec);
    assertThat(old.status()).isEqualTo(125);
    assertThat(old.err())
        .isEqualTo(
            "broot: "
                + spec
                + ":4: --size needs bubblewrap 0.7, and "
                + bwrap
                + " is bubblewrap 0.6.0\n");
    tool(bwrap, counting + "echo bubblewrap 0.9.0; exit; }\nexec " + real + " \"$@\"\n");
    Path other = Files.createDirectories(temp.resolve("other")).resolve("bwrap");
    tool(other, "echo bubblewrap 0.6.0\n");
    environment.put("PATH", other.getParent() + ":" + environment.get("PATH"));
    assertThat(exec(List.of(), spec).err()).contains("needs bubblewrap 0.7, and " + other);
  }

  private static void tool(Path path, String script) throws IOException {
    Files.writeString(path, "#!/bin/sh\n" + script);
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void isSwitchedOffByAnOptionAndAVariable() throws IOException {
    assertThat(said("--no-cache")).isEqualTo("one");
    environment.put("BROOT_CACHE", "off");
    assertThat(said()).isEqualTo("one");
    environment.remove("BROOT_CACHE");
    assertThat(temp.resolve("cache")).doesNotExist();
  }

  @Test
  void aDamagedEntryIsCompiledAnew() throws IOException {
    assertThat(said()).isEqualTo("one");
    for (boolean script : new boolean[] {true, false}) {
      for (String damage : List.of("", "echo planted\n", "cut", "added", "gone")) {
        Path file = files(script ? ".sh" : "").get(0);
        String text = Files.readString(file);
        switch (damage) {
          case "cut" -> Files.writeString(file, text.substring(0, text.length() / 2));
          case "added" -> Files.writeString(file, text + "\necho planted\n");
          case "gone" -> Files.delete(file);
          default -> Files.writeString(file, damage);
        }
        assertThat(said()).as(damage).isEqualTo("one");
        assertThat(withoutJava().out()).isEqualTo("one\n");
      }
    }
  }

  @Test
  void anEntryOfAnotherCallIsNotUsed() throws IOException {
    assertThat(said()).isEqualTo("one");
    Path first = files("").get(0);
    Path other = temp.resolve("b.broot");
    say(other, "other");
    assertThat(exec(List.of(), other).out()).isEqualTo("other\n");
    Path second = files("").stream().filter(file -> !file.equals(first)).findFirst().orElseThrow();
    Files.copy(second, first, StandardCopyOption.REPLACE_EXISTING);
    assertThat(said()).isEqualTo("one");
  }

  @Test
  void aCacheThatOthersCanWriteIsNotUsed() throws IOException {
    assertThat(said()).isEqualTo("one");
    for (Path open : List.of(directory(), directory().getParent(), temp.resolve("cache"))) {
      var before = Files.getPosixFilePermissions(open);
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
      assertThat(withoutJava().status()).as(open.toString()).isNotZero();
      assertThat(said()).isEqualTo("one");
      assertThat(withoutJava().status()).isNotZero();
      Files.setPosixFilePermissions(open, before);
    }
    assertThat(withoutJava().out()).isEqualTo("one\n");
    Path moved = temp.resolve("moved");
    Files.move(directory(), moved);
    Files.createSymbolicLink(directory(), moved);
    assertThat(withoutJava().status()).isNotZero();
  }

  /** A directory above could be renamed by whoever can write there, a link replaced. */
  @Test
  void aCacheOnAWayThatIsNotOursAloneIsNotUsed() throws IOException {
    Path way = Files.createDirectories(temp.resolve("a/b"));
    environment.put("XDG_CACHE_HOME", way.resolve("cache").toString());
    assertThat(said()).isEqualTo("one");
    assertThat(withoutJava().out()).isEqualTo("one\n");
    for (String mode : List.of("777", "775")) {
      assertThat(Run.run("chmod", mode, way.toString()).status()).isZero();
      assertThat(Run.run("chgrp", "64990", way.toString()).status()).isZero();
      assertThat(withoutJava().status()).as(mode).isNotZero();
      assertThat(said()).isEqualTo("one");
    }
    assertThat(Run.run("chmod", "755", way.toString()).status()).isZero();
    assertThat(withoutJava().out()).isEqualTo("one\n");
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("a"));
    environment.put("XDG_CACHE_HOME", link.resolve("b/cache").toString());
    assertThat(said()).isEqualTo("one");
    assertThat(withoutJava().status()).isNotZero();
  }

  @Test
  void manyFirstCallsAtOnceAllRun() {
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      calls.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return said();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }));
    }
    assertThat(calls.stream().map(CompletableFuture::join)).hasSize(12).containsOnly("one");
  }

  @Test
  void gcRemovesWhatIsOutOfDate() throws IOException {
    assertThat(said()).isEqualTo("one");
    say(spec, "two");
    assertThat(said("--no-cache")).isEqualTo("two");
    Run.Result gc = Run.run(environment, temp, List.of(BROOT, "gc"));
    assertThat(gc.out()).contains("removed compiled scripts: 1");
    assertThat(directory()).isEmptyDirectory();
    assertThat(said()).isEqualTo("two");
    Run.run(environment, temp, List.of(BROOT, "gc"));
    assertThat(withoutJava().out()).isEqualTo("two\n");
  }

  @Test
  void rootRunsNoSpecThatAnotherUserCanWrite() throws IOException {
    Host.assumeRoot();
    assertThat(said()).isEqualTo("one");
    assertThat(Run.run("chown", "65534", spec.toString()).status()).isZero();
    Run.Result refused = exec(List.of(), spec);
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .startsWith("broot: " + spec + " belongs to user 65534, and root would run it");
    assertThat(said("--trust-sources")).isEqualTo("one");
    assertThat(withoutJava("--trust-sources").out()).isEqualTo("one\n");
    environment.put("SUDO_UID", "65534");
    assertThat(said()).isEqualTo("one");
    environment.remove("SUDO_UID");
    assertThat(Run.run("chown", "0", spec.toString()).status()).isZero();
    assertThat(Run.run("chmod", "666", spec.toString()).status()).isZero();
    assertThat(exec(List.of(), spec).err()).contains("can be written by everybody");
    assertThat(Run.run("chmod", "644", spec.toString()).status()).isZero();
    assertThat(Run.run("chmod", "777", temp.toString()).status()).isZero();
    assertThat(exec(List.of(), spec).err()).startsWith("broot: " + temp + " can be written");
  }

  /** Whatever happens to the files, what runs is what they say now. */
  @Test
  void neverRunsAnythingElse() throws IOException {
    Random random = new Random(20261124);
    Path left = Files.createDirectories(temp.resolve("left"));
    Path right = Files.createDirectories(temp.resolve("right"));
    Path link = temp.resolve("link");
    Files.createSymbolicLink(link, left);
    spec = link.resolve("s.broot");
    Map<Path, String> texts = new HashMap<>();
    for (Path side : List.of(left, right)) {
      Files.writeString(side.resolve("s.broot"), "broot 1\nbase host\ninclude f.broot\n");
      Files.writeString(side.resolve("f.broot"), "fragment 1\nenv SAID = aa\n");
      texts.put(side, "aa");
    }
    Path now = left;
    for (int i = 0; i < 60; i++) {
      Path side = random.nextBoolean() ? left : right;
      Path fragment = side.resolve("f.broot");
      switch (random.nextInt(5)) {
        case 0 -> {
          String text = random.nextBoolean() ? "aa" : "bb";
          FileTime time = Files.getLastModifiedTime(fragment);
          Files.writeString(fragment, "fragment 1\nenv SAID = " + text + "\n");
          Files.setLastModifiedTime(fragment, time);
          texts.put(side, text);
        }
        case 1 ->
            Files.setLastModifiedTime(
                fragment, FileTime.fromMillis(random.nextInt(2_000_000_000) * 1000L));
        case 2 -> {
          Files.delete(link);
          Files.createSymbolicLink(link, side);
          now = side;
        }
        case 3 -> {
          Path spare = temp.resolve("spare");
          Files.move(left.resolve("f.broot"), spare);
          Files.move(right.resolve("f.broot"), left.resolve("f.broot"));
          Files.move(spare, right.resolve("f.broot"));
          String before = String.valueOf(texts.get(left));
          texts.put(left, String.valueOf(texts.get(right)));
          texts.put(right, before);
        }
        default -> {}
      }
      assertThat(said()).as("step " + i).isEqualTo(texts.get(now));
    }
  }

  @Test
  void aRelativePathIsThatOfTheDirectoryWhereItIsGiven() throws IOException {
    Files.writeString(spec, "broot 1\nbase host\nparam p: path\nbind ro ${p} -> /p\n");
    for (String name : List.of("a", "b")) {
      Files.createDirectory(temp.resolve(name));
      Files.writeString(temp.resolve(name).resolve("name"), name + "\n");
      Files.deleteIfExists(temp.resolve("link"));
      Files.createSymbolicLink(temp.resolve("link"), Path.of(name));
      String call = "cd link && exec " + BROOT + " exec --set p=. " + spec + " -- cat /p/name";
      assertThat(Run.run(environment, temp, List.of("sh", "-c", call)))
          .isEqualTo(new Run.Result(0, name + "\n", ""));
    }
  }
}
