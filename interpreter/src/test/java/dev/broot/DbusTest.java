package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import dev.broot.support.Specs;
import dev.broot.support.Tree;
import dev.broot.support.Tree.Way;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fragment {@code dbus}, with a bus and xdg-dbus-proxy. */
@NeedsSandbox
class DbusTest {
  // A bus that starts a service for whoever calls its name: what it has started was reached.
  private static final String CONFIG =
      """
      <busconfig><type>session</type><listen>unix:path=@/bus</listen><auth>EXTERNAL</auth>
      <servicedir>@/services</servicedir>
      <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/><allow user="*"/></policy>
      </busconfig>
      """;

  @TempDir Path temp = Path.of("");
  private @Nullable Process bus;

  @BeforeEach
  void start() throws Exception {
    for (String tool : List.of("xdg-dbus-proxy", "dbus-daemon", "dbus-send")) {
      boolean there = Run.run("sh", "-c", "command -v " + tool).status() == 0;
      assumeTrue(there || System.getenv("CI") != null, tool + " is not installed");
    }
    Tree.forAll(temp);
    Path services = Files.createDirectory(temp.resolve("services"));
    for (String name : List.of("Allowed", "Refused")) {
      Files.writeString(
          services.resolve(name + ".service"),
          "[D-BUS Service]\nName=org.example."
              + name
              + "\nExec=/bin/sh -c \"echo >"
              + temp
              + "/"
              + name
              + "\"\n");
    }
    Path config = temp.resolve("bus.conf");
    Files.writeString(config, CONFIG.replace("@", temp.toString()));
    bus =
        new ProcessBuilder(
                "dbus-daemon",
                "--config-file=" + config,
                "--nofork",
                "--nopidfile",
                "--print-address")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(bus.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).startsWith("unix:path=");
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    if (bus != null) {
      bus.destroy();
      bus.waitFor();
    }
  }

  private String spec() {
    return "broot 1\nbase host\nparam dbus-address: string = unix:path="
        + temp
        + "/bus\ninclude dbus\napi session-bus add --talk=org.example.Allowed\n";
  }

  private static String call(String name) {
    return "dbus-send --session --print-reply --dest=org.example."
        + name
        + " / org.example.X.Y 2>&1;";
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"SCRIPT", "LIBRARY"})
  void whatALineNamesIsReachedAndNothingElse(Way way) throws Exception {
    Tree.Outcome outcome =
        new Tree(temp)
            .run(
                way,
                spec(),
                call("Refused")
                    + call("Allowed")
                    + "dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.ListActivatableNames;"
                    + "export DBUS_SESSION_BUS_ADDRESS=unix:path="
                    + temp
                    + "/bus;"
                    + call("Refused")
                    + "ls "
                    + temp);
    assertThat(temp.resolve("Allowed")).as(outcome.output()).exists();
    assertThat(temp.resolve("Refused")).as(outcome.output()).doesNotExist();
    assertThat(outcome.output())
        .contains("org.example.Allowed", "No such file or directory")
        .doesNotContain("string \"org.example.Refused\"");
  }

  @Test
  void whatIsWrongIsSaid() {
    String talk = "api session-bus add --talk=org.example.Allowed\n";
    assertThat(messages(spec() + talk))
        .containsExactly("`--talk=org.example.Allowed` is given twice");
    assertThat(messages("broot 1\nbase host\n" + talk))
        .containsExactly("no line above serves the API `session-bus`");
    assertThat(messages("broot 1\nbase host\napis /run/a\napi session-bus socket /run/b\n" + talk))
        .containsExactly("no line above serves the API `session-bus`");
  }

  private static List<String> messages(String spec) {
    List<String> messages = new ArrayList<>();
    Specs.compile(spec, Map.of(), List.of())
        .diagnostics()
        .forEach(one -> messages.add(one.message()));
    return messages;
  }
}
