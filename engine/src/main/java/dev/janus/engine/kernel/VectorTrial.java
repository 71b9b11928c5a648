package dev.janus.engine.kernel;

/**
 * Runs a small product with scalar and vector kernels, as training does all the time, to see
 * whether this JVM compiles vector code.
 */
final class VectorTrial {
  /** A JVM with C2 needs 0.1 to 0.5 s; the rest is for busy machines. */
  private static final long LIMIT_NANOS = 5_000_000_000L;

  private static final int ROUNDS = 100_000;
  private static final int ROWS = 24;
  private static final int WIDTH = 64;

  private VectorTrial() {}

  /** How many times faster the vector kernels are, at least 1, or 0 when they are not faster. */
  static double advantage(Kernels vector) {
    return new WarmUpRace(ROUNDS, LIMIT_NANOS, System::nanoTime)
        .advantage(product(ScalarKernels.INSTANCE), product(vector));
  }

  private static Runnable product(Kernels kernels) {
    float[] weights = new float[WIDTH * WIDTH];
    float[] packed = new float[kernels.packedLength(WIDTH, WIDTH)];
    kernels.pack(WIDTH, WIDTH, weights, 0, packed, 0);
    float[] x = new float[ROWS * WIDTH];
    float[] y = new float[ROWS * WIDTH];
    return () -> kernels.multiply(ROWS, WIDTH, WIDTH, x, 0, packed, 0, y, 0);
  }
}
