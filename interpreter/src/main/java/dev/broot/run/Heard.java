package dev.broot.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a program says on a stream: kept, told line by line, passed on. */
final class Heard {
  private static final System.Logger LOG = System.getLogger("dev.broot");

  private final InputStream from;
  private final long most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private @Nullable Consumer<String> listener;
  private @Nullable OutputStream to;
  private boolean keeping = true;
  private boolean cut;

  /**
   * A stream that is kept.
   *
   * @param most bytes that are kept, and of a line that is told; what comes behind them is read and
   *     dropped
   */
  Heard(InputStream from, long most) {
    this.from = from;
    this.most = most;
  }

  /** Tells the lines, too. */
  Heard telling(@Nullable Consumer<String> lines) {
    listener = lines;
    return this;
  }

  /** Passes everything on, where there is a stream, and then keeps nothing. */
  Heard into(@Nullable OutputStream stream) {
    keeping = stream == null;
    return also(stream);
  }

  /** Passes everything on, too. */
  Heard also(@Nullable OutputStream stream) {
    to = stream;
    return this;
  }

  static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts to listen, on a thread of its own. */
  void start() {
    daemon("broot-output", this::read);
  }

  /** Waits for the end of the stream. */
  void join() {
    done.join();
  }

  /** Waits for the end of the stream, but not longer than this. */
  void join(Duration longest) {
    try {
      done.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // What came so far is what there is.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }

  /** Whether more came than was kept. */
  synchronized boolean isCut() {
    return cut;
  }

  /** Where nothing is started that would end the stream. */
  void close() {
    Programs.close(from);
  }

  private void read() {
    byte[] buffer = new byte[8192];
    try (InputStream in = from) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        keep(buffer, n);
        pass(buffer, n);
        tell(buffer, n);
      }
      if (line.size() > 0) {
        say();
      }
    } catch (IOException e) {
      // A pipe does not fail; what was read is what there is.
    } finally {
      done.complete(null);
    }
  }

  private synchronized void keep(byte[] bytes, int n) {
    if (!keeping) {
      return;
    }
    int fits = (int) Math.min(n, most - kept.size());
    kept.write(bytes, 0, fits);
    cut |= fits < n;
  }

  private void tell(byte[] bytes, int n) {
    for (int i = 0; listener != null && i < n; i++) {
      if (bytes[i] == '\n') {
        say();
      } else if (line.size() < most) {
        line.write(bytes[i]);
      }
    }
  }

  private void say() {
    Consumer<String> hearing = listener;
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    try {
      if (hearing != null) {
        hearing.accept(text);
      }
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "a listener has failed, and hears no more", e);
      listener = null;
    }
  }

  // A stream that fails gets no more; the program is not to hang for that.
  private void pass(byte[] bytes, int n) {
    OutputStream out = to;
    try {
      if (out != null) {
        out.write(bytes, 0, n);
        out.flush();
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "a stream has failed, and gets no more output", e);
      to = null;
    }
  }
}
