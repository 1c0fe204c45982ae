package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broot.run.BuildRoot;
import dev.broot.run.CheckedSpec;
import dev.broot.run.Failure;
import dev.broot.run.Result;
import dev.broot.run.Result.Ended;
import dev.broot.run.Run;
import dev.broot.run.SetupException;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.support.Host;
import dev.broot.support.Specs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a run failed: the library's result says what the status file of a script says. */
class FailureTest {
  @TempDir Path temp = Path.of("");

  @BeforeEach
  void files() throws IOException {
    Host.assumeRoot();
    Files.createDirectories(temp.resolve("tree"));
    Files.writeString(temp.resolve("tree/file"), "text\n");
    Files.writeString(temp.resolve("tree/script"), "#!/opt/python\n").toFile().setExecutable(true);
  }

  private String lines(String line) {
    return "broot 1\nbase host\n" + line.replace("@", temp.toString()).replace("; ", "\n") + "\n";
  }

  @ParameterizedTest
  @CsvSource({
    "bind ro @/gone -> /x,true,test.broot:3,@/gone is not on the host",
    "bind ro @/tree/file -> /usr/bin,true,test.broot:3,/usr/bin is a directory there",
    "chdir /nowhere,true,test.broot:3,/nowhere is not there in the sandbox",
    "tmpfs /x; symlink a -> /x/y; symlink b -> /x/y,true,test.broot:5,/x/y is there already",
    "bind ro @/tree -> /t,/t/script,,/t/script is a script for /opt/python",
    "bind ro @/tree -> /t,/t/file,,/t/file is not executable (mode 644)",
    "bind ro @/tree -> /t,/t/none,,there is no /t/none",
    "vardir @; scratch /s prefix s-,no-such-program,,is in no directory of PATH",
    "entry /bin/none,x,,/bin/none is not there in the sandbox",
    "lock-file /usr/none,true,test.broot:3,/usr/none cannot be locked: No such file",
    "hide @/tree optional; bind ro @/gone -> /x,true,test.broot:4,@/gone is not on the host",
    "bind rw @/tree -> /t; text /t/file = x; chdir /t/file,true,test.broot:5,/t/file is a file there",
    "text /1 = \"a\"; text /2 = \"b\"; text /3 = \"c\"; text /4 = \"d\"; text /5 = \"e\";"
        + " text /usr/x = \"f\",true,test.broot:8,/usr/x is not there",
  })
  void theLibrarySaysWhatTheScriptSays(String line, String program, String where, String why)
      throws Exception {
    CheckedSpec compiled = Specs.valid(lines(line));
    JsonNode status = ofScript(lines(line), program);
    Result result;
    try (BuildRoot root = BuildRoot.enter(compiled)) {
      result = root.run(Run.of(program).capture());
    }
    Failure failure = result.failure();
    if (failure == null) {
      throw new AssertionError(result.toString());
    }
    assertThat(failure.cause()).contains(why.replace("@", temp.toString()));
    assertThat(failure.line()).isEqualTo(where);
    assertThat(result.status()).isEqualTo(status.get("status").asInt());
    assertThat(failure.cause()).isEqualTo(status.get("cause").asText());
    if (result.ended() == Ended.FAILED) {
      assertThat(failure.line()).isEqualTo(status.get("line").asText());
      // That of a script is "run" where bubblewrap has no word for it.
      assertThat(failure.step() == null ? "run" : failure.step())
          .isEqualTo(status.get("step").asText());
    }
  }

  private JsonNode ofScript(String spec, String program) throws IOException {
    Path file = temp.resolve("status");
    RunOptions options = new RunOptions(null, null, file.toString());
    String text = ScriptWriter.write(Specs.plan(spec), options, "TEST");
    Path script = Files.writeString(temp.resolve("script.sh"), text);
    var ran =
        dev.broot.support.Run.run(Map.of(), null, List.of("bash", script.toString(), program));
    assertThat(file).as(ran.toString()).exists();
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void aStepOfTheSetUpIsTold() {
    CheckedSpec compiled = Specs.valid(lines("vardir @/tree/file/below; scratch /s prefix s-"));
    assertThatThrownBy(() -> BuildRoot.enter(compiled))
        .isInstanceOfSatisfying(
            SetupException.class,
            e -> {
              assertThat(e.failure().line()).isEqualTo("test.broot:4");
              assertThat(e.failure().step()).contains("mkdtemp");
              assertThat(e.failure().cause()).contains("tree/file");
              assertThat(e).hasMessageStartingWith("test.broot:4: ");
            });
  }

  // Its own process asks for the locks, beside the program; without a PID namespace, that lives on.
  @ParameterizedTest
  @ValueSource(strings = {"lock-file /usr/none", "share pid; lock-file /usr/none"})
  void nothingRunsWithoutItsLock(String line) throws Exception {
    String spec = lines("bind rw @/tree -> /t; " + line);
    String program = "/t/ran";
    Path ran = temp.resolve("tree/ran");
    Files.writeString(ran, "#!/bin/sh\n: >/t/has-run\nexit 1\n").toFile().setExecutable(true);
    for (int i = 0; i < 10; i++) {
      assertThat(ofScript(spec, program).get("status").asInt()).isEqualTo(125);
    }
    try (BuildRoot root = BuildRoot.enter(Specs.valid(spec))) {
      assertThat(root.run(Run.of(program)).ended()).isEqualTo(Ended.FAILED);
    }
    assertThat(temp.resolve("tree/has-run")).doesNotExist();
  }

  @Test
  void oneThatHasItsLockEndsAsItLikes() throws Exception {
    String spec = lines("bind rw @/tree -> /t; lock-file /t/file");
    assertThat(ofScript(spec, "false").get("status").asInt()).isEqualTo(1);
    try (BuildRoot root = BuildRoot.enter(Specs.valid(spec));
        FileChannel file = FileChannel.open(temp.resolve("tree/file"), StandardOpenOption.WRITE)) {
      assertThat(root.run(Run.of("false")).ended()).isEqualTo(Ended.EXITED);
      FileLock held = file.lock();
      assertThat(root.run(Run.of("false")).failure())
          .extracting(Failure::cause)
          .asString()
          .startsWith("/t/file cannot be locked: Resource temporarily unavailable");
      held.release();
    }
  }

  @Test
  void whatWorksHasNoFailure() throws Exception {
    try (BuildRoot root = BuildRoot.enter(Specs.valid(lines("tmpfs /x")))) {
      assertThat(root.run(Run.of("false")).failure()).isNull();
    }
  }
}
