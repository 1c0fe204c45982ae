package dev.broot.edit;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.lsp4j.jsonrpc.CancelChecker;
import org.eclipse.lsp4j.jsonrpc.CompletableFutures;
import org.jspecify.annotations.Nullable;

/** A thread for answers that may take their time, beside the one that takes what is typed. */
final class Beside {
  private static final int WAITING = 16;

  private final Executor thread;

  Beside(String name) {
    this.thread =
        new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Answers later. What is cancelled while it waits is not begun.
   *
   * @param none the answer where too many wait already; an editor that is so fast asks again
   */
  <T> CompletableFuture<@Nullable T> answer(
      @Nullable T none, Function<CancelChecker, @Nullable T> answer) {
    CompletableFuture<@Nullable T> future = new CompletableFuture<>();
    CancelChecker cancel = new CompletableFutures.FutureCancelChecker(future);
    try {
      thread.execute(
          () -> {
            try {
              cancel.checkCanceled();
              future.complete(answer.apply(cancel));
            } catch (RuntimeException | StackOverflowError e) {
              future.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      future.complete(none);
    }
    return future;
  }
}
