package dev.broot.run;

import java.io.IOException;
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
import java.util.stream.Stream;

/** A program that serves an API of a spec. */
final class Provider {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final String MARK = "BROOT_PROVIDER=";

  private final int pid;
  private final String mark;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean stopping;

  private Provider(int pid, String mark) {
    this.pid = pid;
    this.mark = mark;
    Thread thread = new Thread(this::watch, "broot-provider");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    Kernel.awaitEnd(pid);
    ended.complete(null);
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param lost called by a thread of broot's when it ends before it is told to
   */
  static Provider start(String api, List<String> command, Path socket, String id, Runnable lost)
      throws IOException {
    String mark = MARK + id + "/" + api;
    List<String> argv =
        new ArrayList<>(List.of(Programs.find("setpriv"), "--pdeathsig", "KILL", "--"));
    argv.addAll(command);
    List<String> environment = new ArrayList<>(Programs.environment());
    environment.add(mark);
    Provider provider =
        new Provider(
            Kernel.spawn(argv, environment, "/dev/null", Programs.STDERR, List.of()), mark);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!listens(socket)) {
      if (provider.ended.isDone()) {
        provider.killAll();
        throw new IOException(
            "the provider of the API " + api + " ended before its socket answered");
      }
      if (System.nanoTime() > end) {
        provider.stop();
        throw new IOException(
            "the provider of the API "
                + api
                + " does not listen on "
                + socket
                + " after 10 seconds");
      }
      Programs.pause();
    }
    CompletableFuture<Void> unused =
        provider.ended.thenRun(
            () -> {
              if (!provider.stopping) {
                lost.run();
              }
            });
    return provider;
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
