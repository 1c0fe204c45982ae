package dev.broot;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broot.run.BuildRoot;
import dev.broot.run.Result;
import dev.broot.run.Result.Ended;
import dev.broot.run.Run;
import dev.broot.run.Running;
import dev.broot.run.SetupException;
import dev.broot.run.SpecException;
import dev.broot.support.NeedsSandbox;
import dev.broot.support.Specs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program that embeds broot may wish of it: input, output, ends, texts, and messages. */
class LibraryTest {
  private static final String SPEC = "broot 1\nbase host\n";

  @TempDir Path temp = Path.of("");

  private static Run sh(String line) {
    return Run.of("sh", "-c", line);
  }

  @Test
  @NeedsSandbox
  void standardInputIsBytesOrAFile() throws Exception {
    byte[] all = new byte[300_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i * 7);
    }
    Path file = Files.write(temp.resolve("in"), all);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteArrayOutputStream fromFile = new ByteArrayOutputStream();
    try (BuildRoot root = BuildRoot.enter(Specs.valid(SPEC + "stdin null\n"))) {
      assertThat(root.run(Run.of("cat").input(all).to(bytes)).output()).isEmpty();
      root.run(Run.of("cat").input(file).to(fromFile));
      assertThat(root.run(Run.of("cat").capture()).output()).isEmpty();
      assertThatThrownBy(() -> root.run(Run.of("cat").input(temp.resolve("none"))))
          .hasMessageContaining("cannot read " + temp.resolve("none") + ": ");
      assertThatThrownBy(() -> root.run(Run.of("cat").input(temp)))
          .hasMessageContaining(temp + ": it is no plain file");
    }
    assertThat(bytes.toByteArray()).isEqualTo(all);
    assertThat(fromFile.toByteArray()).isEqualTo(all);
  }

  @Test
  @NeedsSandbox
  void aFileThatIsReadCannotBeWritten() throws Exception {
    Path file = Files.writeString(temp.resolve("in"), "mine\n");
    try (BuildRoot root = BuildRoot.enter(Specs.valid(SPEC))) {
      root.run(sh("echo other >/proc/self/fd/0").input(file).capture());
      assertThat(root.run(sh("cat").input(file).capture()).output()).isEqualTo("mine\n");
    }
    assertThat(file).hasContent("mine\n");
  }

  @Test
  @NeedsSandbox
  void nothingStaysOfStreamsThatNobodyReads() throws Exception {
    byte[] large = new byte[1_000_000];
    Path file = Files.write(temp.resolve("in"), large);
    try (BuildRoot root = BuildRoot.enter(Specs.valid(SPEC))) {
      root.run(Run.of("true").input(file).separate());
      ends("broot-input");
      long before = descriptors();
      for (int i = 0; i < 8; i++) {
        root.run(Run.of("true").input(file).separate());
        root.run(Run.of("true").input(large).capture());
        assertThatThrownBy(() -> root.run(Run.of("true").input(temp).capture()))
            .isInstanceOf(SetupException.class);
        assertThatThrownBy(() -> root.run(Run.of("x".repeat(3_000_000)).input(file).capture()))
            .isInstanceOf(SetupException.class);
      }
      ends("broot-input");
      assertThat(descriptors()).isLessThanOrEqualTo(before + 2);
    }
  }

  private static void ends(String thread) throws InterruptedException {
    for (Thread one : Thread.getAllStackTraces().keySet()) {
      if (one.getName().equals(thread)) {
        one.join(60_000);
        assertThat(one.isAlive()).isFalse();
      }
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  @Test
  @NeedsSandbox
  void errorsApartAndAnOutputThatHasABound() throws Exception {
    try (BuildRoot root = BuildRoot.enter(Specs.valid(SPEC))) {
      Result both = root.run(sh("echo out; echo err >&2; exit 4").separate());
      assertThat(both.output()).isEqualTo("out\n");
      assertThat(both.errors()).isEqualTo("err\n");
      assertThat(both.status()).isEqualTo(4);
      assertThat(both.isCut()).isFalse();
      Result cut = root.run(sh("seq 100000; echo 12345 >&2; exit 5").separate().atMost(4));
      assertThat(cut.output()).isEqualTo("1\n2\n");
      assertThat(cut.errors()).isEqualTo("1234");
      assertThat(cut.isCut()).isTrue();
      assertThat(cut.status()).isEqualTo(5);
      assertThat(root.run(sh("printf 1234").capture().atMost(4)).isCut()).isFalse();
      assertThat(root.run(sh("printf 1").capture().atMost(0)).isCut()).isTrue();
    }
  }

  @Test
  @NeedsSandbox
  void errorsApartFromAListenerAndFromAStream() throws Exception {
    Run both = sh("echo out; printf 123456; echo err >&2");
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BuildRoot root = BuildRoot.enter(Specs.valid(SPEC))) {
      Result told = root.run(both.lines(lines::add).separate().atMost(5));
      assertThat(lines).containsExactly("out", "12345");
      assertThat(told.output()).isEqualTo("out\n1");
      assertThat(told.errors()).isEqualTo("err\n");
      Result passed = root.run(both.separate().to(bytes).atMost(4));
      assertThat(passed.output()).isEmpty();
      assertThat(passed.errors()).isEqualTo("err\n");
      assertThat(passed.isCut()).isFalse();
      assertThat(bytes).hasToString("out\n123456");
    }
  }

  @Test
  @NeedsSandbox
  void aListenerThatFailsDoesNotEndTheRun() throws Exception {
    List<String> lines = new ArrayList<>();
    Run loud =
        sh("seq 100000; exit 6")
            .lines(
                line -> {
                  lines.add(line);
                  throw new AssertionError("no more");
                });
    try (BuildRoot root = BuildRoot.enter(Specs.valid(SPEC))) {
      Result result = root.run(loud);
      assertThat(result.status()).isEqualTo(6);
      assertThat(result.output()).endsWith("\n100000\n");
      assertThat(lines).containsExactly("1");
    }
  }

  @Test
  @NeedsSandbox
  void aStreamThatFailsDoesNotEndTheRun() throws Exception {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };
    try (BuildRoot root = BuildRoot.enter(Specs.valid(SPEC))) {
      assertThat(root.run(sh("seq 100000; exit 6").to(broken)).status()).isEqualTo(6);
    }
  }

  @Test
  @NeedsSandbox
  void aStartedRunKeepsItsTimeoutAndItsGrace() throws Exception {
    try (BuildRoot root = BuildRoot.enter(Specs.valid(SPEC))) {
      Run deaf =
          sh("trap '' TERM; exec sleep 600")
              .capture()
              .timeout(Duration.ofMillis(300))
              .killAfter(Duration.ofMillis(100));
      Running running = root.start(deaf);
      Result result = running.result().get(60, TimeUnit.SECONDS);
      assertThat(result.ended()).isEqualTo(Ended.TIMED_OUT);
      assertThat(result.status()).isEqualTo(124);
      assertThat(running.await()).isEqualTo(result);
      // As good as for ever.
      Run calm = Run.of("true").timeout(Duration.ofSeconds(Long.MAX_VALUE));
      assertThat(root.run(calm).ended()).isEqualTo(Ended.EXITED);
      // Whoever waits cannot change what the others see.
      assertThat(running.result().cancel(true)).isFalse();
    }
  }

  @Test
  @NeedsSandbox
  void aSpecIsATextWhoseIncludesLieBesideItsPath() throws Exception {
    Files.writeString(temp.resolve("part.broot"), "fragment 1\nenv PART = there\n");
    String text = SPEC + "include \"part.broot\"\n";
    try (BuildRoot root =
        BuildRoot.enter(BuildRoot.compile(text, temp.resolve("none.broot"), Map.of()))) {
      assertThat(root.run(sh("echo $PART").capture()).output()).isEqualTo("there\n");
    }
    assertThatThrownBy(() -> BuildRoot.compile("broot 1\nbase hosst\n", Path.of("a.b"), Map.of()))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("a.b:2:6: error[");
  }

  @Test
  void messagesKnowNoCommandLine() {
    assertThatThrownBy(() -> BuildRoot.compile(SPEC, Path.of("a"), Map.of("tree", "/x")))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("the caller's values:1:1: error[BR207]: the spec declares no")
        .hasMessageNotContaining("--set");
    assertThatThrownBy(
            () ->
                BuildRoot.compile(
                    SPEC + "param p: path\nbind ro ${p} -> /p\n",
                    Path.of("a"),
                    Map.of("p", "x/../y")))
        .hasMessageStartingWith("the caller's values:1:3: error")
        .hasMessageNotContaining("--");
    assertThatThrownBy(() -> BuildRoot.compile(SPEC + "bind ro x -> /p\n", Path.of("a"), Map.of()))
        .hasMessageContaining("`param NAME: path` and give it a value")
        .hasMessageNotContaining("--set");
  }

  @Test
  @NeedsSandbox
  void aProviderThatFailsIsHeard() {
    String spec =
        SPEC
            + "apis /run/api\napi x serve [\"sh\", \"-c\", \"echo no such token >&2; exit 1\","
            + " \"${socket}\"]\n";
    assertThatThrownBy(() -> BuildRoot.enter(Specs.valid(spec)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("ended before its socket answered: no such token");
  }

  @Test
  void nothingOfTheCompilerIsInThePublicMethods() throws IOException {
    List<String> rooms = new ArrayList<>();
    Path classes = HOME.resolve("interpreter/src/main/java/dev/broot/run");
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName()).replace(".java", "");
        if (name.equals("package-info")) {
          continue;
        }
        Class<?> type = load("dev.broot.run." + name);
        if (Modifier.isPublic(type.getModifiers())) {
          Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getConstructors()))
              .map(member -> member.toGenericString())
              .filter(text -> text.matches(".*dev\\.broot\\.(?!run\\.|diagnostic\\.).*"))
              .forEach(rooms::add);
        }
      }
    }
    assertThat(rooms).isEmpty();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, LibraryTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theExamplesOfTheDocsCompile() throws IOException {
    String java =
        Files.readString(HOME.resolve("interpreter/src/main/java/dev/broot/run/package-info.java"));
    String example =
        java.substring(java.indexOf("{@code\n") + 7, java.indexOf(" * }</pre>"))
            .replaceAll("(?m)^ \\* ?", "");
    String whole =
        "import dev.broot.run.*; import java.nio.file.*; import java.util.*;\n"
            + "class Example { void example() throws Exception {\n"
            + example
            + "}}\n";
    Files.writeString(temp.resolve("Example.java"), whole);
    String page = Files.readString(HOME.resolve("docs/library.md"));
    int from = page.indexOf("```java\n") + 8;
    Files.writeString(
        temp.resolve("Embed.java"), page.substring(from, page.indexOf("\n```", from)));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                said,
                said,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                temp.toString(),
                temp.resolve("Example.java").toString(),
                temp.resolve("Embed.java").toString());
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(status).isZero();
  }
}
