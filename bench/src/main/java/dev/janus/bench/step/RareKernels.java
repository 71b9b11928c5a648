package dev.janus.bench.step;

import dev.janus.engine.kernel.Kernels;

/**
 * Kernels that run but a few times in a step: those of the time embedding. C2 compiles them after
 * some twenty to fifty steps, more than a warm-up runs, and until then vector code costs 3 to 10 %
 * of a step's time.
 */
public final class RareKernels {
  /** Calls that make C2 compile a kernel, several times over. */
  private static final int CALLS = 5000;

  private static final int LENGTH = 512;

  private RareKernels() {}

  /** Has C2 compile them, in less than a second. */
  public static void compile(Kernels kernels) {
    float[] x = new float[LENGTH];
    float[] y = new float[LENGTH];
    float[] slope = new float[LENGTH];
    for (int i = 0; i < CALLS; i++) {
      kernels.silu(LENGTH, x, 0, y, 0);
      kernels.siluSlope(LENGTH, x, 0, y, 0, slope, 0);
    }
  }
}
