package dev.janus.engine.kernel;

/**
 * Brings memory near before it is read or written in strides, which hardware prefetchers do not
 * foresee: one float of each cache line is read in ascending order, which they do foresee.
 */
final class CacheLines {
  private static final int FLOATS = 16;

  private CacheLines() {}

  /**
   * Reads lines of {@code count} floats of {@code x}. The sum means nothing; a caller has to store
   * it somewhere, or the compiler would drop the reads.
   */
  static float touch(int count, float[] x, int xo) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int i = 0;
    for (; i <= count - 4 * FLOATS; i += 4 * FLOATS) {
      sum0 += x[xo + i];
      sum1 += x[xo + i + FLOATS];
      sum2 += x[xo + i + 2 * FLOATS];
      sum3 += x[xo + i + 3 * FLOATS];
    }
    for (; i < count; i += FLOATS) {
      sum0 += x[xo + i];
    }
    return sum0 + sum1 + sum2 + sum3;
  }
}
