package dev.broot.host;

import dev.broot.shipped.Shipped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a POSIX shell with the functions that the scripts have, so that both get the same answer.
 */
public final class Shell {
  private static final long PATIENCE_SECONDS = 60;
  private static final String END = "end";

  private Shell() {}

  /**
   * The words that a script prints, each ended by a NUL.
   *
   * @param parts the shipped parts that it starts with, by name
   * @param lines what follows; bytes that are not UTF-8 as {@link Bytes} has them
   * @throws IOException with what the script says on its standard error where it fails
   */
  public static List<String> ask(List<String> parts, List<String> lines) throws IOException {
    return ask(parts, lines, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * The same, with the time that it may take.
   *
   * @throws IOException as the other one, and where it takes longer
   */
  public static List<String> ask(
      List<String> parts, List<String> lines, long patience, TimeUnit unit) throws IOException {
    StringBuilder script = new StringBuilder();
    parts.forEach(part -> script.append(Shipped.text("script/" + part + ".sh")));
    lines.forEach(line -> script.append(line).append('\n'));
    script.append("printf '").append(END).append("\\0'\n");
    // From its standard input: a JVM would not keep the bytes of an argument.
    Process shell = new ProcessBuilder("/bin/sh", "-s").start();
    CompletableFuture<byte[]> out = reading(shell.getInputStream());
    CompletableFuture<byte[]> err = reading(shell.getErrorStream());
    try {
      write(shell.getOutputStream(), Bytes.encode(script.toString()));
      List<String> words = words(out.get(patience, unit));
      if (shell.waitFor() != 0 || !words.remove(END)) {
        throw new IOException(Bytes.decode(err.get()).strip());
      }
      return words;
    } catch (TimeoutException e) {
      throw new IOException(
          "a shell has not answered after " + unit.toSeconds(patience) + " seconds", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException("cannot read what a shell says", e);
    } finally {
      shell.destroyForcibly();
    }
  }

  private static CompletableFuture<byte[]> reading(InputStream from) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (from) {
            return from.readAllBytes();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private static void write(OutputStream to, byte[] bytes) {
    try (to) {
      to.write(bytes);
    } catch (IOException e) {
      // It has ended already, and says why.
    }
  }

  private static List<String> words(byte[] printed) {
    List<String> words = new ArrayList<>(List.of(Bytes.decode(printed).split("\0", -1)));
    words.remove(words.size() - 1);
    return words;
  }
}
