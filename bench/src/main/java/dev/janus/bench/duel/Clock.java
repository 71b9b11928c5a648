package dev.janus.bench.duel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What a sample measures. */
public enum Clock {
  /** Elapsed time: for work on several threads. */
  WALL {
    @Override
    public long nanos() {
      return System.nanoTime();
    }
  },

  /**
   * Processor time of the calling thread: for work that stays on it. Other processes, the JIT and
   * the garbage collector do not count.
   */
  THREAD_CPU {
    @Override
    public long nanos() {
      return THREADS.getCurrentThreadCpuTime();
    }
  };

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** A reading; only differences mean something. */
  public abstract long nanos();
}
