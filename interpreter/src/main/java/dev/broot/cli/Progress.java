package dev.broot.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far a command is, in one line of a terminal: from its second second on, and gone before
 * anything else is written there. Where standard error is no terminal, nothing is said.
 */
final class Progress implements AutoCloseable {
  private static final String ERASE = "\r\u001b[K";
  private static final long NEXT_MILLIS = 1000;

  private final Console console;
  private final String what;
  private final int all;
  private final long start = System.nanoTime();
  private final @Nullable Thread thread;
  private int done;
  private boolean shown;
  private boolean closed;

  private Progress(Console console, String what, int all) {
    this.console = console;
    this.what = what;
    this.all = all;
    boolean silent =
        all == 1
            || !console.terminal()
            || console.env().getOrDefault("TERM", "dumb").equals("dumb");
    thread = silent ? null : new Thread(this::keepTelling, "broot-progress");
  }

  /**
   * Starts the clock.
   *
   * @param what one or many of them, as in {@code specs}; short, for narrow terminals
   * @param all how many there are, or 0 where that is not known; of one, nothing is said
   */
  static Progress of(Console console, String what, int all) {
    Progress progress = new Progress(console, what, all);
    Thread thread = progress.thread;
    if (thread != null) {
      thread.setDaemon(true);
      thread.start();
    }
    return progress;
  }

  /** The console for what the command has to say meanwhile. */
  Console console() {
    return thread == null
        ? console
        : new Console(
            new Over(console.out()), new Over(console.err()), console.env(), console.terminal());
  }

  /** One more is done. */
  synchronized void step() {
    done++;
  }

  private synchronized void keepTelling() {
    try {
      while (!closed) {
        TimeUnit.MILLISECONDS.timedWait(this, NEXT_MILLIS);
        tell();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException e) {
      // The terminal is gone.
    }
  }

  /** Says how far it is, unless it has ended. */
  synchronized void tell() {
    if (closed || thread == null) {
      return;
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    String far = all > 0 ? done + " of " + all + " " + what : what + ", " + seconds + " s";
    shown = true;
    console.printError(ERASE + far);
  }

  private synchronized void erase() {
    if (shown) {
      shown = false;
      console.printError(ERASE);
    }
  }

  /** Takes the line away. */
  @Override
  public synchronized void close() {
    erase();
    closed = true;
    notifyAll();
  }

  /** A stream to the same terminal, or to somewhere else. */
  private final class Over extends FilterOutputStream {
    Over(OutputStream stream) {
      super(stream);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (count == 0) {
        return;
      }
      synchronized (Progress.this) {
        erase();
        out.write(bytes, from, count);
        out.flush();
      }
    }
  }
}
