package dev.janus.model;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what all threads of this JVM allocate from step to step. */
public final class AllocatedBytes {
  /** Bytes a warm step may allocate. */
  public static final long LIMIT = 64 * 1024;

  /** Steps in a row below the limit that count as steady. */
  private static final int STEADY_STEPS = 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long before = threads.getTotalThreadAllocatedBytes();
  private long least = Long.MAX_VALUE;
  private int below;

  /** Ends a step and begins the next. */
  public void endOfStep() {
    long now = threads.getTotalThreadAllocatedBytes();
    least = Math.min(least, now - before);
    below = now - before <= LIMIT ? below + 1 : 0;
    before = threads.getTotalThreadAllocatedBytes();
  }

  /** Whether the last steps all stayed below the limit. */
  public boolean isSteady() {
    return below >= STEADY_STEPS;
  }

  /** Bytes of the step that allocated least. */
  public long least() {
    return least;
  }
}
