package dev.broot.run;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a root. Its mount namespace is the root's, and bubblewrap dies with it: the
 * parent-death signal of prctl(2) is sent when the thread ends that made the process.
 */
final class Owner {
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private volatile boolean ended;

  Owner(String name) {
    Thread thread = new Thread(this::work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    while (!ended) {
      try {
        tasks.take().run();
      } catch (InterruptedException e) {
        // Nobody but us has this thread, and we do not interrupt it.
      }
    }
  }

  /** Does something on the thread and waits for it, however often the caller is interrupted. */
  <T> T call(Callable<T> task) throws Exception {
    CompletableFuture<T> future = new CompletableFuture<>();
    tasks.add(
        () -> {
          try {
            future.complete(task.call());
          } catch (Throwable e) {
            future.completeExceptionally(e);
          }
        });
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          @Nullable Throwable cause = e.getCause();
          if (cause instanceof Exception exception) {
            throw exception;
          }
          throw e;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the thread, and with it its namespace. */
  void end() {
    tasks.add(() -> ended = true);
  }
}
