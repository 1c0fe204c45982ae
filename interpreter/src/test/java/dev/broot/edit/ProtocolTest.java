package dev.broot.edit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.broot.support.Broot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an editor may do wrong, message by message: answered as the protocol says, and quietly. */
class ProtocolTest {
  private static final int NOT_INITIALIZED = -32002;
  private static final int INVALID_REQUEST = -32600;
  private static final int INVALID_PARAMS = -32602;
  private static final String START = "1,initialize,{\"capabilities\":{}}";
  private static final String ASKED = "\"textDocument\":{\"uri\":\"%s\"}";

  @TempDir Path temp = Path.of("");

  /** The answers to some messages, by number, after which the editor goes; nothing else is said. */
  private List<JsonObject> answers(String... messages) throws IOException {
    StringBuilder in = new StringBuilder();
    for (String message : messages) {
      String[] parts = message.split(",", 3);
      String id = parts[0].isEmpty() ? "" : "\"id\":" + parts[0] + ",";
      String params = parts.length > 2 ? ",\"params\":" + parts[2] : "";
      String body = "{\"jsonrpc\":\"2.0\"," + id + "\"method\":\"" + parts[1] + "\"" + params + "}";
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      in.append("Content-Length: ").append(length).append("\r\n\r\n").append(body);
    }
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    Path given = Files.writeString(temp.resolve("in"), in);
    Process process =
        new ProcessBuilder(Broot.BROOT, "lsp")
            .redirectInput(given.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.onExit().join();
    assertThat(err).isEmptyFile();
    List<JsonObject> answers = new ArrayList<>();
    ByteArrayInputStream bytes = new ByteArrayInputStream(Files.readAllBytes(out));
    while (bytes.available() > 0) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) bytes.read());
      }
      int length =
          Integer.parseInt(head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
      String body = new String(bytes.readNBytes(length), StandardCharsets.UTF_8);
      JsonObject one = JsonParser.parseString(body).getAsJsonObject();
      if (one.has("id")) {
        answers.add(one);
      }
    }
    return answers;
  }

  private static int code(JsonObject answer) {
    return answer.has("error") ? answer.getAsJsonObject("error").get("code").getAsInt() : 0;
  }

  private static JsonElement result(JsonObject answer) {
    assertThat(code(answer)).as(answer.toString()).isZero();
    return answer.has("result") ? answer.get("result") : JsonNull.INSTANCE;
  }

  @Test
  void afterShutdownNothingIsAnsweredAnyMore() throws IOException {
    List<JsonObject> answers =
        answers(
            START,
            "2,shutdown",
            "3,textDocument/hover,{\"position\":{\"line\":0,\"character\":0},"
                + ASKED.formatted("file:///a")
                + "}",
            ",textDocument/didOpen,null",
            "4,shutdown",
            ",exit");
    assertThat(answers)
        .extracting(ProtocolTest::code)
        .containsExactly(0, 0, INVALID_REQUEST, INVALID_REQUEST);
    assertThat(answers.get(1).get("result").isJsonNull()).isTrue();
  }

  @Test
  void beforeInitializeNothingIsAnsweredAndItComesOnce() throws IOException {
    String hover =
        ",textDocument/hover,{\"position\":{\"line\":0,\"character\":0},"
            + ASKED.formatted("file:///a")
            + "}";
    List<JsonObject> answers =
        answers(
            "1" + hover,
            ",textDocument/didOpen,{\"textDocument\":{\"uri\":\"file:///a\",\"languageId\":\"broot\","
                + "\"version\":1,\"text\":\"broot 1\"}}",
            "2,shutdown",
            "3,nonsense/it",
            "4,initialize",
            START.replaceFirst("1", "5"),
            START.replaceFirst("1", "6"),
            "7" + hover,
            "8,shutdown",
            ",exit");
    assertThat(answers)
        .extracting(ProtocolTest::code)
        .containsExactly(
            NOT_INITIALIZED,
            NOT_INITIALIZED,
            NOT_INITIALIZED,
            INVALID_PARAMS,
            0,
            INVALID_REQUEST,
            0,
            0);
  }

  @Test
  void paramsThatLackWhatTheyNeedAreTheCallersMistake() throws IOException {
    List<String> messages = new ArrayList<>(List.of(START));
    int id = 2;
    for (String method :
        List.of(
            "textDocument/hover",
            "textDocument/completion",
            "textDocument/definition",
            "textDocument/references",
            "textDocument/prepareRename",
            "textDocument/rename",
            "textDocument/documentSymbol",
            "textDocument/foldingRange",
            "textDocument/formatting",
            "textDocument/codeAction",
            "textDocument/codeLens",
            "textDocument/semanticTokens/full",
            "workspace/executeCommand")) {
      for (String params : List.of("", ",null", ",{}", ",{\"textDocument\":{}}")) {
        messages.add(id++ + "," + method + params);
      }
    }
    messages.add(",textDocument/didOpen,null");
    messages.add(id + ",shutdown");
    messages.add(",exit");
    List<JsonObject> answers = answers(messages.toArray(String[]::new));
    assertThat(answers).hasSize(id);
    assertThat(answers.subList(1, id - 1))
        .allSatisfy(answer -> assertThat(code(answer)).as(answer + "").isEqualTo(INVALID_PARAMS));
    assertThat(result(answers.get(id - 1))).isNotNull();
  }

  /** The protocol wants `capabilities`, and we can do without. */
  @Test
  void anEditorThatSaysNothingOfItselfIsServed() throws IOException {
    assertThat(result(answers("1,initialize,{}", "2,shutdown", ",exit").get(0)).toString())
        .contains("hoverProvider");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///tmp/a%00b.broot", "untitled:a"})
  void aDocumentWhoseNameNoFileCanHaveIsServedByItsUri(String uri) throws IOException {
    String text = "broot 1\\nbase host\\nparam p: path\\nbind ro ${p} -> /p\\n";
    String at = ASKED.formatted(uri) + ",\"position\":{\"line\":3,\"character\":11}";
    List<JsonObject> answers =
        answers(
            START,
            ",textDocument/didOpen,{\"textDocument\":{\"uri\":\""
                + uri
                + "\",\"languageId\":\"broot\",\"version\":1,\"text\":\""
                + text
                + "\"}}",
            "2,textDocument/definition,{" + at + "}",
            "3,textDocument/rename,{" + at + ",\"newName\":\"q\"}",
            "4,shutdown",
            ",exit");
    assertThat(Stream.of(1, 2).map(i -> result(answers.get(i)).toString()))
        .allSatisfy(answer -> assertThat(answer).contains("\"" + uri + "\""));
  }
}
