package dev.broot.run;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A program that serves an API of a spec. */
final class Provider {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);
  private static final int SAID_BYTES = 65536;
  private static final int SAID_LINES = 10;
  private static final String MARK = "BROOT_PROVIDER=";

  private final int pid;
  private final String mark;
  private final Heard heard;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean stopping;

  private Provider(int pid, String mark, Heard heard) {
    this.pid = pid;
    this.mark = mark;
    this.heard = heard;
    heard.start();
    Thread thread = new Thread(this::watch, "broot-provider");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    Kernel.awaitEnd(pid);
    ended.complete(null);
  }

  /**
   * Starts it and waits until it listens. What it says goes to this process's standard error.
   *
   * @param lost called by a thread of broot's when it ends before it is told to, with what it said
   */
  static Provider start(
      String api, List<String> command, Path socket, String id, Consumer<String> lost)
      throws IOException {
    String mark = MARK + id + "/" + api;
    List<String> argv =
        new ArrayList<>(List.of(Programs.find("setpriv"), "--pdeathsig", "KILL", "--"));
    argv.addAll(command);
    List<String> environment = new ArrayList<>(Programs.environment());
    environment.add(mark);
    Provider provider = spawn(argv, environment, mark);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!listens(socket)) {
      if (provider.ended.isDone()) {
        provider.killAll();
        throw new IOException(
            "the provider of the API "
                + api
                + " ended before its socket answered"
                + provider.said());
      }
      if (System.nanoTime() > end) {
        provider.stop();
        throw new IOException(
            "the provider of the API "
                + api
                + " does not listen on "
                + socket
                + " after 10 seconds"
                + provider.said());
      }
      Programs.pause();
    }
    CompletableFuture<Void> unused =
        provider.ended.thenRun(
            () -> {
              if (!provider.stopping) {
                lost.accept(provider.said());
              }
            });
    return provider;
  }

  private static Provider spawn(List<String> argv, List<String> environment, String mark)
      throws IOException {
    int[] ends = Kernel.pipe();
    InputStream in = null;
    try {
      in = Programs.read(ends[0]);
      Heard heard = new Heard(in, SAID_BYTES).also(new FileOutputStream(FileDescriptor.err));
      return new Provider(
          Kernel.spawn(argv, environment, Standard.into(ends[1]), List.of()), mark, heard);
    } catch (IOException e) {
      Programs.close(in);
      throw e;
    } finally {
      Kernel.close(ends[1]);
    }
  }

  /** Its last lines, behind a colon, or nothing. */
  private String said() {
    heard.join(LAST_WORDS);
    List<String> lines = heard.text().strip().lines().toList();
    String last =
        String.join("\n", lines.subList(Math.max(0, lines.size() - SAID_LINES), lines.size()));
    return last.isEmpty() ? "" : ": " + last;
  }

  // Stream and packet sockets that accept have this flag; a datagram socket has none.
  private static boolean listens(Path socket) throws IOException {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(socket)) {
      return false;
    }
    String end = " " + socket;
    for (String line : Files.readAllLines(Path.of("/proc/net/unix"), StandardCharsets.ISO_8859_1)) {
      if (new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
          .endsWith(end)) {
        String[] fields = line.trim().split(" +", -1);
        if (fields[3].equals("00010000") || fields[4].equals("0002")) {
          return true;
        }
      }
    }
    return false;
  }

  /** Tells it to end, and kills it with all that it started. */
  void stop() {
    stopping = true;
    Kernel.kill(-pid, Kernel.TERM);
    try {
      ended.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // It is killed with what it started.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    killAll();
  }

  private void killAll() {
    Kernel.kill(-pid, Kernel.KILL);
    Kernel.waitFor(pid);
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      processes.forEach(this::killMarked);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void killMarked(Path process) {
    String name = String.valueOf(process.getFileName());
    if (!name.chars().allMatch(Character::isDigit)) {
      return;
    }
    try {
      String environment =
          Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      if (List.of(environment.split("\0", -1)).contains(mark)) {
        Kernel.kill(Integer.parseInt(name), Kernel.KILL);
      }
    } catch (IOException e) {
      // It is gone, or not ours.
    }
  }
}
