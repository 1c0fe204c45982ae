package dev.broot.pairs;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A host of its own for runs: a process in its own mount, PID, network, IPC and UTS namespaces. All
 * of the machine is read-only or a copy there, and nothing of it is left when this is closed.
 */
final class Sandbox implements AutoCloseable {
  private static final Gson GSON = new Gson();
  private static final List<String> COMMAND =
      List.of(
          "unshare",
          "--mount",
          "--pid",
          "--net",
          "--ipc",
          "--uts",
          "--fork",
          "--kill-child",
          "--propagation",
          "private",
          "--mount-proc",
          "/usr/bin/python3",
          "-B");

  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;

  /**
   * Starts it.
   *
   * @param newer where a newer bubblewrap lies, or null
   */
  Sandbox(@Nullable Path newer) throws IOException {
    List<String> command = new ArrayList<>(COMMAND);
    command.add(resource("driver.py"));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    to = process.outputWriter(StandardCharsets.UTF_8);
    from = process.inputReader(StandardCharsets.UTF_8);
    ask(
        Map.of(
            "tree",
            HostTree.entries(),
            "bwrap",
            newer == null ? List.of() : List.of(newer.toString())));
  }

  static String resource(String name) {
    java.net.URL url = Sandbox.class.getResource(name);
    if (url == null) {
      throw new IllegalStateException("there is no " + name);
    }
    return url.getPath();
  }

  private JsonObject ask(Object question) throws IOException {
    to.write(GSON.toJson(question));
    to.newLine();
    to.flush();
    String answer = from.readLine();
    if (answer == null) {
      throw new IOException("the host of the sandboxes is gone");
    }
    return GSON.fromJson(answer, JsonObject.class);
  }

  /**
   * Runs a compiled spec.
   *
   * @param script the script
   * @param user the number of the user who calls it
   * @param world what is at the volatile paths of the host
   * @param environment the caller's
   * @param newer whether with the newer bubblewrap
   */
  Found run(
      String script,
      int user,
      Map<String, String> world,
      Map<String, String> environment,
      boolean newer)
      throws IOException {
    JsonObject answer =
        ask(
            Map.of(
                "run",
                script,
                "uid",
                user,
                "world",
                world,
                "env",
                environment,
                "bwrap",
                newer ? 1 : 0));
    return GSON.fromJson(answer, Found.class);
  }

  @Override
  public void close() throws IOException {
    to.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
