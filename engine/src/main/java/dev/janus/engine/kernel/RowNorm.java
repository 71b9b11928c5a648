package dev.janus.engine.kernel;

/** Constants of the layer norm (method, section 5). */
final class RowNorm {
  static final float EPSILON = 1e-6f;

  private RowNorm() {}

  /** {@code 1 / sqrt(variance + epsilon)}, each operation rounded to float. */
  static float reciprocalDeviation(float variance) {
    return 1f / (float) Math.sqrt(variance + EPSILON);
  }
}
