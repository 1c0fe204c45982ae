package dev.broot.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs a program and looks at status, output and errors together. */
public final class Run {
  private Run() {}

  /** What came of it. */
  public record Result(int status, String out, String err) {}

  /** Runs with this process's environment. */
  public static Result run(String... command) throws IOException {
    return run(Map.of(), null, Arrays.asList(command));
  }

  /**
   * Runs with changes to the environment; a value of null takes a variable away.
   *
   * @param directory where it runs, or null for here
   */
  public static Result run(
      Map<String, @Nullable String> environment, @Nullable Path directory, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    new LinkedHashMap<>(environment)
        .forEach(
            (name, value) -> {
              if (value == null) {
                builder.environment().remove(name);
              } else {
                builder.environment().put(name, value);
              }
            });
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    Process process = builder.start();
    process.getOutputStream().close();
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
    String out = read(process.getInputStream());
    try {
      return new Result(process.waitFor(), out, err.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(InputStream in) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
