package dev.janus.contract.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderedWorkerTest {
  @Test
  void doesTasksInOrderOnItsOwnThread() {
    List<Integer> done = new ArrayList<>();
    Thread caller = Thread.currentThread();
    try (OrderedWorker worker = new OrderedWorker("test")) {
      for (int i = 0; i < 1_000; i++) {
        int number = i;
        worker.submit(() -> {
          assertTrue(Thread.currentThread() != caller);
          done.add(number);
        });
      }
      worker.finish();
      assertEquals(IntStream.range(0, 1_000).boxed().toList(), done);
    }
  }

  @Test
  void handingOverWaitsForASlowTask() {
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean allTaken = new AtomicBoolean();
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              try (OrderedWorker worker = new OrderedWorker("test")) {
                worker.submit(() -> await(go));
                for (int i = 0; i < 100; i++) {
                  worker.submit(() -> assertTrue(go.getCount() == 0));
                }
                allTaken.set(true);
              }
            });
    while (caller.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertTrue(!allTaken.get());
    go.countDown();
    assertTrue(joined(caller) && allTaken.get());
  }

  @Test
  void theFirstFailureComesBack() {
    IllegalStateException first = new IllegalStateException("disk full");
    try (OrderedWorker worker = new OrderedWorker("test")) {
      worker.submit(() -> {
        throw first;
      });
      worker.submit(() -> {
        throw new IllegalStateException("because of the first");
      });
      assertSame(first, assertThrows(IllegalStateException.class, worker::finish));
    }
  }

  @Test
  void anInterruptIsKeptUntilAllIsDone() {
    AtomicBoolean done = new AtomicBoolean();
    try (OrderedWorker worker = new OrderedWorker("test")) {
      worker.submit(() -> done.set(true));
      Thread.currentThread().interrupt();
      worker.finish();
      assertTrue(done.get());
      assertTrue(Thread.interrupted());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean joined(Thread thread) {
    try {
      thread.join();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
