package dev.broot;

import static dev.broot.support.Broot.BROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code expect deny write spec}: who asks for it is refused a run that could change its spec. */
@NeedsSandbox
class OwnSpecPolicyTest {
  @TempDir Path temp = Path.of("");
  private final Map<String, @Nullable String> environment = new HashMap<>();
  private Path work = temp;
  private Path spec = temp;
  private Path policy = temp;

  @BeforeEach
  void files() throws IOException {
    environment.put("XDG_CACHE_HOME", temp.resolve("cache").toString());
    work = Files.createDirectories(temp.resolve("work"));
    Files.createDirectories(temp.resolve("out"));
    Files.writeString(work.resolve("part.fragment"), "fragment 1\nenv A = b\n");
    spec = work.resolve("build.broot");
    policy =
        Files.writeString(temp.resolve("rules.fragment"), "fragment 1\nexpect deny write spec\n");
    say("bind rw " + work + " -> " + work);
  }

  private void say(String lines) throws IOException {
    Files.writeString(spec, "broot 1\nbase host\ninclude \"part.fragment\"\n" + lines + "\n");
  }

  private Run.Result broot(String command, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of(BROOT, command));
    words.addAll(List.of(options));
    words.add(spec.toString());
    if (command.equals("exec")) {
      words.addAll(List.of("--", "sh", "-c", "echo ran; touch \"$0\" 2>/dev/null", "" + spec));
    }
    return Run.run(environment, temp, words);
  }

  private Run.Result exec() throws IOException {
    return broot("exec", "--policy", policy.toString());
  }

  @Test
  void itIsRefusedOnlyWhereItWasAskedFor() throws IOException {
    assertThat(broot("exec").out()).isEqualTo("ran\n");
    assertThat(broot("check").status()).isZero();
    Run.Result exec = exec();
    assertThat(exec.status()).isEqualTo(125);
    assertThat(exec.out()).isEmpty();
    Run.Result check = broot("check", "--policy", policy.toString());
    assertThat(check.status()).isEqualTo(1);
    for (Run.Result result : List.of(exec, check)) {
      assertThat(result.err())
          .contains(
              "rules.fragment:2:1: error[BR601]: this does not hold: the program can write",
              "and so change `" + spec + "`",
              "hint: add the line `protect " + spec + "`, or keep it elsewhere",
              spec + ":4:1");
    }
  }

  @Test
  void eachFileThatSaysSomethingCounts() throws IOException {
    String bind = "bind rw " + work + " -> /w\nprotect " + spec;
    say(bind);
    assertThat(exec().err()).contains("change `" + work + "/part.fragment`");
    bind += "\nprotect " + work + "/part.fragment";
    say(bind);
    assertThat(exec().out()).isEqualTo("ran\n");
    Files.writeString(work.resolve("build.plan"), "");
    assertThat(broot("check", "--policy", policy.toString()).err())
        .contains("change `" + work + "/build.plan`");
    Files.delete(work.resolve("build.plan"));
    policy = Files.copy(policy, work.resolve("rules.fragment"));
    assertThat(exec().err()).contains("change `" + policy + "`");
    say(bind + "\nprotect " + policy);
    assertThat(exec().out()).isEqualTo("ran\n");
  }

  @Test
  void aSpecBehindASymlinkIsWhereItLies() throws IOException {
    spec = Files.createSymbolicLink(temp.resolve("link.broot"), Path.of("work/build.broot"));
    policy =
        Files.writeString(temp.resolve("rules.fragment"), "fragment 1\nexpect deny write spec\n");
    Run.Result result = exec();
    assertThat(result.status()).as(result.err()).isEqualTo(125);
  }

  /** A run from the cache looks at what the paths lead to, and starts no JVM for that. */
  @Test
  void aRunFromTheCacheIsRefusedToo() throws IOException {
    say("bind rw " + temp + "/out -> /out");
    assertThat(exec().out()).isEqualTo("ran\n");
    environment.put("JAVA_HOME", "/nowhere");
    assertThat(exec()).isEqualTo(new Run.Result(1, "ran\n", ""));
    Files.delete(temp.resolve("out"));
    Files.createSymbolicLink(temp.resolve("out"), work);
    Run.Result result = exec();
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("rules.fragment:2");
    environment.remove("JAVA_HOME");
    Files.delete(temp.resolve("out"));
    Files.createDirectory(temp.resolve("out"));
    assertThat(exec().out()).isEqualTo("ran\n");
    Files.writeString(policy, "fragment 1\nexpect deny write spec\nexpect deny read /usr\n");
    assertThat(exec().status()).as("a policy that changed").isEqualTo(125);
  }

  @Test
  void itIsALineOfASpecToo() throws IOException {
    say("bind rw " + work + " -> " + work + "\nexpect deny write spec");
    assertThat(broot("exec").status()).isEqualTo(125);
    say("bind ro " + work + " -> " + work + "\nexpect deny write spec");
    assertThat(broot("exec").out()).isEqualTo("ran\n");
    say("bind ro " + work + " -> " + work + "\nexpect allow write spec");
    assertThat(broot("check").err()).contains("error[");
  }
}
