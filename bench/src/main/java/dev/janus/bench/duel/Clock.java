package dev.janus.bench.duel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What a sample measures. */
public enum Clock {
  /** Elapsed time: for work on several threads. */
  WALL(0.4e9) {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    void settle() {
      try {
        Thread.sleep(SETTLE_MILLIS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  },

  /**
   * Processor time of the calling thread: for work that stays on it. Other processes, the JIT and
   * the garbage collector do not count.
   */
  THREAD_CPU(1e6) {
    @Override
    public long nanos() {
      return THREADS.getCurrentThreadCpuTime();
    }

    @Override
    void settle() {}
  };

  /** Idle threads of OpenBLAS spin for 26 ms here before they sleep. */
  private static final long SETTLE_MILLIS = 60;

  private final double leastSampleNanos;

  Clock(double leastSampleNanos) {
    this.leastSampleNanos = leastSampleNanos;
  }

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** A reading; only differences mean something. */
  public abstract long nanos();

  /**
   * Shortest sample, over as many runs as that takes. A processor clock resolves about a
   * microsecond; after a wait, the first run of several threads finds cold caches and sleeping
   * threads, as none in the middle of a training does.
   */
  double leastSampleNanos() {
    return leastSampleNanos;
  }

  /**
   * Waits until the threads of the side that ran before sleep: a pool that spins for its next task
   * would take a core from the side that is timed now.
   */
  abstract void settle();
}
