package dev.janus.engine.parallel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calling thread and a fixed number of daemon threads that share the pieces of one task at a
 * time. Pieces are handed out by an atomic counter, so which thread runs a piece varies: a result
 * that must not depend on the team's size may depend only on piece numbers. Idle threads spin for
 * some microseconds, then park. A dispatch allocates nothing.
 *
 * <p>One {@link #run} at a time: a call from inside a piece or from a second thread is an error.
 */
public final class ThreadTeam implements AutoCloseable {
  /** About 10 microseconds: bridges the gap between two dispatches of one step, no more. */
  private static final int SPINS = 500;

  private static final IndexedTask NOTHING = index -> {};

  private final Worker[] workers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicInteger finished = new AtomicInteger();

  /**
   * Dispatch number in the upper half, next piece in the lower. Written after {@link #dispatch}, so
   * that whoever sees a new number here also finds its task.
   */
  private final AtomicLong tickets = new AtomicLong();

  /** Dispatch number in the upper half, number of pieces in the lower. */
  private volatile long dispatch;

  private volatile boolean closed;
  private volatile @Nullable Thread waitingCaller;
  private IndexedTask task = NOTHING;

  private final Object failureLock = new Object();
  private @Nullable Throwable failure;
  private int failedPiece;

  /**
   * A team whose threads {@code starter} starts.
   *
   * @throws Error or RuntimeException of the starter, after the threads already started have ended
   */
  ThreadTeam(int size, Consumer<Thread> starter) {
    workers = new Worker[size - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1);
    }
    try {
      for (Worker worker : workers) {
        starter.accept(worker.thread);
      }
    } catch (Throwable e) { // most likely an OutOfMemoryError: the system has no thread left
      close();
      throw e;
    }
  }

  /**
   * A team of {@code n} threads, the caller included.
   *
   * @param n 1 or more; 1 starts no thread
   * @throws OutOfMemoryError when the system refuses a thread; those already started have ended
   */
  public static ThreadTeam ofSize(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("a team needs at least 1 thread, not " + n);
    }
    return new ThreadTeam(n, Thread::start);
  }

  /** Number of threads, the caller included. */
  public int size() {
    return workers.length + 1;
  }

  /**
   * Runs pieces {@code 0..tasks-1} and returns when all have finished; what they wrote is then
   * visible to the caller. All pieces run even when one fails; the failure of the lowest piece
   * number is thrown, so the outcome does not depend on timing.
   *
   * @throws IllegalStateException when the team is closed or already running
   */
  public void run(int tasks, IndexedTask task) {
    if (tasks < 0) {
      throw new IllegalArgumentException("negative number of tasks " + tasks);
    }
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the team is already running: run() neither nests nor serves two callers at once");
    }
    try {
      if (closed) {
        throw new IllegalStateException("the team is closed");
      }
      start(tasks, task);
      drain();
      awaitFinished(tasks);
      this.task = NOTHING;
      rethrowFailure();
    } finally {
      busy.set(false);
    }
  }

  /** Ends the threads and waits for them. Closing twice is harmless. */
  @Override
  public void close() {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException("the team is still running");
    }
    try {
      closed = true;
      boolean interrupted = false;
      for (Worker worker : workers) {
        LockSupport.unpark(worker.thread);
        while (worker.thread.isAlive()) {
          try {
            worker.thread.join();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    } finally {
      busy.set(false);
    }
  }

  private void start(int tasks, IndexedTask task) {
    this.task = task;
    finished.set(0);
    long number = (dispatch >>> 32) + 1;
    dispatch = number << 32 | tasks;
    tickets.set(number << 32);
    if (tasks > 1) {
      for (Worker worker : workers) {
        worker.wake();
      }
    }
  }

  /** Takes pieces until none is left. A ticket of an earlier dispatch is worth nothing. */
  private void drain() {
    while (true) {
      long ticket = tickets.getAndIncrement();
      long current = dispatch;
      int piece = (int) ticket;
      int pieces = (int) current;
      if (ticket >>> 32 != current >>> 32 || piece >= pieces) {
        return;
      }
      try {
        task.run(piece);
      } catch (Throwable t) {
        recordFailure(piece, t);
      }
      if (finished.incrementAndGet() == pieces) {
        Thread caller = waitingCaller;
        if (caller != null) {
          LockSupport.unpark(caller);
        }
      }
    }
  }

  private void awaitFinished(int tasks) {
    for (int spin = 0; spin < SPINS; spin++) {
      if (finished.get() == tasks) {
        return;
      }
      Thread.onSpinWait();
    }
    boolean interrupted = false;
    waitingCaller = Thread.currentThread();
    while (finished.get() != tasks) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    waitingCaller = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void recordFailure(int piece, Throwable thrown) {
    synchronized (failureLock) {
      if (failure == null || piece < failedPiece) {
        failure = thrown;
        failedPiece = piece;
      }
    }
  }

  private void rethrowFailure() {
    Throwable thrown;
    synchronized (failureLock) {
      thrown = failure;
      failure = null;
    }
    if (thrown == null) {
      return; // before the switch, whose first use costs a cold JVM some milliseconds
    }
    switch (thrown) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("checked exception from a task", thrown);
    }
  }

  private final class Worker implements Runnable {
    private final Thread thread;
    private volatile boolean parked;

    Worker(int number) {
      thread = Thread.ofPlatform().daemon().name("janus-worker-" + number).unstarted(this);
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      long seen = 0;
      while (true) {
        awaitChange(seen);
        if (closed) {
          return;
        }
        seen = tickets.get() >>> 32;
        drain();
      }
    }

    private void awaitChange(long seen) {
      for (int spin = 0; spin < SPINS; spin++) {
        if (tickets.get() >>> 32 != seen || closed) {
          return;
        }
        Thread.onSpinWait();
      }
      parked = true;
      while (tickets.get() >>> 32 == seen && !closed) {
        LockSupport.park(this);
        // A pending interrupt would turn park into a busy loop.
        Thread.interrupted();
      }
      parked = false;
    }
  }
}
