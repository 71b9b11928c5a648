package dev.janus.contract.artifact;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A thread that does what it is handed, in order, while whoever hands it over goes on. Little lies
 * between the two: with {@value #MOST_WAITING} tasks waiting, handing over takes until the first of
 * them is done. A failure comes back to whoever hands over. To be used by one thread.
 */
final class OrderedWorker implements AutoCloseable {
  private static final int MOST_WAITING = 4;

  private final ExecutorService thread;
  private final Deque<Future<?>> waiting = new ArrayDeque<>();

  OrderedWorker(String name) {
    thread =
        Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name(name).unstarted(task));
  }

  /**
   * Hands over a task.
   *
   * @throws RuntimeException that of an earlier task
   */
  void submit(Runnable task) {
    if (waiting.size() == MOST_WAITING) {
      join(waiting.remove());
    }
    waiting.add(thread.submit(task));
  }

  /**
   * Waits until all is done; what the tasks wrote may be read then.
   *
   * @throws RuntimeException that of the first task that failed
   */
  void finish() {
    while (!waiting.isEmpty()) {
      join(waiting.remove());
    }
  }

  /** An interrupt is kept for later: files must not be closed under a task that writes them. */
  private static void join(Future<?> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits until nothing runs any more; what failed is forgotten. */
  @Override
  public void close() {
    thread.close();
  }
}
